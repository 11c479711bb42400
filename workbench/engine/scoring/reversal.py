"""Rank reversal on the table itself: what removing or copying one proposal does to the others' order."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.scoring.inputs import canonical, numbers, unique_labels
from workbench.engine.scoring.ranking import competition_ranks
from workbench.engine.scoring.second_opinions import Scored

RELATIVE_TOLERANCE = 1e-9
"""Scores closer than this share of the largest are tied, so that rounding is no reversal."""


@dataclass(frozen=True)
class ReversalCheck:
    """What removing, and copying, each proposal does to the order of the others.

    Attributes
    ----------
    removals, copies : DataFrame
        Index: the proposal removed or copied, in the order of the table. Columns: ``best_of_rest_changed``
        (bool, whether another proposal leads the rest) and ``reordered_pairs`` (how many pairs of the rest
        changed order or gained or lost a tie). The copied proposal is one of the rest, its copy is not.
    """

    removals: pd.DataFrame
    copies: pd.DataFrame

    @property
    def stable(self) -> bool:
        """Return whether no removal and no copy reordered any pair."""
        return not (self.removals["reordered_pairs"].any() or self.copies["reordered_pairs"].any())

    @property
    def removals_that_change_the_best(self) -> tuple[Hashable, ...]:
        """Return the proposals whose removal changes who leads the rest, sorted."""
        changed = self.removals.index[np.flatnonzero(self.removals["best_of_rest_changed"])]
        return tuple(canonical(changed))

    @property
    def copies_that_change_the_best(self) -> tuple[Hashable, ...]:
        """Return the proposals whose copy changes who leads, sorted."""
        return tuple(canonical(self.copies.index[np.flatnonzero(self.copies["best_of_rest_changed"])]))


def reversal_check(method: Callable[[pd.DataFrame], Scored], table: pd.DataFrame) -> ReversalCheck:
    """Run a method again without each proposal, and with a copy of each, and compare the orders.

    Parameters
    ----------
    method : callable
        Takes a table proposal x criterion and returns a result with ``scores``; bind weights and directions
        before.
    table : DataFrame
        Proposal x criterion.

    Returns
    -------
    ReversalCheck
        For one proposal there is nothing to remove, and `removals` is empty.

    Raises
    ------
    InvalidValue
        ``duplicate_labels``, and whatever the method refuses.

    References
    ----------
    Belton, V., & Gear, T. (1983). On a short-coming of Saaty's method of analytic hierarchies. Omega 11(3).

    Examples
    --------
    >>> from workbench.engine.scoring.weighted_sum import weighted_sum
    >>> utilities = pd.DataFrame({"urgency": [1.0, 0.5, 0.2], "benefit": [0.0, 0.6, 0.9]}, index=[*"abc"])
    >>> weights = pd.Series({"urgency": 1, "benefit": 1})
    >>> reversal_check(lambda table: weighted_sum(table, weights), utilities).stable
    True
    """
    unique_labels("proposals", table.index)
    before = _ranks(method(table).scores)
    removals, copies = {}, {}
    for proposal in table.index:
        if len(table) > 1:
            rest = table.index[table.index != proposal]
            after = _ranks(method(table.loc[rest]).scores)
            removals[proposal] = _changes(before.reindex(rest), after)
        copied = pd.concat([table, table.loc[[proposal]].set_axis([_copy_label(table.index, proposal)])])
        after = _ranks(method(copied).scores)
        copies[proposal] = _changes(before, after.reindex(table.index))
    return ReversalCheck(removals=_report(removals), copies=_report(copies))


def _copy_label(taken: pd.Index, proposal: Hashable) -> str:
    label = f"{proposal} copy"
    while label in taken:
        label += "'"
    return label


def _ranks(scores: pd.Series) -> pd.Series:
    values = numbers("scores", scores)
    scored = np.flatnonzero(~np.isnan(values))
    tolerance = RELATIVE_TOLERANCE * float(np.abs(values[scored]).max()) if len(scored) else 0.0
    ranks = np.full(len(values), np.nan)
    ranks[scored] = competition_ranks(values[scored], tolerance)
    return pd.Series(ranks, index=scores.index)


def _changes(before: pd.Series, after: pd.Series) -> tuple[bool, int]:
    old, new = before.to_numpy(), after.reindex(before.index).to_numpy()
    reordered = np.count_nonzero(_signs(old) != _signs(new)) // 2
    return bool((_lead(old) != _lead(new)).any()), int(reordered)


def _lead(ranks: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(ranks == np.nanmin(ranks)) if not np.isnan(ranks).all() else np.isnan(ranks)


def _signs(ranks: NDArray[np.float64]) -> NDArray[np.int8]:
    # A proposal without a score is in no order with anybody, before and after.
    return np.nan_to_num(np.sign(ranks[:, np.newaxis] - ranks)).astype(np.int8)


def _report(changes: dict[Hashable, tuple[bool, int]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "best_of_rest_changed": pd.Series({p: change[0] for p, change in changes.items()}, dtype=bool),
            "reordered_pairs": pd.Series({p: change[1] for p, change in changes.items()}, dtype=np.int64),
        }
    )
