from __future__ import annotations

import openpyxl
import pytest

from tests.store.folders import codes, forum_of, problems_of, told
from workbench.errors import Severity
from workbench.store.session_folder import open_session

# ----- bad input, named with file, sheet, row, column and value


def test_all_problems_of_all_tables_are_told_together(tmp_path):
    folder = forum_of(
        tmp_path,
        usulan="kode_usulan;kegiatan;kode_wilayah;Prakiraan Biaya\nU-1;x;73.02.01;Rp.100 jt\n"
        "U-1;;73.02.99;-5\n",
        kriteria="kode_kriteria;nama;bobot;skala_min;skala_maks\nK1;a;satu;1;5\n",
        peserta="no_kartu;jenis_kelamin\n1;X\n",
        pagu="kode_wilayah;jenis;jumlah\n73.02.01;pagu;-7\n;entah;5\n",
        sesi="hal;isi\ncuaca;cerah\n",
    )
    (folder / "aturan.toml").write_text('aturan_pagu = "semua"\n', encoding="utf-8")
    found = told(problems_of(folder))
    for expected in [
        ("amount_with_unit", "usulan.csv", 2, "Prakiraan Biaya", "Rp.100 jt"),
        ("duplicate_id", "usulan.csv", 3, "kode_usulan", "U-1"),
        ("empty_cell", "usulan.csv", 3, "kegiatan", ""),
        ("negative_value", "usulan.csv", 3, "Prakiraan Biaya", "-5"),
        ("region_code_unknown", "usulan.csv", 3, "kode_wilayah", "73.02.99"),
        ("number_unreadable", "kriteria.csv", 2, "bobot", "satu"),
        ("unknown_choice", "peserta.csv", 2, "jenis_kelamin", "X"),
        ("negative_value", "pagu.csv", 2, "jumlah", "-7"),
        ("unknown_choice", "pagu.csv", 3, "jenis", "entah"),
        ("unknown_rule", "aturan.toml", None, "aturan_pagu", "semua"),
    ]:
        assert expected in found
    assert ("unknown_fact", "sesi.csv", 2) in [place[:3] for place in found]


def test_suggestions_come_along(tmp_path):
    folder = forum_of(
        tmp_path,
        usulan="kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya\nU-1;x;73.02.01;Rp.100 jt\n"
        "U-2;x;02-Jan-73;5\n"
        "U-3;x;7,302012017E+09;5\nU-4;x;73,02;5\n",
        nilai=None,
    )
    assert [(p.code, p.row, p.facts.get("suggestion")) for p in problems_of(folder)] == [
        ("region_code_turned_into_date", 3, "73.01.02"),
        ("region_code_turned_into_number", 4, "73.02.01.2017"),
        ("region_code_turned_into_number", 5, "73.02"),
        ("amount_with_unit", 2, "100000000"),
    ]


def test_codes_that_a_spreadsheet_turned_into_days_are_named_by_sheet(tmp_path):
    import datetime

    folder = forum_of(tmp_path, usulan=None, nilai=None)
    book = openpyxl.Workbook()
    book.active.title = "usulan"
    book.active.append(["kode_usulan", "kegiatan", "kode_wilayah", "prakiraan_biaya"])
    book.active.append(["U-1", "x", datetime.date(1973, 1, 2), 5])
    book.active.append(["U-2", "x", 73.02, "12,5 juta"])
    book.save(folder / "isian.xlsx")
    found = {(p.code, p.row) for p in problems_of(folder)}
    assert ("region_code_turned_into_date", 2) in found
    assert ("region_code_turned_into_number", 3) in found
    assert ("amount_with_unit", 3) in found
    assert {(p.file, p.sheet) for p in problems_of(folder)} == {("isian.xlsx", "usulan")}


HEAD = "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya;kecamatan;desa\n"


def test_a_district_name_without_code_is_asked_for_and_never_guessed(tmp_path):
    lines = "U-1;x;73.02.01.2017;5;;\nU-2;x;;5;Kec. Gantarang;\nU-3;x;-;5;Gantarang;\n"
    problems = problems_of(forum_of(tmp_path, usulan=HEAD + lines, nilai=None))
    assert [(p.code, p.row, p.column) for p in problems] == [
        ("dash_for_nothing", 4, "kode_wilayah"),
        ("region_code_missing", 3, "kode_wilayah"),
    ]
    asked = problems[1]
    assert (asked.value, asked.facts["candidates"]) == ("Kec. Gantarang", ("73.02.01",))


def test_two_districts_of_one_name_are_both_offered(tmp_path):
    folder = forum_of(
        tmp_path,
        usulan=HEAD + "U-1;x;;5;HARAPAN;\nU-2;x;99.01.01;;;\n",
        wilayah="kode_wilayah;nama\n99.01.01;Harapan\n99.01.02;Harapan\n99.01.03;Lain\n",
        nilai=None,
    )
    problems = problems_of(folder)
    assert [(p.code, p.row, p.facts["candidates"]) for p in problems] == [
        ("region_code_missing", 2, ("99.01.01", "99.01.02"))
    ]


def test_no_code_at_all_in_the_list_finds_names_in_the_whole_country(tmp_path):
    problems = problems_of(forum_of(tmp_path, usulan=HEAD + "U-1;x;;5;Bonto Bahari;\n", nilai=None))
    assert [(p.code, p.facts["candidates"]) for p in problems] == [("region_code_missing", ("73.02.03",))]


def test_what_names_no_known_place_goes_on_and_is_listed_apart(tmp_path):
    lines = "U-1;x;73.02.01.2017;5;;\nU-2;x;;5;Antah Berantah;\nU-3;x;;5;;\n"
    session = open_session(forum_of(tmp_path, usulan=HEAD + lines, nilai=None)).session
    assert list(session.proposals.without_district().labels) == ["U-2", "U-3"]
    assert [(n.code, n.row, n.severity, n.facts["proposal"]) for n in session.notes] == [
        ("region_code_missing", 3, Severity.NOTE, "U-2"),
        ("region_missing", 4, Severity.NOTE, "U-3"),
    ]


def test_a_name_that_contradicts_its_code_is_noted(tmp_path):
    lines = (
        "U-1;x;73.02.01.2017;5;GANTARANG;Desa Polewali\nU-2;x;73.02.01.2017;5;Kec. Kindang;Polewali\n"
        "U-3;x;73.02.01;5;Gantarang;Polewali\nU-4;x;73.02.01.2017;5;;Polewali Lama\n"
    )
    session = open_session(forum_of(tmp_path, usulan=HEAD + lines, nilai=None)).session
    listed = session.regions.name("73.02.01.2017")
    expected = [(3, "kecamatan", "Kec. Kindang", "73.02.01", "Gantarang")]
    expected += [] if listed == "Polewali" else [(2, "desa", "Desa Polewali", "73.02.01.2017", listed)]
    found = [(n.row, n.column, n.value, n.facts["region"], n.facts["listed"]) for n in session.notes]
    assert set(expected) <= set(found)
    assert (5, "desa", "Polewali Lama", "73.02.01.2017", listed) in found
    assert not [note for note in found if note[0] == 4]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"usulan": "kode_usulan;kegiatan;kode_wilayah\nU-1;x;73.02.01\n"}, {"column_missing"}),
        ({"kriteria": "kode_kriteria;nama;bobot\nK1;a;1\n"}, {"column_missing"}),
        ({"tabel_poin": "kode_kriteria;skor\nK1;5\n"}, {"column_missing"}),
        ({"pagu": "kode_wilayah\n73.02.01\n"}, {"column_missing"}),
        ({"nilai": "putaran;no_kartu;kode_usulan;nilai\n1;001;U-1;5\n"}, {"column_missing"}),
        ({"usulan": None}, {"table_missing"}),
        ({"usulan": ""}, {"file_empty"}),
        (
            {
                "usulan": "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya\nU-1;x;73.02.01;5\n"
                "U-1;x;73.02.01;5\n",
                "nilai": None,
            },
            {"duplicate_id"},
        ),
        (
            {"nilai": "putaran;no_kartu;kode_usulan;kode_kriteria;nilai\nx;001;U-1;K1;5\nx;001;U-1;K1;5\n"},
            {"count_unreadable", "duplicate_cell"},
        ),
        (
            {"nilai": "putaran;no_kartu;kode_usulan;kode_kriteria;nilai\n1;9;U-9;K9;9\n"},
            {"unknown_participant", "unknown_proposal", "unknown_criterion"},
        ),
        (
            {
                "kriteria": "kode_kriteria;nama;bobot;skala_min;skala_maks;cara_ukur;kolom\n"
                "K1;a;1;1;5;dinilai;\nK2;a;1;1;5;angka;tinggi\n",
                "nilai": None,
            },
            {"criterion_column_missing"},
        ),
        ({"wilayah": "kode_wilayah;nama\n99.01;a\n99.01;b\n"}, {"duplicate_id"}),
        ({"catatan_data": "kode_pesan;rincian\nx;{oops\n"}, {"fact_unreadable"}),
        ({"catatan_data": "kode_pesan;rincian\nx;5\n"}, {"fact_unreadable"}),
        ({"sesi": "hal;isi\ntahun_rencana;dua ribu\n"}, {"fact_not_a_number"}),
        ({"sesi": "hal;isi\nforum;a\nforum;b\n"}, {"fact_repeated"}),
    ],
)
def test_each_kind_of_fault_is_named_and_nothing_else_is(tmp_path, files, expected):
    assert set(codes(forum_of(tmp_path, **files))) == expected


def test_places_of_faults_between_tables_are_rows_of_their_file(tmp_path):
    folder = forum_of(
        tmp_path,
        kriteria="kode_kriteria;nama;bobot;skala_min;skala_maks;cara_ukur;kolom\nK1;a;1;1;5;;\n"
        "K2;a;1;1;5;;\nK3;b;1;1;5;angka;Tinggi\n",
        nilai="putaran;no_kartu;kode_usulan;kode_kriteria;nilai\n\n1;001;U-9;K1;7,5\n",
    )
    assert told(problems_of(folder)) == [
        ("unknown_proposal", "nilai.csv", 3, "kode_usulan", "U-9"),
        ("points_outside_scale", "nilai.csv", 3, "nilai", "7,5"),
        ("criterion_column_missing", "kriteria.csv", 4, "kolom", "Tinggi"),
    ]


def test_a_stage_that_nobody_stands_at_is_named(tmp_path):
    usulan = (
        "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya;tahapan\nU-1;x;73.02.01;5;Musrenbang Kecamatan\n"
    )
    folder = forum_of(tmp_path, usulan=usulan, nilai=None)
    (folder / "aturan.toml").write_text('tahapan = "Musrenbang Kecamatann"\n', encoding="utf-8")
    problem = problems_of(folder)[0]
    assert (problem.code, problem.file, problem.column) == ("unknown_rule", "aturan.toml", "tahapan")
    assert problem.facts["allowed"] == ("Musrenbang Kecamatan",)


def test_a_circle_of_parents_is_named_at_the_door(tmp_path):
    usulan = (
        "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya;usulan_asal\nU-1;x;73.02.01;5;U-2\n"
        "U-2;x;73.02.01;5;U-1\n"
    )
    assert codes(forum_of(tmp_path, usulan=usulan, nilai=None)) == ["parent_cycle", "parent_cycle"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"PK\x03\x04 no zip", "file_not_what_it_says"),
        (b"%PDF-1.7 x", "file_not_what_it_says"),
        (b"<html><table><tr><td>x</td></tr></table>", "file_not_what_it_says"),
        (b"kode_usulan;kegiatan\nU-1;\x81\x8d\n", "encoding_unknown"),
        (b"", "file_empty"),
        (b"\xef\xbb\xbf\n\n", "file_empty"),
    ],
)
def test_a_file_that_is_no_table(tmp_path, content, expected):
    folder = forum_of(tmp_path)
    (folder / "usulan.csv").write_bytes(content)
    assert [(p.code, p.file) for p in problems_of(folder)] == [(expected, "usulan.csv")]


def test_an_old_windows_file_is_read_and_noted(tmp_path):
    folder = forum_of(tmp_path)
    text = "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya\nU-1;Caf\u00e9;73.02.01;5\nU-2;x;73.02.01;5\n"
    (folder / "usulan.csv").write_bytes(text.encode("cp1252"))
    session = open_session(folder).session
    assert session.proposals.frame.loc["U-1", "activity"] == "Café"
    assert [note.code for note in session.notes] == ["encoding_not_utf8"]


def test_a_list_of_no_proposals_and_no_people_opens(tmp_path):
    folder = forum_of(
        tmp_path, usulan="kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya\n", peserta=None, nilai=None
    )
    session = open_session(folder).session
    assert len(session.proposals) == 0
    assert len(session.participants) == 0
    assert [note.code for note in session.notes] == ["table_without_rows"]


def test_no_folder_at_all(tmp_path):
    assert codes(tmp_path / "tidak-ada") == ["folder_missing"]


def test_rules_that_cannot_be_read_are_told_beside_the_tables(tmp_path):
    folder = forum_of(tmp_path, usulan="kode_usulan;kegiatan\nU-1;x\n")
    (folder / "aturan.toml").write_text("aturan_pagu = [", encoding="utf-8")
    assert set(codes(folder)) == {"not_toml", "column_missing"}
    (folder / "usulan.csv").unlink()
    assert set(codes(folder)) == {"not_toml", "table_missing"}
