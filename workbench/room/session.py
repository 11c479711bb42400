"""From the state to the session that is computed: only what closed rounds have shown is in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from workbench.domain import (
    ballots,
    bands,
    conditions,
    participants,
    preferences,
    proposals,
    resolution,
)
from workbench.domain.ballots import Ballots, Gates, Judgements
from workbench.domain.bands import Bands
from workbench.domain.columns import conform
from workbench.domain.conditions import Conditions
from workbench.domain.participants import TALLY_CARD, Participants, group_of_card, is_bare_card
from workbench.domain.preferences import Preferences
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.domain.resolution import Action, Resolution, Step
from workbench.domain.session import Session
from workbench.engine.rankings import merge_group_orders
from workbench.room.counting import standing_lines, votes
from workbench.room.group_orders import sheet_of
from workbench.room.round import POINTED, Round, Way
from workbench.room.state import Fate, RoomState
from workbench.room.tables import Record, Table, facts_from, frame_of, note_from
from workbench.room.values import budget_of, criteria_of

FATE_GATES = {Fate.WITHDRAWN: "ditarik pengusul", Fate.MERGED: "digabung", Fate.SPLIT: "dipecah"}
"""The condition under which a proposal that left the list stands in the tables; its reason is the note."""


def session_of(state: RoomState) -> Session:
    """Return the session as the closed rounds leave it; an open round adds nothing.

    Raises
    ------
    InvalidInput
        Where the tables contradict one another; entries that would do so are refused before.
    """
    listed = frame_of(_with_counts(state), proposals.COLUMNS)
    lines = pd.DataFrame(
        list(_lines(state)), columns=["round", "participant", "proposal", "criterion", "points"]
    )
    names = pd.Series(dict(state.regions), dtype="str")
    return Session(
        facts=facts_from(state.facts),
        proposals=Proposals.from_table(listed),
        criteria=criteria_of(state),
        regions=Regions(names, state.edition),
        participants=Participants.from_table(_people(state, lines["participant"])),
        ballots=Ballots(conform(lines, ballots.COLUMNS)),
        judgements=Judgements(_plain(state.judgements, ballots.JUDGEMENT_COLUMNS)),
        preferences=Preferences(_plain(state.preferences, preferences.COLUMNS)),
        gates=Gates(_plain(_gates(state), ballots.GATE_COLUMNS)),
        budget=budget_of(state),
        conditions=Conditions.from_table(_plain(state.conditions, conditions.COLUMNS)),
        bands=Bands.from_table(_plain(state.bands, bands.COLUMNS)) if state.bands.rows else Bands.empty(),
        notes=tuple(note_from(note) for note in state.notes),
    )


def room_resolution(state: RoomState, session: Session) -> Resolution | None:
    """Return what the forum decided; None where it neither decided nor locked anything."""
    if not state.decisions and not state.steps:
        return None
    rows: list[Record] = [
        {
            "proposal": label,
            "decided_rank": held.rank,
            "decision": held.decision,
            "reason": held.reason,
        }
        for label, held in state.decisions.items()
    ]
    frame = frame_of(Table().numbered(rows), resolution.COLUMNS)
    steps = (Step(Action(step["action"]), step["reason"], step["at"]) for step in state.steps)
    return Resolution.from_table(frame, session.proposals, steps)


def _plain(table: Table, columns: Any) -> pd.DataFrame:  # noqa: ANN401 - a sequence of columns
    return frame_of(table, columns).reset_index(drop=True)


def _gates(state: RoomState) -> Table:
    """Return the conditions, and one that is not met for every proposal that left the list."""
    table = state.gates
    for label, departure in state.departures.items():
        gate = " ".join([FATE_GATES[departure.fate], *departure.into])
        row = {"proposal": label, "gate": gate, "passed": False, "note": departure.reason}
        table = table.with_row(f"{label}\n{gate}", row)
    return table


def _lines(state: RoomState) -> Iterator[tuple[int, str, str, str, float | None]]:
    for number, held in sorted(state.rounds.items()):
        if held.is_open or held.way not in POINTED:
            continue
        for card, label, said in standing_lines(held):
            if held.way is Way.TALLY:
                yield from ((number, one, label, card, points) for one, points in _marks(said))
            else:
                yield from ((number, card, label, criterion, points) for criterion, points in said.items())


def _marks(counts: dict[float, int]) -> Iterator[tuple[str, float]]:
    """Yield a card without a person for every mark, the lowest points first."""
    points = [value for value, count in sorted(counts.items()) for _ in range(count)]
    return ((f"{TALLY_CARD}-{at:03d}", value) for at, value in enumerate(points, start=1))


def _people(state: RoomState, cards: pd.Series) -> pd.DataFrame:
    """Return the registered people, and the cards without a person that tallies and agreements need."""
    known = state.participants.rows
    lacking = sorted({str(card) for card in cards.unique()} - set(known))
    bare = [card for card in lacking if is_bare_card(card)]
    rows = {**known, **{card: {"participant": card, **_group(card)} for card in bare}}
    return frame_of(Table(rows, state.participants.extras), participants.COLUMNS)


def _group(card: str) -> Record:
    group = group_of_card(card)
    return {"group": group} if group else {}


def counts_of(held: Round) -> dict[str, str]:
    """Return what a counting round writes into the column of its criterion, by proposal."""
    if held.way is not Way.ORDERS:
        return {label: str(cast) for label, cast in votes(held).items()}
    if not held.orders:
        return {}
    complete = sheet_of(held).dropna(axis="columns")  # proposals that left the list are not in later orders
    return {str(label): f"{value:g}" for label, value in merge_group_orders(complete).sums.items()}


def _with_counts(state: RoomState) -> Table:
    """Return the proposals with the columns that closed counting rounds fill."""
    table = state.proposals
    columns = [row["column"] for row in state.criteria.rows.values() if row.get("column")]
    declared = {column.name for column in proposals.COLUMNS}
    rows = {label: dict(row) for label, row in table.rows.items()}
    for held in state.rounds.values():
        if held.is_open or held.way in POINTED:
            continue
        column = state.criteria.rows[held.criteria[0]]["column"]
        for label, count in counts_of(held).items():
            rows[label][column] = count
    wanted = tuple(name for name in columns if name not in declared and name not in table.extras)
    return Table(rows, (*table.extras, *dict.fromkeys(wanted)))
