"""Kendall's coefficient of concordance W with ties, and its tests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.engine.agreement.tables import Floats, complete
from workbench.errors import InvalidValue

CELLS_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Concordance:
    """Kendall's W with what it was computed from and its two approximate tests.

    Never shown alone: with many participants any trifle is significant, with few the chi-square test is too
    timid (true size 2.1 % at nominal 5 % for 3 participants and 4 proposals), so the F approximation is the
    one to quote and `permutation_test` the one below about ten participants.

    Attributes
    ----------
    w : float
        0 (no agreement at all) to 1 (one order), corrected for ties.
    w_uncorrected : float
        The same without the correction; ties make it smaller.
    participants, proposals : int
    chi2, chi2_df, chi2_p : float
        Friedman's statistic k(n-1)W, its degrees of freedom and tail probability.
    f, f_df1, f_df2, f_p : float
        (k-1)W/(1-W) with n-1-2/k and (k-1)(n-1-2/k) degrees of freedom (Kendall & Babington Smith 1939;
        Legendre 2005); infinite for full agreement.
    """

    w: float
    w_uncorrected: float
    participants: int
    proposals: int
    chi2: float
    chi2_df: int
    chi2_p: float
    f: float
    f_df1: float
    f_df2: float
    f_p: float


@dataclass(frozen=True)
class PermutationTest:
    """How rarely people who answer at random agree as much.

    Attributes
    ----------
    p : float
        (1 + rooms that agree at least as much) / (1 + permutations).
    baseline : float
        Mean W of the permuted rooms: what chance alone reaches.
    permutations, seed : int
    """

    p: float
    baseline: float
    permutations: int
    seed: int


def kendall_w(ratings: pd.DataFrame) -> Concordance:
    """Measure how far participants put proposals in the same order (Kendall & Babington Smith 1939).

    W = 12 S / (k^2 (n^3 - n) - k T), S the squared deviations of the rank sums of n proposals over k
    participants, T the sum of t^3 - t over every tie of t proposals within a participant (Siegel & Castellan
    1988). Reversing every order leaves W as it is.

    Parameters
    ----------
    ratings : DataFrame, participants x proposals
        Scores or ranks; only the order within a row counts. No gaps.

    Raises
    ------
    InvalidValue
        ``too_few_to_agree`` below two participants or proposals; ``no_order_given`` when every participant
        ties everything; ``incomplete_table``.

    Examples
    --------
    >>> kendall_w(pd.DataFrame({"a": [1, 2, 1], "b": [2, 1, 2], "c": [3, 3, 3]})).w
    0.7777777777777778
    """
    ranks, ties = _ranked(ratings)
    participants, proposals = ranks.shape
    spread = float(_spread(ranks.sum(axis=0)))
    most = participants**2 * (proposals**3 - proposals)
    w = min(1.0, 12 * spread / (most - participants * ties))
    return _tested(w, 12 * spread / most, participants, proposals)


def permutation_test(ratings: pd.DataFrame, permutations: int, seed: int) -> PermutationTest:
    """Test W against rooms in which every participant's answers are dealt out at random.

    Parameters
    ----------
    ratings : DataFrame, participants x proposals
        As for `kendall_w`.
    permutations : int
        At least 99; 999 or more for a printed figure.
    seed : int

    Raises
    ------
    InvalidValue
        ``too_few_permutations`` and those of `kendall_w`.

    Examples
    --------
    >>> ratings = pd.DataFrame({"a": [1, 1, 1, 1], "b": [2, 2, 2, 2], "c": [3, 3, 3, 3], "d": [4, 4, 4, 4]})
    >>> permutation_test(ratings, permutations=199, seed=7).p
    0.005
    """
    if permutations < 99:
        raise InvalidValue("too_few_permutations", permutations=permutations, minimum=99)
    ranks, ties = _ranked(ratings)
    observed = float(_spread(ranks.sum(axis=0)))
    spreads = _permuted_spreads(ranks, permutations, seed)
    participants, proposals = ranks.shape
    most = participants**2 * (proposals**3 - proposals) - participants * ties
    as_much = int((spreads >= observed - 1e-9 * max(1.0, observed)).sum())
    return PermutationTest(
        p=(1 + as_much) / (1 + permutations),
        baseline=float(12 * spreads.mean() / most),
        permutations=permutations,
        seed=seed,
    )


def _ranked(ratings: pd.DataFrame) -> tuple[Floats, float]:
    """Give average ranks per row and the tie term T, for all rows at once."""
    values = complete(ratings, "ratings").to_numpy()
    if min(values.shape) < 2:
        raise InvalidValue("too_few_to_agree", participants=values.shape[0], proposals=values.shape[1])
    order = np.argsort(values, axis=1, kind="stable")
    rising = np.take_along_axis(values, order, axis=1)
    place = np.arange(values.shape[1])
    starts = np.ones(values.shape, dtype=bool)
    starts[:, 1:] = rising[:, 1:] != rising[:, :-1]
    ends = np.ones(values.shape, dtype=bool)
    ends[:, :-1] = starts[:, 1:]
    first = np.maximum.accumulate(np.where(starts, place, 0), axis=1)
    last = np.minimum.accumulate(np.where(ends, place, values.shape[1])[:, ::-1], axis=1)[:, ::-1]
    ranks = np.empty(values.shape)
    np.put_along_axis(ranks, order, (first + last) / 2 + 1, axis=1)
    run = (last - first + 1).astype("float64")
    ties = float((run * run - 1).sum())
    if ties >= len(values) * (values.shape[1] ** 3 - values.shape[1]):
        raise InvalidValue("no_order_given", participants=values.shape[0], proposals=values.shape[1])
    return ranks, ties


def _spread(sums: Floats) -> Floats:
    """Squared deviations of rank sums from their mean, along the last axis."""
    deviations: Floats = ((sums - sums.mean(axis=-1, keepdims=True)) ** 2).sum(axis=-1)
    return deviations


def _permuted_spreads(ranks: Floats, permutations: int, seed: int) -> Floats:
    random = np.random.default_rng(seed)
    block = max(1, CELLS_AT_ONCE // ranks.size)
    spreads = []
    for start in range(0, permutations, block):
        rooms = np.broadcast_to(ranks, (min(block, permutations - start), *ranks.shape))
        spreads.append(_spread(random.permuted(rooms, axis=2).sum(axis=1)))
    return np.concatenate(spreads)


def _tested(w: float, uncorrected: float, participants: int, proposals: int) -> Concordance:
    from scipy.special import chdtrc, fdtrc

    chi2 = participants * (proposals - 1) * w
    df1 = proposals - 1 - 2 / participants
    df2 = (participants - 1) * df1
    f = (participants - 1) * w / (1 - w) if w < 1 else float("inf")
    # Two participants and two proposals leave the approximation no degrees of freedom.
    f_p = (float(fdtrc(df1, df2, f)) if np.isfinite(f) else 0.0) if df1 > 0 else float("nan")
    return Concordance(
        w=w,
        w_uncorrected=uncorrected,
        participants=participants,
        proposals=proposals,
        chi2=chi2,
        chi2_df=proposals - 1,
        chi2_p=float(chdtrc(proposals - 1, chi2)),
        f=f,
        f_df1=df1,
        f_df2=df2,
        f_p=f_p,
    )
