"""Rounds opened, closed and reopened; one is open at a time, and shows nothing until it is closed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from workbench.domain.criteria import Measure
from workbench.errors import Problem
from workbench.room.acts import REASON, Act, Body, gone, unknown
from workbench.room.bodies import Field, code, count, filled, flag, listed, one_of
from workbench.room.counted_scale import counted_problems
from workbench.room.counting import differences, unconfirmed
from workbench.room.entries import Entry
from workbench.room.groups import groups_of
from workbench.room.proposals import DECLARED
from workbench.room.round import ALOUD, POINTED, Round, Way
from workbench.room.state import RoomState

COLUMN_NAME = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*", re.ASCII)
"""A column that a count fills: as the header of the file is read back."""


def scorable(state: RoomState) -> tuple[str, ...]:
    """Return what a round may ask about: on the list, at the ranked stage, no condition failed."""
    failed = {row["proposal"] for row in state.gates.rows.values() if row.get("passed") is False}
    stage = state.rules.get("stage", "")
    return tuple(
        label
        for label in state.listed
        if label not in failed and (not stage or state.proposals.rows[label].get("stage", "") == stage)
    )


def judged_criteria(state: RoomState) -> tuple[str, ...]:
    """Return the criteria that people give points on, in declared order."""
    parents = {row.get("parent_criterion", "") for row in state.criteria.rows.values()}
    return tuple(
        label
        for label, row in state.criteria.rows.items()
        if label not in parents and row.get("measure", Measure.JUDGED.value) == Measure.JUDGED
    )


def _refuse_opened(state: RoomState, entry: Entry) -> Iterable[Problem]:
    body = entry.body
    number, way = body["round"], Way(body["way"])
    if state.open_round is not None:
        yield Problem("round_open", column="round", value=str(state.open_round.number))
    following = max(state.rounds, default=0) + 1
    if number != following:
        yield Problem(
            "round_out_of_turn", column="round", value=str(number), facts={"suggestion": str(following)}
        )
    asked = body.get("proposals", scorable(state))
    yield from gone(state, asked)
    if not asked:
        yield Problem("round_without_proposals", column="proposals")
    yield from _criteria_problems(state, body, way)
    if way is Way.GROUPS and not groups_of(state):
        yield Problem("round_without_groups", column="way", value=way.value)
    if body.get("double_entry") and way in (*ALOUD, Way.ORDERS, Way.CONSENSUS):
        yield Problem("double_entry_not_here", column="double_entry", value=way.value)


def _criteria_problems(state: RoomState, body: Body, way: Way) -> Iterable[Problem]:
    asked = tuple(body.get("criteria", judged_criteria(state) if way in POINTED else ()))
    yield from unknown("unknown_criterion", "criterion", asked, state.criteria.rows)
    if not asked:
        yield Problem("round_without_criteria", column="criteria", value=way.value)
    if way in POINTED:
        judged = judged_criteria(state)
        known = (label for label in asked if label in state.criteria)
        yield from unknown("criterion_not_judged", "criterion", known, judged)
        return
    if len(asked) > 1:
        yield Problem("one_criterion_only", column="criteria", value=way.value)
    for label in asked:
        row = state.criteria.rows.get(label, {})
        column = row.get("column", "")
        if row and (
            row.get("measure") != Measure.NUMBER or column in DECLARED or not COLUMN_NAME.fullmatch(column)
        ):
            yield Problem("criterion_not_counted", column="criterion", value=label)
        elif row:
            yield from counted_problems(state, body, label)


def _open(state: RoomState, entry: Entry) -> RoomState:
    body, way = entry.body, Way(entry.body["way"])
    held = Round(
        number=body["round"],
        way=way,
        proposals=tuple(body.get("proposals", scorable(state))),
        criteria=tuple(body.get("criteria", judged_criteria(state))),
        double_entry=body.get("double_entry", False),
        cards=body.get("cards"),
        each=body.get("each"),
    )
    return replace(state, rounds={**state.rounds, held.number: held}, simulation="")


def _refuse_closed(state: RoomState, entry: Entry) -> Iterable[Problem]:
    held = state.rounds.get(entry.body["round"])
    if held is None or not held.is_open:
        yield Problem("round_not_open", column="round", value=str(entry.body["round"]))
        return
    apart, single = differences(held), unconfirmed(held)
    if apart:
        places = tuple(f"{entry.card} / {entry.proposal}" for entry in apart)
        yield Problem("entries_differ", column="round", value=str(held.number), facts={"places": places})
    if single and "reason" not in entry.body:
        places = tuple(" / ".join(place) for place in single)
        yield Problem("entries_unconfirmed", column="round", value=str(held.number), facts={"places": places})


def _close(state: RoomState, entry: Entry) -> RoomState:
    held = state.rounds[entry.body["round"]]
    closed = replace(held, is_open=False, closings=held.closings + 1)
    waiting = {label: cause for label, cause in state.to_score.items() if label not in held.proposals}
    return replace(state, rounds={**state.rounds, held.number: closed}, to_score=waiting)


def _refuse_reopened(state: RoomState, entry: Entry) -> Iterable[Problem]:
    held = state.rounds.get(entry.body["round"])
    if held is None:
        yield Problem("unknown_round", column="round", value=str(entry.body["round"]))
    if state.open_round is not None:
        yield Problem("round_open", column="round", value=str(state.open_round.number))


def _reopen(state: RoomState, entry: Entry) -> RoomState:
    held = replace(state.rounds[entry.body["round"]], is_open=True)
    return replace(state, rounds={**state.rounds, held.number: held}, simulation="")


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "round_opened": Act(
            (
                Field("round", count),
                Field("way", one_of(*Way)),
                Field("proposals", listed(code), required=False),
                Field("criteria", listed(code), required=False),
                Field("double_entry", flag, required=False),
                Field("cards", count, required=False),
                Field("each", count, required=False),
            ),
            _refuse_opened,
            _open,
        ),
        "round_closed": Act(
            (Field("round", count), Field("reason", filled, required=False)), _refuse_closed, _close
        ),
        "round_reopened": Act((Field("round", count), REASON), _refuse_reopened, _reopen),
    }
)
