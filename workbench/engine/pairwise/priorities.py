"""One weighting from many people's weights: arithmetic for many voices, geometric for one group."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.pairwise.kernels import exp_normalised
from workbench.engine.pairwise.stack import participant_voices
from workbench.errors import InvalidValue

FloatArray = NDArray[np.float64]


def arithmetic_priorities(
    priorities: pd.DataFrame, weights: pd.Series[float] | None = None
) -> pd.Series[float]:
    """Take the weighted arithmetic mean of individual weights (AIP): many separate voices.

    Parameters
    ----------
    priorities : DataFrame
        Participants by labels, each row a weighting that sums to one; no gaps.
    weights : Series, optional
        Voice of each participant.

    Raises
    ------
    InvalidValue
        ``missing_priorities``, naming the participants; ``nobody_answered``; ``invalid_weights``.

    Examples
    --------
    >>> table = pd.DataFrame({"need": [0.8, 0.4], "cost": [0.2, 0.6]}, index=["Siti", "Budi"])
    >>> arithmetic_priorities(table).round(3).to_dict()
    {'need': 0.6, 'cost': 0.4}
    """
    ordered, voices = _ordered(priorities, weights)
    return pd.Series(voices @ ordered.to_numpy(), index=priorities.columns, name="weight")


def geometric_priorities(
    priorities: pd.DataFrame, weights: pd.Series[float] | None = None
) -> pd.Series[float]:
    """Take the weighted geometric mean of positive individual weights, normalised to sum one.

    Parameters and errors are those of `arithmetic_priorities`; a weight of zero is refused
    (``not_positive``), since it would silence everybody else.
    """
    ordered, voices = _ordered(priorities, weights)
    if (ordered <= 0).to_numpy().any():
        raise InvalidValue("not_positive", participants=tuple(ordered.index[(ordered <= 0).any(axis=1)]))
    pooled = exp_normalised(voices @ np.log(ordered.to_numpy()))
    return pd.Series(pooled, index=priorities.columns, name="weight")


def _ordered(priorities: pd.DataFrame, weights: pd.Series[float] | None) -> tuple[pd.DataFrame, FloatArray]:
    if priorities.empty:
        raise InvalidValue("nobody_answered")
    ordered = priorities.sort_index(key=lambda index: index.map(str))
    gaps = ordered.isna().any(axis=1)
    if gaps.any():
        raise InvalidValue("missing_priorities", participants=tuple(ordered.index[gaps]))
    return ordered, participant_voices(ordered.index, weights)
