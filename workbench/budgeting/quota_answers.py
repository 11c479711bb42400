"""Why a proposal is not funded under a quota: the walk within quotas made again for every change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from workbench.budgeting.answers import Remedy, WhyNot
from workbench.budgeting.contest import Contest
from workbench.budgeting.readings import read_rule
from workbench.engine.allocation.changes import ChangeKind

QUOTAS = ("quota_stop", "quota_skip")
"""Rules by rank in which each village or proposer has a quota."""
TURNS = 2
"""Ranks are spread so far apart that a proposal fits between two of them."""


def why_not_by_quota(contest: Contest, rule: str, proposal: str) -> WhyNot:
    """Return what would have funded a proposal under a rule of `QUOTAS`.

    Parameters
    ----------
    contest : Contest
    rule : str
    proposal : str
        A competing proposal.
    """
    before = read_rule(rule, contest).funded
    if proposal in before:
        return WhyNot(proposal, rule, funded=True)
    tried = {
        ChangeKind.COST_LESS: _cheaper(contest, rule, proposal, before),
        ChangeKind.SCORE_MORE: _better(contest, rule, proposal, before),
        ChangeKind.CEILING_MORE: _richer(contest, rule, proposal, before),
    }
    return WhyNot(
        proposal,
        rule,
        funded=False,
        remedies=tuple(found for found in tried.values() if found is not None),
        impossible=tuple(kind for kind, found in tried.items() if found is None),
    )


def _cheaper(contest: Contest, rule: str, proposal: str, before: tuple[str, ...]) -> Remedy | None:
    cost = int(contest.costs[proposal])

    def costing(less: int) -> Contest:
        return replace(contest, costs=contest.costs.where(contest.costs.index != proposal, cost - less))

    amount = _first(lambda less: proposal in read_rule(rule, costing(less)).funded, cost - 1)
    if amount is None:
        return None
    after = read_rule(rule, costing(amount)).funded
    return Remedy(ChangeKind.COST_LESS, amount, smallest=True, pushes_out=_gone(before, after))


def _richer(contest: Contest, rule: str, proposal: str, before: tuple[str, ...]) -> Remedy | None:
    def richer(more: int) -> Contest:
        return replace(contest, room=contest.room + more)

    enough = max(int(contest.costs.sum()) - contest.room, 0)
    amount = _first(lambda more: proposal in read_rule(rule, richer(more)).funded, enough)
    if amount is None:
        return None
    after = read_rule(rule, richer(amount)).funded
    # Where the walk goes on, money may fund something earlier that takes the proposal away again.
    smallest = rule == "quota_stop"
    return Remedy(ChangeKind.CEILING_MORE, amount, smallest=smallest, pushes_out=_gone(before, after))


def _better(contest: Contest, rule: str, proposal: str, before: tuple[str, ...]) -> Remedy | None:
    """Find the lowest place that funds it: just above another proposal, from its own place upwards."""
    place = int(contest.ranks[proposal])
    above = [rank for rank in sorted(set(contest.ranks.tolist()), reverse=True) if rank <= place]
    for rank in above:
        ranks = contest.ranks * TURNS
        moved = replace(contest, ranks=ranks.where(ranks.index != proposal, rank * TURNS - 1))
        after = read_rule(rule, moved).funded
        rivals = [label for label in contest.ranks.index[contest.ranks == rank] if label != proposal]
        if proposal in after and rivals:
            passed = max(rivals, key=lambda label: (float(contest.scores[label]), label))
            level = float(contest.scores[passed])
            if level >= contest.highest:  # nothing stands above the scale
                return None
            told = contest.total_shown((proposal, passed), level)
            return Remedy(ChangeKind.SCORE_MORE, level=told, above=passed, pushes_out=_gone(before, after))
    return None


def _first(works: Callable[[int], bool], limit: int) -> int | None:
    """Return an amount that works while one less does not; None where the limit does not."""
    if limit < 1 or not works(limit):
        return None
    low, high = 0, limit
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle, high)
    return high


def _gone(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(label for label in before if label not in set(after))
