"""Typed tables out of raw ones: headers matched, every value read by its kind, every fault at its cell."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain import proposals
from workbench.domain.columns import DTYPES, Column, Kind
from workbench.errors import Severity
from workbench.store.grids import Grid, to_table
from workbench.store.header_matching import normalise
from workbench.store.headers import load_headers
from workbench.store.raw_tables import read_tables
from workbench.store.values import ParsedTable, parse_table

COLUMNS = (
    Column("proposal", Kind.CODE, required=True, filled=True),
    Column("region", Kind.REGION),
    Column("activity", required=True),
    Column("cost", Kind.RUPIAH, required=True),
    Column("households", Kind.COUNT),
    Column("women", Kind.FLAG),
    Column("passed", Kind.SIGN),
    Column("direction", Kind.CHOICE, choices=("higher", "lower")),
    Column("weight", Kind.RATIO),
)
HEADERS = {
    "proposal": "kode_usulan",
    "region": "kode_wilayah",
    "activity": "kegiatan",
    "cost": "prakiraan_biaya",
    "households": "penerima_rtm",
    "women": "usulan_perempuan",
    "passed": "hasil",
    "direction": "arah",
    "weight": "bobot",
}
ALIASES = {"kegiatan": ("usulan", "nama_kegiatan"), "prakiraan_biaya": ("anggaran", "prakiraan_biaya_(rp)")}
CHOICES = {"direction": {"higher": ("besar_baik",), "lower": ("kecil_baik", "biaya")}}


def parsed(*rows: list[str]) -> ParsedTable:
    raw = to_table(Grid("usulan.csv", "", [list(row) for row in rows], stated_width=True))
    assert raw is not None
    return parse_table(raw, COLUMNS, HEADERS, ALIASES, CHOICES)


def found(result: ParsedTable) -> list[tuple[str, str]]:
    return [(problem.code, problem.column) for problem in result.problems]


def test_a_clean_table_is_typed_and_says_nothing():
    result = parsed(
        [*HEADERS.values()],
        ["U-1", "73.02.01.2001", "Jalan", "Rp 1.500.000", "12", "ya", "+", "Besar Baik", "1/4"],
        ["U-2", "", "Talud", "", "", "", "-", "biaya", "30 %"],
    )
    assert result.problems == ()
    assert {name: str(dtype) for name, dtype in result.table.dtypes.items()} == {
        column.name: DTYPES[column.kind] for column in COLUMNS
    }
    first, second = result.table.to_dict("records")
    assert (first["cost"], first["households"], first["women"], first["passed"]) == (
        1_500_000,
        12,
        True,
        True,
    )
    assert (first["direction"], first["weight"], second["weight"]) == ("higher", 0.25, 0.3)
    assert pd.isna(second["cost"])
    assert pd.isna(second["women"])
    assert not second["passed"]
    assert result.table.index.tolist() == [2, 3]


def test_headers_match_whatever_their_case_and_punctuation_and_by_other_spellings():
    result = parsed(["\ufeffKode Usulan", " NAMA  KEGIATAN", "Prakiraan Biaya (Rp)"], ["U-1", "Jalan", "5"])
    assert result.problems == ()
    assert result.table.loc[2, ["proposal", "activity", "cost"]].tolist() == ["U-1", "Jalan", 5]
    assert result.headers["cost"] == "Prakiraan Biaya (Rp)"


def test_a_missing_column_is_one_problem_with_the_closest_header():
    result = parsed(["kode_usulan", "kegiatan", "prakiran biaya"], ["U-1", "Jalan", "5"])
    missing, unknown = result.problems
    assert (missing.code, missing.severity, missing.row, missing.column) == (
        "column_missing",
        Severity.ERROR,
        1,
        "prakiraan_biaya",
    )
    assert missing.facts["suggestion"] == "prakiran biaya"
    assert (unknown.code, unknown.severity, unknown.facts["suggestion"]) == (
        "column_unknown",
        Severity.NOTE,
        "prakiraan_biaya",
    )
    assert result.table["cost"].isna().all()


def test_two_headers_of_equal_right_for_one_field_are_a_problem():
    result = parsed(["kode_usulan", "kegiatan", "Kegiatan", "anggaran"], ["U-1", "a", "b", "5"])
    (problem,) = [each for each in result.problems if each.severity is Severity.ERROR]
    assert (problem.code, problem.facts["headers"]) == ("field_matched_twice", ("kegiatan", "Kegiatan"))


def test_the_own_header_of_a_field_goes_before_another_spelling():
    result = parsed(["kode_usulan", "usulan", "kegiatan", "anggaran"], ["U-1", "lain", "Jalan", "5"])
    assert found(result) == [("column_unknown", "usulan")]
    assert result.table.loc[2, "activity"] == "Jalan"
    assert result.table.loc[2, "usulan"] == "lain"


def test_further_columns_are_kept_under_a_name_no_field_has():
    result = parsed(
        ["kode_usulan", "kegiatan", "anggaran", "Cost", "Tahapan Ke", "tahapan_ke"],
        ["U-1", "J", "5", "a", "b", "c"],
    )
    assert result.table.columns[len(COLUMNS) :].tolist() == ["cost_2", "tahapan_ke", "tahapan_ke_2"]
    assert result.table.loc[2, ["cost_2", "tahapan_ke", "tahapan_ke_2"]].tolist() == ["a", "b", "c"]


def test_every_fault_is_named_at_its_cell_all_at_once():
    result = parsed(
        ["kode_usulan", "Kode Wilayah", "kegiatan", "Anggaran", "penerima_rtm", "usulan_perempuan", "arah"],
        ["U-1", "73,02", "#REF!", "Rp.100 jt", "banyak", "mungkin", "besar"],
        ["1,2E+05", "", "Jalan", "-", "", "", "besar_bai"],
    )
    places = [(problem.row, problem.column, problem.value, problem.code) for problem in result.problems]
    assert sorted(places) == [
        (2, "Anggaran", "Rp.100 jt", "amount_with_unit"),
        (2, "Kode Wilayah", "73,02", "region_code_turned_into_number"),
        (2, "arah", "besar", "unknown_choice"),
        (2, "kegiatan", "#REF!", "cell_error"),
        (2, "penerima_rtm", "banyak", "count_unreadable"),
        (2, "usulan_perempuan", "mungkin", "flag_unreadable"),
        (3, "Anggaran", "-", "dash_for_nothing"),
        (3, "arah", "besar_bai", "unknown_choice"),
        (3, "kode_usulan", "1,2E+05", "code_turned_into_number"),
    ]
    assert {problem.file for problem in result.problems} == {"usulan.csv"}
    assert result.refused >= {(2, "cost"), (2, "activity"), (3, "proposal")}


def test_a_refused_cell_is_not_called_empty_on_top_and_others_are_located():
    result = parsed(["Kode Usulan", "kegiatan", "anggaran"], ["1,2E+05", "a", "Rp -5"], ["", "b", "7"])
    problems = proposals.empty_cells(result.table, COLUMNS) + proposals.negative_amounts(
        result.table, COLUMNS
    )
    located = result.located(problems)
    assert [(each.code, each.row, each.column, each.value, each.file) for each in located] == [
        ("empty_cell", 3, "Kode Usulan", "", "usulan.csv"),
        ("negative_value", 2, "anggaran", "Rp -5", "usulan.csv"),
    ]


def test_a_column_of_codes_that_became_numbers_is_mended_once():
    result = parsed(
        ["kode_usulan", "kegiatan", "anggaran"], ["1.0", "a", "1"], ["2.0", "b", "2"], ["", "c", "3"]
    )
    assert result.table["proposal"].tolist() == ["1", "2", ""]
    (note,) = result.problems
    assert (note.code, note.severity, note.row, note.facts["count"]) == (
        "code_with_decimals",
        Severity.NOTE,
        2,
        2,
    )


def test_a_code_that_merely_ends_in_zero_stays():
    result = parsed(["kode_usulan", "kegiatan", "anggaran"], ["1.0", "a", "1"], ["1.1", "b", "2"])
    assert result.table["proposal"].tolist() == ["1.0", "1.1"]
    assert result.problems == ()


def test_what_is_amiss_with_the_table_itself_is_handed_on():
    result = parsed(["kode_usulan", "kegiatan", "anggaran"], ["U-1", "Jalan", "5", "lebih"])
    assert found(result) == [("row_too_long", "")]


def test_a_table_without_rows_has_the_types_of_its_columns():
    result = parsed(["kode_usulan", "kegiatan", "anggaran"])
    assert len(result.table) == 0
    assert str(result.table["cost"].dtype) == "Int64"


texts = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="0123456789.,-/%xE+ Rpjt", max_size=12),
    st.sampled_from(["ya", "#REF!", "-", "", "73.02", "02-Jan-73", "1/3", "Rp 5", "1.0", "nan"]),
)
headers = st.one_of(
    st.sampled_from([*HEADERS.values(), "usulan", "Anggaran", "kegiatn", "cost"]), st.text(max_size=8)
)


@given(
    st.lists(headers, min_size=1, max_size=8),
    st.lists(st.lists(texts, max_size=9), max_size=5),
    st.booleans(),
)
def test_any_cells_give_a_typed_table(header, rows, stated_width):
    raw = to_table(Grid("a", "", [header, *rows], stated_width))
    if raw is None:
        return
    result = parse_table(raw, COLUMNS, HEADERS, ALIASES, CHOICES)
    assert [str(result.table[column.name].dtype) for column in COLUMNS] == [
        DTYPES[column.kind] for column in COLUMNS
    ]
    assert result.table.columns.is_unique
    assert result.table.index.equals(raw.body.index)
    assert all(column in result.table.columns for _, column in result.refused)
    assert len(result.table.columns) <= len(COLUMNS) + len(raw.header)


def test_normalised_headers():
    assert normalise("Prakiraan_Biaya\n(Rp.)") == normalise("prakiraan biaya (Rp)") == "prakiraan_biaya_rp"


@pytest.mark.shared_data
def test_amounts_of_a_real_list_are_read_or_named(shared_folder):
    data = shared_folder / "data" if (shared_folder / "data").is_dir() else shared_folder
    (raw,) = read_tables(data / "musrenbang" / "surakarta_pokir_2024_mentah.csv")
    columns = (Column("cost", Kind.RUPIAH),)
    result = parse_table(raw, columns, {"cost": "anggaran"})
    filled = raw.body["anggaran"] != ""
    faults = {problem.row for problem in result.problems if problem.column == "anggaran"}
    assert result.table["cost"].notna().sum() + len(faults) == filled.sum()
    suggestions = {problem.value: problem.facts.get("suggestion") for problem in result.problems}
    assert suggestions["Rp.100 jt"] == "100000000"


def test_a_list_of_proposals_from_a_file_reads_with_the_shipped_headers():
    words = load_headers()
    text = "Kode Usulan;Kode Wilayah;Kegiatan;Anggaran\nU-1;7302012001;Jalan desa;Rp 12.500.000,00\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "usulan.csv"
        path.write_text(text, encoding="utf-8-sig")
        (raw,) = read_tables(path)
    table = words.tables["proposals"]
    result = parse_table(raw, proposals.COLUMNS, table.fields, words.aliases, words.choices)
    assert found(result) == [("region_code_without_dots", "Kode Wilayah")]
    assert proposals.check(result.table) == []
    assert proposals.Proposals.from_table(result.table).frame.loc["U-1", "cost"] == 12_500_000
