"""The share of the room behind each pairwise order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.engine.agreement.tables import in_label_order


@dataclass(frozen=True, eq=False)
class PairwiseSupport:
    """How many of those who compare two proposals stand behind each order.

    Attributes
    ----------
    share : DataFrame, proposals x proposals
        Share of the participants comparing both who put the row before the column; NaN on the diagonal and
        where nobody compares both. ``share + share.T + ties`` is 1.
    ties : DataFrame, proposals x proposals
        Share who put both equal.
    compared : DataFrame, proposals x proposals
        How many participants compare both.
    """

    share: pd.DataFrame
    ties: pd.DataFrame
    compared: pd.DataFrame


def pairwise_support(ranks: pd.DataFrame) -> PairwiseSupport:
    """Count, for every two proposals, the share of people behind each order.

    Parameters
    ----------
    ranks : DataFrame, participants x proposals
        1 is best; equal is tied; NaN is unranked and takes part in no comparison.

    Examples
    --------
    >>> room = pd.DataFrame({"well": [1, 1, 2, 1], "road": [2, 2, 1, 1]})
    >>> result = pairwise_support(room)
    >>> result.share.loc["well", "road"].item(), result.ties.loc["well", "road"].item()
    (0.5, 0.25)
    """
    ordered = in_label_order(ranks, "ranks")
    values = ordered.to_numpy()
    before = np.stack([(values[:, [item]] < values).sum(axis=0) for item in range(values.shape[1])])
    known = (~np.isnan(values)).astype("float64")
    compared = np.rint(known.T @ known)
    np.fill_diagonal(compared, 0)
    empty = np.full(before.shape, np.nan)
    share = np.divide(before, compared, out=empty.copy(), where=compared > 0)
    equal = compared - before - before.T
    ties = np.divide(equal, compared, out=empty.copy(), where=compared > 0)
    names = ordered.columns
    return PairwiseSupport(
        pd.DataFrame(share, names, names),
        pd.DataFrame(ties, names, names),
        pd.DataFrame(compared.astype("int64"), names, names),
    )
