"""Meetings of a test never stand in the folder of whoever runs it."""

import pytest


@pytest.fixture(autouse=True)
def place_of_meetings(tmp_path, monkeypatch):
    place = tmp_path / "tempat-musyawarah"
    monkeypatch.setenv("WORKBENCH_MEETINGS", str(place))
    monkeypatch.setenv("WORKBENCH_STOP_FILE", str(tmp_path / "berhenti"))
    return place
