"""SMAA: over all weights that people might hold, how often does each proposal reach each rank."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.doubt.inputs import SLACK, Utilities, complete_utilities, in_label_order
from workbench.engine.doubt.weight_sampling import flat_weights, ordered_flat_weights
from workbench.errors import InvalidValue, same_labels

BLOCK_CELLS = 1 << 15
"""Scores sorted at once: small enough to stay in the processor's cache."""


@dataclass(frozen=True)
class Acceptability:
    """Rank acceptabilities under uncertain weights.

    Attributes
    ----------
    ranks : DataFrame
        Proposal x rank (1 is best): share of draws; each row sums to one. Identical proposals share the
        better rank, so a column may sum to more than one.
    central_weights : DataFrame
        Proposal x criterion: mean weights of the draws where the proposal is first; missing where it never
        is.
    first_draws : Series
        Number of those draws by proposal.
    unscored : tuple
        Proposals that lack a value and stand apart, sorted.
    draws, seed : int
        Number of weight vectors, and their seed.
    """

    ranks: pd.DataFrame
    central_weights: pd.DataFrame
    first_draws: pd.Series
    unscored: tuple[Hashable, ...]
    draws: int
    seed: int

    def standard_errors(self) -> pd.DataFrame:
        """Return the sampling error of `ranks`, sqrt(b (1 - b) / draws)."""
        return (self.ranks * (1 - self.ranks) / self.draws) ** 0.5


def rank_acceptability(utilities: pd.DataFrame, *, draws: int, seed: int) -> Acceptability:
    """Sample weights flat on the simplex and count the ranks that follow.

    Parameters
    ----------
    utilities : DataFrame
        Proposal x criterion in 0..1 on fixed anchors; a proposal with a missing value stands apart.
    draws, seed : int
        Number of weight vectors, and their seed.

    Returns
    -------
    Acceptability
        In the order of `utilities`; the numbers do not depend on that order.

    Raises
    ------
    InvalidValue
        ``duplicate_labels``, ``not_a_number``, ``utilities_out_of_range``, ``nothing_to_score``,
        ``draws_out_of_range``.

    References
    ----------
    Lahdelma, R., & Salminen, P. (2001). SMAA-2: Stochastic multicriteria acceptability analysis for group
    decision making. Operations Research 49(3), 444-454.

    Examples
    --------
    >>> utilities = pd.DataFrame({"x": [1.0, 0.0, 0.6], "y": [0.0, 1.0, 0.6]}, index=["a", "b", "c"])
    >>> rank_acceptability(utilities, draws=40_000, seed=1).ranks[1].round(1).to_dict()
    {'a': 0.4, 'b': 0.4, 'c': 0.2}
    """
    table = complete_utilities(utilities)
    weights = flat_weights(len(table.criteria), draws, seed)
    return _labelled(utilities, table, weights, seed)


def rank_acceptability_in_order(
    utilities: pd.DataFrame, order: Sequence[Hashable], *, draws: int, seed: int
) -> Acceptability:
    """Count ranks over the weights that respect an agreed order of the criteria.

    Parameters
    ----------
    utilities : DataFrame
        As `rank_acceptability`.
    order : sequence of labels
        All criteria, the most important first.
    draws, seed : int
        Number of weight vectors, and their seed.

    Returns
    -------
    Acceptability

    Raises
    ------
    LabelMismatch
        `order` does not name the criteria.
    InvalidValue
        As `rank_acceptability`; ``duplicate_labels`` in `order`.

    References
    ----------
    Lahdelma, R., Miettinen, K., & Salminen, P. (2003). Ordinal criteria in stochastic multicriteria
    acceptability analysis. EJOR 147(1), 117-127.

    Examples
    --------
    >>> utilities = pd.DataFrame({"x": [1.0, 0.0], "y": [0.0, 1.0]}, index=["a", "b"])
    >>> rank_acceptability_in_order(utilities, ["y", "x"], draws=100, seed=1).ranks[1].to_dict()
    {'a': 0.0, 'b': 1.0}
    """
    table = complete_utilities(utilities)
    same_labels("order of the criteria", table.criteria, order)
    if len(set(order)) != len(order):
        raise InvalidValue("duplicate_labels", what="order of the criteria", labels=tuple(map(str, order)))
    falling = ordered_flat_weights(len(order), draws, seed)
    place = {criterion: position for position, criterion in enumerate(order)}
    weights = falling[:, [place[criterion] for criterion in table.criteria]]
    return _labelled(utilities, table, weights, seed)


def pairwise_winning(utilities: pd.DataFrame, *, draws: int, seed: int) -> pd.DataFrame:
    """Return how often each proposal scores above each other over flat weights.

    Parameters
    ----------
    utilities, draws, seed
        As `rank_acceptability`.

    Returns
    -------
    DataFrame
        Proposal x proposal: share of draws where the row beats the column; identical proposals beat each
        other in none.

    Raises
    ------
    InvalidValue
        As `rank_acceptability`.

    References
    ----------
    Leskinen, P., Viitanen, J., Kangas, A., & Kangas, J. (2006). Alternatives to incorporate uncertainty and
    risk attitude in multicriteria evaluation of forest plans. Forest Science 52(3), 304-312.

    Examples
    --------
    >>> utilities = pd.DataFrame({"x": [1.0, 0.5], "y": [1.0, 0.5]}, index=["a", "b"])
    >>> pairwise_winning(utilities, draws=10, seed=1).loc["a", "b"].item()
    1.0
    """
    table = complete_utilities(utilities)
    rows, inverse = np.unique(table.cells, axis=0, return_inverse=True)
    scores = rows @ flat_weights(len(table.criteria), draws, seed).T
    wins = np.zeros((len(scores), len(scores)))
    for row, own in enumerate(scores):
        # Different rows tie with probability zero: who does not win loses.
        wins[row, row + 1 :] = np.count_nonzero(own > scores[row + 1 :], axis=1) / draws
        wins[row + 1 :, row] = 1.0 - wins[row, row + 1 :]
    wins = wins[np.ix_(inverse.reshape(-1), inverse.reshape(-1))]
    given = [label for label in utilities.index if label not in set(table.unscored)]
    return pd.DataFrame(wins, index=table.proposals, columns=table.proposals).reindex(
        index=given, columns=given
    )


def confidence_factors(central_weights: pd.DataFrame, value_draws: NDArray[np.float64]) -> pd.Series:
    """Return how often each proposal is first at its own central weights when its values are uncertain too.

    With exact values the answer is always 1: the weights that make a proposal first form a convex set.

    Parameters
    ----------
    central_weights : DataFrame
        Proposal x criterion from `Acceptability`; a row that is missing (never first) gives a missing factor.
    value_draws : array (draws, proposals, criteria)
        Sampled utilities in the order of `central_weights`.

    Returns
    -------
    Series
        Share of draws by proposal.

    Raises
    ------
    InvalidValue
        ``shapes_differ``.

    References
    ----------
    Lahdelma, R., & Salminen, P. (2001). SMAA-2. Operations Research 49(3), 444-454.

    Examples
    --------
    >>> central = pd.DataFrame([[0.5, 0.5], [0.9, 0.1]], index=["a", "b"], columns=["x", "y"])
    >>> values = np.array([[[1.0, 1.0], [0.9, 0.0]], [[0.2, 1.0], [0.9, 0.0]]])
    >>> confidence_factors(central, values).to_dict()
    {'a': 1.0, 'b': 0.5}
    """
    if value_draws.shape[1:] != central_weights.shape:
        raise InvalidValue("shapes_differ", expected=central_weights.shape, found=value_draws.shape[1:])
    factors = np.full(len(central_weights), np.nan)
    for row, weights in enumerate(central_weights.to_numpy(dtype=np.float64)):
        if not np.isnan(weights).any():
            scores = value_draws @ weights
            factors[row] = np.mean(scores[:, row] >= scores.max(axis=1) - SLACK)
    return pd.Series(factors, index=central_weights.index, name="confidence")


def rank_counts(
    cells: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Count ranks of plain arrays: utilities (proposals, criteria) in 0..1, weights (draws, criteria).

    The weights must come from a continuous distribution, so that only identical rows can tie.

    Returns
    -------
    counts : array (proposals, proposals)
        Draws in which the row's proposal has rank column + 1.
    first : array (draws,)
        Position of a proposal that is first, for each draw.
    """
    rows, position, inverse, copies = np.unique(
        cells, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    counts = np.zeros(len(rows) * len(cells), dtype=np.int64)
    first = np.empty(len(weights), dtype=np.intp)
    block = max(1, BLOCK_CELLS // len(rows))
    for start in range(0, len(weights), block):
        order = _order(weights[start : start + block], rows)
        first[start : start + block] = position[order[:, 0]]
        ahead = (
            np.arange(len(rows))
            if len(rows) == len(cells)
            else np.cumsum(copies[order], axis=1) - copies[order]
        )
        counts += np.bincount((order * len(cells) + ahead).ravel(), minlength=len(counts))
    return counts.reshape(len(rows), len(cells))[inverse.reshape(-1)], first


def _order(weights: NDArray[np.float64], rows: NDArray[np.float64]) -> NDArray[np.int64]:
    # Shortfalls are not negative, so their bits read as whole numbers sort in the same order. The last bits
    # of the mantissa give room for the position: one plain sort then orders and carries the positions,
    # several times faster than sorting an index.
    shortfall = np.maximum(weights @ (1.0 - rows).T, 0.0)
    keys = np.ascontiguousarray(shortfall).view(np.int64)
    mask = np.int64((1 << max(len(rows) - 1, 1).bit_length()) - 1)
    keys &= ~mask
    keys |= np.arange(len(rows))
    keys.sort(axis=1)
    keys &= mask
    return keys


def _labelled(
    utilities: pd.DataFrame, table: Utilities, weights: NDArray[np.float64], seed: int
) -> Acceptability:
    counts, first = rank_counts(table.cells, weights)
    central, first_draws = _central_weights(table.cells, weights, first)
    given = pd.Index([label for label in utilities.index if label not in set(table.unscored)])
    ranks = pd.RangeIndex(1, len(table.proposals) + 1, name="rank")
    return Acceptability(
        ranks=pd.DataFrame(counts / len(weights), index=table.proposals, columns=ranks).reindex(given),
        central_weights=pd.DataFrame(central, index=table.proposals, columns=table.criteria).reindex(
            index=given, columns=utilities.columns
        ),
        first_draws=pd.Series(first_draws, index=table.proposals, name="first_draws").reindex(given),
        unscored=tuple(in_label_order(table.unscored)),
        draws=len(weights),
        seed=seed,
    )


def _central_weights(
    cells: NDArray[np.float64], weights: NDArray[np.float64], first: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    rows, inverse = np.unique(cells, axis=0, return_inverse=True)
    inverse = inverse.reshape(-1)
    group = inverse[first]
    draws = np.bincount(group, minlength=len(rows))
    sums = np.column_stack([np.bincount(group, weights=column, minlength=len(rows)) for column in weights.T])
    with np.errstate(invalid="ignore"):
        return (sums / draws[:, np.newaxis])[inverse], draws[inverse]
