"""Exact answers to "why not" for rules that walk down a list: the next ceiling at which anything changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from workbench.engine.allocation.greedy import fund_by_value
from workbench.engine.allocation.ranked import fund_by_rank
from workbench.engine.allocation.readings import Needs, ranks_of
from workbench.engine.allocation.result import Allocation, FundingStatus
from workbench.engine.allocation.why_best import Found


def ceiling_for_rank(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:  # noqa: ARG001
    """Return the smallest rise of the ceiling that funds a proposal by rank with skipping.

    Parameters
    ----------
    needs : Needs
        The session.
    proposal : label
        A proposal that is not funded.
    works : callable
        Not needed: every step is a run.

    Returns
    -------
    Found
        Rupiah.

    Examples
    --------
    >>> import pandas as pd
    >>> needs = Needs(pd.Series({"a": 3, "b": 2, "c": 1}), pd.Series({"a": 6, "b": 5, "c": 4}), 7)
    >>> ceiling_for_rank(needs, "c", lambda amount: True).amount
    3
    """
    ranks = ranks_of(needs)
    return _next_ceilings(needs, proposal, lambda ceiling: fund_by_rank(ranks, needs.costs, ceiling, "skip"))


def ceiling_for_value(needs: Needs, proposal: Hashable, works: Callable[[int], bool]) -> Found:  # noqa: ARG001
    """Return the smallest rise of the ceiling that funds a proposal by score for each rupiah.

    Parameters and result as `ceiling_for_rank`.

    Examples
    --------
    >>> import pandas as pd
    >>> needs = Needs(pd.Series({"a": 9, "b": 5, "c": 1}), pd.Series({"a": 6, "b": 5, "c": 4}), 7)
    >>> ceiling_for_value(needs, "c", lambda amount: True).amount
    3
    """
    return _next_ceilings(
        needs, proposal, lambda ceiling: fund_by_value(needs.scores, needs.costs, ceiling, needs.tie_key)
    )


def _next_ceilings(needs: Needs, proposal: Hashable, walk: Callable[[int], Allocation]) -> Found:
    """Raise the ceiling to the next point at which a decision up to the proposal's turn changes.

    Raising it may fund something earlier that takes the money, so the walk is made again each time.
    """
    ceiling = needs.ceiling
    while True:
        made = walk(ceiling)
        if made.status.to_dict()[proposal] is FundingStatus.FUNDED:
            return Found(ceiling - needs.ceiling, smallest=True)
        turn = next(place for place, step in enumerate(made.steps) if proposal in step.proposals)
        considered = {label for step in made.steps[: turn + 1] for label in step.proposals}
        lacking = made.shortfall.dropna()
        ceiling += int(lacking[[label in considered for label in lacking.index]].min())
