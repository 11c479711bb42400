"""What the next money buys: the ceiling raised step by step under the rule in force."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbench.budgeting.contest import Contest
from workbench.budgeting.readings import read_rule
from workbench.budgeting.walk import AT_LINE, groups_of, walk
from workbench.engine.allocation.points import whole_points
from workbench.errors import InvalidValue

STEP = 10_000_000
"""Rupiah: what a village head can still imagine as one item."""
STEPS = 50


@dataclass(frozen=True)
class Point:
    """One ceiling.

    Attributes
    ----------
    more : int
        Rupiah above the ceiling in force.
    total_score : float or None
        Sum of the scores of the funded proposals; None where one of them is withheld.
    funded : int
    left : int
        Whole rupiah.
    enters, leaves : tuple of str
        Against the point before, in the public order.
    """

    more: int
    total_score: float | None
    funded: int
    left: int
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


def curve_of_money(contest: Contest, rule: str, step: int = STEP, steps: int = STEPS) -> tuple[Point, ...]:
    """Return what each further step of money buys under a rule.

    Parameters
    ----------
    contest : Contest
        Its room is the first point.
    rule : str
        A name of `workbench.budgeting.readings.READINGS`; the walks down the ranks are quick, the others run
        again for every step.
    step : int
        Rupiah, at least 1.
    steps : int
        Further points.

    Raises
    ------
    InvalidValue
        ``step_missing`` when the step is not at least one rupiah.
    UnknownMethod
        When the rule is not a name of `READINGS`.
    """
    if step < 1:
        raise InvalidValue("step_missing", value=step, remedy="state a step of at least one rupiah")
    units = whole_points(contest.scores)
    worth = dict(zip(contest.scores.index, units.units.tolist(), strict=True))
    price = dict(zip(contest.costs.index, contest.costs.tolist(), strict=True))
    points: list[Point] = []
    before: tuple[str, ...] | None = None
    for number, funded in enumerate(_funded(contest, rule, step, steps)):
        earlier = set(funded if before is None else before)
        room = contest.room + number * step
        points.append(
            Point(
                more=number * step,
                total_score=contest.total_shown(funded, units.score(sum(worth[label] for label in funded))),
                funded=len(funded),
                left=room - sum(price[label] for label in funded),
                enters=tuple(label for label in funded if label not in earlier),
                leaves=tuple(label for label in before or () if label not in set(funded)),
            )
        )
        before = funded
    return tuple(points)


def _funded(contest: Contest, rule: str, step: int, steps: int) -> list[tuple[str, ...]]:
    rooms = [contest.room + number * step for number in range(steps + 1)]
    if rule not in AT_LINE:
        return [read_rule(rule, replace(contest, room=room)).funded for room in rooms]
    held, order, bound = contest.without_committed(), contest.ranks.index, frozenset(contest.committed)
    groups, taken = groups_of(held.ranks, held.costs), contest.room - held.room
    walks = [walk(groups, room - taken, AT_LINE[rule]).funded | bound for room in rooms]
    return [tuple(label for label in order if label in funded) for funded in walks]
