"""The one criterion that a forum's count fills: found, judged fit for a coming round, made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.domain.criteria import FORUM_COUNT, Measure
from workbench.room.counted_scale import counted_problems, largest_count
from workbench.room.round import Way
from workbench.room.state import RoomState
from workbench.widgets.room_desk import Desk

COUNTED_LABEL = "SUARA"
"""The criterion that counts fill."""


def counted_criterion(state: RoomState) -> str | None:
    """Return the criterion that a count can fill; None where there is none."""
    for label, held in state.criteria.rows.items():
        if held.get("measure") == Measure.NUMBER and held.get("column") == FORUM_COUNT:
            return str(label)
    return None


def fits(state: RoomState, body: Mapping[str, Any]) -> bool:
    """Tell whether the counts of a coming round are ranked rightly by the criterion that is there."""
    label = counted_criterion(state)
    return label is not None and not any(counted_problems(state, body, label))


def make_counted(desk: Desk, body: Mapping[str, Any]) -> None:
    """Let the count of a coming round be the one criterion; the others go, which a scored round forbids.

    Its scale ends at the largest count that one proposal can get, so that no count lies beyond it.
    """
    t, way = desk.t, Way(body["way"])
    if not body.get("cards"):
        desk.say(t("round.criterion.cards"), wrong=True)
        return
    if way is Way.DOTS and not body.get("each"):
        desk.say(t("round.criterion.each"), wrong=True)
        return
    most = largest_count(way, body["cards"], body.get("each"), len(body["proposals"]))
    made = {
        "criterion": COUNTED_LABEL,
        "name": t(f"room.way.criterion.{way.value}"),
        "weight": 1.0,
        "direction": "lower" if way is Way.ORDERS else "higher",
        "scale_min": 0.0,
        "scale_max": float(max(most, 2)),
        "measure": Measure.NUMBER.value,
        "column": FORUM_COUNT,
    }
    desk.act("criteria_set", {"criteria": [made]}, done=t("round.criterion.done"))
