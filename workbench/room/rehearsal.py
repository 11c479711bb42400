"""A simulated room: late, quiet, dominant and contradictory people, slips of the operator, a second round.

Facilitators practise on it and tests use it: equal states and seeds give equal deliveries, each with a
request id of its own, so that a rehearsal that was cut off goes on by delivering everything again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import Any

import numpy as np

from workbench.room.entries import Entry
from workbench.room.rounds import judged_criteria, scorable
from workbench.room.state import RoomState

DISPUTED = 5
"""Proposals of the second round."""
OPERATORS = ("operator 1", "operator 2")


class Manner(StrEnum):
    """How a simulated person takes part."""

    STEADY = "steady"
    QUIET = "quiet"
    """Leaves many cells blank."""
    DOMINANT = "dominant"
    """The highest points for the own hamlet or village, the lowest for all others."""
    CONTRADICTORY = "contradictory"
    """Says in the second round the opposite of the first."""
    LATE = "late"
    """Comes when the first round is under way; the card is keyed in last."""


MANNERS = (
    *(Manner.STEADY,) * 6,
    *(Manner.QUIET,) * 2,
    Manner.DOMINANT,
    Manner.CONTRADICTORY,
    Manner.LATE,
)
"""One of eleven is drawn for each person."""


@dataclass(frozen=True)
class Words:
    """What a rehearsal writes in the place of people's words, in the language of the screen.

    Attributes
    ----------
    mark : str
        Printed on everything that comes of it.
    slip, torn, condition, late, price, ceiling, mufakat, reopened : str
        Reasons, in the order of the meeting.
    activity : str
        The late proposal.
    """

    mark: str
    slip: str
    torn: str
    condition: str
    late: str
    price: str
    ceiling: str
    mufakat: str
    reopened: str
    activity: str


@dataclass
class _Room:
    """What the simulation knows while it draws; lives only inside `rehearsal`."""

    state: RoomState
    words: Words
    seed: int
    random: np.random.Generator
    manners: Mapping[str, Manner]
    taste: Mapping[str, float]
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    given: dict[tuple[str, str], dict[str, float | None]] = field(default_factory=dict)

    def entry(
        self, kind: str, body: Mapping[str, Any], operator: int = 0, channel: str = "rehearsal"
    ) -> Entry:
        request = f"latihan-{self.seed}-{next(self.numbers):05d}"
        return Entry(kind, body, request, operator=OPERATORS[operator], channel=channel)

    def chance(self, share: float) -> bool:
        return bool(self.random.random() < share)


def rehearsal(state: RoomState, seed: int, words: Words) -> tuple[Entry, ...]:
    """Return all deliveries of a simulated meeting, in their order; some are delivered twice.

    Parameters
    ----------
    state : RoomState
        As it was opened, before any round.
    seed : int
        Printed with the rehearsal.
    words : Words
    """
    random = np.random.default_rng(seed)
    people = [
        card for card, row in sorted(state.participants.rows.items()) if row.get("voting_right") is not False
    ]
    drawn = random.choice(len(MANNERS), size=len(people))
    manners = {card: MANNERS[at] for card, at in zip(people, drawn, strict=True)}
    taste = dict(
        zip(state.proposals.rows, random.uniform(0.15, 0.95, len(state.proposals.rows)), strict=True)
    )
    room = _Room(state, words, seed, random, manners, taste)
    return tuple(_delivered(room, [*_before(room), *_first(room), *_second(room), *_after(room)]))


def _delivered(room: _Room, entries: Sequence[Entry]) -> Iterator[Entry]:
    """Deliver some things twice: a second click, a receipt that got lost."""
    for entry in entries:
        yield entry
        if room.chance(0.05):
            yield entry


def _before(room: _Room) -> Iterator[Entry]:
    rows = [room.state.participants.rows[card] for card in room.manners]
    constituencies = sorted({row.get("constituency", "") for row in rows} - {""})
    hamlets = sorted({row.get("hamlet", "") for row in rows} - {""})
    yield room.entry("step_entered", {"step": "preparation"})
    yield room.entry("facts_set", {"facts": {"data_mark": room.words.mark}})
    invited = int(len(rows) * 1.25) + 1
    body = {"invited": invited, "constituencies": constituencies, "hamlets": hamlets}
    yield room.entry("invitations_set", body)
    here = [card for card, manner in room.manners.items() if manner is not Manner.LATE]
    yield room.entry("attendance_marked", {"participants": here, "present": True})
    yield room.entry("step_entered", {"step": "conditions"})
    yield from _changed_list(room)


def _changed_list(room: _Room) -> Iterator[Entry]:
    """One proposal fails a condition, one is renegotiated, one comes late."""
    asked = list(scorable(room.state))
    if len(asked) < 4:
        return
    failing, dear, twin = room.random.choice(asked, size=3, replace=False)
    note = {
        "proposal": str(failing),
        "gate": room.words.condition,
        "passed": False,
        "note": room.words.condition,
    }
    yield room.entry("gate_examined", note)
    room.taste = {label: share for label, share in room.taste.items() if label != failing}
    cost = room.state.proposals.rows[str(dear)].get("cost")
    if cost:
        changes = {
            "proposal": str(dear),
            "changes": {"cost": int(cost) * 9 // 10},
            "reason": room.words.price,
        }
        yield room.entry("proposal_changed", changes)
    model = {
        name: value
        for name, value in room.state.proposals.rows[str(twin)].items()
        if name in ("region", "village", "district", "hamlet", "stage", "pool", "field", "year")
    }
    late = model | {"proposal": f"{twin}-S", "activity": room.words.activity, "cost": 15_000_000}
    yield room.entry("proposal_added", {"proposal": late, "reason": room.words.late})
    room.taste = {**room.taste, late["proposal"]: 0.4}


def _first(room: _Room) -> Iterator[Entry]:
    asked = [label for label in room.taste if label in scorable(room.state) or label.endswith("-S")]
    yield room.entry("step_entered", {"step": "first_round"})
    yield room.entry(
        "round_opened", {"round": 1, "way": "cards", "proposals": asked, "cards": len(room.manners)}
    )
    on_time = [card for card, manner in room.manners.items() if manner is not Manner.LATE]
    late = [card for card, manner in room.manners.items() if manner is Manner.LATE]
    order = [str(card) for card in room.random.permutation(on_time)]
    for at, card in enumerate([*order, *late]):
        if card in late:
            yield room.entry("attendance_marked", {"participants": [card], "present": True})
        yield from _card(room, 1, card, asked, at % 2)
    if order:
        torn = order[0]
        yield room.entry("card_voided", {"round": 1, "participant": torn, "reason": room.words.torn})
    yield room.entry("round_closed", {"round": 1})
    yield room.entry("step_entered", {"step": "spread"})


def _card(room: _Room, number: int, card: str, asked: Sequence[str], operator: int) -> Iterator[Entry]:
    for label in asked:
        points = {
            criterion: _points(room, card, label, criterion) for criterion in judged_criteria(room.state)
        }
        body = {"round": number, "participant": card, "proposal": label, "points": points}
        slip = dict.fromkeys(points)
        if room.chance(0.01) and points != slip:  # the operator skips the line, sees it, and mends it
            yield room.entry("ballot_keyed", body | {"points": slip}, operator, "paper")
            said = {
                "round": number,
                "card": card,
                "proposal": label,
                "said": points,
                "reason": room.words.slip,
            }
            yield room.entry("line_corrected", said, operator)
        elif room.chance(0.01):
            wrong = room.entry("ballot_keyed", body, operator, "paper")
            yield wrong
            yield room.entry("undone", {"request": wrong.request}, operator)
            yield room.entry("ballot_keyed", body, operator, "paper")
        else:
            yield room.entry("ballot_keyed", body, operator, "paper")
        room.given[card, label] = points


def _points(room: _Room, card: str, label: str, criterion: str) -> float | None:
    """Return the points of one cell: the taste of the room, bent by the manner of the person."""
    row = room.state.criteria.rows[criterion]
    low, high = float(row["scale_min"]), float(row["scale_max"])
    manner = room.manners[card]
    if manner is Manner.QUIET and room.chance(0.35):
        return None
    share = float(np.clip(room.taste[label] + room.random.normal(0.0, 0.18), 0.0, 1.0))
    if manner is Manner.DOMINANT:
        share = 1.0 if _own(room.state, card, label) else 0.0
    before = room.given.get((card, label), {}).get(criterion)
    if manner is Manner.CONTRADICTORY and before is not None:
        return low + high - before
    return float(round(low + share * (high - low)))


def _own(state: RoomState, card: str, label: str) -> bool:
    person, listed = state.participants.rows[card], state.proposals.rows.get(label, {})
    return any(person.get(name) and person.get(name) == listed.get(name) for name in ("hamlet", "region"))


def _second(room: _Room) -> Iterator[Entry]:
    """Score again what the room is most divided about."""
    said: dict[str, list[float]] = {}
    for (_, label), points in sorted(room.given.items()):
        said.setdefault(label, []).extend(value for value in points.values() if value is not None)
    spread = {label: float(np.std(values)) for label, values in said.items() if len(values) > 1}
    disputed = sorted(spread, key=lambda label: (-spread[label], label))[:DISPUTED]
    if not disputed:
        return
    yield room.entry("step_entered", {"step": "second_round"})
    body = {"round": 2, "way": "cards", "proposals": disputed, "cards": len(room.manners)}
    yield room.entry("round_opened", body)
    for at, card in enumerate(room.manners):
        yield from _card(room, 2, card, disputed, at % 2)
    yield room.entry("round_closed", {"round": 2})


def _after(room: _Room) -> Iterator[Entry]:
    yield room.entry("step_entered", {"step": "result"})
    lines = [dict(row) for row in room.state.budget.rows.values()]
    if lines:
        less = [line | {"amount": int(line["amount"]) * 19 // 20} for line in lines]
        yield room.entry("budget_set", {"lines": less, "reason": room.words.ceiling})
    yield room.entry("step_entered", {"step": "decision"})
    chosen = sorted(room.taste)[0]
    decided = {"proposal": chosen, "decision": "funded", "reason": room.words.mufakat}
    yield room.entry("decision_made", decided)
    yield room.entry("session_locked", {})
    yield room.entry("session_reopened", {"reason": room.words.reopened})
    yield room.entry("session_locked", {})
    yield room.entry("step_entered", {"step": "minutes"})
