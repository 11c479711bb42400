"""Lampiran IV tells each group session as recorded; what nobody recorded is a visible blank."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from workbench.errors import InvalidInput
from workbench.present.minutes.facts import BLANK
from workbench.present.paper.document import Grid, Heading, Paper, Paragraph, Terms
from workbench.publishing.minutes import Asked, minutes_of
from workbench.store.group_sessions import read_group_sessions
from workbench.store.session_folder import open_session

HEADER = "kelompok;kode_wilayah;membahas;pimpinan;notulis;jumlah_peserta;hasil\n"


@pytest.fixture
def folder(tmp_path: Path, project_root: Path) -> Path:
    place = tmp_path / "contoh"
    shutil.copytree(project_root / "data" / "contoh", place)
    return place


def annex(folder: Path, **asked: object) -> list[object]:
    paper: Paper = next(iter(minutes_of(folder, Asked(district="99.01.01", **asked)).values()))  # type: ignore[arg-type]
    parts = [part.blocks for part in paper.parts]
    return list(next(blocks for blocks in parts if blocks[0] == Heading("LAMPIRAN IV", 1, "center")))


def test_without_a_record_the_form_is_printed_to_be_filled_by_hand(folder: Path) -> None:
    blocks = annex(folder)
    terms = next(block for block in blocks if isinstance(block, Terms))
    assert {text for _, text in terms.rows} == {BLANK}


def test_a_recorded_group_stands_with_its_facts_its_list_and_what_is_missing(folder: Path) -> None:
    (folder / "sidang_kelompok.csv").write_text(
        HEADER
        + "Kelompok I;99.01.01;kesehatan; Kepala Bidang Sosial ;tidak-ada;24;Dahulukan posyandu\n"
        + "Kelompok II;;Pendidikan;01-001;chair;;\n"
        + "Kelompok lain;99.01.02;Kesehatan;;;;\n",
        encoding="utf-8",
    )
    blocks = annex(folder, names=True)
    headings = [block.text for block in blocks if isinstance(block, Heading)][1:]
    assert headings[-2:] == ["Sidang kelompok: Kelompok I", "Sidang kelompok: Kelompok II"]
    first, second = (dict(block.rows) for block in blocks if isinstance(block, Terms))
    assert first["Pimpinan kelompok"] == "Kepala Bidang Sosial"
    assert first["Peserta"] == "24 orang"
    assert first["Hasil dan catatan"] == "Dahulukan posyandu"
    assert second["Peserta"] == second["Hasil dan catatan"] == BLANK
    recap, *_, one, two = (block.table for block in blocks if isinstance(block, Grid))
    counts = {row[1]: row[2] for row in recap.rows}
    assert [str(len(table.rows)) for table in (one, two)] == [counts["Kesehatan"], counts["Pendidikan"]]
    left = [block.text for block in blocks if isinstance(block, Paragraph)][-1]
    assert "Belum ada catatan sidang kelompok" in left
    assert "Kesehatan" not in left


def test_a_card_number_is_never_printed_in_place_of_a_name(folder: Path) -> None:
    (folder / "sidang_kelompok.csv").write_text(
        HEADER + "Kelompok I;;Kesehatan;01-001;;;\n", encoding="utf-8"
    )
    terms = dict(next(block for block in annex(folder) if isinstance(block, Terms)).rows)
    assert terms["Pimpinan kelompok"] == BLANK


def test_all_that_is_wrong_with_the_record_is_said_at_once(folder: Path) -> None:
    (folder / "sidang_kelompok.csv").write_text(
        HEADER + ";;Kesehatan;;;banyak;\nA;;;;;;\nA;;;;;;\n", encoding="utf-8"
    )
    with pytest.raises(InvalidInput) as caught:
        read_group_sessions(folder)
    assert ("jumlah_peserta", "banyak") in {(each.column, each.value) for each in caught.value.problems}
    (folder / "sidang_kelompok.csv").write_text(HEADER + ";;Kesehatan;;;;\nA;;;;;;\nA;;;;;;\n")
    with pytest.raises(InvalidInput) as caught:
        read_group_sessions(folder)
    assert sorted(each.row or 0 for each in caught.value.problems) == [2, 4]
    (folder / "sidang_kelompok.csv").unlink()
    assert isinstance(read_group_sessions(folder), pd.DataFrame)
    assert not any(note.code == "file_not_read" for note in open_session(folder).session.notes)
