"""How long the entry of a round takes, before it opens, and what is quicker where it is too long."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.engine.rankings import choices_required
from workbench.room.state import Way

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


def entry_time(way: Way, cards: int, proposals: int, criteria: int, operators: int = 1) -> Estimate:
    """Estimate the entry of a round.

    Parameters
    ----------
    way : Way
    cards, proposals, criteria : int
        How many are keyed in.
    operators : int
        Two operators who share the cards take half the time; with double entry each keys everything.

    Examples
    --------
    >>> entry_time(Way.CARDS, 50, 20, 1).minutes
    67
    >>> entry_time(Way.CARDS, 6, 20, 1).too_long
    False
    """
    line = LINE_SECONDS + DIGIT_SECONDS * criteria
    seconds = {
        Way.CARDS: cards * proposals * line,
        Way.TALLY: proposals * criteria * CELL_SECONDS,
        Way.CONSENSUS: proposals * AGREEMENT_SECONDS,
        Way.HANDS: proposals * CELL_SECONDS,
        Way.DOTS: proposals * CELL_SECONDS,
        Way.VOTES: cards * (choices_required(proposals) if proposals >= 3 else proposals) * VOTE_SECONDS,
        Way.ORDERS: cards * proposals * ORDER_SECONDS,
    }[way]
    shared = operators if way is Way.CARDS else 1
    return Estimate(way, cards, proposals, seconds / max(shared, 1))


def quicker(
    cards: int, proposals: int, criteria: int, groups: int, operators: int = 1
) -> tuple[Estimate, ...]:
    """Return the ways that take less time than a card for everyone, the quickest first.

    One card a group (where there are groups), a tally, votes as in the MAD, and a shortlist of proposals.

    Examples
    --------
    >>> [offer.way.value for offer in quicker(50, 20, 1, groups=6)]
    ['tally', 'cards', 'votes', 'cards']
    """
    whole = entry_time(Way.CARDS, cards, proposals, criteria, operators)
    offers = [
        *([entry_time(Way.CARDS, groups, proposals, criteria, operators)] if groups else []),
        entry_time(Way.TALLY, cards, proposals, criteria),
        entry_time(Way.VOTES, cards, proposals, criteria),
        entry_time(Way.CARDS, cards, min(SHORTLIST, proposals), criteria, operators),
    ]
    return tuple(
        sorted((offer for offer in offers if offer.seconds < whole.seconds), key=lambda o: o.seconds)
    )
