"""The walk down the ranks without tables: the same decisions as `fund_by_rank`, for many walks in a row."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from workbench.engine.allocation.ranked import AT_LINE as DECISIONS
from workbench.engine.allocation.result import FundingStatus

AT_LINE: Mapping[str, str] = MappingProxyType({"rank_stop": "stop", "rank_skip": "skip"})
"""The rules that walk down the ranks, and what they do at the line."""

Group = Mapping[str, int]
"""Whole rupiah by proposal of those who share a rank."""


@dataclass(frozen=True)
class Walked:
    """One walk.

    Attributes
    ----------
    funded : frozenset of str
    left : tuple of int
        Rupiah left before each group.
    open : tuple of bool
        Whether the line was still open before each group.
    """

    funded: frozenset[str]
    left: tuple[int, ...]
    open: tuple[bool, ...]


def groups_of(ranks: pd.Series, costs: pd.Series) -> tuple[Group, ...]:
    """Return the rank groups in order, with the costs of their members.

    Parameters
    ----------
    ranks : Series of int by proposal
    costs : Series of int by proposal
        Whole rupiah, same index.

    Examples
    --------
    >>> groups_of(pd.Series({"a": 2, "b": 1, "c": 1}), pd.Series({"a": 5, "b": 6, "c": 7}))
    ({'b': 6, 'c': 7}, {'a': 5})
    """
    groups: dict[int, dict[str, int]] = {}
    for label, rank, cost in zip(ranks.index, ranks.tolist(), costs.tolist(), strict=True):
        groups.setdefault(rank, {})[label] = cost
    return tuple(dict(sorted(groups[rank].items())) for rank in sorted(groups))


def walk(groups: tuple[Group, ...], room: int, at_line: str) -> Walked:
    """Walk down rank groups as `workbench.engine.allocation.ranked.fund_by_rank` does.

    Parameters
    ----------
    groups : tuple of Group
        In rank order.
    room : int
        Whole rupiah.
    at_line : {"stop", "skip"}

    Examples
    --------
    >>> sorted(walk(({"road": 60}, {"school": 50}, {"well": 30}), 100, "skip").funded)
    ['road', 'well']
    """
    decide = DECISIONS[at_line]
    misfit_closes = decide({"": 1}, 0).closes
    funded: list[Hashable] = []
    lefts, opens = [], []
    left, line_open = room, True
    for group in groups:
        lefts.append(left)
        opens.append(line_open)
        asked: dict[Hashable, int] = {label: cost for label, cost in group.items() if cost}
        funded += [label for label in group if label not in asked]  # what costs nothing is always funded
        if not asked or not line_open:
            continue
        if sum(asked.values()) <= left:
            taken = [*asked]
        elif len(asked) == 1:
            taken, line_open = [], not misfit_closes
        else:
            decision = decide(asked, left)
            taken = [label for label in asked if decision.status[label] is FundingStatus.FUNDED]
            line_open = not decision.closes
        funded += taken
        left -= sum(asked[label] for label in taken)
    return Walked(frozenset(map(str, funded)), tuple(lefts), tuple(opens))
