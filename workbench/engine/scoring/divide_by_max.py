"""Weighted sum after dividing each criterion by its largest value, as many theses and spreadsheets do (SAW).

Kept to reproduce and compare: its scale comes from the proposals on the table, so a newcomer can reorder the
others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.scoring.decision import Decision, decision, ratio
from workbench.errors import InvalidValue


@dataclass(frozen=True)
class DividedByMax:
    """Scores of simple additive weighting with every step.

    Attributes
    ----------
    normalised, contributions : DataFrame
        Proposal x criterion: value / largest (or smallest / value), and that times the weight.
    scores : Series
        Score by proposal, 0..1.
    """

    normalised: pd.DataFrame
    contributions: pd.DataFrame
    scores: pd.Series


def wsm_max(table: pd.DataFrame, weights: pd.Series, directions: pd.Series) -> DividedByMax:
    """Score by the weighted sum of value / largest, or smallest / value where less is better.

    A column of zeros gives everybody the same: 0 where more is better, 1 where less is better. Where less is
    better and only some are zero, zero is best (1) and any other value gets 0, the limit of smallest / value.

    Parameters
    ----------
    table : DataFrame
        Proposal x criterion, complete, no negative value.
    weights, directions : Series
        Weight, and `Direction` or its text, by criterion.

    Returns
    -------
    DividedByMax

    Raises
    ------
    LabelMismatch, InvalidValue
        As `workbench.engine.scoring.decision.decision`; ``negative_values`` with the criteria.

    References
    ----------
    Hwang, C.-L., & Yoon, K. (1981). Multiple Attribute Decision Making. Springer (simple additive weighting).

    Examples
    --------
    >>> table = pd.DataFrame({"urgency": [2.0, 4.0], "cost": [1.0, 4.0]}, index=["road", "well"])
    >>> directions = pd.Series({"urgency": "higher", "cost": "lower"})
    >>> wsm_max(table, pd.Series({"urgency": 1, "cost": 1}), directions).scores.to_dict()
    {'road': 0.75, 'well': 0.625}
    """
    checked = decision(table, weights, directions)
    _refuse_negative(checked)
    normalised = max_normalised(checked.cells, checked.higher)
    contributions = normalised * checked.shares
    return DividedByMax(
        normalised=checked.by_both(normalised),
        contributions=checked.by_both(contributions),
        scores=checked.by_proposal(contributions.sum(axis=1), "score"),
    )


def max_normalised(values: NDArray[np.float64], higher: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return value / largest, or smallest / value, of arrays (..., proposals, criteria) without negatives."""
    up = ratio(values, values.max(axis=-2, keepdims=True), otherwise=0.0)
    smallest = np.broadcast_to(values.min(axis=-2, keepdims=True), values.shape)
    down = ratio(smallest, values, otherwise=1.0)
    return np.asarray(np.where(higher, up, down))


def wsm_max_kernel(
    values: NDArray[np.float64], shares: NDArray[np.float64], higher: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return scores (..., proposals) of plain arrays (..., proposals, criteria)."""
    return np.asarray((max_normalised(values, higher) * shares[..., np.newaxis, :]).sum(axis=-1))


def _refuse_negative(checked: Decision) -> None:
    negative = np.flatnonzero((checked.cells < 0).any(axis=0))
    if len(negative):
        raise InvalidValue("negative_values", criteria=tuple(map(str, checked.criteria[negative])))
