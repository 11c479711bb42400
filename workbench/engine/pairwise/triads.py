"""Triads of answers: the one that contradicts itself most, congruence and dissonance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.pairwise.matrix import complete_logs, log_matrix

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Triad:
    """Three items whose answers disagree, and what the third answer would be from the other two.

    Attributes
    ----------
    items : tuple of three labels
    first_second, second_third, first_third : float
        The three answers.
    implied : float
        first_second * second_third: what first against third should be.
    inconsistency : float
        Koczkodaj's measure, 1 - min(ratio, 1 / ratio) with ratio = first_third / implied; from 0 to 1.
    """

    items: tuple[Any, Any, Any]
    first_second: float
    second_third: float
    first_third: float
    implied: float
    inconsistency: float


def worst_triad(matrix: pd.DataFrame) -> Triad | None:
    """Return the answered triad that contradicts itself most, or None where no three items are all compared.

    Of equal triads the first in the order of the sorted labels is returned.

    Parameters
    ----------
    matrix : DataFrame
        Judgements, complete or not.

    References
    ----------
    Koczkodaj (1993).

    Examples
    --------
    >>> labels = ["need", "cost", "land"]
    >>> matrix = pd.DataFrame([[1, 2, 9], [1/2, 1, 2], [1/9, 1/2, 1]], labels, labels)
    >>> triad = worst_triad(matrix)
    >>> triad.items, triad.first_third, round(triad.implied, 4)
    (('cost', 'land', 'need'), 0.5, 0.2222)
    """
    read = log_matrix(matrix)
    errors, triples = triad_errors(read.logs)
    known = ~np.isnan(errors)
    if not known.any():
        return None
    # Rounded, so that equal triads stay equal and the first one wins on every machine.
    place = int(np.argmax(np.round(np.where(known, np.abs(errors), -1.0), 12)))
    i, j, k = triples[place]
    names = read.names
    return Triad(
        items=(names[i], names[j], names[k]),
        first_second=_ratio(read.logs[i, j]),
        second_third=_ratio(read.logs[j, k]),
        first_third=_ratio(read.logs[i, k]),
        implied=_ratio(read.logs[i, j] + read.logs[j, k]),
        inconsistency=float(-np.expm1(-abs(errors[place]))),
    )


def _ratio(log: float) -> float:
    return float(f"{np.exp(log):.12g}")


def triad_errors(logs: FloatArray) -> tuple[FloatArray, NDArray[np.intp]]:
    """Return log(a_ij a_jk / a_ik) of the triples i < j < k (NaN: not answered), and the triples."""
    n = len(logs)
    i, j, k = (axis.ravel() for axis in np.indices((n, n, n)))
    rising = (i < j) & (j < k)
    i, j, k = i[rising], j[rising], k[rising]
    return logs[i, j] + logs[j, k] - logs[i, k], np.stack([i, j, k], axis=1)


def congruence(matrix: pd.DataFrame) -> float:
    """Return the mean gap |log(a_ik a_kj / a_ij)| between direct and indirect judgements; 0 for n < 3.

    References
    ----------
    Siraj, Mikhailov & Keane (2015).

    Examples
    --------
    >>> matrix = pd.DataFrame([[1, 4], [0.25, 1]], ["need", "cost"], ["need", "cost"])
    >>> congruence(matrix)
    0.0
    """
    errors, _ = triad_errors(complete_logs(matrix).logs)
    # Each triple has the same gap seen from each of its three pairs, so the mean over triples is the mean.
    return float(np.abs(errors).mean()) if len(errors) else 0.0


def dissonance(matrix: pd.DataFrame) -> float:
    """Return the share of indirect judgements that point the other way than the direct one; 0 for n < 3.

    References
    ----------
    Siraj, Mikhailov & Keane (2015).

    Examples
    --------
    >>> labels = ["need", "cost", "land"]
    >>> matrix = pd.DataFrame([[1, 2, 1/2], [1/2, 1, 2], [2, 1/2, 1]], labels, labels)
    >>> dissonance(matrix)
    1.0
    """
    logs = complete_logs(matrix).logs
    n = len(logs)
    if n < 3:
        return 0.0
    indirect = logs[:, :, None] + logs[None, :, :]  # [i, k, j]: log a_ik a_kj
    opposed = logs[:, None, :] * indirect < -1e-12
    return float(opposed.sum() / (n * (n - 1) * (n - 2)))
