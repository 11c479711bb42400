"""What every rule of the ceiling funds on the same contest, by name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbench.budgeting.contest import Contest
from workbench.budgeting.walk import AT_LINE, groups_of, walk
from workbench.errors import UnknownMethod
from workbench.prioritisation.funding import FUNDING, SHARES_MONEY, fund

__all__ = ["READINGS", "SHARES_MONEY", "Reading", "read_rule", "rules_compared"]


@dataclass(frozen=True)
class Reading:
    """What one rule funds.

    Attributes
    ----------
    rule : str
        A name of `READINGS`.
    funded : tuple of str
        In the public order.
    proven : bool
        For the exact plan: whether no better one exists. True for rules that only follow their steps.
    gap : float
        The share of the total that a better plan could still add, at most.
    """

    rule: str
    funded: tuple[str, ...]
    proven: bool = True
    gap: float = 0.0


READINGS = tuple(FUNDING)
"""Rules of the ceiling, by name."""


def rules_compared(contest: Contest) -> tuple[str, ...]:
    """Return the rules that say something of their own about a contest.

    The exact plan with conditions is compared where conditions are laid down, quotas where one is stated.
    """
    left_out = {"quota_stop", "quota_skip"} if not contest.rules.quota else set()
    left_out |= {"best_with_conditions"} if not contest.conditions else set()
    return tuple(rule for rule in READINGS if rule not in left_out or rule == contest.rules.budget_rule)


def read_rule(rule: str, contest: Contest) -> Reading:
    """Return what a rule funds.

    Raises
    ------
    UnknownMethod
        When the rule is not a name of `READINGS`.
    InvalidInput, NoFeasiblePlan
        As `workbench.prioritisation.funding.fund`, and where the rules do not state what the rule needs.
    """
    if rule not in READINGS:
        raise UnknownMethod(method=rule, known=READINGS)
    if rule in AT_LINE:
        return Reading(rule, _walked(contest, rule))
    funding = fund(replace(contest, rules=replace(contest.rules, budget_rule=rule)))
    proof = funding.proof
    return Reading(
        rule,
        funding.funded(contest.ranks.index),
        proven=proof is None or proof.proven,
        gap=0.0 if proof is None else contest.gap_shown(proof.gap),
    )


def _walked(contest: Contest, rule: str) -> tuple[str, ...]:
    """Walk down the ranks without tables: the same decisions, many times in a row."""
    held = contest.without_committed()
    taken = walk(groups_of(held.ranks, held.costs), held.room, AT_LINE[rule]).funded
    return tuple(label for label in contest.ranks.index if label in taken or label in contest.committed)
