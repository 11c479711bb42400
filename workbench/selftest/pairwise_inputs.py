"""The forms in which reference cases give judgements, read into matrices.

Numbers may be numbers or text such as ``"1/3"``; None, ``""`` and ``"?"`` mean not answered. Items are
numbered from 0 in the order of the case, whatever their labels.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from workbench.engine.pairwise import judgement_matrix, pairs_of, random_index
from workbench.errors import InvalidValue


def number(given: Any) -> float:  # noqa: ANN401 - a cell of a case
    """Read one judgement.

    Examples
    --------
    >>> number("1/4"), number(3), number(None)
    (0.25, 3.0, nan)
    """
    if given is None or given in ("", "?"):
        return math.nan
    return float(Fraction(given.replace(",", "."))) if isinstance(given, str) else float(given)


def size_of_upper(count: int) -> int:
    """Return how many items have so many pairs.

    Examples
    --------
    >>> size_of_upper(21)
    7
    """
    n = (1 + math.isqrt(1 + 8 * count)) // 2
    if n * (n - 1) // 2 != count:
        raise InvalidValue("not_a_triangle", count=count)
    return n


def matrix_from_upper(upper: Sequence[Any]) -> pd.DataFrame:
    """Read the judgements above the diagonal, row by row."""
    n = size_of_upper(len(upper))
    records = [(i, j, number(value)) for (i, j), value in zip(pairs_of(n), upper, strict=True)]
    return judgement_matrix(records, range(n), scale_limit=None)


def matrix_from_known(known: Mapping[str, Any], n: int, labels: Sequence[str] = ()) -> pd.DataFrame:
    """Read ``{"i,j": value}``, with positions from 0 or with labels."""
    place = {label: position for position, label in enumerate(labels)}
    records = []
    for pair, value in known.items():
        first, second = (part.strip() for part in pair.split(","))
        records.append((place.get(first) if first in place else int(first), second, number(value)))
    placed = [(i, place[j] if j in place else int(j), value) for i, j, value in records]
    return judgement_matrix(placed, range(n), scale_limit=None)


def matrix_from_cells(cells: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Read a full matrix; a cell may be not answered."""
    values = np.array([[number(cell) for cell in row] for row in cells])
    return pd.DataFrame(values)


def any_matrix(given: Any) -> pd.DataFrame:  # noqa: ANN401 - one of the three forms
    """Read judgements given as a list above the diagonal, as a full matrix or as a mapping of pairs."""
    if isinstance(given, Mapping):
        return matrix_of(given) if {"upper", "matrix", "known"} & set(given) else matrix_of({"known": given})
    nested = len(given) > 0 and isinstance(given[0], Sequence) and not isinstance(given[0], str)
    return matrix_from_cells(given) if nested else matrix_from_upper(given)


def matrix_of(inputs: Mapping[str, Any]) -> pd.DataFrame:
    """Read the judgements of a case from ``matrix``, ``upper`` or ``known``."""
    if "matrix" in inputs:
        return any_matrix(inputs["matrix"])
    if "upper" in inputs:
        return any_matrix(inputs["upper"])
    known, labels = inputs["known"], inputs.get("labels", ())
    n = inputs.get("n") or len(labels) or 1 + max(int(part) for pair in known for part in pair.split(","))
    return matrix_from_known(known, int(n), labels)


def matrices_of(inputs: Mapping[str, Any]) -> list[pd.DataFrame]:
    """Read one matrix per person from ``uppers``, ``upper``, ``matrices`` or ``matrix``."""
    for name in ("uppers", "upper", "matrices", "matrix"):
        if name in inputs:
            return [any_matrix(one) for one in inputs[name]]
    raise InvalidValue("no_matrices", keys=tuple(inputs))


def index_of(inputs: Mapping[str, Any], n: int) -> float:
    """Return the random index of a case: ``ri`` as given, else from ``table`` (default own)."""
    given = inputs.get("ri")
    return random_index(n, inputs.get("table", "own")) if given is None else float(given)
