"""The sheets of any file: what it is decides how it is read, whatever its ending says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.delimited import decoded, read_delimited
from workbench.store.file_kinds import REMEDIES, FileKind, detect, read_bytes, unpack_gzip
from workbench.store.grids import Grid
from workbench.store.intake.compiled_books import read_book
from workbench.store.intake.packed_tables import packed_tables
from workbench.store.intake.records import read_records
from workbench.store.intake.web_tables import tables_of_page

USUAL_ENDINGS: Mapping[FileKind, tuple[str, ...]] = MappingProxyType(
    {
        FileKind.TEXT: (".csv", ".tsv", ".txt", ".json"),
        FileKind.GZIP: (".gz",),
        FileKind.XLSX: (".xlsx", ".xlsm"),
        FileKind.XLS: (".xls", ".xlt"),
        FileKind.ODS: (".ods",),
        FileKind.HTML: (".html", ".htm"),
        FileKind.ZIP: (".zip",),
    }
)
"""The endings that tell the truth about each kind; any other is noted."""


def read_sheets(path: Path) -> tuple[Grid, ...]:
    """Return the sheets of a file that people call a table.

    Parameters
    ----------
    path : Path
        CSV (also packed), JSON records, XLSX, XLS, ODS, a web page that was saved as a spreadsheet, or a ZIP
        of such tables, whose sheets are called after its files.

    Returns
    -------
    tuple of Grid
        Visible sheets alone; a note on the first names the hidden ones, and one that the ending is wrong.

    Raises
    ------
    InvalidInput
        The file cannot be read as a table; the problem names what it really is and the remedy.
    """
    content = read_bytes(path)
    kind = detect(content)
    if kind not in READERS:
        remedy = REMEDIES.get(kind, "export_as_csv_or_xlsx")
        facts = {"ending": path.suffix.lower(), "really": kind.value, "remedy": remedy}
        raise InvalidInput([Problem("file_not_what_it_says", file=path.name, facts=facts)])
    grids = READERS[kind](path, content)
    if path.suffix.lower() in USUAL_ENDINGS[kind]:
        return grids
    facts = {"ending": path.suffix.lower(), "really": kind.value}
    note = Problem("ending_differs", Severity.NOTE, file=path.name, facts=facts)
    return (_with_note(grids[0], note), *grids[1:])


def _with_note(grid: Grid, note: Problem) -> Grid:
    notes = (note, *grid.notes)
    return Grid(grid.file, grid.sheet, grid.rows, grid.stated_width, notes, grid.merged)


def _text(path: Path, content: bytes) -> tuple[Grid, ...]:
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        text, _ = decoded(path, content)
        return (read_records(path, text.lstrip("\ufeff")),)
    return (read_delimited(path, content),)


def _packed(path: Path, content: bytes) -> tuple[Grid, ...]:
    return _text(path, unpack_gzip(path, content))


def _page(path: Path, content: bytes) -> tuple[Grid, ...]:
    text, notes = decoded(path, content)
    tables = tables_of_page(text)
    if not tables:
        raise InvalidInput([Problem("page_without_table", file=path.name)])
    names = [""] if len(tables) == 1 else [str(number) for number in range(1, len(tables) + 1)]
    return tuple(
        Grid(path.name, name, rows, stated_width=False, notes=tuple(notes), merged=tuple(merged))
        for name, (rows, merged) in zip(names, tables, strict=True)
    )


def _archive(path: Path, content: bytes) -> tuple[Grid, ...]:
    """Read every table of a ZIP as a sheet of one file; what is no table is named in a note."""
    tables, others = packed_tables(path, content)
    grids = [
        replace(grid, file=path.name, sheet=" / ".join(filter(None, (name, grid.sheet))))
        for name, (inner, table) in tables.items()
        for grid in _inside(inner, table)
    ]
    if not others:
        return tuple(grids)
    facts = {"files": tuple(others[:5]), "count": len(others)}
    return (_with_note(grids[0], Problem("archive_files_not_read", Severity.NOTE, path.name, facts=facts)),
            *grids[1:])  # fmt: skip


def _inside(path: Path, content: bytes) -> tuple[Grid, ...]:
    kind = detect(content)
    if kind in (FileKind.ZIP, FileKind.GZIP) or kind not in READERS:
        remedy = REMEDIES.get(kind, "export_as_csv_or_xlsx")
        facts = {"ending": path.suffix.lower(), "really": kind.value, "remedy": remedy}
        raise InvalidInput([Problem("file_not_what_it_says", file=path.name, facts=facts)])
    return READERS[kind](path, content)


def _book(kind: FileKind) -> Callable[[Path, bytes], tuple[Grid, ...]]:
    return lambda path, content: read_book(path, content, kind)


READERS: Mapping[FileKind, Callable[[Path, bytes], tuple[Grid, ...]]] = MappingProxyType(
    {
        FileKind.TEXT: _text,
        FileKind.GZIP: _packed,
        FileKind.HTML: _page,
        FileKind.ZIP: _archive,
        **{kind: _book(kind) for kind in (FileKind.XLSX, FileKind.XLS, FileKind.ODS)},
    }
)
"""The reader of each kind of file."""
