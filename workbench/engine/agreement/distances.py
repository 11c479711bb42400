"""Distances between rankings: of people, of groups, of methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.engine.agreement.tables import Floats, complete, in_label_order
from workbench.errors import InvalidValue


def kendall_distances(rankings: pd.DataFrame) -> pd.DataFrame:
    """Give (1 - tau_b) / 2 between every two rankings: 0 the same order, 1 the reverse (Kendall 1945).

    Parameters
    ----------
    rankings : DataFrame, rankings x proposals
        One ranking a row (a participant, a group, a method); only the order within a row counts, so ranks and
        scores may not be mixed. Two rows are compared on the proposals that both rank.

    Returns
    -------
    DataFrame, rankings x rankings
        Zero on the diagonal; NaN between two rows of which one ties everything that both rank.

    Examples
    --------
    >>> orders = pd.DataFrame({"a": [1, 3], "b": [2, 2], "c": [3, 1]}, index=["north", "south"])
    >>> kendall_distances(orders).loc["north", "south"].item()
    1.0
    """
    ordered = in_label_order(rankings, "rankings")
    values = ordered.to_numpy()
    first, second = np.triu_indices(values.shape[1], 1)
    difference = values[:, first] - values[:, second]
    both = (~np.isnan(difference)).astype("float32")
    signs = np.sign(np.nan_to_num(difference)).astype("float32")
    agreement = (signs @ signs.T).astype("float64")
    untied = (np.abs(signs) @ both.T).astype("float64")
    scale = np.sqrt(untied * untied.T)
    tau = np.divide(agreement, scale, out=np.full(scale.shape, np.nan), where=scale > 0)
    return _as_distances(tau, ordered.index)


def spearman_distances(rankings: pd.DataFrame) -> pd.DataFrame:
    """Give (1 - rho) / 2 between every two rankings, rho the correlation of average ranks (Spearman 1904).

    Parameters
    ----------
    rankings : DataFrame, rankings x proposals
        As for `kendall_distances`, without gaps.

    Raises
    ------
    InvalidValue
        ``incomplete_table``.

    Examples
    --------
    >>> orders = pd.DataFrame({"a": [1, 3], "b": [2, 2], "c": [3, 1]}, index=["north", "south"])
    >>> spearman_distances(orders).loc["north", "south"].round(9).item()
    1.0
    """
    ordered = complete(rankings, "rankings")
    ranks = ordered.rank(axis=1, method="average").to_numpy()
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    products = centred @ centred.T
    size = np.sqrt(np.diag(products))
    scale = np.outer(size, size)
    rho = np.divide(products, scale, out=np.full(scale.shape, np.nan), where=scale > 0)
    return _as_distances(rho, ordered.index)


DISTANCES: Mapping[str, Callable[[pd.DataFrame], pd.DataFrame]] = MappingProxyType(
    {"kendall": kendall_distances, "spearman": spearman_distances}
)


def _as_distances(correlation: Floats, labels: pd.Index) -> pd.DataFrame:
    distances = np.clip((1 - correlation) / 2, 0.0, 1.0)
    np.fill_diagonal(distances, 0.0)
    return pd.DataFrame(distances, index=labels, columns=labels)


def require_defined(distances: pd.DataFrame) -> Floats:
    """Give the matrix of distances, or refuse it when some are undefined.

    Raises
    ------
    InvalidValue
        ``undefined_distances`` with how many rankings are concerned.

    Examples
    --------
    >>> require_defined(pd.DataFrame([[0.0]])).tolist()
    [[0.0]]
    """
    values = distances.to_numpy(dtype="float64")
    undefined = np.isnan(values)
    if undefined.any():
        raise InvalidValue("undefined_distances", rankings=int(undefined.any(axis=1).sum()))
    return values
