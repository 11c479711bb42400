"""Conditions of an exact plan: ceilings, shares, counts, dependencies and exclusions, each with a name.

A condition says *where* it holds by a mapping from a column of the groups table to a group, for example
``{"village": "Sukamaju", "agency": "Public works"}``; an empty mapping means all proposals. No percentage of
any regulation stands in code: shares come from the caller, with their legal basis.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

import numpy as np
import pandas as pd

from workbench.engine.allocation.proposal_table import Group, ProposalTable
from workbench.engine.allocation.rows import Integers, Row
from workbench.errors import InvalidValue, same_labels


class ShareOf(StrEnum):
    """What a share of money is a share of."""

    CEILING = "ceiling"
    SPENT = "spent"


class Condition(Protocol):
    """Anything that turns into rows of whole numbers."""

    @property
    def name(self) -> str:
        """Names the condition towards people."""

    def rows(self, table: ProposalTable) -> tuple[Row, ...]:
        """Return the condition as rows."""


@dataclass(frozen=True)
class GroupCeiling:
    """At most so much money for a group: per source, agency, field, village, or a cell of two of them."""

    name: str
    amount: int
    where: Group = field(default_factory=dict)
    legal_basis: str = ""

    def rows(self, table: ProposalTable) -> tuple[Row, ...]:
        """Return the condition as rows."""
        inside = table.members(self.name, self.where)
        return (Row(self.name, "group_ceiling", table.costs * inside, upper=int(self.amount)),)


@dataclass(frozen=True)
class GroupFloor:
    """At least so much money for a group."""

    name: str
    amount: int
    where: Group = field(default_factory=dict)
    legal_basis: str = ""

    def rows(self, table: ProposalTable) -> tuple[Row, ...]:
        """Return the condition as rows."""
        inside = table.members(self.name, self.where)
        return (Row(self.name, "group_floor", table.costs * inside, lower=int(self.amount)),)


@dataclass(frozen=True)
class MoneyShare:
    """A group gets at least, or at most, a share of the ceiling or of the money spent (an earmark).

    `bound` is the part of the ceiling, in rupiah, that is given elsewhere but counts in the share.
    """

    name: str
    where: Group
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    of: ShareOf = ShareOf.CEILING
    legal_basis: str = ""
    bound: int = 0

    def rows(self, table: ProposalTable) -> tuple[Row, ...]:
        """Return the condition as rows."""
        least, most = _shares(self.name, self.at_least, self.at_most)
        inside = table.costs * table.members(self.name, self.where)
        if self.of is ShareOf.CEILING:
            whole = table.ceiling + self.bound
            lower = None if least is None else -(-least.numerator * whole // least.denominator)
            upper = None if most is None else most.numerator * whole // most.denominator
            shares = least or Fraction(0), most or Fraction(0)
            return (Row(self.name, "money_share", inside, lower, upper, 1, *shares, whole),)
        return _relative(self.name, "money_share", inside, table.costs, least, most)


@dataclass(frozen=True)
class CountShare:
    """At least, or at most, a share of the funded proposals belongs to a group, such as a women's group."""

    name: str
    where: Group
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    legal_basis: str = ""

    def rows(self, table: ProposalTable) -> tuple[Row, ...]:
        """Return the condition as rows."""
        least, most = _shares(self.name, self.at_least, self.at_most)
        inside = table.members(self.name, self.where).astype(np.int64)
        return _relative(self.name, "count_share", inside, np.ones_like(inside), least, most)


@dataclass(frozen=True)
class Count:
    """At least, or at most, so many funded proposals in a group."""

    name: str
    where: Group
    at_least: int | None = None
    at_most: int | None = None
    legal_basis: str = ""

    def rows(self, table: ProposalTable) -> tuple[Row, ...]:
        """Return the condition as rows."""
        inside = table.members(self.name, self.where).astype(np.int64)
        return (Row(self.name, "count", inside, self.at_least, self.at_most),)


@dataclass(frozen=True)
class Requires:
    """A proposal only together with another one."""

    name: str
    proposal: Hashable
    needs: Hashable

    def rows(self, table: ProposalTable) -> tuple[Row, ...]:
        """Return the condition as rows."""
        coefficients = np.zeros(len(table.labels), dtype=np.int64)
        coefficients[table.place(self.name, self.proposal)] += 1
        coefficients[table.place(self.name, self.needs)] -= 1
        return (Row(self.name, "requires", coefficients, upper=0),)


@dataclass(frozen=True)
class AtMostOne:
    """At most one of several: exclusions, phases, or the same proposal at full and at partial cost."""

    name: str
    proposals: tuple[Hashable, ...]

    def rows(self, table: ProposalTable) -> tuple[Row, ...]:
        """Return the condition as rows."""
        coefficients = np.zeros(len(table.labels), dtype=np.int64)
        coefficients[[table.place(self.name, proposal) for proposal in self.proposals]] = 1
        return (Row(self.name, "at_most_one", coefficients, upper=1),)


def ceiling_matrix(amounts: pd.DataFrame, rows: str, columns: str) -> tuple[GroupCeiling, ...]:
    """Read a table of ceilings, such as district by agency, as one condition per filled cell.

    Parameters
    ----------
    amounts : DataFrame of Int64
        Rupiah; NA means that the cell sets no ceiling.
    rows, columns : str
        Which columns of the groups table the index and the columns of `amounts` speak about.

    Returns
    -------
    tuple of GroupCeiling

    Examples
    --------
    >>> table = pd.DataFrame({"works": [5]}, index=["north"])
    >>> ceiling_matrix(table, "district", "agency")[0].where
    {'district': 'north', 'agency': 'works'}
    """
    return tuple(
        GroupCeiling(f"{row} x {column}", int(amounts.loc[row, column]), {rows: row, columns: column})
        for row in amounts.index
        for column in amounts.columns
        if not pd.isna(amounts.loc[row, column])
    )


def rows_of(conditions: Sequence[Condition], table: ProposalTable) -> tuple[Row, ...]:
    """Turn conditions into rows, after refusing what no plan can mean.

    Parameters
    ----------
    conditions : sequence of Condition
        Names must be unique.
    table : ProposalTable

    Returns
    -------
    tuple of Row

    Raises
    ------
    LabelMismatch
        When the groups table is not about the same proposals.
    InvalidValue
        ``duplicate_condition``, ``unknown_group``, ``unknown_proposal``, ``share_out_of_range`` or
        ``cyclic_dependencies`` with the cycle.

    Examples
    --------
    >>> labels = pd.Index(["a", "b"])
    >>> table = ProposalTable(labels, np.array([3, 4]), pd.DataFrame(index=labels), 5)
    >>> rows_of([AtMostOne("one road", ("a", "b"))], table)[0].upper
    1
    """
    same_labels("groups", table.labels, table.groups.index)
    names = [condition.name for condition in conditions]
    repeated = (
        sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    )
    if repeated:
        raise InvalidValue("duplicate_condition", conditions=tuple(repeated))
    _refuse_cycles({(rule.proposal, rule.needs) for rule in conditions if isinstance(rule, Requires)})
    return tuple(row for condition in conditions for row in condition.rows(table))


def _shares(
    name: str, least: Fraction | None, most: Fraction | None
) -> tuple[Fraction | None, Fraction | None]:
    for share in (least, most):
        if share is not None and not (isinstance(share, Fraction | int) and 0 <= share <= 1):
            raise InvalidValue(
                "share_out_of_range", condition=name, value=share, remedy="an exact fraction between 0 and 1"
            )
    return (None if least is None else Fraction(least), None if most is None else Fraction(most))


def _relative(
    name: str, family: str, part: Integers, whole: Integers, least: Fraction | None, most: Fraction | None
) -> tuple[Row, ...]:
    bounds: list[tuple[Fraction, int]] = []
    if least is not None:
        bounds.append((least, -1))
    if most is not None:
        bounds.append((most, 1))
    return tuple(
        Row(
            name,
            family,
            sign * (share.denominator * part - share.numerator * whole),
            upper=0,
            scale=share.denominator,
        )
        for share, sign in bounds
    )


def _refuse_cycles(needs: set[tuple[Hashable, Hashable]]) -> None:
    onward: dict[Hashable, list[Hashable]] = {}
    for proposal, needed in sorted(needs, key=str):
        onward.setdefault(proposal, []).append(needed)
    done: set[Hashable] = set()
    for first, needed_first in onward.items():
        path, stack = [first], [iter(needed_first)]
        while stack:
            step = next(stack[-1], None)
            if step is None:
                done.add(path.pop())
                stack.pop()
            elif step in path:
                raise InvalidValue("cyclic_dependencies", cycle=(*path[path.index(step) :], step))
            elif step not in done:
                path.append(step)
                stack.append(iter(onward.get(step, [])))
