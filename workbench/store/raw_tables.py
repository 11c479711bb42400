"""Tables as they stand in a file: any CSV or XLSX becomes text with row numbers, or one clear refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.delimited import read_delimited
from workbench.store.file_kinds import FileKind, check_kind, read_bytes, unpack_gzip
from workbench.store.grids import Grid, RawTable, to_table
from workbench.store.workbooks import read_workbook

__all__ = ["RawTable", "read_tables"]


def _one_grid(path: Path, content: bytes) -> tuple[Grid, ...]:
    return (read_delimited(path, content),)


def _one_packed_grid(path: Path, content: bytes) -> tuple[Grid, ...]:
    return (read_delimited(path, unpack_gzip(path, content)),)


READERS: Mapping[FileKind, Callable[[Path, bytes], tuple[Grid, ...]]] = MappingProxyType(
    {
        FileKind.TEXT: _one_grid,
        FileKind.GZIP: _one_packed_grid,
        FileKind.XLSX: read_workbook,
    }
)
"""The reader of each kind of file."""


def read_tables(path: Path) -> tuple[RawTable, ...]:
    """Return the tables of a file: one for CSV, one for every visible sheet of a workbook that holds text.

    Parameters
    ----------
    path : Path
        A ``.csv``, ``.tsv``, ``.txt``, ``.csv.gz``, ``.xlsx`` or ``.xlsm`` file.

    Returns
    -------
    tuple of RawTable
        At least one. `RawTable.notes` names what is amiss with the table itself, of any severity.

    Raises
    ------
    InvalidInput
        The file cannot be read as a table; each problem names what it really is and the remedy.
    """
    content = read_bytes(path)
    grids = READERS[check_kind(path, content)](path, content)
    read = [(grid, to_table(grid)) for grid in grids]
    tables = [table for _, table in read if table is not None]
    if not tables:
        raise InvalidInput([Problem("file_empty", file=path.name)])
    # What was said of an empty sheet, and of hidden ones on the first, must not get lost with it.
    homeless = [note for grid, table in read if table is None for note in _notes_of_empty(grid)]
    return (replace(tables[0], notes=(*homeless, *tables[0].notes)), *tables[1:])


def _notes_of_empty(grid: Grid) -> tuple[Problem, ...]:
    return (*grid.notes, Problem("sheet_empty", Severity.NOTE, file=grid.file, sheet=grid.sheet))
