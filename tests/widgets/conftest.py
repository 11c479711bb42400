"""Meetings of a test never stand in the folder of whoever runs it."""

import shutil

import pytest

from tests.room_folders import small_folder
from tests.room_pages import opened_page


@pytest.fixture(autouse=True)
def place_of_meetings(tmp_path, monkeypatch):
    place = tmp_path / "tempat-musyawarah"
    monkeypatch.setenv("WORKBENCH_MEETINGS", str(place))
    monkeypatch.setenv("WORKBENCH_STOP_FILE", str(tmp_path / "berhenti"))
    return place


@pytest.fixture(scope="session")
def pattern(tmp_path_factory):
    return small_folder(tmp_path_factory.mktemp("pola") / "musyawarah")


@pytest.fixture
def folder(pattern, tmp_path):
    return shutil.copytree(pattern, tmp_path / "musyawarah")


@pytest.fixture
def room(folder):
    return opened_page(folder)
