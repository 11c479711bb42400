"""``batasan.csv`` and ``pagu_opd.csv``: what people write is read exactly, and every fault is named."""

from __future__ import annotations

import pytest

from tests.plans import forum
from workbench.errors import InvalidInput
from workbench.store.conditions_table import read_share
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session

FAULTS = (
    (";paling_banyak;usulan;1;;;;;;;", "empty_cell", "nama"),
    ("a;;usulan;1;;;;;;;", "empty_cell", "jenis"),
    ("a;kira-kira;usulan;1;;;;;;;", "unknown_choice", "jenis"),
    ("a;paling_banyak;;1;;;;;;;", "empty_cell", "satuan"),
    ("a;paling_banyak;usulan;;;;;;;;", "empty_cell", "batas"),
    ("a;paling_banyak;usulan;1,5;;;;;;;", "amount_with_decimals", "batas"),
    ("a;paling_banyak;persen_pagu;0,2;;;;;;;", "share_ambiguous", "batas"),
    ("a;paling_banyak;persen_pagu;120 %;;;;;;;", "share_above_whole", "batas"),
    ("a;paling_banyak;persen_pagu;banyak;;;;;;;", "number_unreadable", "batas"),
    ("a;paling_banyak;rupiah;-5;;;;;;;", "limit_unreadable", "batas"),
    ("a;paling_banyak;usulan;1;Desa 9;;;;;;", "unknown_group", "desa"),
    ("a;paling_banyak;usulan;1;;;PUPR;;;;", "unknown_group", "opd"),
    ("a;paling_banyak;usulan;1;;jalan;;;U-1;;", "condition_scope_twice", "usulan"),
    ("a;salah_satu;;;;;;;U-1;;", "condition_needs_two", "usulan"),
    ("a;terikat;;;;;;;;;", "empty_cell", "usulan"),
    ("a;terikat;;;;;;;U-9;;", "unknown_proposal", "usulan"),
    ("a;memerlukan;;;;;;;U-1;;", "empty_cell", "memerlukan"),
    ("a;memerlukan;;;;;;;U-1;U-1;", "requires_circle", "memerlukan"),
    ("a;pagu_tahun;;100;;;;;;;", "empty_cell", "tahun"),
)
"""Lines, and what is wrong with each."""


def test_every_fault_is_named_with_its_cell_and_all_at_once(tmp_path):
    with pytest.raises(InvalidInput) as caught:
        open_session(
            forum(tmp_path, *(line.replace("a;", f"a{at};", 1) for at, (line, _, _) in enumerate(FAULTS)))
        )
    found = {(p.row, p.code, p.column) for p in caught.value.problems}
    assert {p.file for p in caught.value.problems} == {"batasan.csv"}
    assert [case for row, case in enumerate(FAULTS, start=2) if (row, *case[1:]) not in found] == []


def test_a_circle_of_several_lines_is_told_whole(tmp_path):
    lines = [
        f"{one};memerlukan;;;;;;;{one};{other};"
        for one, other in (("U-1", "U-2"), ("U-2", "U-3"), ("U-3", "U-1"))
    ]
    with pytest.raises(InvalidInput) as caught:
        open_session(forum(tmp_path, *lines))
    assert caught.value.problems[0].facts["circle"] == ("U-1", "U-2", "U-3", "U-1")


def test_a_village_may_be_named_unless_two_bear_the_name(tmp_path):
    opened = open_session(forum(tmp_path, "a;paling_banyak;usulan;1;73.02.01.2001;;;;;;"))
    assert len(opened.session.conditions) == 1
    head = "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya;desa;mendesak\n"
    (tmp_path / "usulan.csv").write_text(
        head + "U-1;a;73.02.01.2001;5;Sama;1\nU-2;b;73.02.01.2002;5;Sama;1\n", encoding="utf-8"
    )
    (tmp_path / "batasan.csv").write_text(
        "nama;jenis;satuan;batas;desa\na;paling_banyak;usulan;1;Sama\n", encoding="utf-8"
    )
    with pytest.raises(InvalidInput, match="village_name_shared"):
        open_session(tmp_path)


def test_conditions_come_back_from_their_file(tmp_path):
    lines = (
        "Satu tiap desa;paling_sedikit;usulan;1;setiap;;;;;;",
        "Pangan;paling_sedikit;persen_pagu;12,5 %;;air;;;;;",
        "Sepertiga;paling_banyak;persen_belanja;1/3;;jalan;;;;;",
        "Uang;paling_banyak;rupiah;1.500.000;;;PU;ya;;;",
        "Perlu;memerlukan;;;;;;;U-1;U-2;",
    )
    opened = open_session(forum(tmp_path / "a", *lines))
    assert list(opened.session.conditions.frame["limit"]) == ["1", "1/8", "1/3", "1500000", ""]
    write_session(tmp_path / "b", opened.session, opened.rules)
    again = open_session(tmp_path / "b")
    assert again.session.conditions.frame.equals(opened.session.conditions.frame)
    text = (tmp_path / "b" / "batasan.csv").read_text("utf-8-sig")
    assert "12,5 %" in text
    assert "setiap" in text


def test_lines_of_another_year_are_noted_and_do_not_hold(tmp_path):
    folder = forum(tmp_path, "a;paling_banyak;usulan;0;;;;;;;2026", "b;paling_banyak;usulan;9;;;;;;;2027")
    (folder / "sesi.csv").write_text("hal;isi\ntahun_rencana;2027\n", encoding="utf-8")
    session = open_session(folder).session
    assert ("condition_of_other_year", 2) in [(note.code, note.row) for note in session.notes]
    assert session.conditions.of_year(2027).named("at_most") == ("b",)


def test_a_matrix_of_districts_by_agencies_is_a_ceiling(tmp_path):
    folder = forum(tmp_path, ceiling="")
    (folder / "pagu.csv").unlink()
    (folder / "pagu_opd.csv").write_text("kode_wilayah;PU;Dinkes;Dinsos\n73.02.01;60;30;\n", encoding="utf-8")
    session = open_session(folder).session
    assert session.budget.ceiling() == 90
    assert list(session.budget.frame["agency"]) == ["PU", "Dinkes"]
    (folder / "pagu_opd.csv").write_text(
        "kode_wilayah;PU\n73.02.01;enam juta\n73.99.09;5\n", encoding="utf-8"
    )
    with pytest.raises(InvalidInput) as caught:
        open_session(folder)
    assert {(p.file, p.row, p.column) for p in caught.value.problems} == {
        ("pagu_opd.csv", 2, "PU"),
        ("pagu_opd.csv", 3, "kode_wilayah"),
    }


MATRIX = "No;kode_wilayah;Kecamatan;PU;Dinkes;Dinsos;JUMLAH\n1;73.02.01;Gantarang;70;20;;{across}\n"


@pytest.mark.parametrize(
    ("across", "more", "wrong"),
    [
        (90, "", []),
        (90, ";;TOTAL;70;20;;90\n", []),
        (100, "", [(2, "JUMLAH", 90)]),
        (100, ";;Total;70;21;;90\n", [(2, "JUMLAH", 90), (3, "Dinkes", 20)]),
        (90, ";;Jumlah;70;20;;100\n", [(3, "JUMLAH", 90)]),
    ],
)
def test_totals_of_a_matrix_are_checked_and_are_no_money(tmp_path, across, more, wrong):
    folder = forum(tmp_path, ceiling="")
    (folder / "pagu_opd.csv").write_text(MATRIX.format(across=across) + more, encoding="utf-8")
    if wrong:
        with pytest.raises(InvalidInput) as caught:
            open_session(folder)
        problems = caught.value.problems
        assert [(p.row, p.column, p.facts["sum"]) for p in problems] == wrong
        assert {p.code for p in problems} == {"matrix_total_differs"}
        return
    session = open_session(folder).session
    assert session.budget.ceiling() == 90
    assert list(session.budget.frame["agency"]) == ["PU", "Dinkes"]
    notes = [(note.code, note.column) for note in session.notes if note.file == "pagu_opd.csv"]
    assert notes == [("agency_without_ceiling", "Dinsos")]


def test_a_district_twice_and_a_misspelt_agency_of_a_matrix_are_named(tmp_path):
    folder = forum(tmp_path, ceiling="")
    written = folder / "pagu_opd.csv"
    written.write_text("kode_wilayah;PU;Dinks\n73.02.01;60;30\n73.02.01;60;30\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        open_session(folder)
    assert [(p.code, p.row, p.file) for p in caught.value.problems] == [("duplicate_id", 3, "pagu_opd.csv")]
    written.write_text("kode_wilayah;PU;Dinks\n73.02.01;60;30\n", encoding="utf-8")
    notes = [note for note in open_session(folder).session.notes if note.file == "pagu_opd.csv"]
    assert ("agency_without_proposals", "Dinks") in [(note.code, note.column) for note in notes]


def test_agencies_that_no_cell_of_a_matrix_limits_are_noted(tmp_path):
    places = ("2001:PU", "1001:Dinkes", "2001:dinkes", "2001:Dinsos", "2005:PU", "2001:")
    districts = ("73.02.01", "73.02.02", "73.02.01", "73.02.01", "73.02.03", "73.02.01")
    listed = tuple(
        f"U-{number};Jembatan;{district}.{village};5;jalan;{agency};A;tidak;1"
        for number, (district, place) in enumerate(zip(districts, places, strict=True))
        for village, agency in [place.split(":")]
    )
    folder = forum(tmp_path, listed=listed, ceiling="")
    (folder / "pagu_opd.csv").write_text(
        "kode_wilayah;PU;Dinkes\n73.02.01;60;30\n73.02.02;0;\n", encoding="utf-8"
    )
    notes = [note for note in open_session(folder).session.notes if note.file == "pagu_opd.csv"]
    assert {note.code for note in notes} == {"agency_without_ceiling"}
    assert {note.column: (note.row, *note.facts.values()) for note in notes} == {
        "Dinkes": (3, 1, 1),  # its cell is empty
        "Dinsos": (1, 1, 1),  # it has no column
        "PU": (1, 1, 1),  # the district has no line
    }


def test_a_misspelt_agency_and_a_cost_of_zero_are_noted(tmp_path):
    listed = ("U-1;Jembatan;73.02.01.2001;0;jalan;Dinas PU;A;tidak;1",)
    session = open_session(forum(tmp_path, listed=listed, ceiling="73.02.01;Dinas  P;pagu;5\n")).session
    assert {"agency_without_proposals", "cost_zero"} <= {note.code for note in session.notes}


def test_shares_are_exact():
    assert str(read_share("33,3 %").value) == "333/1000"
    assert read_share("20").value == read_share("20 %").value == read_share("1/5").value
    assert read_share("0").value == 0


def test_the_shipped_examples_are_read(project_root, tmp_path):
    for path in sorted((project_root / "data/batasan").glob("*.csv")):
        lines = path.read_text("utf-8-sig").splitlines()
        fields = {line.split(";")[4] for line in lines[1:]}
        listed = tuple(
            f"U-{at};x;73.02.01.2001;5;{field};PU;A;tidak;1" for at, field in enumerate(sorted(fields))
        )
        folder = forum(tmp_path / path.stem, *lines[1:], columns=lines[0], listed=listed)
        found = open_session(folder).session.conditions.frame
        assert len(found) == len(lines) - 1
        assert (found["note"].str.contains("periksa peraturan")).all()
        assert (found["legal_basis"] != "").all()
