"""Do the methods agree? Rank correlation of every two, and who is in the top only by some of them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.scoring.inputs import canonical, numbers, unique_labels
from workbench.engine.scoring.ranking import rank_with_ties
from workbench.errors import InvalidValue, same_labels

ROUNDING = 1e3
"""Methods differ in their rounding, so ties are looked for at 1e-9 of the scale, not 1e-12."""


@dataclass(frozen=True)
class MethodAgreement:
    """How far several methods order the same proposals alike.

    Attributes
    ----------
    ranks : DataFrame
        Proposal x method: competition ranks.
    tau : DataFrame
        Method x method: Kendall's tau-b; missing where a method ties all proposals, unless both do (then 1).
    top : mapping
        Method -> proposals of rank 1 to k, sorted; a tie that crosses k is inside as a whole.
    certain : tuple
        Proposals that every method puts in its top.
    disputed : tuple
        Proposals that some methods put in their top and others do not: they change the top k.
    same_winner : bool
        Whether all methods have the same proposals at rank 1.
    """

    ranks: pd.DataFrame
    tau: pd.DataFrame
    top: Mapping[str, tuple[Hashable, ...]]
    certain: tuple[Hashable, ...]
    disputed: tuple[Hashable, ...]
    same_winner: bool


def methods_agree(scores: Mapping[str, pd.Series], k: int = 1) -> MethodAgreement:
    """Compare the orders of several methods.

    Parameters
    ----------
    scores : mapping of method name to Series
        Score by proposal, higher is better, complete; all over the same proposals.
    k : int
        Size of the top whose members are compared.

    Returns
    -------
    MethodAgreement

    Raises
    ------
    LabelMismatch
        Two methods do not score the same proposals.
    InvalidValue
        ``nothing_to_compare``, ``top_size_out_of_range``, ``scores_missing`` with method and proposals.

    References
    ----------
    Kendall, M. G. (1945). The treatment of ties in ranking problems. Biometrika 33(3), 239-251.

    Examples
    --------
    >>> first = pd.Series({"road": 3.0, "well": 2.0, "clinic": 1.0})
    >>> second = pd.Series({"road": 3.0, "well": 1.0, "clinic": 2.0})
    >>> agreement = methods_agree({"weighted_sum": first, "vikor": second}, k=2)
    >>> agreement.certain, agreement.disputed, round(float(agreement.tau.iloc[0, 1]), 3)
    (('road',), ('clinic', 'well'), 0.333)
    """
    _refuse_unusable(scores, k)
    ranks = pd.DataFrame({name: _ranks(series) for name, series in scores.items()})
    top = {name: tuple(canonical(ranks.index[np.flatnonzero(ranks[name] <= k)])) for name in scores}
    sets = [set(members) for members in top.values()]
    certain, possible = set.intersection(*sets), set.union(*sets)
    return MethodAgreement(
        ranks=ranks,
        tau=_tau_table(ranks),
        top=MappingProxyType(top),
        certain=tuple(canonical(certain)),
        disputed=tuple(canonical(possible - certain)),
        same_winner=bool((ranks == 1).nunique(axis=1).eq(1).all()),
    )


def tau_b(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Return Kendall's tau-b of two arrays; 1 when both are constant, NaN (undefined) when one is.

    Examples
    --------
    >>> tau_b(np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 1.0]))
    -1.0
    """
    left, right = _pair_signs(first), _pair_signs(second)
    untied_left, untied_right = np.count_nonzero(left), np.count_nonzero(right)
    if not untied_left and not untied_right:
        return 1.0
    if not untied_left or not untied_right:
        return float("nan")
    product = left * right
    surplus = int(np.count_nonzero(product > 0)) - int(np.count_nonzero(product < 0))
    return float(surplus / np.sqrt(float(untied_left) * float(untied_right)))


def _pair_signs(values: NDArray[np.float64]) -> NDArray[np.int8]:
    rows, columns = np.triu_indices(len(values), 1)
    return np.sign(values[rows] - values[columns]).astype(np.int8)


def _ranks(scores: pd.Series) -> pd.Series:
    largest = float(np.abs(numbers("scores", scores)).max())
    return rank_with_ties(scores, scale=ROUNDING * largest if largest > 0 else 1.0).ranks


def _tau_table(ranks: pd.DataFrame) -> pd.DataFrame:
    columns = [ranks[name].to_numpy(dtype=np.float64) for name in ranks]
    table = [[tau_b(left, right) for right in columns] for left in columns]
    return pd.DataFrame(table, index=ranks.columns, columns=ranks.columns)


def _refuse_unusable(scores: Mapping[str, pd.Series], k: int) -> None:
    if not scores or not len(next(iter(scores.values()))):
        raise InvalidValue("nothing_to_compare", methods=tuple(scores))
    expected = next(iter(scores.values())).index
    for name, series in scores.items():
        unique_labels(f"scores of {name}", series.index)
        same_labels(f"scores of {name}", expected, series.index)
        blank = np.flatnonzero(np.isnan(numbers(f"scores of {name}", series)))
        if len(blank):
            raise InvalidValue("scores_missing", method=name, proposals=tuple(map(str, series.index[blank])))
    if not 1 <= k <= len(expected):
        raise InvalidValue("top_size_out_of_range", k=k, lowest=1, highest=len(expected))
