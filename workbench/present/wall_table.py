"""Tables on the wall: few columns, numbers at the right, long names on two lines, no page too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.present import svg
from workbench.present.wall import LINE, LINES, WIDTH, WallPage, paged, shortened, wrapped_lines

PAD = 16
BOLD = 1.08


@dataclass(frozen=True)
class WallColumn:
    """One column; the column without a width takes what is left.

    Attributes
    ----------
    head : str
    width : int
        In px at 1280 x 720; 0 for the column that takes the rest.
    number : bool
        Whether it stands at the right.
    lines : int
        The most lines that a text of it takes before it is shortened.
    """

    head: str
    width: int = 0
    number: bool = False
    lines: int = 2


@dataclass(frozen=True)
class WallRow:
    """One row; a row of kind ``line`` has one cell across all columns.

    Attributes
    ----------
    cells : tuple of str
        Plain texts.
    kind : str
        ``strong``, ``past``, ``line`` or empty.
    drawn : mapping of column to element
        Pictures in place of a text, made by this package.
    """

    cells: tuple[str, ...]
    kind: str = ""
    drawn: dict[int, str] = field(default_factory=dict)


def table_pages(
    title: str,
    columns: Sequence[WallColumn],
    rows: Sequence[WallRow],
    note: str = "",
    mark: str = "",
    empty: str = "",
) -> tuple[WallPage, ...]:
    """Return the pages of a table with its head repeated on each.

    Parameters
    ----------
    title, note, mark : str
        As of `WallPage`.
    columns, rows
    empty : str
        The sentence that stands where there is no row.
    """
    room = WIDTH - sum(column.width for column in columns) - PAD
    fitted = [_fitted(row, columns, room) for row in rows]
    capacity = LINES - 1 - bool(mark)
    head = _head(columns)
    pages = paged([(row, _height(row, columns, room)) for row in fitted], capacity)
    return tuple(WallPage(title, _body(head, columns, page, empty), note, mark) for page in pages)


def _fitted(row: WallRow, columns: Sequence[WallColumn], room: float) -> WallRow:
    if row.kind == "line":
        return row
    cells = tuple(
        shortened(cell, _size(row), (column.width or room) - PAD, column.lines)
        for cell, column in zip(row.cells, columns, strict=True)
    )
    return WallRow(cells, row.kind, row.drawn)


def _height(row: WallRow, columns: Sequence[WallColumn], room: float) -> int:
    if row.kind == "line":
        return 1
    return max(
        wrapped_lines(cell, _size(row), (column.width or room) - PAD)
        for cell, column in zip(row.cells, columns, strict=True)
    )


def _size(row: WallRow) -> float:
    return LINE * (BOLD if row.kind == "strong" else 1)


def _head(columns: Sequence[WallColumn]) -> str:
    cells = "".join(
        svg.element(
            "th",
            svg.clean(column.head) or " ",
            class_="number" if column.number else None,
            style=f"width: calc({column.width} * var(--u))" if column.width else None,
        )
        for column in columns
    )
    return svg.element("tr", cells)


def _body(head: str, columns: Sequence[WallColumn], rows: Sequence[WallRow], empty: str) -> str:
    if not rows:
        return svg.element("p", svg.clean(empty) or " ")
    return svg.element("table", head, *(_row(row, columns) for row in rows))


def _row(row: WallRow, columns: Sequence[WallColumn]) -> str:
    if row.kind == "line":
        return svg.element(
            "tr", svg.element("td", svg.clean(row.cells[0]), colspan=len(columns)), class_="line"
        )
    cells = (
        svg.element(
            "td",
            row.drawn.get(place) or _clamped(cell, column.lines),
            class_="number" if column.number else None,
        )
        for place, (cell, column) in enumerate(zip(row.cells, columns, strict=True))
    )
    return svg.element("tr", *cells, class_=row.kind or None)


def _clamped(text: str, lines: int) -> str:
    """Return a text that never takes more lines than planned, whatever font the machine has."""
    return svg.element("div", svg.clean(text) or " ", class_="clamp", style=f"-webkit-line-clamp: {lines}")
