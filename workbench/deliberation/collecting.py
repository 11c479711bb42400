"""How the points of a session were collected: round by round people's cards, groups' cards, tallies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from workbench.domain.criteria import FORUM_COUNT
from workbench.domain.participants import AGREED_CARD, group_of_card, is_bare_card
from workbench.domain.session import Session


class Source(StrEnum):
    """Whose points a round holds."""

    PEOPLE = "people"
    GROUPS = "groups"
    TALLY = "tally"
    AGREED = "agreed"
    COUNT = "count"
    """Votes, dots or places counted for each proposal; which, the name of the criterion says."""


@dataclass(frozen=True)
class Collected:
    """One source of one round.

    Attributes
    ----------
    round : int
        0 for a count, which belongs to the list and to no round of points.
    source : Source
    cards : int
        Cards with at least one answer; of a tally the most marks of any cell, of a count 0.
    name : str
        Of the criterion that was counted, else empty.
    """

    round: int
    source: Source
    cards: int
    name: str = ""


def collected(session: Session) -> tuple[Collected, ...]:
    """Return how the points that stand in a session were collected, in the order of the rounds."""
    lines = session.ballots.frame
    given = lines[lines["points"].notna()]
    rounds = [
        one for number, held in given.groupby("round", sort=True) for one in _of_round(int(str(number)), held)
    ]
    frame = session.criteria.frame
    counted = frame.loc[(frame["column"] == FORUM_COUNT).to_numpy(), "name"]
    return (*rounds, *(Collected(0, Source.COUNT, 0, str(name)) for name in counted))


def _of_round(number: int, held: pd.DataFrame) -> Iterator[Collected]:
    sources = pd.Series({card: _source(str(card)) for card in held["participant"].unique()})
    for source in Source:
        cards = int((sources == source).sum())
        if cards:
            yield Collected(number, source, cards)


def _source(card: str) -> Source:
    if group_of_card(card):
        return Source.GROUPS
    if card == AGREED_CARD:
        return Source.AGREED
    return Source.TALLY if is_bare_card(card) else Source.PEOPLE
