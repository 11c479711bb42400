"""The outcome as one JSON file that any tool can read, recompute and compare: canonical, with a schema.

See ``docs/ekspor.md`` and ``docs/skema/hasil-v1.schema.json``. Equal sessions, rules and resolutions give
equal bytes, so a published file is checked by computing it again.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.domain.proposals import PROPOSED_ON
from workbench.domain.resolution import Resolution
from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem
from workbench.prioritisation import Outcome, PooledOutcome
from workbench.store.session_writing import input_digest

SCHEMA = "musrenbang-outcome"
VERSION = 1
DECIMALS = 9
"""Decimals of scores and parts: far below any difference that ranks, above the last bits of a processor."""
FULL, PUBLIC = "full", "public"
FORUM = (
    "forum", "level", "region", "region_name", "plan_year", "date", "start", "end", "zone", "place",
    "minutes_number", "legal_basis", "template", "data_mark", "data_source",
)  # fmt: skip
"""Facts that the file repeats; nothing about persons is among them."""
PROPOSAL = (
    "region", "village", "district", "field", "activity", "location", "volume", "unit", "funding_source",
    "agency", "source", "womens_proposal", "beneficiaries", "poor_households", "times_proposed", "parent",
    "regional_priority", "regional_objective", "program", "activity_target",
)  # fmt: skip
"""Columns of the list that the file repeats; the proposer, who may be a person, is not among them."""
UNTOLD = ("score", "answers", "points_sum", "measures", "contributions")
"""What is not published of a proposal that few people scored: null there, and named as ``withheld``."""
PLACING = (
    "rank",
    "shared",
    "score",
    "points_sum",
    "answers",
    "cost",
    "running_total",
    "shortfall",
    "standing",
)


def outcome_bytes(session: Session, found: PooledOutcome, resolution: Resolution | None = None) -> bytes:
    """Return an outcome with all its steps, for the folder of whoever holds the session.

    Parameters
    ----------
    session : Session
        The one that `found` was computed from.
    found : PooledOutcome
    resolution : Resolution, optional
        What the forum decided, kept apart from what was computed.

    Returns
    -------
    bytes
        UTF-8 JSON, keys sorted, amounts whole rupiah, unknown values null, a line end at the end.
    """
    return canonical_bytes(_document(session, found, resolution, FULL))


def public_outcome_bytes(session: Session, found: PooledOutcome, resolution: Resolution | None) -> bytes:
    """Return the outcome that may be published: parts of a score that few people stand behind are left out.

    Where fewer people than ``minimum_group`` gave points to a cell, the proposal and its equals
    keep the rank, which is the decision, and their reason; neither the score nor the number of answers nor
    any part of the score is told: one person's score would stand there, and of several parts the rest.
    """
    return canonical_bytes(_document(session, found, resolution, PUBLIC))


def canonical_bytes(content: object) -> bytes:
    r"""Return JSON in its one written form.

    Examples
    --------
    >>> canonical_bytes({"b": 1, "a": None})
    b'{\n "a": null,\n "b": 1\n}\n'
    """
    return (
        json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"
    ).encode()


def outcome_digest(content: bytes) -> str:
    """Return the hash that a published outcome is known by."""
    return hashlib.sha256(content).hexdigest()


def read_outcome(path: Path) -> Mapping[str, Any]:
    """Read an outcome file.

    Raises
    ------
    InvalidInput
        ``file_missing``, ``outcome_unreadable``, or ``outcome_too_new``.
    """
    if not path.is_file():
        raise InvalidInput([Problem("file_missing", file=str(path))])
    try:
        content = json.loads(path.read_bytes())
        version = int(content["schema_version"])
        known = content["schema"] == SCHEMA and (version > VERSION or _has_lists(content["lists"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InvalidInput([Problem("outcome_unreadable", file=path.name)]) from error
    if not known:
        raise InvalidInput([Problem("outcome_unreadable", file=path.name)])
    if version > VERSION:
        facts = {"known": VERSION}
        raise InvalidInput([Problem("outcome_too_new", file=path.name, value=str(version), facts=facts)])
    return dict(content)


def _has_lists(lists: object) -> bool:
    """Tell whether lists of proposals are written as this program writes them."""
    return isinstance(lists, list) and all(
        "pool" in part and all(record["proposal"] for record in part["proposals"]) for part in lists
    )


def recomputed_bytes(
    content: Mapping[str, Any], session: Session, found: PooledOutcome, resolution: Resolution | None
) -> bytes:
    """Return the bytes that a file of the same kind would have today, to be compared with what was given."""
    write = public_outcome_bytes if content.get("kind") == PUBLIC else outcome_bytes
    return write(session, found, resolution)


def differing_places(given: object, computed: object) -> tuple[str, ...]:
    """Name every place at which two contents differ, by its path.

    Examples
    --------
    >>> differing_places({"a": [1, 2], "b": 0}, {"a": [1, 3], "c": 0})
    ('a/1', 'b', 'c')
    """
    return tuple("/".join(path) for path, _, _ in differing_values(given, computed))


def differing_values(
    given: object, computed: object, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], object, object]]:
    """Yield every place at which two contents differ: its path and both values, None for one that is absent.

    Examples
    --------
    >>> list(differing_values({"a": [1, 2]}, {"a": [1, 3]}))
    [(('a', '1'), 2, 3)]
    """
    if isinstance(given, Mapping) and isinstance(computed, Mapping):
        keys = sorted({*given, *computed})
        pairs = [(str(key), given.get(key, _ABSENT), computed.get(key, _ABSENT)) for key in keys]
    elif isinstance(given, list) and isinstance(computed, list) and len(given) == len(computed):
        pairs = [(str(at), one, other) for at, (one, other) in enumerate(zip(given, computed, strict=True))]
    else:
        if given != computed:
            yield path, None if given is _ABSENT else given, None if computed is _ABSENT else computed
        return
    for key, one, other in pairs:
        yield from differing_values(one, other, (*path, key))


_ABSENT = object()


def _document(
    session: Session, found: PooledOutcome, resolution: Resolution | None, kind: str
) -> dict[str, Any]:
    facts = asdict(session.facts)
    rules = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(found.rules).items()
    }
    return {
        "schema": SCHEMA,
        "schema_version": VERSION,
        "kind": kind,
        "input_digest": input_digest(session, found.rules),
        "region_edition": session.regions.edition,
        "forum": {name: _plain(facts[name]) for name in FORUM},
        "rules": rules,
        "criteria": _criteria(session),
        "lists": [_list(session, pool, outcome, kind) for pool, outcome in found.outcomes.items()],
        "history": sorted({str(label) for outcome in found.outcomes.values() for label in outcome.history}),
        "resolution": None if resolution is None else _resolution(resolution),
    }


def _criteria(session: Session) -> list[dict[str, Any]]:
    kept = ["name", "direction", "scale_min", "scale_max", "measure", "column", "parent_criterion"]
    frame = session.criteria.frame
    return [
        {"criterion": str(label)} | {name: _plain(frame[name][label]) for name in kept}
        for label in frame.index
    ]


def _list(session: Session, pool: str, outcome: Outcome, kind: str) -> dict[str, Any]:
    hidden = outcome.withheld if kind == PUBLIC else frozenset()
    return {
        "pool": pool,
        "ceiling": _plain(outcome.ceiling),
        "earmarked": outcome.earmarked,
        "room": _plain(outcome.room),
        "spent": outcome.spent,
        "left": _plain(outcome.left),
        "highest_score": _plain(outcome.scoring.highest),
        "weights": {str(name): _plain(value) for name, value in outcome.scoring.weights.items()},
        "unenforced": list(outcome.unenforced),
        "proposals": _proposals(session, outcome, hidden),
    }


def _proposals(session: Session, outcome: Outcome, hidden: frozenset[str]) -> list[dict[str, Any]]:
    listed = _columns(session.proposals.frame, PROPOSAL)
    placed = _columns(outcome.table, PLACING)
    measures, contributions = _columns(outcome.measures), _columns(outcome.scoring.contributions)
    given = session.proposals.frame
    days = given[PROPOSED_ON].to_dict() if PROPOSED_ON in given else None
    records = []
    for label, decided_by in outcome.table["decided_by"].items():
        record: dict[str, Any] = {"proposal": str(label)} | _row(listed, label) | _row(placed, label)
        record |= {} if days is None else {"proposed_on": _day(str(days[label] or ""))}
        record["decided_by"] = list(decided_by)
        reason = outcome.reasons[str(label)]
        facts = {name: _plain(value) for name, value in reason.facts.items()}
        record["reason"] = {"code": reason.code, "facts": facts}
        record["score_public"] = str(label) not in outcome.withheld
        record["withheld"] = list(UNTOLD) if str(label) in hidden else []
        if str(label) in hidden:
            records.append(record | dict.fromkeys(UNTOLD))
        else:
            parts = {"measures": _row(measures, label), "contributions": _row(contributions, label)}
            records.append(record | {name: part or None for name, part in parts.items()})
    return records


def _columns(frame: pd.DataFrame, kept: Iterable[str] = ()) -> dict[str, dict[Hashable, Any]]:
    """Return columns as plain dictionaries by label; a frame is slow to ask cell by cell."""
    return {str(name): frame[name].to_dict() for name in (kept or frame.columns)}


def _row(columns: Mapping[str, Mapping[Hashable, Any]], label: Hashable) -> dict[str, Any]:
    """Return the cells of one line by column; nothing for a proposal that never reached the table."""
    return {name: _plain(cells[label]) for name, cells in columns.items() if label in cells}


def _day(text: str) -> str | None:
    """Return a day as JSON writes it; None for what is no full date.

    Examples
    --------
    >>> _day("2025-04-03"), _day("April 2025")
    ('2025-04-03', None)
    """
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return None


def _resolution(resolution: Resolution) -> dict[str, Any]:
    frame = resolution.frame.sort_index()
    lines = [
        {"proposal": str(label)} | {str(name): _plain(frame[name][label]) for name in frame}
        for label in frame.index
    ]
    return {"locked": resolution.locked, "decisions": lines}


def _plain(value: object) -> Any:  # noqa: ANN401 - the types of JSON
    """Return a value that JSON can hold; what is unknown is null, never zero."""
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    if value is None or value is pd.NA:
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, DECIMALS) + 0.0
    return value if isinstance(value, str | int | bool) else str(value)
