"""One round: how it collects, what was keyed in, what was put right; frozen like the state around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Points = Mapping[str, float | None]
"""Points by criterion; None was left blank, which is not zero."""


class Way(StrEnum):
    """How a round collects what people think."""

    CARDS = "cards"
    """Points on cards, one line a card and proposal; a card is a person's."""
    GROUPS = "groups"
    """Points on one card a discussion group, which its members fill in together."""
    TALLY = "tally"
    """How many gave 1, 2, ... 5, for each proposal and criterion."""
    CONSENSUS = "consensus"
    """The forum agrees on the points of a proposal directly."""
    HANDS = "hands"
    """Hands raised for each proposal."""
    DOTS = "dots"
    """Dots stuck to each proposal."""
    VOTES = "votes"
    """Votes that grow on the wall, one proposal after another (MAD 3-5-7)."""
    PREFERENCES = "preferences"
    """Slips with up to three choices in order: 3, 2 and 1 points."""
    ORDERS = "orders"
    """Every discussion group puts all proposals in order; the sums of places merge them."""


CARDED = (Way.CARDS, Way.GROUPS)
"""Ways that key cards in, line by line."""
POINTED = (*CARDED, Way.TALLY, Way.CONSENSUS)
"""Ways that give points on judged criteria; the others fill the column of one counted criterion."""
COUNTED = (Way.HANDS, Way.DOTS, Way.VOTES, Way.PREFERENCES)
ALOUD = (Way.VOTES, Way.PREFERENCES)
"""Ways whose slips are read aloud and add up one by one."""
PLACES = 3
"""Choices of a preference slip; the first earns as many points."""


@dataclass(frozen=True)
class Line:
    """What one delivery said about a cell of a round.

    Attributes
    ----------
    said : mapping or int
        Points by criterion, counts by points, or a plain count.
    version : int
        The highest version of a delivery counts, in whatever order they arrive.
    request, operator, channel : str
        Where it came from.
    """

    said: Any
    version: int = 1
    request: str = ""
    operator: str = ""
    channel: str = ""


Lines = Mapping[str, Mapping[str, Mapping[str, Line]]]
"""By card (or criterion, for tallies), proposal and operator; without double entry the operator is ``""``."""


@dataclass(frozen=True)
class Correction:
    """A line put right with a reason; it stands above whatever was keyed in.

    Attributes
    ----------
    said : as `Line.said`
    reason : str
    request : str
    """

    said: Any
    reason: str
    request: str


@dataclass(frozen=True)
class Round:
    """One round.

    Attributes
    ----------
    number : int
    way : Way
    proposals, criteria : tuple of str
        What is asked; a way that counts has one criterion, which reads the column that it fills.
    is_open : bool
        Open rounds take entries and show nothing but how many.
    double_entry : bool
        Two operators key everything in; what differs must be settled before the round closes.
    cards : int or None
        How many cards were handed out, where that was said.
    each : int or None
        Dots or votes each card has.
    lines : mapping
        By card, proposal and operator: see `Lines`. Tallies stand under their criterion, counts under ``""``.
    corrections : mapping of (card, proposal) to Correction
    orders : mapping of group to tuple of tuples
        Proposals best first; those in one inner tuple share the place.
    added : mapping of proposal to int
        Votes, or points of slips, that grew one by one.
    slips : int
        Preference slips that are in.
    voided : mapping of card to reason
    closings : int
        How often it has been closed: above zero the room has seen it.
    """

    number: int
    way: Way
    proposals: tuple[str, ...]
    criteria: tuple[str, ...]
    is_open: bool = True
    double_entry: bool = False
    cards: int | None = None
    each: int | None = None
    lines: Lines = field(default_factory=dict)
    corrections: Mapping[tuple[str, str], Correction] = field(default_factory=dict)
    orders: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    added: Mapping[str, int] = field(default_factory=dict)
    slips: int = 0
    voided: Mapping[str, str] = field(default_factory=dict)
    closings: int = 0
