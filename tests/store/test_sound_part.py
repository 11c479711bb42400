"""Faulty rows of a list: their district alone is left out, with all its problems, where that can be told."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from tests.reporting.kabupaten_sessions import write_kabupaten
from tests.store.mapped_lists import CRITERIA, DESA, LINE, MAPPING, frame_of, recipe_of
from workbench.errors import InvalidInput
from workbench.reporting.slices import prepare_slices
from workbench.store import sound_part
from workbench.store.folder_tables import raw_tables
from workbench.store.sound_part import open_sound_part
from workbench.store.source import open_source

ONE, TWO, THREE = "73.02.01", "73.02.02", "73.02.03"
HANDMADE = MAPPING.partition("[turunan")[0].replace("\ndesa =", '\nprakiraan_biaya = "dibuat"\n#')
"""A recipe that computes no column, with costs."""
PLAIN = CRITERIA.splitlines()[0] + "\nK1;Urusan;50 %;1;5;tabel_poin;urusan\n"
PLAIN_POINTS = "kode_kriteria;teks;poin\nK1;WAJIB;5\nK1;PILIHAN;2\n"


def lines_of(*districts, **cells):
    return [LINE | {"kode_kec": code, "dibuat": "5000000"} | cells for code in districts]


@pytest.fixture
def plain(tmp_path):
    return recipe_of(tmp_path / "resep", HANDMADE, PLAIN, PLAIN_POINTS)


def written(folder: Path, lines, name="daftar.csv"):
    path = folder / name
    frame = frame_of(*lines)
    if name.endswith(".xlsx"):
        book = openpyxl.Workbook()
        book.active.title = "Usulan"
        for row in [frame.columns.tolist(), *frame.to_numpy().tolist()]:
            book.active.append(row)
        book.save(path)
    else:
        frame.to_csv(path, index=False)
    return path


@pytest.mark.parametrize("faulty", [True, False])
def test_a_list_is_read_once_whether_or_not_it_is_sound(tmp_path, plain, faulty):
    lines = lines_of(ONE, TWO)
    lines[1] |= {"kegiatan": ""} if faulty else {}
    path = str(written(tmp_path, lines))
    count = (
        "import sys, pathlib\n"
        "from workbench.store.sound_part import open_sound_part\n"
        "opened, (path, recipe) = [], sys.argv[1:]\n"
        "sys.addaudithook(lambda event, facts: opened.append(str(facts[0])) if event == 'open' else None)\n"
        "found = open_sound_part(pathlib.Path(path), pathlib.Path(recipe))\n"
        "print(opened.count(path), len(found.faults))"
    )
    command = [sys.executable, "-c", count, path, str(plain)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert told == ["1", str(int(faulty))]


@pytest.mark.parametrize("name", ["daftar.csv", "daftar.xlsx"])
def test_faulty_rows_leave_out_their_district_alone_with_every_problem(tmp_path, plain, name):
    lines = lines_of(ONE, ONE, TWO, TWO, THREE)
    lines[2] |= {"kegiatan": "", "dibuat": "Rp.100 jt"}
    lines[3] |= {"dibuat": "#REF!"}
    found = open_sound_part(written(tmp_path, lines, name), plain)
    sheet = "" if name.endswith(".csv") else "Usulan"
    assert [
        (problem.file, problem.sheet, problem.row, problem.column, problem.value)
        for problem in found.faults[TWO]
    ] == [
        (name, sheet, 4, "dibuat", "Rp.100 jt"),
        (name, sheet, 4, "kegiatan", ""),
        (name, sheet, 5, "dibuat", "#REF!"),
    ]
    assert list(found.faults) == [TWO]
    assert found.source.session.proposals.districts == (ONE, THREE)
    mended = written(tmp_path, lines_of(ONE, ONE, TWO, TWO, THREE), name)
    whole = open_source(mended, plain).session
    for code in (ONE, THREE):
        left, right = (session.within(code) for session in (found.source.session, whole))
        pd.testing.assert_frame_equal(left.proposals.frame, right.proposals.frame)
        assert left.notes == right.notes


def test_one_code_in_two_districts_is_a_fault_of_both(tmp_path, plain):
    lines = lines_of(ONE, TWO, THREE)
    lines[1] |= {"usulan_id": "A1"}
    lines[2] |= {"usulan_id": "A1"}
    found = open_sound_part(written(tmp_path, lines), plain)
    assert {code: [problem.row for problem in told] for code, told in found.faults.items()} == {
        TWO: [4],
        THREE: [4],
    }


@pytest.mark.parametrize(
    "fault",
    [
        {"kode_kec": "73.02"},
        {"kode_kec": "73.02.99"},
        {"kode_kec": "73,02"},
    ],
)
def test_a_row_whose_district_cannot_be_told_is_never_left_out(tmp_path, plain, fault):
    lines = lines_of(ONE, TWO, THREE)
    lines[1] |= {"dibuat": "Rp.100 jt"} | fault
    with pytest.raises(InvalidInput) as refused:
        open_sound_part(written(tmp_path, lines), plain)
    assert "dibuat" in {problem.column for problem in refused.value.problems}


def test_a_fault_of_the_file_or_of_every_district_refuses_it_whole(tmp_path, plain):
    path = written(tmp_path, lines_of(ONE, TWO))
    path.write_text(path.read_text("utf-8").replace("kegiatan", "apa"), "utf-8")
    with pytest.raises(InvalidInput, match="column_missing"):
        open_sound_part(path, plain)
    path.write_bytes(b"\x00bukan daftar")
    with pytest.raises(InvalidInput):
        open_sound_part(path, plain)
    with pytest.raises(InvalidInput, match="file_missing"):
        open_sound_part(tmp_path / "tidak ada.csv", plain)
    with pytest.raises(InvalidInput) as refused:
        open_sound_part(written(tmp_path, lines_of(ONE, TWO, kegiatan="")), plain)
    assert len(refused.value.problems) == 2


def test_a_row_with_too_many_cells_belongs_to_the_one_district_that_it_names(tmp_path, plain):
    path = written(tmp_path, lines_of(ONE, TWO, THREE))
    head, one, two, three = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([head, one, two.replace(TWO, f"x,{TWO}"), three]), "utf-8")
    assert (
        _faults(path, plain) == {}
    )  # the code slid under another header, and what stands under its own is no code

    path.write_text("\n".join([head, one, two.replace("Gantarang", "Ganta,rang", 1), three]), "utf-8")
    assert set(_faults(path, plain)) == {TWO}
    path.write_text("\n".join([head, one, f"{two},{THREE}", three]), "utf-8")
    assert _faults(path, plain) == {}


def _faults(path, recipe):
    try:
        return open_sound_part(path, recipe).faults
    except InvalidInput:
        return {}


def test_what_a_computed_column_of_another_district_hangs_on_is_not_guessed(tmp_path):
    recipe = recipe_of(tmp_path / "resep")
    lines = lines_of(ONE, TWO, THREE)
    lines += [
        LINE | {"usulan_id": code, "tahapan": DESA, "kode_kec": TWO, "desa_lokasi": "Bira"}
        for code in ("D1", "D1")
    ]
    lines[2] |= {"usulan_asal_id": "D1", "desa_lokasi": "Lain"}
    found = open_sound_part(written(tmp_path, lines), recipe)
    assert {code: {problem.code for problem in told} for code, told in found.faults.items()} == {
        TWO: {"duplicate_id"},
        THREE: {"computed_from_doubtful_row"},
    }
    lines[2] |= {"usulan_asal_id": ""}
    assert set(open_sound_part(written(tmp_path, lines), recipe).faults) == {TWO}
    lines[2] |= {"desa_lokasi": "Bira"}  # the same name of a village in another district is counted too
    assert set(open_sound_part(written(tmp_path, lines), recipe).faults) == {TWO, THREE}
    lines[1] |= {"bidang_urusan": "#REF!"}
    with pytest.raises(InvalidInput, match="cell_error"):
        open_sound_part(written(tmp_path, lines), recipe)


def damage(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8-sig")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8-sig")


def test_a_folder_of_all_districts_leaves_out_the_one_with_faulty_rows_and_cards(tmp_path):
    counts = {"99.01.01": 2, "99.01.02": 3, "99.01.03": 2}
    folder = write_kabupaten(tmp_path / "musyawarah", counts)
    damage(folder, "sesi.csv", "Uji", "Uji")  # written anew: edited files are judged again
    sound = prepare_slices(folder, None, tmp_path / "utuh")
    damage(folder, "usulan.csv", "99.01.01;Kegiatan 1;2000000", "99.01.01;Kegiatan 1;dua juta")
    damage(folder, "nilai.csv", "99.01.01-1;K1;2", "99.01.01-1;K9;2")
    damage(folder, "pagu.csv", "99.01.02;pagu;3500000", "99.01.02;pagu;3,5 juta")
    found = prepare_slices(folder, None, tmp_path / "siapan")
    assert list(found.folders) == ["99.01.03"]
    assert {code: district.name for code, district in found.faulty.items()} == {
        "99.01.01": "Kec 99.01.01 & <kawan>",
        "99.01.02": "Kec 99.01.02 & <kawan>",
    }
    told = [
        (problem.file, problem.row, problem.value)
        for district in found.faulty.values()
        for problem in district.problems
    ]
    assert told == [("nilai.csv", 8, "K9"), ("usulan.csv", 3, "dua juta"), ("pagu.csv", 3, "3,5 juta")]
    assert found.digests["99.01.03"] == sound.digests["99.01.03"]
    again = prepare_slices(folder, None, tmp_path / "siapan")
    assert again.faulty == found.faulty  # told each time, not only the first
    damage(folder, "nilai.csv", "99.01.02-0;K1", "99.01.09-9;K1")
    with pytest.raises(InvalidInput) as refused:
        open_sound_part(folder)
    assert "99.01.09-9" in {problem.value for problem in refused.value.problems}


@pytest.mark.parametrize("faulty", [True, False])
def test_the_tables_of_a_folder_are_read_once_whether_or_not_they_are_sound(tmp_path, monkeypatch, faulty):
    folder = write_kabupaten(tmp_path / "musyawarah", {"99.01.01": 2, "99.01.02": 3})
    if faulty:
        damage(folder, "usulan.csv", "99.01.01;Kegiatan 1;2000000", "99.01.01;Kegiatan 1;dua juta")
    looked_at = []

    def counted(place):
        looked_at.append(place)
        return raw_tables(place)

    monkeypatch.setattr(sound_part, "raw_tables", counted)
    assert len(open_sound_part(folder).faults) == int(faulty)
    assert looked_at == [folder]


@pytest.mark.slow
def test_two_faulty_rows_of_a_real_list_leave_46_kecamatan(tmp_path, shared_folder, project_root):
    real = gzip.decompress((shared_folder / "data/musrenbang/sukabumi_usulan_2019.csv.gz").read_bytes())
    frame = pd.read_csv(io.BytesIO(real), dtype="str", keep_default_na=False)
    rows = frame.index[frame["kode_kec"] == "32.02.13"][[3, 7]]
    frame.loc[rows[0], "kegiatan"] = ""
    frame.loc[rows[1], "tahun_anggaran"] = "dua ribu"
    frame.to_csv(tmp_path / "daftar.csv", index=False)
    found = open_sound_part(tmp_path / "daftar.csv", project_root / "data/pemetaan/erkpd_sukabumi_2019")
    ((code, told),) = found.faults.items()
    assert (code, [problem.value for problem in told]) == ("32.02.13", ["", "dua ribu"])
    assert len(found.source.session.proposals.districts) == 46
    assert len(found.source.session.proposals) == (frame["kode_kec"] != "32.02.13").sum()
