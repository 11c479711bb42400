"""What the forum sets before it scores: facts, rules, criteria, weights, ceiling; where the path stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from types import MappingProxyType
from typing import Any

from workbench.domain import budget, criteria
from workbench.domain.columns import Column
from workbench.domain.criteria import Criteria, Measure
from workbench.domain.facts import LISTS, NUMBERS, Facts
from workbench.domain.rules import NAMES, Rules
from workbench.errors import InvalidInput, Problem
from workbench.room.acts import LATE_REASON, REASON, Act, Body, nothing_against, unexplained, unknown
from workbench.room.bodies import (
    Field,
    check_filled,
    check_record,
    count,
    listed,
    mapped,
    number,
    one_of,
    optional,
    text,
)
from workbench.room.entries import Entry
from workbench.room.state import RoomState
from workbench.room.tables import Record, Table, frame_of

STEPS = (
    "preparation",
    "conditions",
    "first_round",
    "spread",
    "second_round",
    "result",
    "decision",
    "minutes",
)
"""The guided path."""
FACT_NAMES = tuple(entry.name for entry in fields(Facts))


def rules_body(rules: Rules) -> dict[str, Any]:
    """Return all choices as JSON."""
    return {name: list(value) if name == "ties" else value for name, value in asdict(rules).items()}


def rules_from(body: Record) -> Rules:
    """Return rules from JSON; absent choices have their default.

    Raises
    ------
    InvalidInput
        Names every choice that does not exist.
    """
    known: dict[str, Any] = {name: body[name] for name in NAMES if name in body}
    try:
        return Rules(**(known | {"ties": tuple(known["ties"])} if "ties" in known else known))
    except TypeError as error:
        raise InvalidInput([Problem("entry_field_wrong", column="rules", value="")]) from error


def rules_of(state: RoomState) -> Rules:
    """Return the rules in force."""
    return rules_from(state.rules)


def _fact(name: str, value: object) -> bool:
    if name in LISTS:
        return listed(text)(value)
    return optional(count)(value) if name in NUMBERS else text(value)


def _refuse_facts(_: RoomState, entry: Entry) -> Iterable[Problem]:
    for name, value in entry.body["facts"].items():
        if name not in FACT_NAMES:
            yield Problem("unknown_fact", column=name, facts={"allowed": FACT_NAMES})
        elif not _fact(name, value):
            yield Problem("entry_field_wrong", column=name, value=str(value))


def _set_facts(state: RoomState, entry: Entry) -> RoomState:
    merged = {**state.facts, **entry.body["facts"]}
    return replace(
        state, facts={name: value for name, value in merged.items() if value not in ("", None, [])}
    )


def _refuse_rules(state: RoomState, entry: Entry) -> Iterable[Problem]:
    given: Body = entry.body["rules"]
    yield from (
        Problem("unknown_rule_key", column=n, facts={"allowed": NAMES}) for n in given if n not in NAMES
    )
    try:
        rules_from({**state.rules, **given})
    except InvalidInput as error:
        yield from error.problems
    yield from unexplained(state, entry.body)


def _set_rules(state: RoomState, entry: Entry) -> RoomState:
    return replace(state, rules={**state.rules, **entry.body["rules"]})


def scored_criteria(state: RoomState) -> frozenset[str]:
    """Return the criteria that points were given on, or that a round asks for."""
    return frozenset(label for held in state.rounds.values() for label in held.criteria)


def _criteria_table(records: Iterable[Record]) -> Table:
    return Table({str(at): record for at, record in enumerate(records)})


def _refuse_criteria(state: RoomState, entry: Entry) -> Iterable[Problem]:
    rows, points = entry.body["criteria"], entry.body.get("points", ())
    problems = _records(rows, criteria.COLUMNS) + _records(points, criteria.POINTS_COLUMNS)
    if problems:
        return problems
    try:
        made = Criteria.from_tables(
            frame_of(_criteria_table(rows), criteria.COLUMNS),
            frame_of(_criteria_table(points), criteria.POINTS_COLUMNS),
        )
    except InvalidInput as error:
        return error.problems
    return [*_still_scored(state, made), *unexplained(state, entry.body)]


def _still_scored(state: RoomState, made: Criteria) -> list[Problem]:
    """Name every criterion that has points and would go, or change its scale under them."""
    problems = []
    for label in sorted(scored_criteria(state)):
        old = state.criteria.rows.get(label, {})
        if label not in made.labels:
            problems.append(Problem("criterion_scored", column="criterion", value=label))
            continue
        new = made.frame.loc[label]
        kept = ("scale_min", "scale_max", "measure", "column")
        if any(new[name] != old.get(name, _default(name)) for name in kept):
            problems.append(Problem("criterion_scored", column="criterion", value=label))
    return problems


def _default(name: str) -> str:
    return Measure.JUDGED.value if name == "measure" else ""


def _records(rows: Iterable[Record], columns: tuple[Column, ...]) -> list[Problem]:
    return [problem for row in rows for problem in check_record(row, columns, extras=False)]


def _set_criteria(state: RoomState, entry: Entry) -> RoomState:
    rows = {row["criterion"]: row for row in entry.body["criteria"]}
    points = Table({str(at): row for at, row in enumerate(entry.body.get("points", ()))})
    return replace(state, criteria=Table(rows, state.criteria.extras), points=points)


def _refuse_weights(state: RoomState, entry: Entry) -> Iterable[Problem]:
    weights: Mapping[str, float | None] = entry.body["weights"]
    yield from unknown("unknown_criterion", "criterion", weights, state.criteria.rows)
    yield from (
        Problem("negative_value", column="weight", value=str(value), facts={"criterion": label})
        for label, value in weights.items()
        if value is not None and value < 0
    )
    yield from unexplained(state, entry.body)


def _set_weights(state: RoomState, entry: Entry) -> RoomState:
    texts = entry.body.get("texts", {})
    table = state.criteria
    for label, value in entry.body["weights"].items():
        row = {
            name: held for name, held in table.rows[label].items() if name not in ("weight", "weight_text")
        }
        written = {"weight": value, "weight_text": texts.get(label, "")}
        table = table.with_row(
            label, row | {name: new for name, new in written.items() if new not in (None, "")}
        )
    return replace(state, criteria=table)


def _refuse_budget(state: RoomState, entry: Entry) -> Iterable[Problem]:
    lines = entry.body["lines"]
    problems = _records(lines, budget.COLUMNS)
    problems += [problem for line in lines for problem in check_filled(line, budget.COLUMNS)]
    regions = [line.get("region", "") for line in lines]
    if state.regions:
        problems += unknown(
            "region_code_unknown", "region", (code for code in regions if code), state.regions
        )
    return [*problems, *unexplained(state, entry.body)]


def _set_budget(state: RoomState, entry: Entry) -> RoomState:
    return replace(state, budget=Table().numbered(entry.body["lines"]))


def _enter_step(state: RoomState, entry: Entry) -> RoomState:
    return replace(state, step=entry.body["step"])


def _refuse_simulation(state: RoomState, _: Entry) -> Iterable[Problem]:
    if state.open_round is not None:
        yield Problem("round_open", column="round", value=str(state.open_round.number))


def _open_simulation(state: RoomState, entry: Entry) -> RoomState:
    return replace(state, simulation=entry.body["reason"])


def _close_simulation(state: RoomState, _: Entry) -> RoomState:
    return replace(state, simulation="")


def _mapping(value: object) -> bool:
    return isinstance(value, Mapping)


_rows = listed(_mapping)

ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "facts_set": Act((Field("facts", _mapping),), _refuse_facts, _set_facts, when_locked=True),
        "rules_set": Act((Field("rules", _mapping), LATE_REASON), _refuse_rules, _set_rules),
        "criteria_set": Act(
            (Field("criteria", _rows), Field("points", _rows, required=False), LATE_REASON),
            _refuse_criteria,
            _set_criteria,
        ),
        "weights_set": Act(
            (
                Field("weights", mapped(optional(number))),
                Field("texts", mapped(text), required=False),
                LATE_REASON,
            ),
            _refuse_weights,
            _set_weights,
        ),
        "budget_set": Act((Field("lines", _rows), LATE_REASON), _refuse_budget, _set_budget),
        "step_entered": Act((Field("step", one_of(*STEPS)),), nothing_against, _enter_step, when_locked=True),
        "simulation_opened": Act((REASON,), _refuse_simulation, _open_simulation, when_locked=True),
        "simulation_closed": Act((), nothing_against, _close_simulation, when_locked=True),
    }
)
