"""Groups that may be shown apart: small ones are pooled so that no difference gives them away.

The rule
--------
A figure about a group of fewer than ``minimum_size`` people is never given, nor can it be computed from
figures that are given. Hiding only the small group fails: whoever knows the whole room and all other groups
subtracts. So the groups are first merged into *cells*, and every function of this package takes cells, never
groups:

1. Every group below the minimum goes into one pool.
2. While the pool is not empty and still below the minimum, the smallest group that stands apart joins it (of
   equally small ones the first by name). If there is one small group, it therefore hides in a second one.
3. The pool is a cell of its own; every group left outside is a cell. If the pool swallowed all groups, the
room
   is one cell and nothing is shown apart. A room below the minimum has no cell at all.

Every cell then has at least ``minimum_size`` people, and so has every sum or difference of cells and the
room, because those are unions of cells. `release` extends the promise to several groupings at once (sex and
hamlet), where a cell of one, less the cells of another inside it, could leave a few people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import InvalidValue

MINIMUM_SIZE = 5
POOLED = "(pooled)"
MOST_CELLS_TO_CHECK = 16


@dataclass(frozen=True, eq=False)
class Cells:
    """A division of the room into cells that are safe to show.

    Attributes
    ----------
    members : Series by participant
        Cell of each participant, in label order; empty when the room is below the minimum.
    sizes : Series by cell
        People in each cell, cells in label order; the pool is called `POOLED`.
    pooled : tuple of labels
        Groups that stand together in the pool, to be named together.
    minimum_size : int

    Raises
    ------
    InvalidValue
        ``cell_too_small`` on construction, whoever constructs it.
    """

    members: pd.Series
    sizes: pd.Series
    pooled: tuple[str, ...]
    minimum_size: int

    def __post_init__(self) -> None:
        counted = self.members.value_counts()
        if self.minimum_size < 2 or (counted < self.minimum_size).any():
            raise InvalidValue("cell_too_small", minimum_size=self.minimum_size)

    @property
    def names(self) -> pd.Index:
        """Cells in label order."""
        return self.sizes.index

    @property
    def shows_groups(self) -> bool:
        """Whether there are at least two cells, so that anything can be shown apart."""
        return len(self.sizes) > 1

    def indicators(self) -> pd.DataFrame:
        """Give 1 where a participant belongs to a cell: DataFrame, cells x participants."""
        belongs = self.names.to_numpy()[:, None] == self.members.to_numpy()[None, :]
        return pd.DataFrame(belongs.astype("float64"), index=self.names, columns=self.members.index)


def safe_cells(groups: pd.Series, minimum_size: int = MINIMUM_SIZE) -> Cells:
    """Merge groups into cells of at least ``minimum_size`` people, by the rule of this module.

    Parameters
    ----------
    groups : Series by participant
        Declared group of each participant; group names are compared as text.
    minimum_size : int
        At least 2; 5 unless the forum wants more.

    Raises
    ------
    InvalidValue
        ``missing_group`` with the number of participants without one, ``duplicate_label``, ``reserved_name``,
        ``invalid_minimum``.

    Examples
    --------
    >>> groups = pd.Series(["farmers"] * 9 + ["youth"] * 6 + ["fishers"] * 2)
    >>> cells = safe_cells(groups)
    >>> cells.sizes.to_dict(), cells.pooled
    ({'(pooled)': 8, 'farmers': 9}, ('fishers', 'youth'))
    """
    _check_groups(groups, minimum_size)
    named = groups.astype(str).loc[_by_text(groups.index)]
    if len(named) < minimum_size:
        return Cells(named.iloc[:0], pd.Series(dtype="int64"), (), minimum_size)
    counts = sorted(named.value_counts().items(), key=lambda item: (item[1], item[0]))
    pool: list[str] = []
    people = 0
    for group, size in counts:
        if size >= minimum_size and (not pool or people >= minimum_size):
            break
        pool.append(str(group))
        people += int(size)
    members = named.where(~named.isin(pool), POOLED)
    sizes = members.value_counts().sort_index()
    return Cells(members, sizes.astype("int64"), tuple(sorted(pool)), minimum_size)


@dataclass(frozen=True, eq=False)
class Release:
    """Groupings that may be shown in one report.

    Attributes
    ----------
    shown : mapping of Cells by grouping
        In the order of the request.
    withheld : tuple of grouping names
        Held back: together with one shown before, they would single out fewer than the minimum.
    """

    shown: Mapping[str, Cells]
    withheld: tuple[str, ...]


def release(groupings: pd.DataFrame, minimum_size: int = MINIMUM_SIZE) -> Release:
    """Choose which groupings of one room may be shown beside one another.

    A grouping is held back when some union of its cells less the cells of an already shown grouping inside
    it, or the other way round, leaves between one and ``minimum_size - 1`` people. Groupings are compared two
    by two; combinations of three are not searched. A pair with more than 16 cells on a side is held back
    unchecked.

    Parameters
    ----------
    groupings : DataFrame, participants x groupings
        The most important grouping first: the first one is always shown.
    minimum_size : int

    Raises
    ------
    InvalidValue
        As `safe_cells`.

    Examples
    --------
    >>> room = pd.DataFrame({"sex": ["f"] * 5 + ["m"] * 7, "hamlet": ["east"] * 6 + ["west"] * 6})
    >>> release(room).withheld
    ('hamlet',)
    """
    shown: dict[str, Cells] = {}
    withheld: list[str] = []
    for name in groupings.columns:
        cells = safe_cells(groupings[name], minimum_size)
        if all(_safe_together(cells, other) for other in shown.values()):
            shown[str(name)] = cells
        else:
            withheld.append(str(name))
    return Release(MappingProxyType(shown), tuple(withheld))


def _safe_together(one: Cells, other: Cells) -> bool:
    if not (one.shows_groups and other.shows_groups):
        return True
    if max(len(one.sizes), len(other.sizes)) > MOST_CELLS_TO_CHECK:
        return False
    table = (one.indicators().to_numpy() @ other.indicators().to_numpy().T).astype("int64")
    smallest = min(_smallest_remainder(table), _smallest_remainder(table.T))
    return smallest >= one.minimum_size


def _smallest_remainder(table: NDArray[np.int64]) -> int:
    """Fewest people left, not none, in a union of columns after taking out the rows that lie inside it."""
    chosen = (np.arange(1 << table.shape[1])[:, None] >> np.arange(table.shape[1])) & 1
    covered = chosen @ table.T
    rows = table.sum(axis=1)
    left = covered.sum(axis=1) - np.where(covered == rows, rows, 0).sum(axis=1)
    return int(left[left > 0].min(initial=table.sum()))


def _check_groups(groups: pd.Series, minimum_size: int) -> None:
    if minimum_size < 2:
        raise InvalidValue("invalid_minimum", minimum_size=minimum_size, smallest=2)
    if groups.index.has_duplicates:
        raise InvalidValue("duplicate_label", subject="participants")
    if groups.isna().any():
        raise InvalidValue("missing_group", participants=int(groups.isna().sum()))
    if (groups.astype(str) == POOLED).any():
        raise InvalidValue("reserved_name", group=POOLED)


def _by_text(labels: pd.Index) -> pd.Index:
    return labels[np.argsort(np.array([str(label) for label in labels], dtype=object), kind="stable")]
