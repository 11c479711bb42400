"""From utilities or points to scores: the methods that may make the result, each with its parts and losses.

What all of them share: a proposal's score depends on its own values alone, so adding, removing or copying
another cannot reorder the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.domain.checks import problem_at
from workbench.domain.criteria import Criteria, Direction
from workbench.engine.scoring.inputs import named_blanks
from workbench.engine.scoring.plain_sum import plain_sum as add_points
from workbench.engine.scoring.weighted_product import HIGHEST_SCORE as HIGHEST_PRODUCT
from workbench.engine.scoring.weighted_product import weighted_product as multiply
from workbench.engine.scoring.weighted_sum import HIGHEST_SCORE as HIGHEST_SUM
from workbench.engine.scoring.weighted_sum import weighted_sum as add_weighted
from workbench.errors import InvalidInput

UNWEIGHTED = ("plain_sum",)
"""Methods in which every criterion counts alike and no weight is asked for."""


@dataclass(frozen=True)
class Scoring:
    """Scores with every step.

    Attributes
    ----------
    method : str
        The name in `Rules.scoring`.
    weights : Series
        Weight by criterion, summing to one; equal under a method of `UNWEIGHTED`.
    contributions : DataFrame
        Proposal x criterion: the part of the score that the criterion gave; a row sums to the score. Missing
        where a value is missing on a criterion that counts.
    losses : DataFrame
        Proposal x criterion: the part of what is lacking to the highest score that the criterion cost.
    scores : Series
        Score by proposal; missing where a criterion that counts is missing.
    missing : DataFrame
        Proposal x criterion: True where no value was given.
    highest : float
        The highest score there is: 100, or the sum of the scales' upper ends where points are added up.
    """

    method: str
    weights: pd.Series
    contributions: pd.DataFrame
    losses: pd.DataFrame
    scores: pd.Series
    missing: pd.DataFrame
    highest: float

    def missing_criteria(self) -> dict[str, tuple[str, ...]]:
        """Name, for each proposal that lacks any, the criteria without a value."""
        return named_blanks(self.missing)


Method = Callable[[pd.DataFrame, pd.DataFrame, pd.Series, Criteria], Scoring]
"""Measures (own units), utilities (0..1), weights and criteria to the scores."""


def weighted_sum(
    measures: pd.DataFrame,  # noqa: ARG001 - one signature
    utilities: pd.DataFrame,
    weights: pd.Series,
    criteria: Criteria,  # noqa: ARG001 - one signature
) -> Scoring:
    """Add weight x utility (`workbench.engine.scoring.weighted_sum`)."""
    found = add_weighted(utilities, weights)
    return Scoring(
        "weighted_sum",
        found.weights,
        found.contributions,
        _like(utilities, HIGHEST_SUM * found.weights.to_numpy() - found.contributions.to_numpy()),
        found.scores,
        found.missing,
        HIGHEST_SUM,
    )


def weighted_product(
    measures: pd.DataFrame,  # noqa: ARG001 - one signature
    utilities: pd.DataFrame,
    weights: pd.Series,
    criteria: Criteria,  # noqa: ARG001 - one signature
) -> Scoring:
    """Multiply utility to the power of its weight (`workbench.engine.scoring.weighted_product`).

    A product has no parts that add up. The score is told in proportion to weight x utility; what is lacking
    to 100 in proportion to the logarithms, so that one criterion at zero carries the whole loss.
    """
    found = multiply(utilities, weights)
    values = utilities.to_numpy(dtype=np.float64)
    powers = found.weights.to_numpy(dtype=np.float64)
    counted = np.where(powers > 0, values, 0.0) * powers
    with np.errstate(divide="ignore"):
        fallen = np.where(powers > 0, -np.log(values), 0.0) * powers
    zero = np.isinf(fallen)
    fallen = np.where(zero.any(axis=1, keepdims=True), zero * powers, fallen)
    scores = found.scores.to_numpy()
    return Scoring(
        "weighted_product",
        found.weights,
        _like(utilities, _shares(counted) * scores[:, np.newaxis]),
        _like(utilities, _shares(fallen) * (HIGHEST_PRODUCT - scores)[:, np.newaxis]),
        found.scores,
        found.missing,
        HIGHEST_PRODUCT,
    )


def plain_sum(
    measures: pd.DataFrame,
    utilities: pd.DataFrame,  # noqa: ARG001 - one signature
    weights: pd.Series,
    criteria: Criteria,
) -> Scoring:
    """Add up the points, each criterion counting once, as village forms do.

    Raises
    ------
    InvalidInput
        ``plain_sum_needs_one_scale`` names the criteria whose scale is not that of the first, and
        ``plain_sum_counts_upwards`` those on which less is better: such points cannot be added.
    """
    _refuse_scales(criteria)
    found = add_points(measures)
    upper = criteria.frame["scale_max"].reindex(measures.columns).astype("float64")
    return Scoring(
        "plain_sum",
        weights,
        found.points,
        upper - found.points,
        found.scores,
        found.missing,
        float(upper.sum()),
    )


SCORING: Mapping[str, Method] = MappingProxyType(
    {"weighted_sum": weighted_sum, "weighted_product": weighted_product, "plain_sum": plain_sum}
)
"""The names of `Rules.scoring`."""


def adds_up(criteria: Criteria) -> bool:
    """Tell whether all criteria share one rising scale, so that a sum of their points means something."""
    frame = criteria.frame
    return bool(frame[["scale_min", "scale_max"]].nunique().le(1).all()) and bool(
        (frame["direction"] == Direction.HIGHER.value).all()
    )


def _refuse_scales(criteria: Criteria) -> None:
    frame = criteria.frame
    first = frame[["scale_min", "scale_max"]].iloc[0]
    other = frame.index[(frame[["scale_min", "scale_max"]] != first).any(axis="columns")]
    falling = frame.index[frame["direction"] == Direction.LOWER.value]
    problems = [problem_at(None, "plain_sum_needs_one_scale", "scale_max", criterion=name) for name in other]
    problems += [
        problem_at(None, "plain_sum_counts_upwards", "direction", criterion=name) for name in falling
    ]
    if problems:
        raise InvalidInput(problems)


def _shares(parts: NDArray[np.float64]) -> NDArray[np.float64]:
    total = parts.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(parts, total, out=np.zeros_like(parts), where=total != 0))


def _like(table: pd.DataFrame, values: NDArray[np.float64]) -> pd.DataFrame:
    return pd.DataFrame(values, index=table.index, columns=table.columns)
