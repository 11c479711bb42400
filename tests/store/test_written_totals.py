"""A sheet's own sums and ranks, counted again at both doors."""

import pytest

from workbench.present.i18n import translator
from workbench.present.problems import problem_sentence
from workbench.store.list_import import import_list
from workbench.store.recipe import read_recipe
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session
from workbench.store.template_apply import apply_template
from workbench.store.templates import find_template


def write(folder, name, text):
    (folder / name).write_text(text, "utf-8")


def notes(session):
    found = [note for note in session.notes if note.code.startswith("written_")]
    return [(note.code, note.row, note.value, note.facts.get("computed")) for note in found]


@pytest.fixture
def sheet(tmp_path):
    """The published USG table, whose first total is wrong, with ranks in Roman numbers."""
    write(
        tmp_path,
        "usulan.csv",
        "kode_usulan;kode_wilayah;kegiatan;prakiraan_biaya;Jumlah Nilai;Peringkat\n"
        "I1;73.02.01;Isu satu;1;14;I\nI2;73.02.01;Isu dua;1;12;II\n",
    )
    write(tmp_path, "wilayah.csv", "kode_wilayah;nama\n73;S\n73.02;B\n73.02.01;G\n")
    apply_template(tmp_path, find_template("usg"))
    write(tmp_path, "peserta.csv", "no_kartu\n1\n")
    lines = [f"1;1;{label};{code};{points}\n" for label, row in {"I1": (5, 4, 4), "I2": (4, 5, 3)}.items()
             for code, points in zip("USG", row, strict=True)]  # fmt: skip
    write(tmp_path, "nilai.csv", "putaran;no_kartu;kode_usulan;kode_kriteria;nilai\n" + "".join(lines))
    return tmp_path


def test_the_folder_names_14_instead_of_13(sheet):
    session = open_session(sheet).session
    assert notes(session) == [("written_total_differs", 2, "14", "13")]
    note = next(note for note in session.notes if note.code == "written_total_differs")
    assert problem_sentence(note, translator("id")).startswith("Lembar asal menulis 14, seharusnya 13.")
    assert not [note for note in session.notes if note.code == "column_unknown"]


def test_a_mended_sheet_has_no_note_left_even_after_it_was_written(sheet):
    opened = open_session(sheet)
    write_session(sheet, opened.session, opened.rules)
    assert notes(open_session(sheet).session) == [("written_total_differs", 2, "14", "13")]
    text = (sheet / "usulan.csv").read_text("utf-8-sig").replace(";14;", ";13;")
    write(sheet, "usulan.csv", text)
    assert notes(open_session(sheet).session) == []


def test_a_wrong_rank_and_an_unreadable_total_are_named(sheet):
    text = (sheet / "usulan.csv").read_text("utf-8-sig").replace(";12;II", ";dua belas;I")
    write(sheet, "usulan.csv", text.replace(";14;", ";13;"))
    assert notes(open_session(sheet).session) == [
        ("written_number_unreadable", 3, "dua belas", None),
        ("written_rank_differs", 3, "I", "2"),
    ]


def test_an_imported_list_is_counted_again_by_its_mapping(tmp_path):
    write(
        tmp_path,
        "pemetaan.toml",
        'nama = "Daftar"\n[kolom]\nkode_usulan = "ID"\nkegiatan = "Kegiatan"\n'
        '[kolom_lain]\nu = "U"\ns = "S"\ng = "G"\n[wilayah]\nkode_kecamatan = "Kode"\n'
        '[lembar_asal]\njumlah = "TOTAL"\nperingkat = "URUT"\n',
    )
    write(
        tmp_path,
        "kriteria.csv",
        "kode_kriteria;nama;bobot;skala_min;skala_maks;cara_ukur;kolom\n"
        + "".join(f"{code.upper()};{code};1;1;5;angka;{code}\n" for code in "usg"),
    )
    write(
        tmp_path,
        "daftar.csv",
        "ID;Kode;Kegiatan;U;S;G;TOTAL;URUT\nI1;73.02.01;a;5;4;4;14;1\nI2;73.02.01;b;4;5;3;12;2\n",
    )
    session = import_list(tmp_path / "daftar.csv", read_recipe(tmp_path))
    assert notes(session) == [("written_total_differs", 2, "14", "13")]
    assert session.notes[-1].facts["proposal"] == "I1"
