"""The forms in which reference cases give rankings and ratings, and the plain orders they expect."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.engine.rankings import Profile, profile_from_orders, unranked_last
from workbench.errors import InvalidValue
from workbench.selftest.pairwise_inputs import number, rows_of

PROFILE = ("profile", "ballots", "votes", "orders", "rankings", "preferences")
"""Where the ballots of a case may stand."""

COUNTED = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[:x*]\s*(.+)")
"""A whole ballot in one text, such as "42: M>N>C>K"."""


def ratings_of(given: Any) -> pd.DataFrame:  # noqa: ANN401 - rows in a list or a mapping
    """Read rows of numbers; cells under labels are matched by label."""
    rows = rows_of(given)
    lengths = {len(row) for row in rows}
    if len(lengths) > 1:
        raise InvalidValue("ragged_table", lengths=tuple(sorted(lengths)))
    return pd.DataFrame(rows)


def profile_of(inputs: Mapping[str, Any]) -> Profile:
    """Read the ballots of a case."""
    given = next((inputs[name] for name in PROFILE if name in inputs), None)
    if given is None:
        raise InvalidValue("missing_input", names=PROFILE, found=tuple(inputs))
    entries = given.items() if isinstance(given, Mapping) else given
    orders = [_counted(entry) for entry in entries]
    room = profile_from_orders([(count, _places(order)) for count, order in orders])
    reading = str(inputs.get("unranked", "last"))
    if reading not in ("last", "silent"):
        raise InvalidValue("unknown_reading", unranked=reading, known=("last", "silent"))
    return unranked_last(room) if reading == "last" else room


def order_of(groups: Sequence[Sequence[object]]) -> str | list[Any]:
    """Write an order as one text where labels are single letters and nothing ties, else as a list."""
    if all(len(group) == 1 and isinstance(group[0], str) and len(group[0]) == 1 for group in groups):
        return "".join(str(group[0]) for group in groups)
    return [plain_label(group[0]) if len(group) == 1 else [*map(plain_label, group)] for group in groups]


def plain_label(label: Any) -> Any:  # noqa: ANN401 - a label of a case
    """Return a label as JSON holds it."""
    return label.item() if hasattr(label, "item") else label


def _counted(entry: Any) -> tuple[float, Any]:  # noqa: ANN401 - a ballot of a case
    """Split a ballot into how many cast it and its order; an order alone was cast once."""
    if isinstance(entry, str):
        found = COUNTED.fullmatch(entry)
        return (number(found.group(1)), found.group(2)) if found else (1.0, entry)
    parts = list(entry.values()) if isinstance(entry, Mapping) else list(entry)
    if len(parts) != 2 or all(_is_label(part) for part in parts):
        return 1.0, parts
    count, order = parts if _is_count(parts[0]) else reversed(parts)
    return number(count), order


def _is_count(part: object) -> bool:
    if isinstance(part, str):
        return bool(re.fullmatch(r"\s*\d+([./]\d+)?\s*", part))
    return isinstance(part, int | float)


def _is_label(part: object) -> bool:
    """Say whether a part of a pair is one label: then the pair is an order of two."""
    return isinstance(part, str) and not _is_count(part) and not re.search(r"[>=,\s]", part)


def _places(order: Any) -> Sequence[object]:  # noqa: ANN401 - an order of a case
    if isinstance(order, Mapping):
        ranks = {label: number(rank) for label, rank in order.items()}
        return [[one for one in ranks if ranks[one] == rank] for rank in sorted(set(ranks.values()))]
    if not isinstance(order, str):
        return list(order)
    if ">" not in order and "=" not in order:
        return order.replace(",", " ").split() if {" ", ","} & set(order) else list(order)
    return [[label.strip() for label in place.split("=")] for place in order.split(">")]
