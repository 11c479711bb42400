"""What the compiled reader finds in a workbook, as plain values; also a program of its own.

A damaged file can make that reader ask for more memory than there is, which ends the whole process. So
workbooks are read by this module run as a program, which imports nothing of the workbench.
"""

from __future__ import annotations

import io
import pickle
import sys
from typing import Any, NamedTuple

import python_calamine

Sheet = tuple[str, list[list[Any]], list[tuple[int, int, int, int]]]
"""Name, values by row, merged cells."""
MEMORY = 2 * 1024**3
"""Bytes that the program may ask for, where the system can hold it to that: half of a small laptop."""


class BookValues(NamedTuple):
    """Visible sheets, names of the hidden ones, and the size of a sheet that is too large to be read."""

    sheets: list[Sheet]
    hidden: list[str]
    too_large: tuple[int, int] = (0, 0)


def book_values(content: bytes, most_cells: int) -> BookValues:
    """Return the values of every visible sheet of a workbook.

    Raises
    ------
    Exception, BaseException
        Whatever a broken file causes; panics of the compiled reader are no ordinary exceptions.
    """
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets: list[Sheet] = []
    hidden: list[str] = []
    for entry in book.sheets_metadata:
        if entry.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        if entry.visible is not python_calamine.SheetVisibleEnum.Visible:
            hidden.append(entry.name)
            continue
        sheet = book.get_sheet_by_name(entry.name)
        if sheet.total_height * sheet.total_width > most_cells:
            return BookValues([], hidden, (sheet.total_height, sheet.total_width))
        merged = [
            (top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ]
        sheets.append((entry.name, sheet.to_python(skip_empty_area=False), merged))
    return BookValues(sheets, hidden)


def main() -> None:
    """Read a workbook from the standard input, write its values to the standard output."""
    try:
        import resource
    except ImportError:  # Windows ends a program that asks for too much by itself
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    found = book_values(sys.stdin.buffer.read(), int(sys.argv[1]))
    sys.stdout.buffer.write(pickle.dumps(tuple(found), protocol=5))


if __name__ == "__main__":
    main()
