"""Lists as offices make them are understood, or the one thing that is missing is asked."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from tests.store.intake.sheets import SIPD_HEADER, book, du_rkp, read_bytes_as, regions, sipd_row
from workbench.domain.intake import Intake, ListKind
from workbench.errors import InvalidInput
from workbench.store.intake.reading import read_list
from workbench.store.intake.to_session import session_of

BIRA, BONTO_BAHARI = "73.02.03.2005", "73.02.03"


def codes(intake: Intake) -> Counter[str]:
    return Counter(problem.code for problem in (*intake.problems, *intake.aside, *intake.questions))


def test_a_village_list_is_read_through_titles_two_header_rows_letters_subtotals_and_signatures(tmp_path):
    intake = read_bytes_as(tmp_path, "du.xlsx", du_rkp())
    table = intake.table
    assert intake.layout == "DU-RKP Desa"
    assert table["activity"].tolist() == [
        "Rabat beton jalan tani dan plat duiker",
        "Sumur bor",
        "Pelatihan menenun",
    ]
    assert table["cost"].tolist() == [150_000_000, 75_000_000, 20_000_000]
    assert table["field"].tolist() == ["Pembangunan Desa", "Pembangunan Desa", "Pemberdayaan Masyarakat"]
    assert set(table["region"]) == {BIRA}
    assert intake.sheets[0].rows == {
        "nomor_kolom": 1,
        "usulan": 3,
        "lanjutan": 1,
        "subtotal": 2,
        "total": 1,
        "catatan": 3,
    }
    assert [check.agrees for check in intake.totals] == [True, True, True]
    assert codes(intake) == {"row_joined_above": 1, "filled_from_above": 1, "codes_made": 1}


def test_a_wrong_subtotal_is_named_with_its_parts(tmp_path):
    intake = read_bytes_as(tmp_path, "du.xlsx", du_rkp(wrong=5))
    (wrong,) = [check for check in intake.totals if not check.agrees]
    assert (wrong.row, wrong.written, wrong.computed, wrong.parts) == (13, 225_000_005, 225_000_000, 2)
    (problem,) = [each for each in intake.problems if each.code == "total_differs"]
    assert (problem.file, problem.sheet, problem.row) == ("du.xlsx", "DU-RKP", 13)


def test_how_each_cell_was_read_is_recorded(tmp_path):
    intake = read_bytes_as(tmp_path, "du.xlsx", du_rkp())
    lines = intake.conversions[["row", "raw", "value", "how", "confidence"]].to_numpy().tolist()
    assert lines == [
        [12, "Rp 75.000.000,00", 75_000_000, "as_written", "pasti"],
        [14, "Rp.20 jt", 20_000_000, "amount_with_unit", "mungkin"],
    ]


@pytest.fixture
def sipd(tmp_path: Path) -> Intake:
    rows: list[list[object]] = [
        ["LAPORAN USULAN"],
        ["Kabupaten Bulukumba", "", "Tahun 2026"],
        list(SIPD_HEADER),
        sipd_row(
            "Kepala Desa Bira, Kec. Bonto Bahari",
            "Jalan tani",
            "Dusun A",
            "1 Unit x 3 Titik",
            "Diterima : 3 Titik : Dinas PU : 150.000.000",
        ),
        sipd_row("Lurah Tanah Lemo Kec. Bontobahari", "Drainase", "RT 1", "400 x 3", "Setuju, Rp. 75 jt"),
        sipd_row(
            "DESA GARANTA - KEC. UJUNG LOE",
            "Posyandu",
            "RT 2",
            "1 Paket",
            "-",
            "Rp10.000.000 atau Rp12.000.000",
        ),
        sipd_row("Kades Entah, Kec. Gantorang", "MCK", "RT 3", "banyak", ""),
    ]
    return read_bytes_as(tmp_path, "sipd.xlsx", book(("Sheet1", rows, ["A1:P1"])))


def test_an_export_of_sipd_gives_district_cost_and_volume_from_its_sentences(sipd):
    table = sipd.table
    assert sipd.layout == "Ekspor usulan SIPD"
    assert table["region"].tolist() == [BIRA, "73.02.03.1001", "73.02.09.2002", "73.02.01"]
    assert table["cost"].tolist()[:2] == [150_000_000, 75_000_000]
    assert table["cost"].isna().tolist() == [False, False, True, True]
    assert table["volume"].tolist() == ["3", "1200", "1", "banyak"]
    assert table["unit"].tolist()[0] == "Unit x Titik"
    assert table["koefisien"].tolist()[0] == "1 Unit x 3 Titik"


def test_what_a_sentence_leaves_open_is_asked_and_what_was_repaired_is_said(sipd):
    found = codes(sipd)
    assert found["several_amounts"] == found["place_not_found"] == found["coefficient_unreadable"] == 1
    spelled = {each.value: each.facts["listed"] for each in sipd.problems if "spelled" in each.code}
    assert spelled == {"Tanah Lemo": "Tanahl Lemo"}
    (lost,) = [each for each in sipd.problems if each.code == "place_not_found"]
    assert (lost.value, lost.facts["stays_at"]) == ("Entah", "Gantarang")


def test_the_official_form_of_the_district_is_read_past_its_row_of_numbers(tmp_path):
    rows = [
        ["DAFTAR URUTAN KEGIATAN PRIORITAS KECAMATAN BERDASAR PERANGKAT DAERAH"],
        ["Kecamatan Bonto Bahari Tahun 2026"],
        ["No", "Prioritas Daerah", "Sasaran Daerah", "Program", "Kegiatan Prioritas", "Sasaran Kegiatan",
         "Lokasi (desa/kel)", "Volume", "Pagu", "Perangkat Daerah Penanggungjawab"],
        [f"({number})" for number in range(1, 11)],
        [1, "Infrastruktur", "Mantap", "Jalan", "Rehab jalan", "Petani", "Bira", "250 m", "1.234.567", "PU"],
        [2, "", "", "", "Drainase", "Warga", "Desa Ara", "1 paket", 50_000_000, "PU"],
        ["", "", "", "", "Jumlah", "", "", "", 51_234_567, ""],
    ]  # fmt: skip
    intake = read_bytes_as(tmp_path, "td4.xlsx", book(("T-D.4", rows, [])))
    assert intake.layout == "T-D.4"
    assert intake.table["region"].tolist() == [BIRA, "73.02.03.2006"]
    assert intake.table["program"].tolist() == ["Jalan", "Jalan"]
    assert intake.table["year"].tolist() == [2026, 2026]
    assert [check.agrees for check in intake.totals] == [True]


def test_a_matrix_of_ceilings_in_millions_becomes_one_line_for_each_filled_cell(tmp_path):
    rows = [
        ["PAGU INDIKATIF KECAMATAN (dalam juta rupiah)"],
        ["No", "Kecamatan", "Dinkes", "Disdik", "DPUTR", "Jumlah"],
        [1, "Bonto Bahari", 100, 50, "1.250,5", "1.400,5"],
        [2, "Gantorang", 10, "-", 20, 30],
        ["", "Jumlah", 110, 50, "1.270,5", 1430.5],
    ]
    intake = read_bytes_as(tmp_path, "pagu.xlsx", book(("pagu", rows, [])))
    lines = intake.table[["region", "agency", "amount"]].to_numpy().tolist()
    assert intake.kind is ListKind.BUDGET
    assert lines == [
        [BONTO_BAHARI, "Dinkes", 100_000_000],
        ["73.02.01", "Dinkes", 10_000_000],
        [BONTO_BAHARI, "Disdik", 50_000_000],
        [BONTO_BAHARI, "DPUTR", 1_250_500_000],
        ["73.02.01", "DPUTR", 20_000_000],
    ]
    assert {check.agrees for check in intake.totals} == {True}


def test_records_of_sipd_are_read_from_json_without_numbers_of_persons(tmp_path):
    records = [
        {"id_usulan": 5, "tahun_anggaran": 2026, "giat_teks": "Jalan", "camat_teks": "Kec. Bonto Bahari",
         "lurah_teks": "Bira", "anggaran": 150_000_000, "koefisien": "2 Unit", "nik": "7302010101800001"},
        {"id_usulan": 6, "giat_teks": "Jembatan", "anggaran": None},
    ]  # fmt: skip
    intake = read_bytes_as(tmp_path, "asmas.json", json.dumps({"status": "ok", "data": records}))
    assert intake.table["proposal"].tolist() == ["5", "6"]
    assert intake.table["region"].tolist() == [BIRA, ""]
    assert intake.table["cost"].isna().tolist() == [False, True]
    assert [problem.column for problem in intake.private] == ["nik"]
    assert "7302010101800001" not in str(intake)


def test_the_unit_of_money_is_stated_or_asked_and_never_guessed(tmp_path):
    def read(header: str, **told: str) -> Intake:
        rows = [["Usulan", "Desa", header], ["Jalan", "Bira", "12,5"], ["Got", "Ara", 7]]
        return read_bytes_as(tmp_path, "u.xlsx", book(("a", rows, [])), region="73.02", **told)

    assert read("Biaya (Rp. Jt)").table["cost"].tolist() == [12_500_000, 7_000_000]
    assert [each.code for each in read("Biaya").questions] == ["money_unit_unstated"]
    assert read("Biaya").table["cost"].isna().all()
    assert read("Biaya", unit="ribu").table["cost"].tolist() == [12_500, 7_000]
    with pytest.raises(InvalidInput):
        session_of(read("Biaya"))


def test_codes_that_a_spreadsheet_damaged_are_repaired_only_where_one_is_meant(tmp_path):
    rows = [["Usulan", "Kode Wilayah"], ["A", "7302032005"], ["B", 73.02], ["C", "7302010001"], ["D", "1/2"]]
    intake = read_bytes_as(tmp_path, "u.xlsx", book(("a", rows, [])))
    assert intake.table["region"].tolist() == [BIRA, "73.02", "", ""]
    assert codes(intake)["region_code_repaired"] == 1


def test_codes_of_bps_are_never_taken_for_those_of_kemendagri(tmp_path):
    rows = [
        ["Usulan", "Kode Desa", "Kecamatan", "Desa"],
        ["A", "7302010001", "Bonto Bahari", "Bira"],
        ["B", "7302010002", "Ujungloe", "Entah"],
    ]
    intake = read_bytes_as(tmp_path, "u.xlsx", book(("a", rows, [])))
    assert intake.table["region"].tolist() == [BIRA, "73.02.09"]
    assert codes(intake)["codes_are_bps"] == 1
    assert intake.places.rate == 0.5


def test_several_sheets_of_one_shape_are_one_list_and_a_hidden_one_is_announced(tmp_path):
    rows = [
        ["Nama Kegiatan", "Desa", "Kecamatan", "Anggaran"],
        ["Jalan", "Bira", "Bonto Bahari", "Rp 1.000.000"],
    ]
    other = [["Kegiatan lain"], ["x"]]
    made = book(("Bira", rows, []), ("Ara", rows, []), ("rahasia", other, []), hidden=("rahasia",))
    intake = read_bytes_as(tmp_path, "u.xlsx", made)
    assert intake.table["proposal"].tolist() == ["L1-B2", "L2-B2"]
    assert codes(intake)["sheet_hidden"] == 1


def test_a_narrow_list_has_headings_and_subtotals_too(tmp_path):
    rows = [["Usulan", "Volume", "Biaya (Rp)"], ["DINAS KESEHATAN"], ["Posyandu", "1 unit", 50_000_000],
            ["Sub Total", "", 50_000_000], ["DINAS PU"], ["Jalan", "1 km", 1_000_000_000],
            ["Sub Total", "", 1_000_000_000], ["TOTAL", "", 1_050_000_000]]  # fmt: skip
    intake = read_bytes_as(tmp_path, "u.xlsx", book(("a", rows, [])))
    assert intake.table["activity"].tolist() == ["Posyandu", "Jalan"]
    assert intake.table["field"].tolist() == ["DINAS KESEHATAN", "DINAS PU"]
    assert [check.agrees for check in intake.totals] == [True, True, True]


def test_an_unknown_layout_says_what_was_found_and_what_is_missing(tmp_path):
    intake = read_bytes_as(tmp_path, "x.csv", "apa;itu\n1;2\n3;4\n")
    (question,) = intake.questions
    assert intake.kind is ListKind.UNKNOWN
    assert question.code == "layout_unknown"
    assert question.facts["headers"] == ("apa", "itu")


def test_a_code_that_is_used_twice_keeps_both_proposals(tmp_path):
    text = "kode_usulan;kegiatan\nU-1;Jalan\nU-1;Jembatan\nU-2;\n"
    intake = read_bytes_as(tmp_path, "u.csv", text)
    assert intake.table["proposal"].tolist() == ["U-1", "U-1-2"]
    assert codes(intake)["code_repeated"] == codes(intake)["row_without_activity"] == 1
    assert intake.rows_read == 3


def test_broken_cells_are_named_and_left_empty(tmp_path):
    text = "kode_usulan;kegiatan;anggaran;penerima_manfaat\nU-1;Jalan;#REF!;12 KK\nU-2;Got;1,500;x\n"
    intake = read_bytes_as(tmp_path, "u.csv", text, unit="rupiah")
    assert intake.table["cost"].isna().all()
    assert intake.table["beneficiaries"].tolist()[0] == 12
    assert {"cell_error", "amount_ambiguous", "count_unreadable"} <= set(codes(intake))


def test_rows_of_earlier_years_are_history_and_not_doubles(tmp_path):
    text = "tahun;kegiatan;desa\n2024;Jalan tani;Bira\n2025;Jalan tani;Bira\n2025;Jalan  Tani;Bira\n"
    intake = read_bytes_as(tmp_path, "u.csv", text, region=BONTO_BAHARI)
    reasons = sorted((pair.first, pair.second, pair.reason) for pair in intake.likenesses)
    assert reasons == [("B2", "B3", "earlier_year"), ("B3", "B4", "identical")]


def test_a_session_is_made_of_it_and_nothing_disappears(tmp_path):
    session = session_of(read_bytes_as(tmp_path, "du.xlsx", du_rkp(wrong=5)), regions())
    assert len(session.proposals) == 3
    assert (session.facts.region, session.facts.plan_year) == (BIRA, 2026)
    assert {"total_differs", "row_joined_above"} <= {note.code for note in session.notes}
    assert int(session.proposals.frame["cost"].sum()) == 245_000_000


@pytest.mark.shared_data
def test_every_real_list_is_read_with_all_its_rows(shared_folder):
    expected = {
        "sukabumi_contoh_kecamatan_32.02.13.csv": (ListKind.PROPOSALS, 308, 0),
        "barambang_usulan_rkpdes_2022_2026.csv": (ListKind.PROPOSALS, 241, 0),
        "surakarta_pokir_2024_mentah.csv": (ListKind.PROPOSALS, 62, 4),
        "jember_kamus_usulan_2017.csv": (ListKind.CATALOGUE, 62, 0),
        "malang_kamus_usulan_kelurahan_2023.csv": (ListKind.CATALOGUE, 31, 0),
    }
    folder = shared_folder / "data/musrenbang"
    for name, (kind, used, aside) in expected.items():
        intake = read_list(folder / name, None, regions())
        assert (intake.kind, len(intake.table), len(intake.aside)) == (kind, used, aside), name
        assert not intake.questions, name


@pytest.mark.shared_data
def test_every_real_workbook_is_read_and_its_totals_are_counted_again(shared_folder):
    folder = shared_folder / "data/messy_xlsx"
    found = {path.name: read_list(path, None, regions()) for path in sorted(folder.glob("*.xlsx"))}
    totals = {name: len(intake.totals) for name, intake in found.items()}
    wrong = {name: sum(not each.agrees for each in intake.totals) for name, intake in found.items()}
    assert totals["buru_pagu_per_dinas_per_urusan_2024.xlsx"] == 993
    assert wrong["buru_pagu_per_dinas_per_urusan_2024.xlsx"] == 17
    assert (totals["buru_hitungan_up.xlsx"], wrong["buru_hitungan_up.xlsx"]) == (42, 0)
    accounts = "buru_list_rekening_sel_angka_berisi_teks.xlsx"
    assert (totals[accounts], wrong[accounts]) == (155, 0)
    assert len(found["buru_kuappas_2025.xlsx"].table) == 2221
    assert len(found["buru_efisiensi_per_dinas_20250520.xlsx"].columns) == 482
    assert isinstance(found["buru_pagu_dinas_sipd_2024.xlsx"].table, pd.DataFrame)
    assert len(found["buru_pagu_dinas_sipd_2024.xlsx"].table) == 43
