"""VIKOR: the compromise between the good of the many and the regret on the worst criterion.

A second opinion, never the default: best and worst come from the proposals on the table.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.scoring.decision import Decision, decision, ratio
from workbench.engine.scoring.inputs import canonical
from workbench.engine.scoring.topsis import minmax_normalised
from workbench.errors import InvalidValue

TOLERANCE = 1e-12
"""S, R and Q lie in 0..1; differences below this are the computer's rounding."""


@dataclass(frozen=True)
class Vikor:
    """Compromise ranking with every step.

    Attributes
    ----------
    regrets : DataFrame
        Proposal x criterion: weight x (best - value) / (best - worst); 0 on a criterion where all are alike.
    s, r, q : Series
        Group utility (sum of regrets), individual regret (largest) and their compromise by proposal, lower is
        better; where all S (or all R) are equal their part of Q is 0.
    scores : Series
        1 - Q, so that higher is better.
    strategy : float
        Weight v of the group utility.
    threshold : float
        DQ = 1 / (proposals - 1), the advantage that the first must have; 0 for one proposal.
    acceptable_advantage : bool
        Whether the second in Q is at least DQ behind the first.
    acceptable_stability : bool
        Whether a first in Q is also first in S or in R.
    compromise : tuple
        The compromise solutions, sorted: one proposal when both conditions hold.
    """

    regrets: pd.DataFrame
    s: pd.Series
    r: pd.Series
    q: pd.Series
    scores: pd.Series
    strategy: float
    threshold: float
    acceptable_advantage: bool
    acceptable_stability: bool
    compromise: tuple[Hashable, ...]


def vikor(table: pd.DataFrame, weights: pd.Series, directions: pd.Series, strategy: float = 0.5) -> Vikor:
    """Compute VIKOR's compromise ranking.

    Parameters
    ----------
    table : DataFrame
        Proposal x criterion in each criterion's own unit, complete.
    weights, directions : Series
        Weight, and `Direction` or its text, by criterion.
    strategy : float
        v in 0..1: 1 looks only at the sum of regrets, 0 only at the largest.

    Returns
    -------
    Vikor

    Raises
    ------
    LabelMismatch, InvalidValue
        As `workbench.engine.scoring.decision.decision`; ``strategy_out_of_range``.

    References
    ----------
    Opricovic, S., & Tzeng, G.-H. (2004). Compromise solution by MCDM methods: a comparative analysis of VIKOR
    and TOPSIS. EJOR 156, 445-455.

    Examples
    --------
    >>> table = pd.DataFrame({"risk": [1.0, 2.0, 5.0], "height": [3000, 3750, 4500]}, index=["a", "b", "c"])
    >>> directions = pd.Series({"risk": "lower", "height": "higher"})
    >>> result = vikor(table, pd.Series({"risk": 1, "height": 1}), directions)
    >>> result.q.to_dict(), result.compromise
    ({'a': 1.0, 'b': 0.0, 'c': 1.0}, ('b',))
    """
    if not 0 <= strategy <= 1:
        raise InvalidValue("strategy_out_of_range", strategy=strategy, lowest=0, highest=1)
    checked = decision(table, weights, directions)
    regrets = _regrets(checked.cells, checked.shares, checked.higher)
    s, r, q = compromise_values(regrets, strategy)
    return _with_conditions(checked, regrets, (s, r, q), strategy)


def vikor_kernel(
    values: NDArray[np.float64], shares: NDArray[np.float64], higher: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return 1 - Q (..., proposals) at v = 0.5 of plain arrays (..., proposals, criteria)."""
    return 1.0 - compromise_values(_regrets(values, shares, higher), 0.5)[2]


def compromise_values(
    regrets: NDArray[np.float64], strategy: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return S, R and Q (..., proposals) of weighted regrets (..., proposals, criteria)."""
    s, r = regrets.sum(axis=-1), regrets.max(axis=-1)
    return s, r, strategy * _stretched(s) + (1 - strategy) * _stretched(r)


def _regrets(
    values: NDArray[np.float64], shares: NDArray[np.float64], higher: NDArray[np.bool_]
) -> NDArray[np.float64]:
    # The regret is how far a value lies below the best: what is better when lower for a gain is the same
    # stretch with the direction turned round.
    return minmax_normalised(values, ~higher) * shares[..., np.newaxis, :]


def _stretched(values: NDArray[np.float64]) -> NDArray[np.float64]:
    low = values.min(axis=-1, keepdims=True)
    width = values.max(axis=-1, keepdims=True) - low
    # Widths of rounding size are no differences: stretching them over 0..1 would turn noise into ranks.
    return ratio(values - low, width, otherwise=0.0, above=TOLERANCE)


def _with_conditions(
    checked: Decision,
    regrets: NDArray[np.float64],
    measures: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
    strategy: float,
) -> Vikor:
    s, r, q = measures
    threshold = 1 / (len(q) - 1) if len(q) > 1 else 0.0
    behind = np.sort(q)[1] - q.min() if len(q) > 1 else 1.0
    advantage = bool(behind >= threshold - TOLERANCE)
    first = q <= q.min() + TOLERANCE
    stability = bool((first & ((s <= s.min() + TOLERANCE) | (r <= r.min() + TOLERANCE))).any())
    members = _compromise(q, threshold, advantage=advantage, stability=stability)
    return Vikor(
        regrets=checked.by_both(regrets),
        s=checked.by_proposal(s, "S"),
        r=checked.by_proposal(r, "R"),
        q=checked.by_proposal(q, "Q"),
        scores=checked.by_proposal(1.0 - q, "score"),
        strategy=strategy,
        threshold=threshold,
        acceptable_advantage=advantage,
        acceptable_stability=stability,
        compromise=tuple(canonical(checked.proposals[members])),
    )


def _compromise(
    q: NDArray[np.float64], threshold: float, *, advantage: bool, stability: bool
) -> NDArray[np.intp]:
    behind = q - q.min()
    if not advantage:
        return np.flatnonzero(behind < threshold - TOLERANCE)
    furthest = 0.0 if stability else float(np.sort(behind)[1])
    return np.flatnonzero(behind <= furthest + TOLERANCE)
