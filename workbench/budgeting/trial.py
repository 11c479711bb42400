"""What a condition costs, tried live: the exact plan with it beside the plan without."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction

from workbench.budgeting.contest import Contest
from workbench.engine.allocation.best_plan import Plan, best_plan
from workbench.engine.allocation.conditions import Condition, Count, CountShare

YES = "true"


@dataclass(frozen=True)
class Tried:
    """What is tried beside the conditions that the forum laid down.

    Attributes
    ----------
    per_village : int
        Proposals that each village has funded at least, or all it has where they are fewer; 0 asks nothing.
    women_percent : int
        Women's proposals among the funded ones, at least; 0 asks nothing.
    ceiling_percent : int
        By how much the room is larger or smaller.
    """

    per_village: int = 0
    women_percent: int = 0
    ceiling_percent: int = 0

    @property
    def nothing(self) -> bool:
        """Whether nothing is tried."""
        return self == Tried()


@dataclass(frozen=True)
class Priced:
    """The plan with what is tried.

    Attributes
    ----------
    room : int
        Whole rupiah.
    funded : tuple of str
        In rank order.
    enters, leaves : tuple of str
        Against the plan without, in rank order.
    total_score, lost : float or None
        The total, and what it lacks to the plan without; below zero where it gains. None where a score in
        them is withheld.
    spent, left : int
    proven : bool
    gap : float
    """

    room: int
    funded: tuple[str, ...]
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    total_score: float | None
    lost: float | None
    spent: int
    left: int
    proven: bool
    gap: float


def plan_with(contest: Contest, tried: Tried, women: str) -> Plan:
    """Return the exact plan with what is tried beside the conditions of the contest.

    Parameters
    ----------
    contest : Contest
    tried : Tried
    women : str
        What the condition about women's proposals is called where it clashes.

    Raises
    ------
    NoFeasiblePlan
        ``conditions_clash`` where it cannot be kept.
    """
    return best_plan(
        contest.scores,
        contest.costs,
        contest.room + contest.room * tried.ceiling_percent // 100,
        contest.groups,
        (*contest.conditions, *_conditions(contest, tried, women)),
        tuple(contest.committed),
        contest.order,
        contest.settings,
    )


def priced(contest: Contest, without: Plan, found: Plan) -> Priced:
    """Set a plan beside the one without what is tried.

    Parameters
    ----------
    contest : Contest
        Of both.
    without, found : Plan
    """
    before, after = set(without.funded), set(found.funded)
    lost = float((without.points - found.points) * found.score_unit)
    return Priced(
        room=found.ceiling,
        funded=_in_order(contest, after),
        enters=_in_order(contest, after - before),
        leaves=_in_order(contest, before - after),
        total_score=contest.total_shown(map(str, after), found.total_score),
        lost=contest.total_shown(map(str, before | after), lost),
        spent=found.spent,
        left=found.left,
        proven=found.proven,
        gap=found.gap,
    )


def has_women(contest: Contest) -> bool:
    """Tell whether any competing proposal is a women's proposal."""
    return bool((contest.groups["womens_proposal"] == YES).any())


def _conditions(contest: Contest, tried: Tried, women: str) -> list[Condition]:
    found: list[Condition] = []
    if tried.per_village:
        counts = contest.groups["village"].astype("str").value_counts().sort_index()
        found += [
            Count(contest.called.get(village, village), {"village": village}, min(tried.per_village, number))
            for village, number in zip(counts.index.tolist(), counts.tolist(), strict=True)
            if village and number
        ]
    if tried.women_percent:
        found.append(CountShare(women, {"womens_proposal": YES}, Fraction(tried.women_percent, 100)))
    used = {condition.name for condition in contest.conditions}
    return [condition for condition in found if condition.name not in used]


def _in_order(contest: Contest, labels: set[Hashable]) -> tuple[str, ...]:
    return tuple(label for label in contest.ranks.index if label in labels)
