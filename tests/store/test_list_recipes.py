"""How a list is mapped: faults of a recipe are named, districts found by code or name, headers as written."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.store.mapped_lists import (
    MAPPING,
    NOWHERE,
    frame_of,
    imported,
    list_of,
    problems,
    recipe_of,
)
from workbench.errors import InvalidInput
from workbench.store.list_import import import_list
from workbench.store.recipe import read_recipe
from workbench.store.source import open_source, source_digest


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
