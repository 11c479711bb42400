"""Whether a criterion can hold what a way counts: its scale, its direction, and what filled it before.

Above the end of its scale a count would tie with every other one there; so a round whose counts could
get there is not opened.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbench.domain.criteria import Direction
from workbench.errors import Problem
from workbench.room.acts import Body
from workbench.room.round import PLACES, Way
from workbench.room.state import RoomState


def largest_count(way: Way, cards: int, each: int | None, proposals: int) -> int:
    """Return the largest count that one proposal can get.

    Parameters
    ----------
    way : Way
    cards : int
        Cards, slips or groups.
    each : int or None
        Dots that a card has; a person may stick all of them to one proposal.
    proposals : int

    Examples
    --------
    >>> largest_count(Way.DOTS, 8, 5, 6), largest_count(Way.PREFERENCES, 8, None, 6)
    (40, 24)
    """
    if way is Way.ORDERS:
        return cards * proposals
    if way is Way.PREFERENCES:
        return cards * PLACES
    return cards * (each or 1) if way is Way.DOTS else cards


def counted_problems(state: RoomState, body: Body, criterion: str) -> Iterator[Problem]:
    """Name why the counts of a round would be ranked wrongly by its criterion."""
    row, way = state.criteria.rows[criterion], Way(body["way"])
    wanted = Direction.LOWER if way is Way.ORDERS else Direction.HIGHER
    if row.get("direction", Direction.HIGHER.value) != wanted.value:
        yield Problem("count_direction", column="criterion", value=criterion, facts={"way": way.value})
    others = {held.way for held in state.rounds.values() if criterion in held.criteria} - {way}
    for other in sorted(others):
        yield Problem("counted_otherwise", column="way", value=criterion, facts={"way": other.value})
    cards = body.get("cards")
    asked = len(body.get("proposals", state.listed))
    if cards is not None and way is not Way.ORDERS:
        most = largest_count(way, cards, body.get("each"), asked)
        if most > row.get("scale_max", most):
            facts = {"most": most, "scale_max": int(row["scale_max"])}
            yield Problem("count_above_scale", column="criterion", value=criterion, facts=facts)


def above_scale(state: RoomState, criterion: str, given: int) -> Iterator[Problem]:
    """Name a count beyond the scale of its criterion."""
    scale_max = state.criteria.rows[criterion].get("scale_max")
    if scale_max is not None and given > scale_max:
        facts = {"most": given, "scale_max": int(scale_max)}
        yield Problem("count_above_scale", column="votes", value=criterion, facts=facts)
