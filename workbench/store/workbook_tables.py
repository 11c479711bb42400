"""Tables of a session that stand in a workbook: written back into its sheets, so that there is one source."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workbench.domain.columns import Kind
from workbench.store.folder_tables import books_of, table_of
from workbench.store.headers import load_headers
from workbench.store.raw_tables import RawTable, read_tables
from workbench.store.session_tables import TABLES
from workbench.store.values import parse_table
from workbench.store.workbook_editing import Cell, WorkbookEditor
from workbench.store.writing import as_texts

NUMBERS = frozenset({Kind.NUMBER, Kind.RATIO, Kind.COUNT, Kind.RUPIAH})
BESIDE = ("regions", "notes")
"""Tables that people do not fill in: without a sheet of their own they stand as CSV beside the workbook."""


@dataclass(frozen=True)
class Books:
    """The workbooks of a folder and the session's tables in them.

    Attributes
    ----------
    folder : Path
    tables : mapping of table name to RawTable
        Only those that stand in a workbook; `RawTable.file` says in which.
    """

    folder: Path
    tables: Mapping[str, RawTable]

    @property
    def files(self) -> tuple[str, ...]:
        """The workbooks that hold tables of the session, by name."""
        return tuple(sorted({raw.file for raw in self.tables.values()}))

    def sheets(self, texts: Mapping[str, pd.DataFrame]) -> Sheets:
        """Write the tables that belong into the workbooks; sheets that say the same already stay as they are.

        Parameters
        ----------
        texts : mapping of table name to DataFrame
            Texts under the headers of the files, as the CSV files would have them. A table that has a sheet
            and is not among them is emptied to its headers.

        Raises
        ------
        InvalidInput
            ``workbook_not_writable``.
        """
        if not self.tables:
            return Sheets((), {})
        inside = tuple(name for name in texts if self._belongs(name))
        editors = {file: WorkbookEditor(file, (self.folder / file).read_bytes()) for file in self.files}
        for name in dict.fromkeys((*self.tables, *inside)):
            raw = self.tables.get(name)
            editor = editors[self._newcomers if raw is None else raw.file]
            _write(editor, name, raw, texts.get(name))
        return Sheets(inside, {file: editor.content() for file, editor in editors.items()})

    def _belongs(self, name: str) -> bool:
        if name in self.tables:
            return True
        return name not in BESIDE and not (self.folder / f"{load_headers().tables[name].file}.csv").exists()

    @property
    def _newcomers(self) -> str:
        """The workbook that takes tables which have no sheet yet: that of the list of proposals."""
        return self.tables["proposals"].file if "proposals" in self.tables else self.files[0]


@dataclass(frozen=True)
class Sheets:
    """Tables written into workbooks.

    Attributes
    ----------
    tables : tuple of str
        Which stand there now.
    files : mapping of file name to bytes
    """

    tables: tuple[str, ...]
    files: Mapping[str, bytes]


def find_books(folder: Path) -> Books:
    """Return the workbooks of a folder that hold tables of the session; a folder of CSV files has none."""
    if not folder.is_dir():
        return Books(folder, {})
    tables = [raw for path in books_of(folder) for raw in read_tables(path)]
    named = {table_of(raw): raw for raw in tables}
    return Books(folder, {name: raw for name, raw in named.items() if name})


def _write(editor: WorkbookEditor, name: str, raw: RawTable | None, new: pd.DataFrame | None) -> None:
    title = load_headers().tables[name].file if raw is None else raw.sheet
    if raw is None:
        if new is not None and len(new):
            editor.put(title, _rows(name, new))
        return
    old = _as_written(name, raw)
    if new is None:
        new = old.iloc[:0]
    added = [header for header in new.columns if header not in old.columns]
    if not _same(old, new.drop(columns=added)):
        editor.put(title, _rows(name, new))
    elif added and (new[added] == "").to_numpy().all():
        editor.widen(title, raw.header_row, len(raw.header), added)
    elif added:
        editor.put(title, _rows(name, new))


def _as_written(name: str, raw: RawTable) -> pd.DataFrame:
    """Return a table of a sheet in the words in which it would be written anew."""
    headers = load_headers()
    parsed = parse_table(raw, TABLES[name], headers.tables[name].fields, headers.aliases, headers.choices)
    texts = as_texts(parsed.table, TABLES[name], headers, name)
    weight = headers.tables[name].fields.get("weight")
    if weight in texts and parsed.headers["weight"] in raw.body:
        texts[weight] = raw.body[parsed.headers["weight"]].to_list()
    return texts.reset_index(drop=True)


def _same(old: pd.DataFrame, new: pd.DataFrame) -> bool:
    """Tell whether two tables say the same; a column that only one has must be empty."""
    columns = [*dict.fromkeys((*old.columns, *new.columns))]
    if len(old) != len(new):
        return False
    left, right = (table.reindex(columns=columns, fill_value="") for table in (old, new))
    return bool((left.to_numpy() == right.to_numpy()).all())


def _rows(name: str, texts: pd.DataFrame) -> list[list[Cell]]:
    """Return headers and cells, numbers as numbers so that a spreadsheet can add them up."""
    kinds = {load_headers().tables[name].fields.get(column.name): column.kind for column in TABLES[name]}
    numeric = [kinds.get(str(header)) in NUMBERS for header in texts.columns]
    body = [
        [_number(text) if number else text for text, number in zip(row, numeric, strict=True)]
        for row in texts.to_numpy().tolist()
    ]
    return [[str(header) for header in texts.columns], *body]


def _number(text: str) -> Cell:
    """Return a text that is a plain number as one; 30 %, 3/10 and empty cells stay texts."""
    with suppress(ValueError):
        return int(text)
    with suppress(ValueError):
        return float(text.replace(",", "."))
    return text
