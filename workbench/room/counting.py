"""What a round says: the line that stands, what two operators keyed differently, how many are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.domain import participants
from workbench.room.round import ALOUD, COUNTED, Line, Round, Way

AGREED_CARD = participants.AGREED_CARD
"""The card under which points stand that the forum agreed on directly."""
SINGLE = ""
"""The operator of a round without double entry."""


@dataclass(frozen=True)
class Difference:
    """A line that two operators keyed differently, and that nobody has settled yet.

    Attributes
    ----------
    card, proposal : str
    said : mapping of operator to what was keyed
    """

    card: str
    proposal: str
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Progress:
    """How far the entry is; nothing in it says what anybody gave.

    Attributes
    ----------
    cards : int
        Cards (groups, cells) with everything keyed in.
    begun : int
        Cards with a part of it.
    expected : int or None
        Cards handed out, where that was said.
    lines : int
        Lines keyed in, of `lines_expected`.
    lines_expected : int or None
    differences, unconfirmed : int
        Lines that two operators keyed differently, and that only one has keyed so far (double entry).
    """

    cards: int
    begun: int
    expected: int | None
    lines: int
    lines_expected: int | None
    differences: int
    unconfirmed: int


def standing_line(held: Round, card: str, proposal: str) -> Any | None:  # noqa: ANN401 - points or a count
    """Return what counts for a line; None where nothing was keyed, or operators differ."""
    correction = held.corrections.get((card, proposal))
    if correction is not None:
        return correction.said
    lines = held.lines.get(card, {}).get(proposal, {})
    said = [line.said for line in lines.values()]
    return said[0] if said and all(other == said[0] for other in said[1:]) else None


def standing_lines(held: Round) -> Iterator[tuple[str, str, Any]]:
    """Yield card, proposal and what counts, without voided cards, in the order of the cards' labels."""
    places = {*((card, label) for card, of in held.lines.items() for label in of), *held.corrections}
    order = {label: at for at, label in enumerate(held.proposals)}
    for card, label in sorted(places, key=lambda place: (place[0], order.get(place[1], len(order)))):
        said = None if card in held.voided else standing_line(held, card, label)
        if said is not None:
            yield card, label, said


def differences(held: Round) -> tuple[Difference, ...]:
    """Return what two operators keyed differently and nobody has settled, by card and proposal."""
    return tuple(
        Difference(card, label, {operator: line.said for operator, line in lines.items()})
        for card, label, lines in _unsettled(held)
        if len(lines) > 1 and standing_line(held, card, label) is None
    )


def unconfirmed(held: Round) -> tuple[tuple[str, str], ...]:
    """Return card and proposal of the lines that only one operator has keyed in a round of double entry."""
    if not held.double_entry:
        return ()
    return tuple((card, label) for card, label, lines in _unsettled(held) if len(lines) == 1)


def _unsettled(held: Round) -> Iterator[tuple[str, str, Mapping[str, Line]]]:
    for card, of_card in sorted(held.lines.items()):
        if card in held.voided:
            continue
        for label, lines in of_card.items():
            if (card, label) not in held.corrections:
                yield card, label, lines


def votes(held: Round) -> dict[str, int]:
    """Return the count of each proposal in a way that counts; a proposal without any entry is left out.

    Of slips that are read aloud the whole sheet is known: what none of them names has no votes, which is 0.
    """
    if held.way in ALOUD:
        grown = {label: held.added.get(label, 0) for label in held.proposals} if held.added else {}
        return {**grown, **{label: said.said for (_, label), said in held.corrections.items()}}
    return {label: said for _, label, said in standing_lines(held)}


def progress(held: Round) -> Progress:
    """Count what is in.

    Examples
    --------
    >>> progress(Round(1, Way.CARDS, ("U-1",), ("K1",), cards=30)).expected
    30
    """
    if held.way is Way.ORDERS:
        return Progress(len(held.orders), len(held.orders), held.cards, len(held.orders), held.cards, 0, 0)
    if held.way is Way.PREFERENCES:
        return Progress(held.slips, 0, held.cards, held.slips, held.cards, 0, 0)
    if held.way is Way.VOTES:
        cast = sum(votes(held).values())
        expected = held.cards * held.each if held.cards is not None and held.each else None
        return Progress(0, 0, held.cards, cast, expected, 0, 0)
    wanted = len(held.proposals)
    counts = [
        sum(1 for label in of if label in held.proposals)
        for card, of in held.lines.items()
        if card not in held.voided
    ]
    expected = _cards_expected(held)
    return Progress(
        cards=sum(1 for count in counts if count >= wanted),
        begun=sum(1 for count in counts if 0 < count < wanted),
        expected=expected,
        lines=sum(counts),
        lines_expected=None if expected is None else expected * wanted,
        differences=len(differences(held)),
        unconfirmed=len(unconfirmed(held)),
    )


def _cards_expected(held: Round) -> int | None:
    if held.way is Way.TALLY:
        return len(held.criteria)
    return 1 if held.way is Way.CONSENSUS or held.way in COUNTED else held.cards


@dataclass(frozen=True)
class Keyed:
    """How many of the things that a way counts are in.

    Attributes
    ----------
    unit : str
        ``cards``, ``lines`` (of a tally), ``proposals``, ``slips`` or ``groups``.
    count : int
    expected : int or None
        None where nobody said how many there are.
    """

    unit: str
    count: int
    expected: int | None


def keyed_in(held: Round) -> Keyed:
    """Count what is in, in the things that the room sees being keyed; nothing in it says what anybody gave.

    Examples
    --------
    >>> keyed_in(Round(1, Way.TALLY, ("U-1", "U-2"), ("K1",), cards=30))
    Keyed(unit='lines', count=0, expected=2)
    """
    counted = progress(held)
    if held.way is Way.CARDS:
        return Keyed("cards", counted.cards + counted.begun, counted.expected)
    if held.way is Way.GROUPS:
        return Keyed("groups", counted.cards + counted.begun, counted.expected)
    if held.way is Way.ORDERS:
        return Keyed("groups", counted.cards, counted.expected)
    if held.way is Way.PREFERENCES:
        return Keyed("slips", held.slips, held.cards)
    if held.way is Way.VOTES:
        return Keyed("slips", counted.lines // (held.each or 1), held.cards)
    return Keyed("lines" if held.way is Way.TALLY else "proposals", counted.lines, counted.lines_expected)
