"""Forms are handed out, filled in, and become the folder that they are the tables of."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.test_intake import run
from workbench.cli.exits import Exit
from workbench.errors import InvalidInput
from workbench.store.headers import load_headers
from workbench.store.intake.forms import find_form, form_names, read_form
from workbench.store.session_folder import open_session


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    path = tmp_path / "formulir.xlsx"
    assert run("form", "usulan", "peserta", "pagu", "syarat", "--out", path).exit_code == Exit.DONE
    return path


def test_every_column_of_a_form_is_one_of_its_table() -> None:
    for name in form_names():
        form = find_form(name)
        table = next(each for each in load_headers().tables.values() if each.file == form.table)
        assert {column.header for column in form.columns} <= set(table.fields.values()), name


def test_a_form_helps_with_choices_numbers_and_instructions(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    assert book.sheetnames == ["petunjuk", "usulan", "peserta", "pagu", "syarat"]
    rules = {str(rule.sqref): rule for rule in book["peserta"].data_validations.dataValidation}
    assert rules["B2:B121"].formula1 == '"L,P"'
    assert book["usulan"]["C2"].number_format == "@"
    assert book["usulan"].freeze_panes == "B2"
    said = [cell.value for cell in book["petunjuk"]["B"] if cell.value]
    assert any("rupiah penuh" in sentence for sentence in said)
    assert book["usulan"].max_row > 2
    assert not any(cell.value for cell in book["usulan"][2])


def test_a_filled_form_becomes_a_folder_with_people_ceilings_and_conditions(
    blank: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(blank)
    lines = {
        "usulan": {"kode_usulan": "BIRA-01", "kegiatan": "Sumur bor", "kode_wilayah": "73.02.03.2005",
                   "prakiraan_biaya": 75_000_000, "usulan_perempuan": "ya"},
        "peserta": {"no_kartu": "01", "jenis_kelamin": "P", "hak_suara": "ya"},
        "pagu": {"kode_wilayah": "73.02.03", "jenis": "pagu", "jumlah": 1_500_000_000},
        "syarat": {"kode_usulan": "BIRA-01", "syarat": "kesiapan lahan", "hasil": "+"},
    }  # fmt: skip
    for name, line in lines.items():
        headers = [cell.value for cell in book[name][1]]
        for header, value in line.items():
            book[name].cell(2, headers.index(header) + 1).value = value
    book.save(blank)
    folder = tmp_path / "bira"
    result = run("import", blank, folder)
    assert result.exit_code == Exit.DONE, result.output
    session = open_session(folder).session
    assert session.proposals.frame["cost"].tolist() == [75_000_000]
    assert session.proposals.frame["womens_proposal"].tolist() == [True]
    assert session.participants.frame.index.tolist() == ["01"]
    assert session.budget.frame["amount"].tolist() == [1_500_000_000]
    assert session.gates.frame["passed"].tolist() == [True]


def test_what_a_form_file_does_not_know_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('judul = "X"\n[[kolom]]\njudull = "a"\nwajib = "ya"\n', encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_form(path)
    assert [problem.column for problem in caught.value.problems] == ["kolom.1.judull", "kolom.1.wajib"]


def test_a_form_is_not_written_over_unasked(blank: Path) -> None:
    assert run("form", "usulan", "--out", blank).exit_code == 1
    assert run("form", "entah", "--out", blank, "--force").exit_code == Exit.REFUSED
    assert "usulan" in run("form").stdout
