"""Forms to hand out: a workbook with validation lists, an example and instructions, that a folder can hold.

One editable file each under ``data/formulir``; their columns are those of the tables of a session folder. The
example stands on the sheet of instructions, so that nobody's example is ever taken for an entry.
"""

from __future__ import annotations

import io
import tomllib
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from workbench.domain.checks import raise_if_any
from workbench.errors import InvalidInput, Problem, UnknownMethod
from workbench.store.mapping_shape import TEXT, TEXTS, Shape, misfits
from workbench.store.project_files import data_folder

FORMS = "formulir"
LONGEST_LIST = 250
"""Characters that a spreadsheet takes for a list of choices in a cell's rule."""
GREY, HEAD = PatternFill("solid", fgColor="E9E5DD"), PatternFill("solid", fgColor="D6E3EF")
GUIDE = "petunjuk"
COLUMN = Shape(
    "section",
    {
        **dict.fromkeys(("judul", "arti"), TEXT),
        **dict.fromkeys(("wajib", "teks", "bilangan"), Shape("flag")),
        "contoh": Shape("cell"),
        "lebar": Shape("whole"),
        "pilihan": TEXTS,
    },
)
SHAPE = Shape(
    "section",
    {
        "judul": TEXT,
        "tabel": TEXT,
        "baris": Shape("whole"),
        "petunjuk": TEXTS,
        "kolom": Shape("sections", COLUMN.keys),
    },
)


@dataclass(frozen=True)
class FormColumn:
    """One column of a form: header, meaning, example, width, choices, and how its cells are written."""

    header: str
    meaning: str = ""
    example: str | int = ""
    width: int = 0
    choices: tuple[str, ...] = ()
    needed: bool = False
    text: bool = False
    number: bool = False


@dataclass(frozen=True)
class Form:
    """A form to hand out.

    Attributes
    ----------
    name, title : str
    table : str
        Name of the sheet: the table of the session folder that it is.
    rows : int
        Rows that are prepared.
    instructions : tuple of str
    columns : tuple of FormColumn
    """

    name: str
    title: str
    table: str
    rows: int
    instructions: tuple[str, ...]
    columns: tuple[FormColumn, ...]


def form_names() -> tuple[str, ...]:
    """Return the names of the forms.

    Examples
    --------
    >>> "usulan" in form_names()
    True
    """
    return tuple(path.stem for path in sorted((data_folder() / FORMS).glob("*.toml")))


def find_form(name: str) -> Form:
    """Return a form by its name.

    Raises
    ------
    UnknownMethod
        There is none of that name.
    InvalidInput
        Its file holds something unknown.
    """
    if name not in form_names():
        raise UnknownMethod(method=name, known=form_names())
    return read_form(data_folder() / FORMS / f"{name}.toml")


def read_form(path: Path) -> Form:
    """Read the file of a form.

    Raises
    ------
    InvalidInput
        ``not_toml``, and everything unknown in it.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput([Problem("not_toml", file=path.name, facts={"detail": str(error)})]) from error
    raise_if_any(misfits(given, path.name, SHAPE))
    columns = tuple(
        FormColumn(
            line.get("judul", ""),
            line.get("arti", ""),
            line.get("contoh", ""),
            line.get("lebar", 0),
            tuple(line.get("pilihan", ())),
            line.get("wajib", False),
            line.get("teks", False),
            line.get("bilangan", False),
        )
        for line in given.get("kolom", ())
    )
    return Form(
        path.stem,
        given.get("judul", path.stem),
        given.get("tabel", path.stem),
        given.get("baris", 60),
        tuple(given.get("petunjuk", ())),
        columns,
    )


def form_workbook(forms: tuple[Form, ...]) -> bytes:
    """Return one workbook with a sheet for each form, and the instructions on a sheet of their own."""
    book = Workbook()
    guide = book.worksheets[0]
    guide.title = GUIDE
    for form in forms:
        _instruct(guide, form)
        sheet = book.create_sheet(form.table)
        _fill(sheet, form)
    book.active = 1
    guide.column_dimensions["A"].width = 26
    guide.column_dimensions["B"].width = 80
    guide.column_dimensions["C"].width = 40
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _instruct(guide: Worksheet, form: Form) -> None:
    if guide.max_row > 1:
        guide.append([])
    guide.append([form.title])
    guide.cell(guide.max_row, 1).font = Font(bold=True, size=14)
    for sentence in form.instructions:
        guide.append(["", sentence])
        guide.cell(guide.max_row, 2).alignment = Alignment(wrap_text=True, vertical="top")
    for column in form.columns:
        choices = f" ({', '.join(column.choices)})" if column.choices else ""
        guide.append(
            [column.header + (" *" if column.needed else ""), column.meaning + choices, column.example]
        )
        guide.cell(guide.max_row, 2).alignment = Alignment(wrap_text=True, vertical="top")
        guide.cell(guide.max_row, 3).fill = GREY


def _fill(sheet: Worksheet, form: Form) -> None:
    sheet.append([column.header for column in form.columns])
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    last = form.rows + 1
    for number, column in enumerate(form.columns, start=1):
        letter = get_column_letter(number)
        head = sheet[f"{letter}1"]
        head.font, head.fill = Font(bold=True), HEAD
        sheet.column_dimensions[letter].width = column.width or max(14, len(column.header) + 4)
        rule = _rule(column)
        if rule is not None:
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{last}")
        style = "@" if column.text else ("#,##0" if column.number else "General")
        for row in range(2, last + 1):
            sheet.cell(row, number).number_format = style


def _rule(column: FormColumn) -> DataValidation | None:
    """Return what a cell may hold; a list may be left for a word of one's own, a number may not."""
    if column.choices and sum(map(len, column.choices)) + len(column.choices) <= LONGEST_LIST:
        listed = ",".join(choice.replace(",", " ") for choice in column.choices)
        rule = DataValidation("list", formula1=f'"{listed}"', allow_blank=True, errorStyle="warning")
    elif column.number:
        rule = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    else:
        rule = DataValidation(allow_blank=True)
    example = f" ({column.example})" if column.example != "" else ""
    rule.promptTitle, rule.prompt = column.header[:30], f"{column.meaning}{example}"[:240]
    rule.showInputMessage = True
    rule.errorTitle, rule.error = column.header[:30], column.meaning[:240]
    rule.showErrorMessage = bool(rule.type)
    return rule
