"""How long the entry of a round takes, before it opens, and what is quicker where it is too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.engine.rankings import choices_required
from workbench.room.entries import Entry
from workbench.room.round import CARDED, PLACES, Way
from workbench.room.state import RoomState

LIMIT_MINUTES = 15
"""Longer than a coffee break: a quicker way is offered."""
LINE_SECONDS = 3.5
"""A practised operator, one card and proposal, without its digits: see ``docs/riwayat.md``."""
DIGIT_SECONDS = 0.5
CELL_SECONDS = 12.0
"""A cell of a tally: five counts."""
VOTE_SECONDS = 2.0
"""A vote called out and pressed."""
ORDER_SECONDS = 3.0
"""A proposal in the order of a group."""
AGREEMENT_SECONDS = 30.0
"""A proposal that the forum agrees on directly, once it has been talked through."""
SHORTLIST = 8
ENOUGH_LINES = 20
"""Lines from which on the room's own pace is believed more than an assumption."""
PAUSE_SECONDS = 30
"""A longer gap between two lines is a pause, not work; a negative one is a clock that was set back."""


@dataclass(frozen=True)
class Estimate:
    """The entry of one round.

    Attributes
    ----------
    way : Way
    cards, proposals : int
        What is keyed in; a group that fills one card is one card.
    seconds : float
    """

    way: Way
    cards: int
    proposals: int
    seconds: float

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded up."""
        return int(-(-self.seconds // 60))

    @property
    def too_long(self) -> bool:
        """Whether a quicker way should be offered."""
        return self.minutes > LIMIT_MINUTES


@dataclass(frozen=True)
class Pace:
    """How fast this room keyed cards in so far, by the times beside its own entries.

    Attributes
    ----------
    lines : int
        Lines that it was measured on.
    criteria : int
        Digits of each.
    seconds : float
        From one line to the next of the same operator, the numbers of the cards included.
    """

    lines: int
    criteria: int
    seconds: float

    def line_seconds(self, criteria: int) -> float:
        """Return the time of a line with so many digits."""
        return max(self.seconds + DIGIT_SECONDS * (criteria - self.criteria), DIGIT_SECONDS)


def room_pace(state: RoomState) -> Pace | None:
    """Return the pace of the latest round with enough lines; None before there is one.

    Only lines keyed from paper count: a simulated room and phones say nothing of an operator.
    """
    for held in sorted(state.rounds.values(), key=lambda held: -held.number):
        if held.way not in CARDED:
            continue
        gaps = _gaps([entry for entry in state.history if _keyed(entry, held.number)])
        if len(gaps) >= ENOUGH_LINES:
            return Pace(len(gaps), len(held.criteria), sum(gaps) / len(gaps))
    return None


def _keyed(entry: Entry, number: int) -> bool:
    return entry.kind == "ballot_keyed" and entry.channel == "paper" and entry.body["round"] == number


def _gaps(entries: Sequence[Entry]) -> list[int]:
    """Return the seconds between lines of the same operator on the same day, without pauses."""
    last: dict[str, str] = {}
    gaps = []
    for entry in entries:
        before = last.get(entry.operator, "")
        last[entry.operator] = entry.at
        if before[:10] == entry.at[:10] and len(before) >= len("2026-01-01T00:00:00"):
            gap = _second(entry.at) - _second(before)
            if 0 <= gap <= PAUSE_SECONDS:
                gaps.append(gap)
    return gaps


def _second(at: str) -> int:
    """Return the second of the day of a time.

    Examples
    --------
    >>> _second("2026-02-18T08:30:05+07:00")
    30605
    """
    hours, minutes, seconds = at[11:19].split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


def entry_time(
    way: Way, cards: int, proposals: int, criteria: int, operators: int = 1, pace: Pace | None = None
) -> Estimate:
    """Estimate the entry of a round.

    Parameters
    ----------
    way : Way
    cards, proposals, criteria : int
        How many are keyed in.
    operators : int
        Two operators who share the cards take half the time; with double entry each keys everything.
    pace : Pace, optional
        What this room showed; without it a line takes what ``docs/riwayat.md`` assumes.

    Examples
    --------
    >>> entry_time(Way.CARDS, 50, 20, 1).minutes
    67
    >>> entry_time(Way.CARDS, 6, 20, 1).too_long
    False
    """
    line = LINE_SECONDS + DIGIT_SECONDS * criteria if pace is None else pace.line_seconds(criteria)
    seconds = {
        **dict.fromkeys(CARDED, cards * proposals * line),
        Way.TALLY: proposals * criteria * CELL_SECONDS,
        Way.CONSENSUS: proposals * AGREEMENT_SECONDS,
        Way.HANDS: proposals * CELL_SECONDS,
        Way.DOTS: proposals * CELL_SECONDS,
        Way.VOTES: cards * (choices_required(proposals) if proposals >= 3 else proposals) * VOTE_SECONDS,
        Way.PREFERENCES: cards * min(PLACES, proposals) * VOTE_SECONDS,
        Way.ORDERS: cards * proposals * ORDER_SECONDS,
    }[way]
    shared = operators if way in CARDED else 1
    return Estimate(way, cards, proposals, seconds / max(shared, 1))


def quicker(
    cards: int, proposals: int, criteria: int, groups: int, operators: int = 1, pace: Pace | None = None
) -> tuple[Estimate, ...]:
    """Return the ways that take less time than a card for everyone, the quickest first.

    One card a group (where there are groups), a tally, votes as in the MAD, preferences, and a shortlist.

    Examples
    --------
    >>> [offer.way.value for offer in quicker(50, 20, 1, groups=6)]
    ['tally', 'preferences', 'groups', 'votes', 'cards']
    """
    whole = entry_time(Way.CARDS, cards, proposals, criteria, operators, pace)
    offers = [
        *([entry_time(Way.GROUPS, groups, proposals, criteria, operators, pace)] if groups else []),
        entry_time(Way.TALLY, cards, proposals, criteria),
        entry_time(Way.VOTES, cards, proposals, criteria),
        entry_time(Way.PREFERENCES, cards, proposals, criteria),
        entry_time(Way.CARDS, cards, min(SHORTLIST, proposals), criteria, operators, pace),
    ]
    return tuple(
        sorted((offer for offer in offers if offer.seconds < whole.seconds), key=lambda o: o.seconds)
    )
