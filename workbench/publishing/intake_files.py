"""The files of one import: the report as a page, the problem rows to send back, how every cell was read."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workbench.domain.intake import Intake
from workbench.errors import Problem
from workbench.present.documents import Section
from workbench.present.i18n import Translator
from workbench.present.intake_page import intake_page
from workbench.present.intake_tables import certainty_said, way_said
from workbench.present.packing import repacked, undated
from workbench.present.problems import problem_sentence
from workbench.publishing.import_log import Reports, put_reports
from workbench.store.writing import csv_bytes

PAGE, PROBLEM_ROWS, CONVERSIONS = "laporan-impor.html", "baris-bermasalah.xlsx", "cara-membaca.csv"
NEEDS = "kebutuhan-rumah-tangga.csv"
NAMES = (PAGE, PROBLEM_ROWS, CONVERSIONS, NEEDS)
"""Every report that an import may write."""
MOST_ROWS = 20_000
"""Problem rows of the workbook; beyond that the list itself is what must be mended."""
UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WIDEST = 60


def write_intake_files(folder: Path, intake: Intake, t: Translator) -> Reports:
    """Write the report of an import into a folder of its own; earlier reports are kept beside it."""
    return put_reports(folder, intake_files(intake, t), NAMES, intake, t)


def intake_files(intake: Intake, t: Translator, counted: Sequence[Section] = ()) -> dict[str, bytes]:
    """Return the reports of an import by name."""
    files = {PAGE: intake_page(intake, t, counted).encode()}
    found = problem_rows(intake)
    if found:
        files[PROBLEM_ROWS] = problem_workbook(intake, found, t)
    if len(intake.conversions):
        files[CONVERSIONS] = csv_bytes(_conversions_in_words(intake.conversions, t))
    return files


def _conversions_in_words(conversions: pd.DataFrame, t: Translator) -> pd.DataFrame:
    """Return every reading of a value under headers and in words of the reader's language."""
    said = {"how": way_said, "confidence": certainty_said}
    told = {
        name: conversions[name].map({code: words(str(code), t) for code in conversions[name].unique()})
        for name, words in said.items()
    }
    labels = {name: t(f"intake.csv.{name}") for name in conversions}
    return conversions.assign(**told).rename(columns=labels).astype("object").map(str)


def problem_rows(intake: Intake) -> dict[tuple[str, int], list[Problem]]:
    """Return the problems of every row that has one, by sheet and row."""
    found: dict[tuple[str, int], list[Problem]] = {}
    for problem in (*intake.questions, *intake.aside, *intake.problems):
        if problem.row is not None and (problem.sheet, problem.row) in intake.raw_rows:
            found.setdefault((problem.sheet, problem.row), []).append(problem)
    return dict(sorted(found.items())[:MOST_ROWS])


def problem_workbook(intake: Intake, found: dict[tuple[str, int], list[Problem]], t: Translator) -> bytes:
    """Return a workbook of the rows that something is wrong with, the message beside each.

    One sheet for each sheet of the list; cells are text exactly as they were written, so that what is sent
    back shows what was received.
    """
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in dict.fromkeys(sheet for sheet, _ in found):
        header = intake.raw_rows.get((name, 0), ())
        sheet = book.create_sheet(_sheet_title(name or intake.file, book.sheetnames))
        sheet.append([t("column.intake_row"), t("column.intake_message"), *map(_safe, header)])
        for (other, row), problems in found.items():
            if other == name:
                message = "\n".join(dict.fromkeys(problem_sentence(problem, t) for problem in problems))
                sheet.append([row, _safe(message), *map(_safe, intake.raw_rows[name, row])])
        _dress(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return repacked(stream.getvalue(), undated)


def _safe(text: str) -> str:
    """Return a text that a spreadsheet shows and never computes."""
    clean = UNSAFE.sub(" ", text)[:32_000]
    return f"'{clean}" if clean.startswith(("=", "+", "@")) else clean


def _sheet_title(name: str, used: Iterable[str]) -> str:
    title = re.sub(r"[\[\]:*?/\\]", " ", name)[:28].strip("' ") or "Lembar"
    taken = {other.casefold() for other in used}
    number, free = 1, title
    while free.casefold() in taken:
        number += 1
        free = f"{title} {number}"
    return free


def _dress(sheet: Worksheet) -> None:
    sheet.freeze_panes = "C2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column in range(1, sheet.max_column + 1):
        texts = [str(sheet.cell(row, column).value or "") for row in range(1, min(sheet.max_row, 60) + 1)]
        width = min(WIDEST, max(10, *(len(text) for text in texts)) + 2)
        sheet.column_dimensions[get_column_letter(column)].width = WIDEST if column == 2 else min(width, 40)
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 2).alignment = Alignment(wrap_text=True, vertical="top")
