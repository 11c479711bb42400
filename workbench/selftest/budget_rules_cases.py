"""The allocation under every rule: at the line, within quotas, with conditions, over years; needs; why not.

Proposals are ``cost`` and ``value`` as for ``budget_knapsack``, with ``budget``. These kinds refuse a
key that they do not know: ``{"error": "unknown_input", "unknown": ..., "known": ...}``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from workbench.engine.allocation.best_plan import best_plan
from workbench.engine.allocation.needs_split import split_by_need
from workbench.engine.allocation.quotas import fund_by_rank_within_quotas
from workbench.engine.allocation.ranked import fund_by_rank
from workbench.engine.allocation.readings import Needs
from workbench.engine.allocation.why_not import why_not
from workbench.engine.allocation.years import plan_over_years
from workbench.engine.rankings import competition_ranks
from workbench.selftest.allocation_inputs import (
    BUDGET,
    COST,
    VALUE,
    ballots_of,
    by_label,
    costs_of,
    values_of,
)
from workbench.selftest.condition_inputs import conditions_of, exact, groups_of
from workbench.selftest.refusals import known_keys, or_refusal

Inputs = Mapping[str, Any]
Figures = dict[str, Any]
PROPOSALS = (*COST, *VALUE, *BUDGET, "items", "labels", "names", "proposals")


def budget_rank(inputs: Inputs) -> Figures:
    """Fund by rank until the line.

    Inputs: as `budget_knapsack`, or ``ranks`` in the place of values (1 is best, equal ranks are ties);
    optional ``at_line``: "stop" (default) or "skip"; ``groups`` (a mapping of proposal to village, or a list)
    with ``at_most`` (a mapping of group to a number, or one number for all).

    Returns ``funded``, ``selected`` (joined by commas), ``tied_at_line``, ``over_quota``, ``spent`` and
    ``left``.
    """
    return or_refusal(_rank, inputs)


def budget_conditions(inputs: Inputs) -> Figures:
    """Return the plan of the best total under conditions.

    Inputs: as `budget_knapsack`; ``groups``: columns by name, each a mapping of proposal to group or a list;
    ``conditions``: a list of objects, each with one of ``ceiling`` or ``floor`` (an amount), ``share`` or
    ``count_share`` ("min" and "max" as fractions such as "3/10"), ``count`` ("min" and "max"), ``requires``
    ([proposal, what it needs]), ``only_one`` (proposals); optional ``where`` (a mapping of column to group),
    ``of`` ("ceiling", the default of shares, or "spent") and ``name``. Optional ``committed`` (proposals).

    Returns ``value``, ``funded``, ``selected``, ``spent``, ``left``, ``proven``; conditions that clash give
    ``{"error": "conditions_clash", "clash": names, "relaxations": the smallest change of each}``.
    """
    return or_refusal(_conditions, inputs)


def budget_years(inputs: Inputs) -> Figures:
    """Return the plan over several years with the best discounted total.

    Inputs: ``cost``, ``value``; ``ceilings``: a list, or a mapping by year; optional ``discount`` (worth of
    a score one year later, such as "19/20"; default 1), ``leftovers``: "lapses" (default) or "carries_over";
    ``groups`` and ``conditions`` as for `budget_conditions`.

    Returns ``year_of`` (by funded proposal), ``funded``, ``spent`` (by year), ``proven``.
    """
    return or_refusal(_years, inputs)


def budget_why_not(inputs: Inputs) -> Figures:
    """Say what would have funded one proposal.

    Inputs: as `budget_knapsack`; ``proposal``; optional ``rule`` (default by_rank_stop; also by_rank_skip,
    by_value, best_total, best_with_conditions, equal_shares, phragmen), ``groups``, ``conditions``,
    ``approvals`` or ``points`` as for `budget_equal_shares`.

    Returns ``funded``; ``cost_less`` and ``ceiling_more`` in rupiah, ``score_more`` in points,
    ``support_more`` in people, None where no change of the kind does it; ``pushes_out``, by kind.
    """
    return or_refusal(_why_not, inputs)


def needs_split(inputs: Inputs) -> Figures:
    """Split a ceiling over districts by weighted needs, to the last rupiah.

    Inputs: ``needs``: by district, each a mapping of indicator to a number; ``weights`` (in any unit);
    ``budget``.

    Returns ``amounts`` by district, ``total``.
    """
    return or_refusal(_needs_split, inputs)


def _joined(labels: Any) -> str:  # noqa: ANN401 - labels of a case
    return ",".join(map(str, labels))


def _rank(inputs: Inputs) -> Figures:
    known_keys(inputs, (*PROPOSALS, "ranks", "at_line", "groups", "at_most"))
    costs, budget = costs_of(inputs)
    ranks = (
        by_label(inputs["ranks"], list(costs.index)).loc[costs.index].astype("int64")
        if "ranks" in inputs
        else competition_ranks(values_of(inputs, costs.index)).astype("int64")
    )
    at_line = inputs.get("at_line", "stop")
    over: tuple[Hashable, ...] = ()
    if "groups" not in inputs:
        made = fund_by_rank(ranks, costs, budget, at_line)
    else:
        groups = by_label(inputs["groups"], list(costs.index)).loc[costs.index]
        most = inputs["at_most"]
        quota: dict[Hashable, int] = dict.fromkeys(groups.unique(), 0)
        quota |= dict(most) if isinstance(most, Mapping) else dict.fromkeys(quota, int(most))
        found = fund_by_rank_within_quotas(ranks, costs, budget, groups, quota, at_line)
        made, over = found.listed, (*found.over_quota, *found.tied_at_quota)
    tied = [label for label, status in made.status.items() if status.value == "tied_at_line"]
    return {
        "funded": list(made.funded),
        "selected": _joined(label for label in costs.index if label in made.funded),
        "tied_at_line": tied,
        "over_quota": list(over),
        "spent": made.spent,
        "left": made.left,
    }


def _conditions(inputs: Inputs) -> Figures:
    known_keys(inputs, (*PROPOSALS, "groups", "conditions", "committed"))
    costs, budget = costs_of(inputs)
    values = values_of(inputs, costs.index)
    groups, conditions = groups_of(inputs, costs.index), conditions_of(inputs)
    plan = best_plan(values, costs, budget, groups, conditions, inputs.get("committed", ()))
    chosen = [label for label in costs.index if label in plan.funded]
    return {
        "value": sum(values[label] for label in chosen),
        "funded": chosen,
        "selected": _joined(chosen),
        "spent": plan.spent,
        "left": plan.left,
        "proven": plan.proven,
    }


def _years(inputs: Inputs) -> Figures:
    known_keys(inputs, (*PROPOSALS, "ceilings", "discount", "leftovers", "groups", "conditions"))
    costs, _ = costs_of(inputs)
    ceilings = by_label(inputs["ceilings"], None)
    plan = plan_over_years(
        values_of(inputs, costs.index),
        costs,
        ceilings,
        exact(inputs.get("discount", 1)),
        inputs.get("leftovers", "lapses"),
        groups_of(inputs, costs.index),
        conditions_of(inputs),
    )
    year_of: dict[Any, Any] = plan.year_of.dropna().to_dict()
    spent = {
        str(year): sum(int(costs[label]) for label, of in year_of.items() if of == year)
        for year in ceilings.index
    }
    return {
        "year_of": {str(label): year for label, year in year_of.items()},
        "funded": [label for label in costs.index if label in year_of],
        "spent": spent,
        "proven": plan.proven,
    }


def _why_not(inputs: Inputs) -> Figures:
    ballots = ("approvals", "ballots", "points", "utilities")
    known_keys(inputs, (*PROPOSALS, "proposal", "rule", "groups", "conditions", *ballots))
    costs, budget = costs_of(inputs)
    cards = ballots_of(inputs, costs.index)[0] if any(name in inputs for name in ballots) else None
    needs = Needs(
        values_of(inputs, costs.index),
        costs,
        budget,
        groups=groups_of(inputs, costs.index),
        conditions=conditions_of(inputs),
        ballots=cards,
    )
    found = why_not(needs, inputs.get("rule", "by_rank_stop"), inputs["proposal"])
    amounts: Figures = dict.fromkeys((kind.value for kind in found.impossible), None)
    amounts |= {change.kind.value: change.amount * change.unit for change in found.changes}
    pushes = {change.kind.value: list(change.pushes_out) for change in found.changes}
    return {"funded": found.funded, **amounts, "pushes_out": pushes}


def _needs_split(inputs: Inputs) -> Figures:
    known_keys(inputs, ("needs", "weights", *BUDGET))
    needs = pd.DataFrame(inputs["needs"]).T.astype("float64")
    budget = next(int(inputs[name]) for name in BUDGET if name in inputs)
    split = split_by_need(needs, by_label(inputs["weights"], list(needs.columns)), budget)
    amounts = {str(label): int(amount) for label, amount in split.amounts.items()}
    return {"amounts": amounts, "total": sum(amounts.values())}


KINDS: Mapping[str, Callable[[Inputs], Figures]] = MappingProxyType(
    {
        "budget_rank": budget_rank,
        "budget_conditions": budget_conditions,
        "budget_years": budget_years,
        "budget_why_not": budget_why_not,
        "needs_split": needs_split,
    }
)
"""Adapters by the kind of case."""
