"""Tables of web pages saved under the name of a spreadsheet: what many systems call "export to Excel"."""

from __future__ import annotations

from html.parser import HTMLParser

MAX_SPAN = 1000
"""Columns and rows that one cell may span; a larger number is damage."""
Merged = tuple[int, int, int, int]


class _Tables(HTMLParser):
    """Collect the rows of every table; a table inside a cell belongs to the text of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[list[list[str]], list[Merged]]] = []
        self._depth = 0
        self._texts: list[str] | None = None
        self._spans = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(([], []))
        elif self._depth == 1 and tag == "tr":
            self._close_cell()
            self.tables[-1][0].append([])
        elif self._depth == 1 and tag in {"td", "th"}:
            self._close_cell()
            given = dict(attrs)
            self._texts = []
            self._spans = (_span(given.get("rowspan")), _span(given.get("colspan")))
        elif tag in {"br", "p", "div"} and self._texts:
            self._texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            self._close_cell()
            self._depth -= 1
        elif self._depth == 1 and tag in {"td", "th", "tr"}:
            self._close_cell()

    def handle_data(self, data: str) -> None:
        if self._texts is not None:
            self._texts.append(data)

    def _close_cell(self) -> None:
        if self._texts is None:
            return
        rows, merged = self.tables[-1]
        if not rows:
            rows.append([])
        down, across = self._spans
        top, row = len(rows) - 1, rows[-1]
        while any(up < top <= low and left <= len(row) <= right for up, left, low, right in merged):
            row.append("")  # a cell of a row above reaches down into this place
        left = len(row)
        row += [" ".join("".join(self._texts).split()), *[""] * (across - 1)]
        if down > 1 or across > 1:
            merged.append((top, left, top + down - 1, left + across - 1))
        self._texts = None


def _span(written: str | None) -> int:
    text = (written or "").strip()
    return min(max(1, int(text)), MAX_SPAN) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def tables_of_page(text: str) -> list[tuple[list[list[str]], list[Merged]]]:
    """Return rows and merged cells of every table of a page that has more than one cell.

    Examples
    --------
    >>> tables_of_page("<table><tr><th>Kode<th>Usulan<tr><td>1<td>Jalan</table>")
    [([['Kode', 'Usulan'], ['1', 'Jalan']], [])]
    """
    parser = _Tables()
    parser.feed(text)
    parser.close()
    return [(rows, merged) for rows, merged in parser.tables if sum(map(len, rows)) > 1]
