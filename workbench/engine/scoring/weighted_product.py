"""Weighted product of utilities on fixed anchors: a weak criterion cannot be bought back by a strong one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.engine.scoring.inputs import aligned, named_blanks, sum_in_label_order, unit_utilities

HIGHEST_SCORE = 100.0


@dataclass(frozen=True)
class WeightedProduct:
    """Scores of a weighted product with every step.

    Attributes
    ----------
    weights : Series
        Weight by criterion, summing to one.
    factors : DataFrame
        Proposal x criterion: utility to the power of the weight; missing where the utility is missing and the
        weight is positive.
    scores : Series
        100 x the product of the factors by proposal, 0..100; missing where a criterion of weight is missing.
    missing : DataFrame
        Proposal x criterion: True where no utility was given.
    """

    weights: pd.Series
    factors: pd.DataFrame
    scores: pd.Series
    missing: pd.DataFrame

    def missing_criteria(self) -> dict[str, tuple[str, ...]]:
        """Name, for each proposal that lacks any, the criteria without a value."""
        return named_blanks(self.missing)


def weighted_product(utilities: pd.DataFrame, weights: pd.Series) -> WeightedProduct:
    """Score proposals by the weighted geometric mean of their utilities.

    On fixed anchors a proposal's score does not depend on the others. A utility of 0 on a criterion of weight
    makes the score 0, whatever the rest: say so beside the result.

    Parameters
    ----------
    utilities : DataFrame
        Proposal x criterion, each value in 0..1 on fixed anchors (1 is best); NaN means "no value given".
    weights : Series
        Weight by criterion in any unit; the labels must be the columns of `utilities`.

    Returns
    -------
    WeightedProduct
        The order of rows and columns does not change a bit of any score, and equal rows get equal bits.

    Raises
    ------
    LabelMismatch, InvalidValue
        As `workbench.engine.scoring.weighted_sum.weighted_sum`.

    References
    ----------
    Miller, D. W., & Starr, M. K. (1969). Executive Decisions and Operations Research. Prentice-Hall.

    Examples
    --------
    >>> utilities = pd.DataFrame({"urgency": [1.0, 0.5], "benefit": [0.25, 0.5]}, index=["road", "well"])
    >>> weighted_product(utilities, pd.Series({"benefit": 1, "urgency": 1})).scores.round(9).to_dict()
    {'road': 50.0, 'well': 50.0}
    """
    shares = aligned(utilities, weights)
    values = unit_utilities(utilities)
    powers = shares.to_numpy()
    with np.errstate(divide="ignore"):
        logs = np.where(powers > 0, np.log(values), 0.0) * powers
    scores = HIGHEST_SCORE * np.exp(np.minimum(sum_in_label_order(logs, utilities.columns), 0.0))
    return WeightedProduct(
        weights=shares,
        factors=pd.DataFrame(np.exp(logs), index=utilities.index, columns=utilities.columns),
        scores=pd.Series(scores, index=utilities.index, name="score"),
        missing=pd.DataFrame(np.isnan(values), index=utilities.index, columns=utilities.columns),
    )
