"""How often a method reverses ranks on random tables: the figure to state beside a second opinion."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from workbench.engine.scoring.divide_by_max import wsm_max_kernel
from workbench.engine.scoring.promethee import promethee_usual_kernel
from workbench.engine.scoring.topsis import topsis_minmax_kernel, topsis_vector_kernel
from workbench.engine.scoring.vikor import vikor_kernel
from workbench.errors import InvalidValue, UnknownMethod

Kernel = Callable[[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]], NDArray[np.float64]]
"""Values (..., proposals, criteria), shares (..., criteria) and more-is-better (criteria,) to scores."""

BLOCK_CELLS = 1 << 20
TOLERANCE = 1e-9


def weighted_sum_kernel(
    values: NDArray[np.float64],
    shares: NDArray[np.float64],
    higher: NDArray[np.bool_],  # noqa: ARG001 - one signature; utilities always point up
) -> NDArray[np.float64]:
    """Return the weighted sum (..., proposals) of utilities on fixed anchors."""
    return np.asarray((values * shares[..., np.newaxis, :]).sum(axis=-1))


KERNELS: Mapping[str, Kernel] = MappingProxyType(
    {
        "weighted_sum": weighted_sum_kernel,
        "topsis_vector": topsis_vector_kernel,
        "topsis_minmax": topsis_minmax_kernel,
        "vikor": vikor_kernel,
        "promethee_ii": promethee_usual_kernel,
        "wsm_max": wsm_max_kernel,
    }
)
"""Batched scores by the name of the method."""


@dataclass(frozen=True)
class ReversalRisk:
    """Shares of random tables on which removing one proposal that does not lead changes something.

    Attributes
    ----------
    method : str
    proposals, criteria, draws, seed : int
        Size of the tables, how many, and the seed of the draws.
    winner_changes : float
        Share of tables where at least one such removal changes who leads.
    order_changes : float
        Share where at least one such removal reorders any two of the others.
    winner_error, order_error : float
        Their standard errors.
    """

    method: str
    proposals: int
    criteria: int
    draws: int
    seed: int
    winner_changes: float
    order_changes: float
    winner_error: float
    order_error: float


def reversal_risk(method: str, *, proposals: int, criteria: int, draws: int, seed: int) -> ReversalRisk:
    """Measure rank reversal of a method on random tables.

    Values are uniform on 0..1, weights flat on the simplex, more is always better. The rate is one of random
    tables; what happens on the table at hand is `workbench.engine.scoring.reversal.reversal_check`.

    Parameters
    ----------
    method : str
        A key of `KERNELS`.
    proposals, criteria, draws : int
        At least 3, 1 and 1.
    seed : int
        Seed of the draws; the same seed gives every method the same tables.

    Returns
    -------
    ReversalRisk

    Raises
    ------
    UnknownMethod
        With the names that exist.
    InvalidValue
        ``sizes_out_of_range``.

    References
    ----------
    Belton, V., & Gear, T. (1983). Omega 11(3). Triantaphyllou, E. (2000). Multi-Criteria Decision Making
    Methods: A Comparative Study. Kluwer, chapter 11 (the test).

    Examples
    --------
    >>> reversal_risk("weighted_sum", proposals=6, criteria=4, draws=200, seed=1).order_changes
    0.0
    """
    if method not in KERNELS:
        raise UnknownMethod(name=method, known=tuple(KERNELS))
    if proposals < 3 or criteria < 1 or draws < 1:
        raise InvalidValue("sizes_out_of_range", proposals=proposals, criteria=criteria, draws=draws)
    generator = np.random.default_rng(seed)
    values = generator.random((draws, proposals, criteria))
    weights = generator.standard_exponential((draws, criteria))
    shares = weights / weights.sum(axis=1, keepdims=True)
    block = max(1, BLOCK_CELLS // (proposals * proposals * criteria))
    parts = [
        _reversals(KERNELS[method], values[start : start + block], shares[start : start + block])
        for start in range(0, draws, block)
    ]
    winner, order = (float(np.concatenate(column).mean()) for column in zip(*parts, strict=True))
    errors = [float(np.sqrt(share * (1 - share) / draws)) for share in (winner, order)]
    return ReversalRisk(method, proposals, criteria, draws, seed, winner, order, *errors)


def _reversals(
    kernel: Kernel, values: NDArray[np.float64], shares: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    higher = np.ones(values.shape[-1], dtype=bool)
    before = kernel(values, shares, higher)
    winner = before.argmax(axis=1)
    winner_changes = np.zeros(len(values), dtype=bool)
    order_changes = np.zeros(len(values), dtype=bool)
    for removed in range(values.shape[1]):
        others = winner != removed
        after = kernel(np.delete(values, removed, axis=1), shares, higher)
        rest = np.delete(before, removed, axis=1)
        winner_changes |= others & (after.argmax(axis=1) != rest.argmax(axis=1))
        order_changes |= others & (_order(rest) != _order(after)).any(axis=(1, 2))
    return winner_changes, order_changes


def _order(scores: NDArray[np.float64]) -> NDArray[np.int8]:
    difference = scores[:, :, np.newaxis] - scores[:, np.newaxis, :]
    return np.where(np.abs(difference) <= TOLERANCE, 0, np.sign(difference)).astype(np.int8)
