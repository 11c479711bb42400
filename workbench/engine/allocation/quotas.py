"""Quotas as meetings practise them: so many proposals for each village or proposer, or one line each."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from workbench.engine.allocation.money import label_key
from workbench.engine.allocation.ranked import fund_by_rank
from workbench.engine.allocation.result import Allocation
from workbench.errors import InvalidValue, same_labels


@dataclass(frozen=True)
class QuotaAllocation:
    """A funded list by rank after a quota for each group.

    Attributes
    ----------
    listed : Allocation
        The walk by rank over the proposals that the quota lets through.
    over_quota : tuple of labels
        Proposals whose group had filled its quota with better ranks.
    tied_at_quota : tuple of labels
        Proposals that share the rank at which their group's quota ends: the forum decides who is listed.
    at_most : mapping of group to int
        The quota.
    """

    listed: Allocation
    over_quota: tuple[Hashable, ...]
    tied_at_quota: tuple[Hashable, ...]
    at_most: Mapping[Hashable, int]


def fund_by_rank_within_quotas(
    ranks: pd.Series,
    costs: pd.Series,
    ceiling: int,
    groups: pd.Series,
    at_most: Mapping[Hashable, int],
    at_line: str = "stop",
) -> QuotaAllocation:
    """Let each group list its best proposals up to a quota, then fund the listed ones by rank.

    Parameters
    ----------
    ranks, costs, ceiling, at_line
        As `fund_by_rank`.
    groups : Series of labels by proposal
        Village, proposer, field; no missing values.
    at_most : mapping of group to int
        Proposals that each group may list.

    Returns
    -------
    QuotaAllocation

    Raises
    ------
    LabelMismatch
        When proposals or groups do not match.
    InvalidValue
        ``group_missing``, ``quota_not_whole`` and what `fund_by_rank` refuses.

    Examples
    --------
    >>> ranks, costs = pd.Series({"a": 1, "b": 2, "c": 3}), pd.Series({"a": 5, "b": 5, "c": 5})
    >>> groups = pd.Series({"a": "x", "b": "x", "c": "y"})
    >>> made = fund_by_rank_within_quotas(ranks, costs, 10, groups, {"x": 1, "y": 1})
    >>> made.listed.funded, made.over_quota
    (('a', 'c'), ('b',))
    """
    group_of = _group_of(ranks, groups)
    same_labels("at_most", set(group_of.values()), at_most)
    _refuse_quotas(at_most)
    over, tied = _beyond(ranks, group_of, at_most)
    kept = [label not in over and label not in tied for label in ranks.index.tolist()]
    listed = ranks[kept]
    same_labels("costs", ranks.index, costs.index)
    return QuotaAllocation(
        listed=fund_by_rank(listed, costs[costs.index.isin(listed.index)], ceiling, at_line),
        over_quota=tuple(sorted(over, key=label_key)),
        tied_at_quota=tuple(sorted(tied, key=label_key)),
        at_most=MappingProxyType(dict(at_most)),
    )


def fund_by_rank_per_group(
    ranks: pd.Series,
    costs: pd.Series,
    ceilings: Mapping[Hashable, int],
    groups: pd.Series,
    at_line: str = "stop",
) -> Mapping[Hashable, Allocation]:
    """Fund by rank with a ceiling and a line for each group.

    Parameters
    ----------
    ranks, costs, at_line
        As `fund_by_rank`.
    ceilings : mapping of group to int
        Whole rupiah.
    groups : Series of labels by proposal
        No missing values.

    Returns
    -------
    mapping of group to Allocation

    Raises
    ------
    LabelMismatch, InvalidValue
        As `fund_by_rank_within_quotas`.

    Examples
    --------
    >>> ranks, costs = pd.Series({"a": 1, "b": 2}), pd.Series({"a": 5, "b": 5})
    >>> made = fund_by_rank_per_group(ranks, costs, {"x": 4, "y": 9}, pd.Series({"a": "x", "b": "y"}))
    >>> made["x"].funded, made["y"].funded
    ((), ('b',))
    """
    group_of = _group_of(ranks, groups)
    same_labels("ceilings", set(group_of.values()), ceilings)
    same_labels("costs", ranks.index, costs.index)
    found = {}
    for group in sorted(ceilings, key=label_key):
        inside = [label for label in ranks.index.tolist() if group_of[label] == group]
        found[group] = fund_by_rank(
            ranks[ranks.index.isin(inside)], costs[costs.index.isin(inside)], ceilings[group], at_line
        )
    return MappingProxyType(found)


def _group_of(ranks: pd.Series, groups: pd.Series) -> dict[Hashable, Hashable]:
    same_labels("groups", ranks.index, groups.index)
    if groups.isna().any():
        raise InvalidValue("group_missing", proposals=tuple(groups.index[groups.isna().to_numpy()].tolist()))
    return dict(zip(groups.index.tolist(), groups.tolist(), strict=True))


def _refuse_quotas(at_most: Mapping[Hashable, int]) -> None:
    for group, quota in at_most.items():
        if isinstance(quota, bool) or not isinstance(quota, int) or quota < 0:
            raise InvalidValue("quota_not_whole", group=group, value=quota)


def _beyond(
    ranks: pd.Series, group_of: Mapping[Hashable, Hashable], at_most: Mapping[Hashable, int]
) -> tuple[set[Hashable], set[Hashable]]:
    by_group: dict[Hashable, dict[int, list[Hashable]]] = {}
    for label, rank in zip(ranks.index.tolist(), ranks.tolist(), strict=True):
        by_group.setdefault(group_of[label], {}).setdefault(rank, []).append(label)
    over: set[Hashable] = set()
    tied: set[Hashable] = set()
    for group, by_rank in by_group.items():
        room = at_most[group]
        for rank in sorted(by_rank):
            members = by_rank[rank]
            if room <= 0:
                over.update(members)
            elif len(members) > room:
                tied.update(members)
                room = 0
            else:
                room -= len(members)
    return over, tied
