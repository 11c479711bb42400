"""The plain sum of points, as village forms do it: five criteria, 1-5 each, add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.engine.scoring.inputs import named_blanks, numbers, sum_in_label_order, unique_labels
from workbench.errors import InvalidValue


@dataclass(frozen=True)
class PlainSum:
    """Totals of points.

    Attributes
    ----------
    points : DataFrame
        Proposal x criterion as given.
    scores : Series
        Sum of points by proposal; missing where any criterion is missing.
    missing : DataFrame
        Proposal x criterion: True where no points were given.
    """

    points: pd.DataFrame
    scores: pd.Series
    missing: pd.DataFrame

    def missing_criteria(self) -> dict[str, tuple[str, ...]]:
        """Name, for each proposal that lacks any, the criteria without points."""
        return named_blanks(self.missing)


def plain_sum(points: pd.DataFrame) -> PlainSum:
    """Add the points of each proposal over all criteria, each counting once.

    Parameters
    ----------
    points : DataFrame
        Proposal x criterion on one common scale; NaN means "no points given".

    Returns
    -------
    PlainSum
        Whole points add exactly.

    Raises
    ------
    InvalidValue
        ``duplicate_labels``, ``not_a_number``, ``values_not_finite`` with the cells, ``nothing_to_score``
        when there is no criterion.

    References
    ----------
    Ranking of problems in village self-study forms (pengkajian keadaan desa), points 1-5.

    Examples
    --------
    >>> points = pd.DataFrame({"U": [5, 4], "S": [4, 5], "G": [4, 3]}, index=["issue 1", "issue 2"])
    >>> plain_sum(points).scores.to_dict()
    {'issue 1': 13.0, 'issue 2': 12.0}
    """
    unique_labels("proposals", points.index)
    unique_labels("criteria", points.columns)
    if not len(points.columns):
        raise InvalidValue("nothing_to_score", proposals=len(points.index), criteria=0)
    values = numbers("points", points)
    infinite = np.argwhere(np.isinf(values)).tolist()
    if infinite:
        cells = tuple((str(points.index[row]), str(points.columns[column])) for row, column in infinite)
        raise InvalidValue("values_not_finite", cells=cells)
    return PlainSum(
        points=points,
        scores=pd.Series(sum_in_label_order(values, points.columns), index=points.index, name="score"),
        missing=pd.DataFrame(np.isnan(values), index=points.index, columns=points.columns),
    )
