"""Let LibreOffice calculate every formula of a book anew, and name the cells that differ from the product."""

import io
import math
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from workbench.present.workbook.book import Book, Formula
from workbench.present.workbook.xlsx import xlsx_bytes


def without_values(book: Book) -> Book:
    """Return the book with its formulas alone, so that nothing can be read but what was calculated."""
    bare = [
        replace(
            sheet,
            rows=tuple(
                tuple(Formula(cell.text) if isinstance(cell, Formula) else cell for cell in row)
                for row in sheet.rows
            ),
        )
        for sheet in book.sheets
    ]
    return replace(book, sheets=tuple(bare))


def recalculate(book: Book, folder: Path) -> openpyxl.Workbook:
    """Return the book as LibreOffice has calculated it."""
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice (soffice) to recalculate a workbook")
    given = folder / "buku.xlsx"
    given.write_bytes(xlsx_bytes(without_values(book)))
    profile = f"-env:UserInstallation=file://{folder}/profil"
    call = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    done = subprocess.run(
        [*call, "--outdir", str(folder / "hitung"), str(given)], capture_output=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    content = (folder / "hitung/buku.xlsx").read_bytes()
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def differences(book: Book, calculated: openpyxl.Workbook) -> list[str]:
    """Name every live cell that LibreOffice calculates otherwise than the product."""
    found = []
    for sheet, made in zip(book.sheets, calculated.worksheets, strict=True):
        for row, cells in enumerate(sheet.rows, start=sheet.first_row):
            for column, cell in enumerate(cells, start=1):
                if isinstance(cell, Formula):
                    value = made.cell(row, column).value
                    if not _equal(cell.value, value):
                        found.append(f"{sheet.name}!{row},{column}: {cell.value!r} but {value!r} {cell.text}")
    return found


def _equal(product, sheet) -> bool:
    if product in ("", None) or sheet in ("", None):
        return product in ("", None) and sheet in ("", None)
    if isinstance(product, str) or isinstance(sheet, str):
        return product == sheet
    return math.isclose(product, sheet, rel_tol=1e-12, abs_tol=1e-9)
