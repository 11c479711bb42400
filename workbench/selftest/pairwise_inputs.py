"""The forms in which reference cases give judgements, read into matrices.

Numbers may be numbers or text such as ``"1/3"``; None, ``""``, ``"?"``, ``"*"``, ``"-"`` and ``"NaN"`` mean
not answered. Items are numbered from 0 in the order of the case, whatever their labels.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.pairwise import judgement_matrix, pairs_of, random_index
from workbench.errors import InvalidValue

PEOPLE = ("uppers", "upper", "matrices", "matrix", "judgements", "judgments")
"""Where the judgements of several people may stand."""

DECIMALS = range(2, 13)
"""Decimals to which a printed matrix may round."""

Triple = tuple[Any, Any, Any]

NOT_ANSWERED = frozenset({"", "?", "*", "-", "nan", "na", "none", "null"})
MARKS = (",", ";", "|", ":", "/", "-")
"""What may stand between the two items of a pair, tried in this order."""


def number(given: Any) -> float:  # noqa: ANN401 - a cell of a case
    """Read one number.

    Examples
    --------
    >>> number(" 1/4 "), number(3), number("2,5"), number(None)
    (0.25, 3.0, 2.5, nan)
    """
    if given is None:
        return math.nan
    if not isinstance(given, str):
        return float(given)
    text = "".join(given.split()).replace(",", ".")
    if text.lower() in NOT_ANSWERED:
        return math.nan
    return float(Fraction(text.removesuffix("%"))) / (100 if text.endswith("%") else 1)


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


def matrix_from_known(triples: Sequence[Triple], n: int, labels: Sequence[Any] = ()) -> pd.DataFrame:
    """Read (item, item, value) with items as labels or as positions from 0."""
    place = {str(label): position for position, label in enumerate(labels)}
    placed = [
        (*(place[str(item)] if str(item) in place else int(item) for item in pair), number(value))
        for *pair, value in triples
    ]
    return judgement_matrix([(i, j, value) for i, j, value in placed], range(n), scale_limit=None)


def matrix_from_cells(cells: Any) -> pd.DataFrame:  # noqa: ANN401 - rows in a list or a mapping
    """Read a full matrix, rows and cells listed or under labels; a cell may be not answered."""
    names = list(cells) if isinstance(cells, Mapping) else None
    return pd.DataFrame(_exact(np.array(rows_of(cells, names, names))))


def _exact(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put the reciprocal where a printed matrix has it rounded (0.33 or 0.3333333333 beside 3)."""
    if cells.ndim != 2 or cells.shape[0] != cells.shape[1]:
        return cells
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = 1 / cells.T
    as_printed = [np.isclose(cells, inverse.round(places), rtol=0, atol=1e-15) for places in DECIMALS]
    return np.where((inverse < 1) & np.any(as_printed, axis=0), inverse, cells)


def rows_of(
    given: Any,  # noqa: ANN401 - a table listed or under labels
    names: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
) -> list[list[float]]:
    """Read rows of numbers; rows and cells under labels are brought into one order (else the first seen).

    Examples
    --------
    >>> rows_of({"b": {"y": "1/2", "x": 1}, "a": {"x": 3, "y": 4}}, ["a", "b"])
    [[3.0, 4.0], [1.0, 0.5]]
    """
    rows = [given[name] for name in names or given] if isinstance(given, Mapping) else list(given)
    order = columns or next((list(row) for row in rows if isinstance(row, Mapping)), [])
    cells = [[row[column] for column in order] if isinstance(row, Mapping) else row for row in rows]
    return [[number(cell) for cell in row] for row in cells]


def any_matrix(given: Any) -> pd.DataFrame:  # noqa: ANN401 - one of the forms
    """Read judgements given above the diagonal (one list, or its rows), as a full matrix or as pairs."""
    if isinstance(given, Mapping):
        return _from_mapping(given)
    if not any(isinstance(row, Sequence | Mapping) and not isinstance(row, str) for row in given):
        return matrix_from_upper(given)
    lengths = [len(row) for row in given]
    if len(given) > 1 and lengths == list(range(len(given), 0, -1)):
        return matrix_from_upper([cell for row in given for cell in row])
    return matrix_from_cells(given)


def _from_mapping(given: Mapping[str, Any]) -> pd.DataFrame:
    if {"upper", "matrix", "known"} & set(given):
        return matrix_of(given)
    full = bool(given) and all(isinstance(row, Mapping | list) for row in given.values())
    return matrix_from_cells(given) if full else matrix_of({"known": given})


def matrix_of(inputs: Mapping[str, Any]) -> pd.DataFrame:
    """Read the judgements of a case from ``matrix``, ``upper`` or ``known``."""
    if "matrix" in inputs and not inputs["matrix"]:
        raise InvalidValue("empty_matrix")
    for name in ("matrix", "upper"):
        if name in inputs:
            return any_matrix(inputs[name])
    triples = _triples(inputs["known"])
    items = [item for *pair, _ in triples for item in pair]
    labels = labels_of(inputs)
    if not labels and not all(str(item).isdigit() for item in items):
        labels = list(dict.fromkeys(map(str, items)))
    n = inputs.get("n") or len(labels) or 1 + max(map(int, items), default=0)
    return matrix_from_known(triples, int(n), labels)


def labels_of(inputs: Mapping[str, Any]) -> list[Any]:
    """Return the labels of the items; empty where the case gives none."""
    names = ("labels", "names", "items", "order")
    return list(next((inputs[name] for name in names if name in inputs), ()))


def matrices_of(inputs: Mapping[str, Any]) -> list[pd.DataFrame]:
    """Read one matrix per person from the first of `PEOPLE` that the case gives."""
    for name in PEOPLE:
        if name in inputs:
            return [any_matrix(one) for one in _values(inputs[name])]
    raise InvalidValue("no_matrices", keys=tuple(inputs))


def index_of(inputs: Mapping[str, Any], n: int) -> float:
    """Return the random index to divide by: ``ri`` as number, by n or as name of a table, else ``table``."""
    given = inputs.get("ri")
    if given is None:
        return random_index(n, table_of(inputs))
    if isinstance(given, Mapping):
        return number({str(size): value for size, value in given.items()}[str(n)])
    if isinstance(given, str) and not given.strip()[:1].isdigit():
        return random_index(n, _table_name(given))
    return number(given)


def table_of(inputs: Mapping[str, Any]) -> str:
    """Return the name of the table of random indices that a case asks for."""
    return _table_name(str(inputs.get("table", inputs.get("ri_table", "own"))))


def _table_name(text: str) -> str:
    return "_".join(text.replace("-", " ").replace("&", " ").replace("_", " ").lower().split())


def _values(given: Any) -> list[Any]:  # noqa: ANN401 - listed, or under labels
    return list(given.values()) if isinstance(given, Mapping) else list(given)


def _triples(known: Any) -> list[Triple]:  # noqa: ANN401 - a mapping of pairs, or a list
    if isinstance(known, Mapping):
        return [(*_pair(pair), value) for pair, value in known.items()]
    return [(*entry[0], entry[1]) if len(entry) == 2 else tuple(entry) for entry in known]


def _pair(text: str) -> tuple[str, str]:
    inner = text.strip().strip("()[]")
    for mark in MARKS:
        if inner.count(mark) == 1:
            first, second = (part.strip().strip("'\"") for part in inner.split(mark))
            return first, second
    raise InvalidValue("not_a_pair", text=text)
