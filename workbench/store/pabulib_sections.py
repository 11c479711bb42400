"""The sections of a Pabulib file as rows by their heads, and what is wrong with their form."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from workbench.errors import Problem
from workbench.store.delimited import DELIMITERS, MAX_FIELD_CHARACTERS

SECTIONS = ("META", "PROJECTS", "VOTES")
NEEDED = (("PROJECTS", "project_id"), ("PROJECTS", "cost"), ("VOTES", "vote"))
SEPARATOR = ";"

Rows = list[tuple[int, dict[str, str]]]
Cells = tuple[int, list[str]]
Heads = dict[str, list[str]]


def sections_of(text: str) -> tuple[dict[str, Rows], Heads, list[Problem]]:
    """Return the rows of every section by their heads, with the line on which each ends, and the heads.

    Where there are problems, the rows may lack what is wrong.
    """
    lines, problems = _lines(text)
    missing = [name for name in SECTIONS if not lines.get(name)]
    if missing and not problems:
        problems = [Problem("pb_section_missing", value=name) for name in missing]
    if problems:
        return {}, {}, problems
    heads = {name: _head(lines[name]) for name in ("PROJECTS", "VOTES")}
    found = {name: _by_head(lines[name]) for name in ("PROJECTS", "VOTES")}
    for name in found:
        problems += _head_faults(name, *lines[name][0])
        problems += _cells_beyond(lines[name])
    found["META"] = [
        (line, {"key": row[0].strip(), "value": SEPARATOR.join(row[1:]).rstrip(SEPARATOR)})
        for line, row in lines["META"]
    ]
    return found, heads, problems + list(_keys_twice(found["META"]))


def _lines(text: str) -> tuple[dict[str, list[Cells]], list[Problem]]:
    lines: dict[str, list[Cells]] = {}
    section, row, began, onward = "", [""], 1, 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATOR)
    try:
        for row in reader:
            name = row[0].strip().upper() if row else ""
            if name in SECTIONS and not any(row[1:]):
                section = name
                lines.setdefault(section, [])
            elif section and any(cell.strip() for cell in row):
                lines[section].append((reader.line_num, row))
            began, onward = onward, reader.line_num + 1
    except csv.Error:
        return {}, [_unclosed(onward)]
    if text.count('"') % 2 and any("\n" in cell or "\r" in cell for cell in row):
        return {}, [_unclosed(began)]
    return lines, []


def _unclosed(line: int) -> Problem:
    return Problem("quote_not_closed", row=line, value='"', facts={"limit_characters": MAX_FIELD_CHARACTERS})


def _head(lines: list[Cells]) -> list[str]:
    return [cell.strip() for cell in lines[0][1]]


def _by_head(lines: list[Cells]) -> Rows:
    head = _head(lines)
    return [(line, dict(zip(head, row, strict=False))) for line, row in lines[1:]]


def _head_faults(section: str, line: int, row: list[str]) -> Iterator[Problem]:
    head = [cell.strip() for cell in row]
    lacking = [column for name, column in NEEDED if name == section and column not in head]
    other = next((mark for mark in DELIMITERS if mark != SEPARATOR and mark in head[0]), "")
    if lacking and len(head) == 1 and other:
        yield Problem("pb_separator", row=line, value=head[0], facts={"section": section})
        return
    for column in lacking:
        yield Problem("pb_column_missing", row=line, value=column, facts={"section": section})
    for column in _repeated(head):
        yield Problem("pb_column_twice", row=line, column=column, value=column, facts={"section": section})


def _repeated(names: list[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if name and count > 1]


def _cells_beyond(lines: list[Cells]) -> Iterator[Problem]:
    """Name the rows that hold more than their head: an unquoted separator has moved what follows it."""
    width = len(lines[0][1])
    for line, row in lines[1:]:
        beyond = [cell for cell in row[width:] if cell.strip()]
        if beyond:
            yield Problem("pb_cells_beyond", row=line, value=beyond[0], facts={"columns": width})


def _keys_twice(meta: Rows) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for line, row in meta:
        key = row["key"]
        if first.setdefault(key, line) != line:
            yield Problem("pb_key_twice", row=line, column=key, value=key, facts={"first_row": first[key]})
