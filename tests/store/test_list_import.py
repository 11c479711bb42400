from __future__ import annotations

from collections import Counter
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from workbench.errors import InvalidInput, Problem, Severity
from workbench.prioritisation import prioritise
from workbench.store.list_import import import_list
from workbench.store.recipe import read_recipe
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session
from workbench.store.source import open_source, source_digest

DESA, KECAMATAN, RENJA = "Musrenbang Desa/Kelurahan", "Musrenbang Kecamatan", "Renja OPD"
HEADERS = (
    "usulan_id", "tahapan", "usulan_asal_id", "kode_kec", "kecamatan_akhir", "kecamatan", "desa_lokasi",
    "urusan", "bidang_urusan", "kegiatan", "keluaran_volume", "keluaran_satuan", "dibuat",
)  # fmt: skip
MAPPING = """
nama = "daftar uji"
kode_wilayah = "73.02"
tahun_rencana = 2027
kosong = ["-- Silahkan Pilih --"]
[kolom]
kode_usulan = "usulan_id"
tahapan = "tahapan"
usulan_asal = "usulan_asal_id"
kegiatan = "kegiatan"
bidang = "bidang_urusan"
kecamatan = "kecamatan_akhir"
desa = "desa_lokasi"
volume = "keluaran_volume"
[kolom_lain]
Urusan = "urusan"
[wilayah]
kode_kecamatan = "kode_kec"
pembanding = ["kecamatan_akhir", "kecamatan"]
nama_desa = "desa_lokasi"
[volume]
kolom = "keluaran_volume"
satuan = "keluaran_satuan"
terbesar_wajar = 1000
[kembar]
kecuali = ["usulan_id", "usulan_asal_id", "dibuat"]
[turunan.berasal_dari_desa]
cara = "ada_induk"
tahapan = "Musrenbang Desa/Kelurahan"
[turunan.permintaan]
cara = "jumlah_sama"
kolom = ["desa", "bidang"]
tahapan = "Musrenbang Desa/Kelurahan"
"""
CRITERIA = (
    "kode_kriteria;nama;bobot;skala_min;skala_maks;cara_ukur;kolom\n"
    "K1;Urusan;50 %;1;5;tabel_poin;urusan\nK2;Dari desa;30 %;1;5;tabel_poin;berasal_dari_desa\n"
    "K3;Permintaan;20 %;0;4;angka;permintaan\n"
)
POINTS = "kode_kriteria;teks;poin\nK1;WAJIB;5\nK1;PILIHAN;2\nK2;true;5\nK2;false;1\n"
LINE = {
    "tahapan": KECAMATAN, "kode_kec": "73.02.01", "kecamatan_akhir": "Gantarang", "kecamatan": "Gantarang",
    "desa_lokasi": "Polewali", "urusan": "WAJIB", "bidang_urusan": "jalan", "kegiatan": "Jalan desa",
    "keluaran_volume": "5", "keluaran_satuan": "km",
}  # fmt: skip
NOWHERE = dict.fromkeys(("kode_kec", "kecamatan_akhir", "kecamatan", "desa_lokasi"), "-- Silahkan Pilih --")


def recipe_of(folder: Path, mapping: str = MAPPING, criteria: str = CRITERIA, points: str = POINTS) -> Path:
    folder.mkdir(exist_ok=True)
    texts = {"pemetaan.toml": mapping, "kriteria.csv": criteria, "tabel_poin.csv": points}
    texts["aturan.toml"] = f'tahapan = "{KECAMATAN}"\n'
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def frame_of(*lines: dict[str, str]) -> pd.DataFrame:
    given = [
        LINE | {"usulan_id": f"{n}", "dibuat": f"hari {n}"} | line for n, line in enumerate(lines, start=1)
    ]
    return pd.DataFrame([{header: line.get(header, "") for header in HEADERS} for line in given])


def list_of(folder: Path, *lines: dict[str, str]) -> Path:
    path = folder / "daftar.csv"
    frame_of(*lines).to_csv(path, index=False)
    return path


def imported(tmp_path: Path, *lines: dict[str, str], **recipe: str):
    return import_list(list_of(tmp_path, *lines), read_recipe(recipe_of(tmp_path / "pemetaan", **recipe)))


def problems(tmp_path: Path, *lines: dict[str, str], **recipe: str) -> list[Problem]:
    with pytest.raises(InvalidInput) as caught:
        imported(tmp_path, *lines, **recipe)
    return list(caught.value.problems)


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


# ----- recipes


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ('nama = "daftar uji"', 'judul = "x"', "unknown_rule_key", "judul"),
        ('kode_kecamatan = "kode_kec"', 'kode_kec = "kode_kec"', "unknown_rule_key", "wilayah.kode_kec"),
        ('kode_kecamatan = "kode_kec"\n', "", "mapping_key_missing", "wilayah.kode_kecamatan"),
        ('kode_usulan = "usulan_id"\n', "", "mapping_key_missing", "kolom.kode_usulan"),
        ('kegiatan = "kegiatan"\n', "", "mapping_key_missing", "kolom.kegiatan"),
        ('kegiatan = "kegiatan"', "kegiatan = 5", "mapping_value_of_wrong_kind", "kolom.kegiatan"),
        ('tahapan = "tahapan"', 'tahap = "tahapan"', "unknown_rule_key", "kolom.tahap"),
        ('["-- Silahkan Pilih --"]', '"-"', "mapping_value_of_wrong_kind", "kosong"),
        ("tahun_rencana = 2027", 'tahun_rencana = "2027"', "mapping_value_of_wrong_kind", "tahun_rencana"),
        (
            "terbesar_wajar = 1000",
            "terbesar_wajar = true",
            "mapping_value_of_wrong_kind",
            "volume.terbesar_wajar",
        ),
        (
            'kecuali = ["usulan_id"',
            'kecuali = [5, "usulan_id"',
            "mapping_value_of_wrong_kind",
            "kembar.kecuali",
        ),
        ('cara = "ada_induk"', 'cara = "tebak"', "unknown_rule", "turunan.berasal_dari_desa.cara"),
        ("Urusan = ", "Kegiatan = ", "mapping_name_taken", "kegiatan"),
        ("[turunan.permintaan]", "[turunan.Urusan]", "mapping_name_taken", "urusan"),
        ("[kolom_lain]", "[kolom_lain", "not_toml", ""),
    ],
)
def test_every_fault_of_a_mapping_is_named(tmp_path, old, new, code, place):
    assert MAPPING.count(old) == 1
    with pytest.raises(InvalidInput) as caught:
        read_recipe(recipe_of(tmp_path, mapping=MAPPING.replace(old, new)))
    assert (code, "pemetaan.toml", place) in [(p.code, p.file, p.column) for p in caught.value.problems]


def test_faults_of_its_criteria_are_faults_of_a_recipe(tmp_path):
    with pytest.raises(InvalidInput) as caught:
        read_recipe(recipe_of(tmp_path, points="kode_kriteria;teks;poin\nK1;WAJIB;9\n"))
    assert [(p.code, p.file) for p in caught.value.problems] == [
        ("points_table_missing", "kriteria.csv"),
        ("points_outside_scale", "tabel_poin.csv"),
    ]
    (tmp_path / "kriteria.csv").unlink()
    with pytest.raises(InvalidInput) as caught:
        read_recipe(tmp_path)
    assert caught.value.problems[0].code == "file_missing"
    with pytest.raises(InvalidInput) as caught:
        read_recipe(tmp_path / "tidak-ada")
    assert caught.value.problems[0].code == "file_missing"


def test_region_codes_may_be_mapped_as_a_column(tmp_path):
    mapping = MAPPING.replace('kode_kecamatan = "kode_kec"\n', "").replace(
        "[kolom]\n", '[kolom]\nkode_wilayah = "kode_kec"\n'
    )
    session = imported(tmp_path, {"kode_kec": "73.02.01.2017", "desa_lokasi": "apa saja"}, mapping=mapping)
    assert session.proposals.frame["region"].tolist() == ["73.02.01.2017"]


def test_one_header_may_serve_a_field_and_a_further_column(tmp_path):
    mapping = MAPPING.replace('Urusan = "urusan"', 'Urusan = "urusan"\nKecamatan_asal = "kecamatan_akhir"')
    frame = imported(tmp_path, {}, mapping=mapping).proposals.frame
    assert frame["district"].tolist() == frame["kecamatan_asal"].tolist() == ["Gantarang"]


# ----- one door


def test_the_door_names_what_it_cannot_open(tmp_path):
    for path, code in (
        (tmp_path / "tidak-ada.csv", "file_missing"),
        (list_of(tmp_path, {}), "list_without_mapping"),
    ):
        with pytest.raises(InvalidInput) as caught:
            open_source(path)
        assert caught.value.problems[0].code == code


def test_the_digest_of_a_source_follows_every_byte(tmp_path):
    path, recipe = list_of(tmp_path, {}), recipe_of(tmp_path / "pemetaan")
    before = source_digest(path, recipe)
    assert source_digest(path, recipe) == before
    assert source_digest(path) != before
    (recipe / "~$kriteria.xlsx").write_bytes(b"lock")
    assert source_digest(path, recipe) == before
    (recipe / "aturan.toml").write_text("", encoding="utf-8")
    assert source_digest(path, recipe) != before


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


BY_NAME = MAPPING.replace('kode_kecamatan = "kode_kec"', 'nama_kecamatan = "kecamatan"')
BY_NOTHING = MAPPING.replace('kode_kecamatan = "kode_kec"', "")


def test_names_of_districts_decide_where_the_list_has_no_codes(tmp_path: Path) -> None:
    names = ("Gantarang", "KEC. UJUNG BULU", "Gantrang", NOWHERE["kecamatan"])
    session = imported(tmp_path, *({"kecamatan": name} for name in names), mapping=BY_NAME)
    assert [code[:8] for code in session.proposals.frame["region"]] == ["73.02.01", "73.02.02", "", ""]
    notes = {note.code: note for note in session.notes}
    assert (notes["district_name_not_found"].value, notes["district_name_not_found"].row) == ("Gantrang", 4)
    assert (notes["district_column"].column, notes["district_column"].facts["empty"]) == ("kecamatan", 1)


def test_a_name_of_two_districts_is_refused(tmp_path: Path) -> None:
    province = BY_NAME.replace('"73.02"', '"73"')
    lines = ({"kecamatan": "Gantarang"}, {"kecamatan": "Tompobulu"}, {"kecamatan": "Tompobulu"})
    (problem,) = problems(tmp_path, *lines, mapping=province)
    assert (problem.code, problem.row, problem.facts["count"]) == ("district_name_ambiguous", 3, 2)
    assert len(problem.facts["candidates"]) >= 2


def test_a_list_of_one_place_needs_no_column_of_districts(tmp_path: Path) -> None:
    session = imported(tmp_path, {}, NOWHERE, mapping=BY_NOTHING.replace('"73.02"', '"73.02.01"'))
    assert session.proposals.districts == ("73.02.01",)
    assert len(session.proposals) == 2
    (problem,) = problems(tmp_path, {}, mapping=BY_NOTHING)
    assert (problem.code, problem.column) == ("mapping_key_missing", "wilayah.kode_kecamatan")


# ----- headers


def test_headers_are_matched_whatever_their_case_and_blanks(tmp_path):
    plain = imported(tmp_path, {}, {"keluaran_volume": "-3"})
    shouted = frame_of({}, {"keluaran_volume": "-3"})
    shouted.columns = [f" {header.upper().replace('_', ' ')} " for header in shouted.columns]
    shouted.to_csv(tmp_path / "daftar.csv", index=False)
    session = import_list(tmp_path / "daftar.csv", read_recipe(tmp_path / "pemetaan"))
    pd.testing.assert_frame_equal(session.proposals.frame, plain.proposals.frame)
    assert [note.code for note in session.notes] == [note.code for note in plain.notes]
    assert next(n for n in session.notes if n.code == "volume_negative").column == "KELUARAN VOLUME"


def test_a_header_that_two_columns_could_be_is_missing_and_a_misspelt_one_is_suggested(tmp_path):
    recipe = read_recipe(recipe_of(tmp_path / "pemetaan"))
    frame = frame_of({}).rename(columns={"urusan": "URUSAN ", "tahapan": "tahapn"}).assign(Urusan="x")
    frame.to_csv(tmp_path / "daftar.csv", index=False)
    with pytest.raises(InvalidInput) as refused:
        import_list(tmp_path / "daftar.csv", recipe)
    found = {problem.column: problem.facts.get("suggestion") for problem in refused.value.problems}
    assert found == {"tahapan": "tahapn", "urusan": "URUSAN"}
