from __future__ import annotations

from collections import Counter

import openpyxl
import pandas as pd
import pytest

from tests.store.mapped_lists import (
    DESA,
    HEADERS,
    KECAMATAN,
    MAPPING,
    NOWHERE,
    RENJA,
    frame_of,
    imported,
    list_of,
    problems,
    recipe_of,
)
from workbench.errors import InvalidInput, Severity
from workbench.prioritisation import prioritise
from workbench.store.list_import import import_list
from workbench.store.recipe import read_recipe
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session
from workbench.store.source import open_source, source_digest

CHAIN = (
    {"tahapan": DESA},
    {"tahapan": DESA, "usulan_id": "2"},
    {"usulan_asal_id": "1"},
    {"tahapan": RENJA, "usulan_asal_id": "3"},
    {"urusan": "PILIHAN", "desa_lokasi": "Antah"},
    {**NOWHERE},
    {"keluaran_volume": "-3"},
    {"keluaran_volume": "150000000", "keluaran_satuan": "m"},
    {"kode_kec": "73.02.02", "desa_lokasi": ""},
)


def test_nothing_is_dropped_and_everything_odd_is_named(tmp_path):
    session = imported(tmp_path, *CHAIN)
    assert len(session.proposals) == len(CHAIN)
    inside = [len(session.within(code).proposals) for code in session.proposals.districts]
    assert sum(inside) + len(session.proposals.without_district()) == len(CHAIN)
    assert list(session.proposals.without_district().labels) == ["6"]
    notes = {(note.code, note.column, note.row, note.value) for note in session.notes}
    assert {
        ("district_column", "kode_kec", None, ""),
        ("district_column_compared", "kecamatan_akhir", None, ""),
        ("district_column_compared", "kecamatan", None, ""),
        ("volume_negative", "keluaran_volume", 8, "-3"),
        ("volume_absurd", "keluaran_volume", 9, "150000000"),
        ("village_name_not_found", "desa_lokasi", None, "Antah"),
        ("row_identical", "", 3, ""),
    } == notes
    counted = {note.column: note.facts["empty"] for note in session.notes if "empty" in note.facts}
    assert counted == {"kode_kec": 1, "kecamatan_akhir": 1, "kecamatan": 1}
    assert next(n for n in session.notes if n.code == "row_identical").facts == {
        "first_row": 2,
        "proposal": "2",
    }
    assert all(note.severity is Severity.NOTE for note in session.notes)


def test_villages_are_found_by_name_in_their_district_alone(tmp_path):
    session = imported(tmp_path, *CHAIN)
    codes = session.proposals.frame["region"]
    assert codes["1"] == "73.02.01.2017"
    assert codes["5"] == "73.02.01"  # no village of this name there
    assert codes["9"] == "73.02.02"
    assert codes["6"] == ""


def test_computed_columns_and_the_ranking_of_one_stage(tmp_path):
    opened = open_source(list_of(tmp_path, *CHAIN), recipe_of(tmp_path / "pemetaan"))
    frame = opened.session.proposals.frame
    assert frame["berasal_dari_desa"].tolist() == [
        False,
        False,
        True,
        False,
        False,
        False,
        False,
        False,
        False,
    ]
    assert frame["permintaan"].tolist()[:5] == [2, 2, 2, 2, 0]
    assert pd.isna(frame.loc["6", "permintaan"])
    outcome = prioritise(opened.session, opened.rules)
    assert set(frame["stage"][outcome.table.index]) == {KECAMATAN}
    assert sorted(outcome.history) == ["1", "2", "4"]
    assert outcome.table.index[0] == "3"
    assert outcome.room is None
    assert outcome.reasons["6"].facts["criteria"] == ("Permintaan",)
    assert outcome.funnel.steps.to_dict("records") == [
        {"parent_stage": DESA, "stage": KECAMATAN, "parents": 1, "children": 1},
        {"parent_stage": KECAMATAN, "stage": RENJA, "parents": 1, "children": 1},
    ]


def test_an_imported_list_scores_alike_once_it_is_a_folder(tmp_path):
    opened = open_source(list_of(tmp_path, *CHAIN), recipe_of(tmp_path / "pemetaan"))
    write_session(tmp_path / "folder", opened.session, opened.rules)
    again = open_session(tmp_path / "folder")
    assert again.rules == opened.rules
    assert again.session.notes == opened.session.notes
    one, other = (prioritise(each.session, each.rules) for each in (opened, again))
    assert one.table.equals(other.table)
    assert one.reasons == other.reasons


def test_a_workbook_is_searched_for_the_sheet_with_the_columns(tmp_path):
    path = tmp_path / "daftar.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Rekap"
    book.active.append(["jumlah", "total"])
    book.active.append([1, 2])
    sheet = book.create_sheet("Usulan")
    sheet.append(["DAFTAR USULAN"])
    for row in [list(HEADERS), *frame_of({}, {}).to_numpy().tolist()]:
        sheet.append(row)
    book.save(path)
    session = import_list(path, read_recipe(recipe_of(tmp_path / "pemetaan")))
    assert len(session.proposals) == 2
    found = {(note.code, note.sheet, note.row) for note in session.notes}
    assert ("sheet_not_read", "Rekap", None) in found
    assert ("row_above_header", "Usulan", 1) in found
    assert session.facts.data_source == "daftar uji (daftar.xlsx)"


# ----- bad input


def test_all_problems_of_a_list_are_told_together(tmp_path):
    found = problems(
        tmp_path, {"usulan_id": "A"}, {"usulan_id": "A"}, {"usulan_id": ""}, {"kegiatan": ""},
        {"usulan_asal_id": "5"}, {"kode_kec": "73.02.99"}, {"kode_kec": "02-Jan-73"}, {"kode_kec": "73,02"},
    )  # fmt: skip
    assert sorted((p.code, p.row, p.column, p.value) for p in found) == [
        ("duplicate_id", 3, "usulan_id", "A"),
        ("empty_cell", 4, "usulan_id", ""),
        ("empty_cell", 5, "kegiatan", ""),
        ("own_parent", 6, "usulan_asal_id", "5"),
        ("region_code_turned_into_date", 8, "kode_kec", "02-Jan-73"),
        ("region_code_turned_into_number", 9, "kode_kec", "73,02"),
        ("region_code_unknown", 7, "kode_kec", "73.02.99"),
    ]
    assert {p.file for p in found} == {"daftar.csv"}


def test_codes_without_dots_are_read_and_noted(tmp_path):
    session = imported(tmp_path, {"kode_kec": "730201"})
    assert session.proposals.frame["region"].tolist() == ["73.02.01.2017"]
    assert [n.facts["proposal"] for n in session.notes if n.code == "region_code_without_dots"] == ["1"]


def test_amounts_are_read_where_a_list_has_them(tmp_path):
    mapping = MAPPING.replace("[kolom_lain]", 'prakiraan_biaya = "bidang_urusan"\n[kolom_lain]').replace(
        'bidang = "bidang_urusan"\n', ""
    ).replace('kolom = ["desa", "bidang"]', 'kolom = ["desa"]')  # fmt: skip
    found = problems(tmp_path, {"bidang_urusan": "Rp.100 jt"}, {"bidang_urusan": "-5"}, mapping=mapping)
    assert [(p.code, p.row, p.facts.get("suggestion")) for p in found] == [
        ("amount_with_unit", 2, "100000000"),
        ("negative_value", 3, None),
    ]


def test_a_missing_column_does_not_hide_what_is_wrong_in_the_others(tmp_path):
    mapping = MAPPING.replace('kegiatan = "kegiatan"', 'kegiatan = "pekerjaan"')
    found = problems(tmp_path, {"usulan_id": "1"}, {"usulan_id": "1"}, mapping=mapping)
    said = {(problem.code, problem.row, problem.column) for problem in found}
    assert {("column_missing", 1, "pekerjaan"), ("duplicate_id", 3, "usulan_id")} <= said


def test_every_missing_column_is_named(tmp_path):
    path = tmp_path / "daftar.csv"
    frame_of({}).drop(columns=["usulan_id", "kecamatan", "urusan", "dibuat"]).to_csv(path, index=False)
    with pytest.raises(InvalidInput) as caught:
        import_list(path, read_recipe(recipe_of(tmp_path / "pemetaan")))
    assert [(p.code, p.column, p.row) for p in caught.value.problems] == [
        ("column_missing", header, 1) for header in ("usulan_id", "urusan", "kecamatan", "dibuat")
    ]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("daftar.csv", b"", "file_empty"),
        ("daftar.csv", b"%PDF-1.7", "file_not_what_it_says"),
        ("daftar.xlsx", b"usulan_id,tahapan\n1,2\n", "file_not_what_it_says"),
        ("daftar.pdf", b"%PDF-1.7", "file_kind_unsupported"),
        ("daftar.csv", b"usulan_id,\x81\x8d\n1,2\n", "encoding_unknown"),
        ("daftar.csv.gz", b"\x1f\x8bcut", "file_damaged"),
    ],
)
def test_a_file_that_is_no_list(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InvalidInput) as caught:
        open_source(tmp_path / name, recipe_of(tmp_path / "pemetaan"))
    assert [(p.code, p.file) for p in caught.value.problems] == [(code, name)]


def test_a_stage_that_no_row_stands_at_is_named(tmp_path):
    found = problems(tmp_path, {"tahapan": DESA})
    assert [(p.code, p.column, p.value) for p in found] == [("unknown_rule", "tahapan", KECAMATAN)]
    assert found[0].facts["allowed"] == (DESA,)


# ----- the real list


@pytest.mark.slow
def test_the_real_list_of_sukabumi(shared_folder, project_root):
    path = next(shared_folder.rglob("sukabumi_usulan_2019.csv.gz"))
    opened = open_source(path, project_root / "data" / "pemetaan" / "erkpd_sukabumi_2019")
    session = opened.session
    assert len(session.proposals) == 23_787
    assert len(session.proposals.districts) == 47
    assert len(session.proposals.at_stage(opened.rules.stage)) == 9_571
    apart = session.proposals.without_district()
    inside = [session.within(code) for code in session.proposals.districts]
    assert sum(len(part.proposals) for part in inside) + len(apart) == 23_787
    count = Counter(note.code for note in session.notes)
    assert count["volume_negative"] == 11
    assert count["row_identical"] > 100
    empty = {note.column: note.facts["empty"] for note in session.notes if "empty" in note.facts}
    raw = pd.read_csv(path, dtype="str", keep_default_na=False)
    placeholders = (raw["kode_kec"] == "-- Silahkan Pilih --") | (
        raw["kecamatan_akhir"] == "-- Silahkan Pilih --"
    )
    assert placeholders.sum() == 29
    blank = (raw["kecamatan_akhir"].str.strip() == "").sum()
    assert (blank, empty["kecamatan_akhir"], empty["kode_kec"], len(apart)) == (3_077, 3_106, 3_106, 3_106)
    everything = prioritise(session, opened.rules)
    ranked = set(everything.table.index)
    assert len(ranked) == 9_571
    assert len(everything.table) + len(everything.history) == 23_787
    parents = session.proposals.frame["parent"].to_dict()
    stages = session.proposals.frame["stage"].to_dict()
    for label in ranked:
        above = parents.get(parents[label], "") if parents[label] in parents else ""
        for other in (parents[label], above):
            assert other not in ranked or stages[other] == stages[label]
    assert sum(len(prioritise(part, opened.rules).table) for part in inside[:3]) == sum(
        part.proposals.at_stage(opened.rules.stage).frame.shape[0] for part in inside[:3]
    )


def test_what_a_mapping_does_not_mention_is_not_looked_at(tmp_path):
    short = MAPPING[: MAPPING.index("[volume]")].replace('nama_desa = "desa_lokasi"\n', "")
    short = short.replace('nama = "daftar uji"\n', "")
    criteria = (
        "kode_kriteria;nama;bobot;skala_min;skala_maks;cara_ukur;kolom\nK1;Urusan;1;1;5;tabel_poin;urusan\n"
    )
    session = imported(
        tmp_path, *CHAIN, mapping=short, criteria=criteria, points="kode_kriteria;teks;poin\nK1;WAJIB;5\n"
    )
    assert {note.code for note in session.notes} == {"district_column", "district_column_compared"}
    assert session.proposals.frame["region"].tolist()[0] == "73.02.01"
    assert session.facts.data_source == "daftar.csv"


def test_a_folder_comes_through_the_same_door(tmp_path):
    opened = open_source(list_of(tmp_path, *CHAIN), recipe_of(tmp_path / "pemetaan"))
    write_session(tmp_path / "folder", opened.session, opened.rules)
    again = open_source(tmp_path / "folder")
    assert again.rules == opened.rules
    assert again.edited == ()
    assert source_digest(tmp_path / "folder") != source_digest(list_of(tmp_path, {}))
