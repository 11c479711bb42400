"""Notebooks run in their own folder, papermill in the caller's: both mean the same ``data/contoh``."""

from pathlib import Path

import pytest

from workbench.store.project_files import located
from workbench.store.session_folder import open_session


@pytest.mark.parametrize("where", [".", "notebooks", "docs/gambar"])
def test_a_path_means_the_same_from_every_folder_of_the_project(project_root, monkeypatch, where):
    monkeypatch.chdir(project_root / where)
    assert located("data/contoh").resolve() == project_root / "data/contoh"


def test_what_stands_beside_the_caller_comes_first_and_what_stands_nowhere_is_left_as_it_is(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert located("tidak/ada") == Path("tidak/ada")
    (tmp_path / "data" / "contoh").mkdir(parents=True)
    assert located("data/contoh") == Path("data/contoh")


def test_a_session_opens_from_another_folder(project_root, monkeypatch):
    monkeypatch.chdir(project_root / "notebooks")
    assert len(open_session("data/contoh").session.proposals)
