"""Records of a system (JSON) as a table: the names of their fields are the header."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.grids import Grid

MOST_COLUMNS = 2000
"""Different fields; more is no list of records."""


def read_records(path: Path, text: str) -> Grid:
    """Return the records of a JSON file, one a row: a list, lines of objects, or a list inside an object.

    Raises
    ------
    InvalidInput
        ``json_without_records``; facts: what the reader stumbled on.
    """
    try:
        records = _largest_list(_parsed(text))
    except (ValueError, RecursionError) as error:
        facts = {"detail": str(error)[:200]}
        raise InvalidInput([Problem("json_without_records", file=path.name, facts=facts)]) from error
    flat = [dict(_flat(record, "")) for record in records]
    header = list(dict.fromkeys(name for record in flat for name in record))
    if not header or len(header) > MOST_COLUMNS:
        raise InvalidInput([Problem("json_without_records", file=path.name)])
    rows = [header, *([record.get(name, "") for name in header] for record in flat)]
    note = Problem("records_of_json", Severity.NOTE, file=path.name, facts={"count": len(flat)})
    return Grid(path.name, "", rows, stated_width=True, notes=(note,))


def _parsed(text: str) -> Any:  # noqa: ANN401 - the types of JSON
    try:
        return json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def _largest_list(found: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return the longest list of objects; some systems wrap it: {"status": "success", "data": [...]}."""
    if isinstance(found, dict):
        inner = [_largest_list(value) for value in found.values() if isinstance(value, list | dict)]
        return max(inner, key=len, default=[])
    if isinstance(found, list):
        return [entry for entry in found if isinstance(entry, dict)]
    return []


def _flat(record: dict[str, Any], above: str) -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        if isinstance(value, dict) and not above:
            yield from _flat(value, f"{name}/")
        else:
            yield f"{above}{name}", _text(value)


def _text(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return ""
    if isinstance(value, float):
        return format(value, ".15g").replace(".", ",")
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
