"""What a rule costs, beside other rules on the same needs, and which proposals survive them all."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import pandas as pd

from workbench.engine.allocation.money import label_key, priced
from workbench.engine.allocation.points import whole_points
from workbench.engine.allocation.readings import Funded, Needs, funded_under


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
