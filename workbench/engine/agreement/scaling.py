"""Classical scaling: a flat map of distances between rankings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.engine.agreement.distances import require_defined
from workbench.engine.agreement.tables import Floats, in_label_order
from workbench.errors import InvalidValue, same_labels


@dataclass(frozen=True, eq=False)
class RankingMap:
    """Points whose distances on paper come close to the given ones.

    Attributes
    ----------
    coordinates : DataFrame, rankings x (x1, x2, ...)
        Centred at zero; the axis of the largest spread first.
    explained : float
        Share of the spread (positive eigenvalues) that the axes kept hold; say it beside the map.
    """

    coordinates: pd.DataFrame
    explained: float


def ranking_map(distances: pd.DataFrame, dimensions: int = 2) -> RankingMap:
    """Place rankings on a map by classical scaling (Torgerson 1952; Gower 1966).

    The sign of every axis is fixed: its point furthest from zero, the first in label order of several, has a
    positive coordinate. So the map does not flip between two calculations.

    Parameters
    ----------
    distances : DataFrame, rankings x rankings
        Symmetric, zero on the diagonal, all defined.
    dimensions : int

    Raises
    ------
    InvalidValue
        ``undefined_distances``, ``not_symmetric``, ``invalid_dimensions``.
    LabelMismatch
        When rows and columns differ.

    Examples
    --------
    >>> table = pd.DataFrame([[0.0, 1.0], [1.0, 0.0]], index=["a", "b"], columns=["a", "b"])
    >>> ranking_map(table, dimensions=1).coordinates["x1"].round(6).tolist()
    [0.5, -0.5]
    """
    same_labels("distances", distances.index, distances.columns)
    require_defined(distances)
    ordered = in_label_order(distances, "distances")
    values = ordered.to_numpy()
    if np.abs(values - values.T).max() > 1e-9 or np.abs(np.diag(values)).max() > 1e-9:
        raise InvalidValue("not_symmetric", subject="distances")
    if not 1 <= dimensions <= len(values):
        raise InvalidValue("invalid_dimensions", dimensions=dimensions, maximum=len(values))
    centring = np.eye(len(values)) - 1 / len(values)
    sizes, axes = np.linalg.eigh(-0.5 * centring @ (values**2) @ centring)
    sizes, axes = np.maximum(sizes[::-1], 0.0), axes[:, ::-1]
    kept = axes[:, :dimensions] * np.sqrt(sizes[:dimensions])
    names = [f"x{number}" for number in range(1, dimensions + 1)]
    total = float(sizes.sum())
    return RankingMap(
        coordinates=pd.DataFrame(kept * _signs(kept), index=ordered.index, columns=names),
        explained=float(sizes[:dimensions].sum()) / total if total > 0 else 1.0,
    )


def _signs(axes: Floats) -> Floats:
    size = np.abs(axes)
    # Points equally far but for rounding must not decide by their rounding.
    furthest = np.argmax(size >= size.max(axis=0) * (1 - 1e-9), axis=0)
    return np.where(axes[furthest, np.arange(axes.shape[1])] < 0, -1.0, 1.0)
