"""What the ballots of a Pabulib file give to each project, in whole units of the finest point that occurs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from workbench.domain.election import VoteType
from workbench.domain.suggestions import suggested
from workbench.errors import Problem
from workbench.store.pabulib_sections import Rows

FINEST = 6
"""Decimals of a point; a ballot written with more is refused."""
MOST_POINTS = 10**9
"""Points beyond this are slips of the keyboard."""

Points = npt.NDArray[np.int64]


class Card(NamedTuple):
    """One ballot as it is written.

    Attributes
    ----------
    line : int
        Of the file.
    order : tuple of str
        The projects it names.
    points : tuple of Decimal or None
        What it gives each of them; None where that cannot be read.
    """

    line: int
    order: tuple[str, ...]
    points: tuple[Decimal, ...] | None


def cards_of(rows: Rows, vote_type: VoteType, longest: int) -> list[Card]:
    """Return the ballots of the section VOTES.

    Parameters
    ----------
    rows : list of (line, cells)
    vote_type : VoteType
    longest : int
        So many projects an order may hold (``max_length``); a longer one in the file counts instead, since
        the first place of every order is worth the same.
    """
    orders = [listed(row.get("vote", "")) for _, row in rows]
    most = max([longest, *(len(order) for order in orders)])
    give = GIVEN[vote_type]
    return [
        Card(line, order, give(order, row.get("points", ""), most))
        for (line, row), order in zip(rows, orders, strict=True)
    ]


def listed(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that holds a list, without empty ones.

    Examples
    --------
    >>> listed("4, 7,,12")
    ('4', '7', '12')
    """
    return tuple(part.strip() for part in cell.split(",") if part.strip())


def _approved(order: tuple[str, ...], cell: str, most: int) -> tuple[Decimal, ...]:  # noqa: ARG001
    return (Decimal(1),) * len(order)


def _placed(order: tuple[str, ...], cell: str, most: int) -> tuple[Decimal, ...]:  # noqa: ARG001
    return tuple(Decimal(most - at) for at in range(len(order)))


def _shared(order: tuple[str, ...], cell: str, most: int) -> tuple[Decimal, ...] | None:
    values = _scored(order, cell, most)
    return None if values is None or any(value < 0 for value in values) else values


def _scored(order: tuple[str, ...], cell: str, most: int) -> tuple[Decimal, ...] | None:  # noqa: ARG001
    values = tuple(number(part) for part in listed(cell))
    known = tuple(value for value in values if value is not None)
    return known if len(known) == len(values) == len(order) else None


GIVEN: Mapping[VoteType, Callable[[tuple[str, ...], str, int], tuple[Decimal, ...] | None]] = (
    MappingProxyType(
        {
            VoteType.APPROVAL: _approved,
            VoteType.ORDINAL: _placed,
            VoteType.CUMULATIVE: _shared,
            VoteType.SCORING: _scored,
        }
    )
)
"""How a ballot becomes points, by the type of vote; only points of ``scoring`` may lie below zero."""


def number(text: str) -> Decimal | None:
    """Return a number of points as written; None for what is none.

    Examples
    --------
    >>> number("2.50"), number("dua"), number("1e99")
    (Decimal('2.5'), None, None)
    """
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) > MOST_POINTS or places(value) > FINEST:
        return None
    return value.normalize()


def places(value: Decimal) -> int:
    """Return how many decimals a number has.

    Examples
    --------
    >>> places(Decimal("2.50")), places(Decimal("1200"))
    (1, 0)
    """
    exponent = value.normalize().as_tuple().exponent
    return -min(exponent, 0) if isinstance(exponent, int) else 0


def faults_of(cards: list[Card], known: Mapping[str, int], *, pointed: bool) -> Iterator[Problem]:
    """Name what keeps a ballot from being counted: unknown projects, one twice, points that are none."""
    for card in cards:
        for label in card.order:
            if label not in known:
                facts = suggested(label, dict.fromkeys(known, ""))
                yield Problem("pb_unknown_project", row=card.line, column="vote", value=label, facts=facts)
        for label in sorted({label for label in card.order if card.order.count(label) > 1}):
            yield Problem("pb_project_twice", row=card.line, column="vote", value=label)
        if card.points is None and pointed:
            yield Problem("pb_points", row=card.line, column="points", value=",".join(card.order))


def units_of(
    cards: list[Card], known: Mapping[str, int], default: Decimal, least: Decimal | None
) -> tuple[Points, int, int | None]:
    """Return what each ballot gives each project, the decimals of a unit, and the least total in units.

    Parameters
    ----------
    cards : list of Card
        Without faults; where there are some, the points mean nothing.
    known : mapping of project to place
    default : Decimal
        What a ballot gives a project that it does not name.
    least : Decimal or None
        Total that a project needs.
    """
    stated = [default, *([] if least is None else [least])]
    decimals = max(
        places(value)
        for value in (*stated, *{value for card in cards for value in card.points or ()}, Decimal(0))
    )
    unit = Decimal(10) ** decimals
    points = np.full((len(cards), len(known)), int(default * unit), dtype=np.int64)
    for at, card in enumerate(cards):
        for label, value in zip(card.order, card.points or (), strict=False):
            if label in known:
                points[at, known[label]] = int(value * unit)
    return points, decimals, None if least is None else int(least * unit)
