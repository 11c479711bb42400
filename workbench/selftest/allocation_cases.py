"""The allocation: best total, greedy, Equal Shares.

Costs and the budget are whole rupiah, as numbers or text. An input that the engine refuses gives
``{"error": code, ...}`` with the facts.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from workbench.engine.allocation.best_plan import best_plan
from workbench.engine.allocation.completions import equal_shares
from workbench.engine.allocation.greedy import fund_by_value
from workbench.engine.allocation.phragmen import fund_by_phragmen
from workbench.selftest.allocation_inputs import ballots_of, costs_of, values_of
from workbench.selftest.refusals import or_refusal

Inputs = Mapping[str, Any]
Figures = dict[str, Any]


def budget_knapsack(inputs: Inputs) -> Figures:
    """Return the plan of the best total.

    Parameters
    ----------
    inputs : mapping
        ``cost`` and ``value``: lists in the same order, or mappings by label, or ``items`` with both;
        ``budget`` (or ``capacity``); optional ``labels``.

    Returns
    -------
    dict
        ``value`` and ``optimal`` (best total), ``cost`` and ``spent``, ``left``, ``chosen`` (1 or 0 in the
        order of the proposals), ``selected`` (labels joined by commas), ``funded`` (list of labels),
        ``proven``.

    Examples
    --------
    >>> budget_knapsack({"cost": [10, 20, 30], "value": [60, 100, 120], "budget": 50})["chosen"]
    [0, 1, 1]
    """
    return or_refusal(_knapsack, inputs)


def budget_greedy(inputs: Inputs) -> Figures:
    """Return the total by score for each rupiah, passing over what does not fit, beside the best total.

    Parameters
    ----------
    inputs : mapping
        As `budget_knapsack`.

    Returns
    -------
    dict
        ``greedy_by_ratio``, ``optimal``, ``greedy_chosen``, ``optimal_chosen``, ``greedy_cost``, ``left``,
        ``ratio`` (greedy over optimal), ``selected`` and ``funded`` of the greedy plan.

    Examples
    --------
    >>> budget_greedy({"cost": [10, 20, 30], "value": [60, 100, 120], "budget": 50})["greedy_by_ratio"]
    160
    """
    return or_refusal(_greedy, inputs)


def budget_equal_shares(inputs: Inputs) -> Figures:
    """Return the proposals that the Method of Equal Shares buys and what every participant pays.

    Parameters
    ----------
    inputs : mapping
        ``cost``: mapping by label, or list; ``budget``; ballots as ``approvals`` (a list of labels for each
        participant, a mapping by participant, or [count, labels]) or ``scores``, ``points``, ``utilities``
        (a mapping of label to points for each participant, or rows in the order of the proposals).
        Optional: ``utility`` or ``satisfaction`` (``cardinality``, the default for approvals; ``cost``;
        ``score``, the default for points), ``completion``, ``step``, ``until``, ``start``, ``committed``.

    Returns
    -------
    dict
        ``selected`` (labels joined by commas, in the order given), ``funded`` (in the order of purchase),
        ``payments`` (by participant), ``cost`` and ``spent``, ``left``, ``share``, ``rho`` (effective cost by
        label), ``phragmen`` (labels joined by commas under sequential Phragmen).

    Examples
    --------
    >>> approvals = [["p1"], ["p1", "p3"], ["p2", "p3"], ["p2", "p3"]]
    >>> case = {"cost": {"p1": 10, "p2": 16, "p3": 21}, "budget": 40, "approvals": approvals}
    >>> budget_equal_shares(case)["selected"]
    'p1,p2'
    """
    return or_refusal(_equal_shares, inputs)


def _total(values: pd.Series, funded: tuple[Hashable, ...]) -> Any:  # noqa: ANN401 - int stays int
    return sum(value for label, value in values.items() if label in funded)


def _flags(values: pd.Series, funded: tuple[Hashable, ...]) -> list[int]:
    return [int(label in funded) for label in values.index]


def _joined(labels: Iterable[Hashable]) -> str:
    return ",".join(str(label) for label in labels)


def _knapsack(inputs: Inputs) -> Figures:
    costs, budget = costs_of(inputs)
    values = values_of(inputs, costs.index)
    plan = best_plan(values, costs, budget)
    total = _total(values, plan.funded)
    in_order = [label for label in values.index if label in plan.funded]
    return {
        "value": total,
        "optimal": total,
        "cost": plan.spent,
        "spent": plan.spent,
        "left": plan.left,
        "chosen": _flags(values, plan.funded),
        "selected": _joined(in_order),
        "funded": in_order,
        "proven": plan.proven,
    }


def _greedy(inputs: Inputs) -> Figures:
    costs, budget = costs_of(inputs)
    values = values_of(inputs, costs.index)
    listed = pd.Series(np.arange(len(values)), index=values.index)
    walk = fund_by_value(values, costs, budget, listed)
    plan = best_plan(values, costs, budget, tie_key=listed)
    greedy, optimal = _total(values, walk.funded), _total(values, plan.funded)
    return {
        "greedy_by_ratio": greedy,
        "greedy": greedy,
        "optimal": optimal,
        "greedy_chosen": _flags(values, walk.funded),
        "optimal_chosen": _flags(values, plan.funded),
        "greedy_cost": walk.spent,
        "left": walk.left,
        "ratio": greedy / optimal if optimal else 1.0,
        "selected": _joined(label for label in values.index if label in walk.funded),
        "funded": list(walk.funded),
    }


def _equal_shares(inputs: Inputs) -> Figures:
    costs, budget = costs_of(inputs)
    ballots, is_approval = ballots_of(inputs, costs.index)
    utility = inputs.get("utility", inputs.get("satisfaction", "cardinality" if is_approval else "score"))
    made = equal_shares(
        ballots,
        costs,
        budget,
        utility,
        inputs.get("completion") or "none",
        inputs.get("step"),
        inputs.get("until", "last_feasible"),
        inputs.get("start", "fraction"),
        inputs.get("committed", ()),
    )
    walk = fund_by_phragmen(ballots, costs, budget, inputs.get("committed", ()))
    figures = {
        "selected": _joined(label for label in costs.index if label in made.funded),
        "funded": list(made.funded),
        "payments": made.paid.tolist(),
        "cost": made.spent,
        "spent": made.spent,
        "left": made.left,
        "share": float(made.share),
        "rho": {held.proposal: held.effective_cost for held in made.purchases},
        "phragmen": _joined(label for label in costs.index if label in walk.funded),
    }
    if isinstance(inputs.get("approvals"), Mapping):
        figures["payments"] = {str(person): paid for person, paid in made.paid.items()}
    return figures


KINDS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = MappingProxyType(
    {
        "budget_knapsack": budget_knapsack,
        "budget_greedy": budget_greedy,
        "budget_equal_shares": budget_equal_shares,
    }
)
"""Adapters by the kind of case."""
