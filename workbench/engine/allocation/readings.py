"""The same needs and the same ceiling under every rule: what a rule costs, and what survives them all."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.engine.allocation.best_plan import best_plan
from workbench.engine.allocation.completions import equal_shares
from workbench.engine.allocation.conditions import Condition
from workbench.engine.allocation.greedy import fund_by_value
from workbench.engine.allocation.money import label_key, priced
from workbench.engine.allocation.phragmen import fund_by_phragmen
from workbench.engine.allocation.points import whole_points
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.allocation.ranked import fund_by_rank
from workbench.errors import InvalidValue, UnknownMethod


@dataclass(frozen=True)
class Needs:
    """Everything that a rule may look at.

    Attributes
    ----------
    scores : Series of float by proposal
        More is better.
    costs : Series of int by proposal
        Whole rupiah, all priced.
    ceiling : int
        Whole rupiah.
    ballots : DataFrame of numbers, participants by proposals, or None
        For the rules that share money.
    groups : DataFrame by proposal, or None
        Columns such as village, field, proposer.
    conditions : tuple of Condition
        For the exact plan with conditions.
    committed : tuple of labels
        For the rules that know committed proposals.
    tie_key : Series of int by proposal, or None
        The public lot, the same for all rules.
    utility, completion : str
        Of Equal Shares.
    step : int or None
        Of the ``add_one`` completion.
    until, start : str
        Of Equal Shares, as `workbench.engine.allocation.completions.equal_shares`.
    settings : SolverSettings
        Of the exact plans.
    """

    scores: pd.Series
    costs: pd.Series
    ceiling: int
    ballots: pd.DataFrame | None = None
    groups: pd.DataFrame | None = None
    conditions: tuple[Condition, ...] = ()
    committed: tuple[Hashable, ...] = ()
    tie_key: pd.Series | None = None
    utility: str = "cost"
    completion: str = "add_opt"
    step: int | None = None
    until: str = "last_feasible"
    start: str = "fraction"
    settings: SolverSettings = field(default_factory=SolverSettings)

    def with_ballots(self) -> pd.DataFrame:
        """Return the ballots, or raise ``no_ballots``."""
        if self.ballots is None:
            raise InvalidValue("no_ballots", remedy="this rule shares money among participants")
        return self.ballots


Funded = tuple[Hashable, ...]


def ranks_of(needs: Needs) -> pd.Series:
    """Return ranks by score; equal scores share a rank unless the public lot separates them.

    Examples
    --------
    >>> ranks_of(Needs(pd.Series({"a": 1.0, "b": 2.0}), pd.Series({"a": 1, "b": 1}), 1)).to_dict()
    {'a': 2, 'b': 1}
    """
    units = pd.Series(whole_points(needs.scores).units, index=needs.scores.index)
    if needs.tie_key is None:
        return units.rank(method="min", ascending=False).astype(int)
    lot = needs.tie_key.reindex(units.index).to_numpy()
    order = np.lexsort((lot, -units.to_numpy()))
    return pd.Series(np.argsort(order) + 1, index=units.index)


def by_rank_stop(needs: Needs) -> Funded:
    """Fund by rank and close the line at the first that does not fit."""
    return fund_by_rank(ranks_of(needs), needs.costs, needs.ceiling, "stop").funded


def by_rank_skip(needs: Needs) -> Funded:
    """Fund by rank and pass over what does not fit."""
    return fund_by_rank(ranks_of(needs), needs.costs, needs.ceiling, "skip").funded


def by_value(needs: Needs) -> Funded:
    """Fund by score for each rupiah and pass over what does not fit."""
    return fund_by_value(needs.scores, needs.costs, needs.ceiling, needs.tie_key).funded


def best_total(needs: Needs) -> Funded:
    """Fund the plan with the best total score."""
    return best_plan(
        needs.scores, needs.costs, needs.ceiling, tie_key=needs.tie_key, settings=needs.settings
    ).funded


def best_with_conditions(needs: Needs) -> Funded:
    """Fund the plan with the best total score that keeps every condition."""
    return best_plan(
        needs.scores,
        needs.costs,
        needs.ceiling,
        needs.groups,
        needs.conditions,
        needs.committed,
        needs.tie_key,
        needs.settings,
    ).funded


def shares(needs: Needs) -> Funded:
    """Fund by the Method of Equal Shares with the completion that was chosen."""
    return equal_shares(
        needs.with_ballots(),
        needs.costs,
        needs.ceiling,
        needs.utility,
        needs.completion,
        needs.step,
        needs.until,
        needs.start,
        committed=needs.committed,
        tie_key=needs.tie_key,
    ).funded


def phragmen(needs: Needs) -> Funded:
    """Fund by sequential Phragmen."""
    return fund_by_phragmen(
        needs.with_ballots(), needs.costs, needs.ceiling, needs.committed, needs.tie_key
    ).funded


READINGS: Mapping[str, Callable[[Needs], Funded]] = MappingProxyType(
    {
        "by_rank_stop": by_rank_stop,
        "by_rank_skip": by_rank_skip,
        "by_value": by_value,
        "best_total": best_total,
        "best_with_conditions": best_with_conditions,
        "equal_shares": shares,
        "phragmen": phragmen,
    }
)
"""Rules of the allocation, by name, as a function from needs to the funded proposals."""


def funded_under(rule: str, needs: Needs) -> Funded:
    """Return what a rule funds.

    Raises
    ------
    UnknownMethod
        When the rule is not a name of `READINGS`.

    Examples
    --------
    >>> needs = Needs(pd.Series({"a": 3.0, "b": 2.0}), pd.Series({"a": 5, "b": 5}), 5)
    >>> funded_under("best_total", needs)
    ('a',)
    """
    if rule not in READINGS:
        raise UnknownMethod(method=rule, known=tuple(READINGS))
    return READINGS[rule](needs)


@dataclass(frozen=True)
class PriceOfRules:
    """The same session under several rules, side by side.

    Attributes
    ----------
    table : DataFrame by rule
        ``total_score``, ``share_of_best`` (of the largest total here), ``funded``, ``spent``, ``left``,
        ``participants_without_any`` (NA without ballots).
    money_shares : DataFrame, (column, group) by rule
        Share of the spent money of every group of the groups table.
    without_any : mapping of rule to mapping of column to tuple of groups
        Groups that have proposals but none funded.
    funded : mapping of rule to tuple of labels
        What each rule funds.
    readings : Series of int by proposal
        Under how many of the rules a proposal is funded.
    surviving : tuple of labels
        Funded under every rule.
    contested : tuple of labels
        Funded under some rules but not all.
    """

    table: pd.DataFrame
    money_shares: pd.DataFrame
    without_any: Mapping[str, Mapping[str, tuple[Hashable, ...]]]
    funded: Mapping[str, Funded]
    readings: pd.Series
    surviving: Funded
    contested: Funded


def price_of_rules(needs: Needs, rules: Sequence[str]) -> PriceOfRules:
    """Run several rules on the same needs and set their results side by side.

    Parameters
    ----------
    needs : Needs
        The session.
    rules : sequence of str
        Names of `READINGS`.

    Returns
    -------
    PriceOfRules

    Raises
    ------
    UnknownMethod
        When a rule is not a name of `READINGS`.

    Examples
    --------
    >>> needs = Needs(pd.Series({"a": 3.0, "b": 2.0, "c": 2.0}), pd.Series({"a": 5, "b": 4, "c": 1}), 5)
    >>> price_of_rules(needs, ["by_rank_stop", "best_total"]).table["total_score"].tolist()
    [3.0, 4.0]
    """
    funded = {rule: funded_under(rule, needs) for rule in rules}
    columns = pd.DataFrame(index=needs.scores.index) if needs.groups is None else needs.groups
    labels = sorted(needs.scores.index.tolist(), key=label_key)
    count = {label: sum(label in held for held in funded.values()) for label in labels}
    table = pd.DataFrame([total_of(needs, held) for held in funded.values()], index=list(funded))
    table.insert(1, "share_of_best", table["total_score"] / table["total_score"].max())
    return PriceOfRules(
        table=table,
        money_shares=pd.DataFrame({rule: _shares(needs, columns, held) for rule, held in funded.items()}),
        without_any=MappingProxyType({rule: _without_any(columns, held) for rule, held in funded.items()}),
        funded=MappingProxyType(funded),
        readings=pd.Series(count, name="readings"),
        surviving=tuple(label for label in labels if count[label] == len(funded)),
        contested=tuple(label for label in labels if 0 < count[label] < len(funded)),
    )


def total_of(needs: Needs, funded: Funded) -> dict[str, object]:
    """Return the total score, the count and the money of a funded list.

    Examples
    --------
    >>> total_of(Needs(pd.Series({"a": 3.0}), pd.Series({"a": 5}), 7), ("a",))["left"]
    2
    """
    points = whole_points(needs.scores)
    spent = sum(priced(needs.costs)[label] for label in funded)
    chosen = needs.scores.index.isin(funded)
    nobody: object = pd.NA
    if needs.ballots is not None:
        nobody = int((~(needs.ballots[list(funded)] > 0).any(axis=1)).sum())
    return {
        "total_score": points.score(points.total(chosen)),
        "funded": len(funded),
        "spent": spent,
        "left": needs.ceiling - spent,
        "participants_without_any": nobody,
    }


def _shares(needs: Needs, columns: pd.DataFrame, funded: Funded) -> dict[tuple[str, Hashable], float]:
    price = priced(needs.costs)
    spent = sum(price[label] for label in funded)
    found: dict[tuple[str, Hashable], float] = {}
    for column in columns:
        group_of = columns[column].to_dict()
        for group in sorted(columns[column].dropna().unique().tolist(), key=label_key):
            money = sum(price[label] for label in funded if group_of[label] == group)
            found[str(column), group] = float(Fraction(money, spent)) if spent else 0.0
    return found


def _without_any(columns: pd.DataFrame, funded: Funded) -> Mapping[str, tuple[Hashable, ...]]:
    found = {}
    for column in columns:
        served = set(columns[column][columns.index.isin(funded)].tolist())
        groups = sorted(columns[column].dropna().unique().tolist(), key=label_key)
        found[str(column)] = tuple(group for group in groups if group not in served)
    return MappingProxyType(found)
