"""Criteria weighed by people: pairs compared by the room or on cards, orders and beans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from workbench.domain.columns import conform
from workbench.domain.judgements import SCALE_LIMITS
from workbench.domain.preferences import COLUMNS as PREFERENCE_COLUMNS
from workbench.domain.preferences import check_preference_scale, check_preferences
from workbench.errors import Problem
from workbench.room.acts import LATE_REASON, Act, unexplained, unknown
from workbench.room.bodies import Field, check_record, code, listed, number
from workbench.room.entries import Entry
from workbench.room.setting import rules_of
from workbench.room.state import RoomState
from workbench.room.tables import Record, Table, frame_of
from workbench.room.values import criteria_of, participants_of


def _mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _pair_problems(state: RoomState, entry: Entry) -> list[Problem]:
    body = entry.body
    first, second = body["first"], body["second"]
    problems = unknown("unknown_participant", "participant", [body["participant"]], state.participants.rows)
    problems += unknown("unknown_criterion", "criterion", [first, second], state.criteria.rows)
    if first == second:
        problems.append(Problem("compared_with_itself", column="second", value=second))
    if problems:
        return problems
    groups = [state.criteria.rows[label].get("parent_criterion", "") for label in (first, second)]
    if groups[0] != groups[1]:
        facts = {"first": first, "second": second, "first_group": groups[0], "second_group": groups[1]}
        problems.append(Problem("criteria_not_siblings", column="second", value=second, facts=facts))
    return problems + unexplained(state, body)


def _refuse_compared(state: RoomState, entry: Entry) -> Iterable[Problem]:
    yield from _pair_problems(state, entry)
    value = entry.body["value"]
    if value <= 0:
        yield Problem("judgement_not_positive", column="value", value=f"{value:g}")
        return
    limit = SCALE_LIMITS[rules_of(state).comparison_scale]
    if limit is not None and max(value, 1 / value) > limit * 1.002:
        facts = {"limit": limit, "suggestion": f"{limit:g}" if value > 1 else f"1/{limit:g}"}
        yield Problem("judgement_outside_scale", column="value", value=f"{value:.6g}", facts=facts)


def _others(state: RoomState, entry: Entry) -> Table:
    """Return the comparisons without those of this card about this pair."""
    pair = {entry.body["first"], entry.body["second"]}
    table = state.judgements
    return table.without(
        label
        for label, row in table.rows.items()
        if row["participant"] == entry.body["participant"] and {row["first"], row["second"]} == pair
    )


def _compare(state: RoomState, entry: Entry) -> RoomState:
    body = entry.body
    row = {name: body[name] for name in ("participant", "first", "second", "value")}
    return replace(state, judgements=_others(state, entry).numbered([row | {"value": float(row["value"])}]))


def _leave_out(state: RoomState, entry: Entry) -> RoomState:
    """Keep the pair with no answer: the room does not know, which is not the same as equal."""
    row = {name: entry.body[name] for name in ("participant", "first", "second")}
    return replace(state, judgements=_others(state, entry).numbered([row]))


def _refuse_preferred(state: RoomState, entry: Entry) -> Iterable[Problem]:
    body = entry.body
    problems = unknown("unknown_participant", "participant", [body["participant"]], state.participants.rows)
    problems += [
        problem
        for row in body["answers"]
        for problem in check_record(row, PREFERENCE_COLUMNS[1:], extras=False)
    ]
    if problems:
        return problems
    frame = conform(
        frame_of(_preferences(body["participant"], body["answers"]), PREFERENCE_COLUMNS), PREFERENCE_COLUMNS
    )
    found = check_preferences(frame, criteria_of(state), participants_of(state))
    found += check_preference_scale(frame, rules_of(state).comparison_scale)
    return [replace(problem, row=None) for problem in found] + unexplained(state, body)


def _preferences(card: str, answers: Iterable[Record]) -> Table:
    return Table().numbered([{"participant": card, **row} for row in answers])


def _prefer(state: RoomState, entry: Entry) -> RoomState:
    """Put the answers of a card in the place of all that it answered before."""
    card = entry.body["participant"]
    kept = state.preferences.without(
        label for label, row in state.preferences.rows.items() if row["participant"] == card
    )
    return replace(state, preferences=kept.numbered(_preferences(card, entry.body["answers"]).rows.values()))


_PAIR = (Field("participant", code), Field("first", code), Field("second", code))

ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "pair_compared": Act((*_PAIR, Field("value", number), LATE_REASON), _refuse_compared, _compare),
        "pair_left_out": Act((*_PAIR, LATE_REASON), _pair_problems, _leave_out),
        "preferences_given": Act(
            (Field("participant", code), Field("answers", listed(_mapping)), LATE_REASON),
            _refuse_preferred,
            _prefer,
        ),
    }
)
