"""The forum's decisions are written without touching anything that a person keeps in the folder."""

from __future__ import annotations

import pandas as pd
import pytest
from openpyxl import Workbook

from tests.deliberation.test_decided import room
from workbench.domain.resolution import Decision, Resolution
from workbench.domain.rules import Rules
from workbench.errors import InvalidInput
from workbench.store.manifest import MANIFEST
from workbench.store.resolution_files import write_resolution
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session


def decided(session, *, reason="darurat; banjir"):
    return Resolution.empty().decided("U-5", reason, session.proposals, rank=1, decision=Decision.FUNDED)


def test_decisions_and_their_state_come_back_as_they_were(tmp_path):
    session = room()
    write_session(tmp_path, session, Rules())
    given = decided(session).lock("2026-03-03 11.45").reopen("salah catat").lock()
    write_resolution(tmp_path, given)
    opened = open_session(tmp_path)
    assert opened.edited == ()
    assert opened.resolution.steps == given.steps
    assert opened.resolution.frame.loc["U-5"].tolist() == [1, "funded", "darurat; banjir"]
    write_session(tmp_path / "lain", session, Rules(), given)
    assert open_session(tmp_path / "lain").resolution.steps == given.steps
    write_resolution(tmp_path, Resolution.empty())
    assert open_session(tmp_path).resolution is None
    assert not (tmp_path / "keputusan.csv").exists()


def test_what_a_person_edited_stays_edited_and_is_still_told(tmp_path):
    session = room()
    write_session(tmp_path, session, Rules())
    rules = tmp_path / "aturan.toml"
    rules.write_text(rules.read_text(encoding="utf-8") + "\n# catatan kami\n", encoding="utf-8")
    write_resolution(tmp_path, decided(session))
    assert open_session(tmp_path).edited == ("aturan.toml",)
    assert "catatan kami" in rules.read_text(encoding="utf-8")


def test_a_folder_made_by_hand_gets_no_manifest_and_no_second_file(tmp_path):
    session = room()
    write_session(tmp_path, session, Rules(), decided(session))
    (tmp_path / MANIFEST).unlink()
    (tmp_path / "keputusan.csv").rename(tmp_path / "Keputusan.CSV")
    write_resolution(tmp_path, decided(session, reason="lain"))
    assert not (tmp_path / MANIFEST).exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.casefold() == "keputusan.csv"] == [
        "Keputusan.CSV"
    ]
    assert open_session(tmp_path).resolution.frame["reason"].to_dict() == {"U-5": "lain"}


def test_decisions_on_a_sheet_stay_the_persons_own(tmp_path):
    session = room()
    write_session(tmp_path, session, Rules())
    book = Workbook()
    book.active.title = "keputusan"
    for row in (("kode_usulan", "peringkat_musyawarah", "status", "alasan"), ("U-5", 1, "", "darurat")):
        book.active.append(row)
    book.save(tmp_path / "rapat.xlsx")
    with pytest.raises(InvalidInput) as caught:
        write_resolution(tmp_path, decided(session))
    assert [(p.code, p.file, p.sheet) for p in caught.value.problems] == [
        ("resolution_in_workbook", "rapat.xlsx", "keputusan")
    ]


def test_a_story_that_cannot_be_is_refused_with_its_row(tmp_path):
    session = room()
    write_session(tmp_path, session, Rules(), decided(session).lock())
    path = tmp_path / "status_keputusan.csv"
    table = pd.read_csv(path, sep=";", dtype=str).fillna("")
    table.loc[1] = {"tindakan": "dibuka", "alasan": ""}
    table.fillna("").to_csv(path, sep=";", index=False)
    with pytest.raises(InvalidInput) as caught:
        open_session(tmp_path)
    assert [(p.code, p.file, p.row) for p in caught.value.problems] == [
        ("reopened_without_reason", "status_keputusan.csv", 3)
    ]
