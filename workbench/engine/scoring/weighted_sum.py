"""The default method: a weighted sum on anchors fixed before scoring.

Because every utility is measured against fixed anchors (0 worst acceptable, 1 best plausible) and not against
the other proposals, adding, removing or copying a proposal cannot reorder the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.scoring.inputs import aligned, named_blanks, sum_in_label_order, unit_utilities

HIGHEST_SCORE = 100.0


@dataclass(frozen=True)
class WeightedSum:
    """Scores of a weighted sum with every step.

    Attributes
    ----------
    weights : Series
        Weight by criterion, summing to one.
    contributions : DataFrame
        Proposal x criterion: 100 x weight x utility, in points of the score; missing where the utility is
        missing and the weight is positive.
    scores : Series
        Score by proposal, 0..100; missing where a criterion with positive weight is missing.
    missing : DataFrame
        Proposal x criterion: True where no utility was given.
    """

    weights: pd.Series
    contributions: pd.DataFrame
    scores: pd.Series
    missing: pd.DataFrame

    def missing_criteria(self) -> dict[str, tuple[str, ...]]:
        """Name, for each proposal that lacks any, the criteria without a value."""
        return named_blanks(self.missing)


def weighted_sum(utilities: pd.DataFrame, weights: pd.Series) -> WeightedSum:
    """Score proposals by the weighted sum of their utilities.

    Parameters
    ----------
    utilities : DataFrame
        Proposal x criterion, each value in 0..1 on fixed anchors (1 is best); NaN means "no value given".
    weights : Series
        Weight by criterion in any unit; the labels must be the columns of `utilities`.

    Returns
    -------
    WeightedSum
        A proposal that lacks a criterion of positive weight has no score: nothing is imputed. The order of
        rows and columns does not change a bit of any score, and equal rows get equal bits.

    Raises
    ------
    LabelMismatch
        Columns and weights are not the same criteria.
    InvalidValue
        ``utilities_out_of_range``, ``not_a_number``, ``duplicate_labels``, ``weights_not_usable``,
        ``weights_all_zero``.

    References
    ----------
    Fishburn, P. C. (1967). Additive utilities with incomplete product sets. Operations Research 15(3),
    537-542. Belton, V., & Gear, T. (1983). On a short-coming of Saaty's method of analytic hierarchies. Omega
    11(3), 228-230 (why the anchors are fixed).

    Examples
    --------
    >>> utilities = pd.DataFrame({"urgency": [1.0, 0.5], "benefit": [0.0, 1.0]}, index=["road", "well"])
    >>> weighted_sum(utilities, pd.Series({"benefit": 1, "urgency": 3})).scores.to_dict()
    {'road': 75.0, 'well': 62.5}
    """
    shares = aligned(utilities, weights)
    values = unit_utilities(utilities)
    shares_array = shares.to_numpy()
    contributions = values * (HIGHEST_SCORE * shares_array)
    contributions[:, shares_array == 0] = 0.0
    scores = np.minimum(sum_in_label_order(contributions, utilities.columns), HIGHEST_SCORE)
    return WeightedSum(
        weights=shares,
        contributions=_like(utilities, contributions),
        scores=pd.Series(scores, index=utilities.index, name="score"),
        missing=_like(utilities, np.isnan(values)),
    )


def _like(table: pd.DataFrame, values: NDArray[np.float64] | NDArray[np.bool_]) -> pd.DataFrame:
    return pd.DataFrame(values, index=table.index, columns=table.columns)
