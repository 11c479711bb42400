"""One weighting from all evidence of a room, with its uncertainty and who and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.weighting.evidence import COLUMNS
from workbench.engine.weighting.least_squares import covariance_of, laplacian, refuse_disconnected
from workbench.errors import InvalidValue, LabelMismatch, same_labels

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CombinedWeights:
    """Weights from evidence of every kind.

    Attributes
    ----------
    weights : Series
        Weight by criterion, summing to one.
    log_weights : Series
        Natural logarithms with mean zero, what the least squares estimates.
    covariance : DataFrame
        Of the log weights, criteria by criteria.
    by_kind : DataFrame
        One row per way of answering: ``participants``, ``answers``, ``share`` (of all precision, summing to
        one) and ``observed_variance`` (mean squared standardised residual: above 1, these answers disagree
        with the result more than their stated variance says).
    """

    weights: pd.Series[float]
    log_weights: pd.Series[float]
    covariance: pd.DataFrame
    by_kind: pd.DataFrame


def combine_evidence(
    evidence: pd.DataFrame, criteria: Iterable[Any], voices: pd.Series[float] | None = None
) -> CombinedWeights:
    """Fit one weighting to all evidence by weighted least squares.

    Parameters
    ----------
    evidence : DataFrame
        Rows made by the functions of `workbench.engine.weighting.evidence`, joined.
    criteria : iterable
        All criteria, in the order wanted.
    voices : Series, optional
        By participant, not negative: multiplies the precision of that person's answers. None counts all
        alike.

    Raises
    ------
    DisconnectedJudgements
        The answers do not link all criteria; the components are named.
    LabelMismatch
        The evidence names criteria that are not there.
    InvalidValue
        ``nobody_answered``; ``invalid_weights`` of the voices.

    Notes
    -----
    Logarithmic least squares (Crawford & Williams 1985) with one variance per observation; the covariance
    takes the stated variances as known.

    Examples
    --------
    >>> from workbench.engine.weighting.evidence import points_evidence
    >>> room = points_evidence("Siti", pd.Series({"need": 7.5, "cost": 1.5}))
    >>> combine_evidence(room, ["need", "cost"]).weights.round(6).to_dict()
    {'need': 0.8, 'cost': 0.2}
    """
    labels = list(criteria)
    names = tuple(sorted(labels, key=str))
    rows = _ordered(evidence, names)
    place = pd.Index(names)
    first, second = (place.get_indexer(rows[column]) for column in ("first", "second"))
    precision = rows["precision"].to_numpy() * _voices(rows, voices)
    matrix = laplacian(len(names), first, second, precision)
    refuse_disconnected(matrix, names)
    covariance = covariance_of(matrix)
    right = np.zeros(len(names))
    np.add.at(right, first, precision * rows["log_ratio"].to_numpy())
    np.add.at(right, second, -precision * rows["log_ratio"].to_numpy())
    logs = covariance @ right
    residuals = rows["log_ratio"].to_numpy() - (logs[first] - logs[second])
    weights = np.exp(logs - logs.max())
    return CombinedWeights(
        weights=pd.Series(weights / weights.sum(), index=list(names), name="weight")[labels],
        log_weights=pd.Series(logs, index=list(names), name="log_weight")[labels],
        covariance=pd.DataFrame(covariance, index=list(names), columns=list(names)).loc[labels, labels],
        by_kind=_by_kind(rows, precision, residuals),
    )


def _ordered(evidence: pd.DataFrame, names: tuple[Any, ...]) -> pd.DataFrame:
    if evidence.empty:
        raise InvalidValue("nobody_answered")
    unknown = (set(evidence["first"]) | set(evidence["second"])) - set(names)
    if unknown:
        raise LabelMismatch("criteria of the evidence", (), unknown)
    keys = evidence[["participant", "kind", "first", "second", "log_ratio", "precision"]]
    # Sorted by content, so that the order in which answers came in cannot change a bit.
    return keys.sort_values(list(COLUMNS), key=_sortable, kind="stable", ignore_index=True)


def _sortable(column: pd.Series[Any]) -> pd.Series[Any]:
    return column if column.dtype.kind == "f" else column.map(str)


def _voices(rows: pd.DataFrame, voices: pd.Series[float] | None) -> FloatArray:
    if voices is None:
        return np.ones(len(rows))
    same_labels("voices of participants", rows["participant"].unique(), voices.index)
    values = voices.to_numpy(dtype=float)
    if not (np.isfinite(values).all() and (values >= 0).all() and values.sum() > 0):
        raise InvalidValue("invalid_weights", total=float(values.sum()))
    return np.asarray(rows["participant"].map(voices).to_numpy(dtype=float))


def _by_kind(rows: pd.DataFrame, precision: FloatArray, residuals: FloatArray) -> pd.DataFrame:
    table = rows.assign(precision=precision, squared=precision * residuals**2)
    grouped = table.groupby("kind", sort=True)
    return pd.DataFrame(
        {
            "participants": grouped["participant"].nunique(),
            "answers": grouped.size(),
            "share": grouped["precision"].sum() / precision.sum(),
            "observed_variance": grouped["squared"].mean(),
        }
    )
