"""What `agreement` found as a JSON object: everything about one list that may be shown."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.cli.agreed_list import AgreedList
from workbench.cli.exits import plain
from workbench.deliberation import (
    Deliberation,
    Flips,
    GroupReading,
    PriorityConsensus,
    RoundChanges,
    WeightedReading,
)


def record(entry: AgreedList) -> dict[str, Any]:
    """Return everything about one list that may be shown."""
    changes, disputed = entry.changes, entry.disputed
    rounds = {
        "disputed": list(disputed.proposals),
        "agreed": list(disputed.agreed),
        "too_few": list(disputed.too_few),
        "last": disputed.round_number,
        "next": disputed.next_round,
        "most": entry.rules.most_rounds,
        "changes": None if changes is None else _changes(changes),
    }
    voices = {
        group.name: {
            "influence": _rows(group.influence),
            "flips": None if group.flips is None else _flips(group.flips),
        }
        for group in entry.voices.groups
    }
    together = _together(entry.together) | {
        "opinions": _plain(entry.opinions),
        "support": _plain(entry.support),
        "weighted": None if entry.weighted is None else _weighted(entry.weighted),
        "weights": {one.parent: _weights(one) for one in entry.priorities},
    }
    return together | {"rounds": rounds, "voices": voices, "personal": _plain(entry.voices.personal)}


def _weighted(found: WeightedReading) -> dict[str, Any]:
    return {
        "by": found.grouping,
        "shares": {str(cell): float(share) for cell, share in found.shares.items()},
        "pooled": list(found.pooled),
        "ranks": _rows(found.ranks),
        "enters": list(found.enters),
        "leaves": list(found.leaves),
    }


def _weights(one: PriorityConsensus) -> dict[str, Any]:
    return {
        "answered": one.answered,
        "complete": one.complete,
        "consensus": _plain(one.consensus),
        "chance": _plain(one.baseline),
        "pooled": _rows(one.pooled),
    }


def _flips(flips: Flips) -> dict[str, Any]:
    return {
        "places": flips.places,
        "exact": flips.exact,
        "tied": flips.found.tied,
        "selected": list(map(str, flips.found.selected)),
        "groups": _rows(flips.found.table),
    }


def _changes(changes: RoundChanges) -> dict[str, Any]:
    return {
        "decision": changes.decision.value,
        "withheld": list(changes.withheld),
        "counted": list(changes.counted),
        "grouped": list(changes.grouped),
        "another_way": list(changes.another_way),
        "settled": list(changes.settled),
        "w_before": _plain(changes.w_before),
        "w_now": _plain(changes.w_now),
        "proposals": _rows(changes.table),
    }


def _together(found: Deliberation) -> dict[str, Any]:
    """Return what may be shown as a JSON object; what is held back is null or absent."""
    return {
        "minimum_group": found.minimum,
        "scored_by": found.scored_by,
        "scored_by_groups": found.groups,
        "spread": {} if found.spreads is None else _cells(found.spreads.cells),
        "overall": {} if found.spreads is None else _rows(found.spreads.overall),
        "agreement": [_plain(unit) for unit in found.agreement],
        "readings": {reading.name: _reading(reading) for reading in found.readings},
        "attendance": _plain(found.attendance),
    }


def _reading(reading: GroupReading) -> dict[str, Any]:
    return {
        "distinction": reading.distinction.value,
        "people": {str(cell): int(size) for cell, size in reading.sizes.items()},
        "pooled": list(reading.pooled),
        "heard_apart": reading.heard_apart,
        "proposals": reading.proposals,
        "ranks": _rows(reading.ranks),
        "enters": list(reading.enters),
        "leaves": list(reading.leaves),
        "influence": _rows(reading.influence),
        "strong_unfunded": [_plain(entry) for entry in reading.strong],
    }


def _cells(table: pd.DataFrame) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for (proposal, criterion), line in _lines_of(table):
        cells.setdefault(str(proposal), {})[str(criterion)] = line
    return cells


def _rows(table: pd.DataFrame) -> dict[str, Any]:
    return {str(label): line for label, line in _lines_of(table)}


def _lines_of(table: pd.DataFrame) -> list[tuple[Any, dict[str, Any]]]:
    whole = table.astype(object).where(table.notna(), None)
    names = [str(name) for name in whole.columns]
    rows = zip(whole.index, whole.to_numpy(), strict=True)
    return [(label, dict(zip(names, map(_plain, row), strict=True))) for label, row in rows]


def _plain(value: Any) -> Any:  # noqa: ANN401 - the values of frozen results
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        # JSON knows neither infinity (full agreement) nor a missing number.
        return value if abs(value) != float("inf") and value == value else None  # noqa: PLR0124 - NaN
    return float(value) if hasattr(value, "numerator") and not isinstance(value, int) else plain(value)
