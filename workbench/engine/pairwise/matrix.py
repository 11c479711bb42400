"""Reciprocal matrices of judgements: built from answers, checked, and read into the log domain.

A matrix of judgements is a frame whose rows and columns carry the same labels; entry (a, b) says how many
times a is preferred to b. NaN means that nobody answered the pair; it never means "equal".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import InvalidInput, InvalidValue, Problem, same_labels

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]

SAATY_SCALE: tuple[float, ...] = (*(1 / k for k in range(9, 1, -1)), *(float(k) for k in range(1, 10)))
"""The 17 values 1/9, 1/8, ..., 1, ..., 9 of Saaty's fundamental scale, rising."""

TOLERANCE = 1e-3
"""Relative rounding that still counts as the reciprocal: 0.333 for 1/3 passes, 0.33 does not."""

COLUMNS = ("first", "second", "value")


@dataclass(frozen=True)
class LogMatrix:
    """A checked matrix in the log domain, in an order that does not depend on the caller's.

    Attributes
    ----------
    labels : Index
        The labels as the caller ordered them.
    order : array of int
        Positions in `labels` that sort them; everything is computed in this order, so that the order of rows
        cannot change even the last bit of a result.
    logs : array of shape (n, n)
        Natural logarithms, antisymmetric, sorted labels; NaN where nobody answered, 0 on the diagonal.
    """

    labels: pd.Index
    order: IntArray
    logs: FloatArray

    @property
    def names(self) -> tuple[Any, ...]:
        """The labels in the order of `logs`."""
        given = self.labels.tolist()
        return tuple(given[position] for position in self.order)

    @property
    def answered(self) -> NDArray[np.bool_]:
        """True where a pair was answered, False on the diagonal; shape (n, n)."""
        known = ~np.isnan(self.logs)
        np.fill_diagonal(known, val=False)
        return known

    @property
    def unanswered_pairs(self) -> tuple[tuple[Any, Any], ...]:
        """The pairs of labels that nobody answered."""
        names = self.names
        first, second = np.nonzero(np.triu(np.isnan(self.logs)))
        return tuple((names[i], names[j]) for i, j in zip(first, second, strict=True))

    def series(self, values: FloatArray, name: str) -> pd.Series[float]:
        """Label values given in sorted order and hand them back in the caller's order."""
        placed = np.empty(len(self.order))
        placed[self.order] = values
        return pd.Series(placed, index=self.labels, name=name)

    def frame(self, values: NDArray[Any]) -> pd.DataFrame:
        """Label an (n, n) array given in sorted order and hand it back in the caller's order."""
        placed = np.empty_like(values)
        placed[np.ix_(self.order, self.order)] = values
        return pd.DataFrame(placed, index=self.labels, columns=self.labels)


def judgement_matrix(
    judgements: pd.DataFrame | Iterable[Sequence[Any]] | Iterable[Mapping[str, Any]],
    labels: Iterable[Any],
    *,
    scale_limit: float | None = 9.0,
) -> pd.DataFrame:
    """Build a reciprocal matrix from answered pairs.

    Parameters
    ----------
    judgements : DataFrame or records
        Columns ``first``, ``second``, ``value``: the first is preferred ``value`` times to the second. NaN or
        None means not answered. The same pair may stand twice, either way round, if both say the same.
    labels : iterable
        The criteria (or proposals) compared, in the order wanted.
    scale_limit : float or None
        Largest value of the scale, 9 for Saaty's 1/9 to 9. None says that the scale is free.

    Returns
    -------
    DataFrame
        Labels by labels, positive ratios, 1 on the diagonal, NaN where nobody answered.

    Raises
    ------
    InvalidInput
        All problems at once, each with its 1-based record as ``row``: ``judgement_unknown_label``,
        ``judgement_not_a_number``, ``judgement_not_positive``, ``judgement_outside_scale``,
        ``judgement_of_itself``, ``judgement_contradictory``, ``missing_column``, ``duplicate_label``.

    Examples
    --------
    >>> judgement_matrix([("need", "cost", 4)], ["need", "cost"])
          need  cost
    need  1.00   4.0
    cost  0.25   1.0
    """
    index = pd.Index(list(labels))
    records = _records(judgements)
    problems = list(_duplicates(index))
    values: dict[tuple[Any, Any], tuple[int, float]] = {}
    for row, (first, second, given) in enumerate(records, start=1):
        found = _problems_of_record(row, first, second, given, index, scale_limit)
        if not found and not _blank(given) and first != second:
            found = _enter(values, row, first, second, float(given))
        problems.extend(found)
    if problems:
        raise InvalidInput(problems)
    return _filled(index, {pair: value for pair, (_, value) in values.items()})


def _records(judgements: Any) -> list[tuple[Any, Any, Any]]:  # noqa: ANN401 - the three public forms
    if isinstance(judgements, pd.DataFrame):
        missing = [column for column in COLUMNS if column not in judgements.columns]
        if missing:
            raise InvalidInput(Problem("missing_column", column=column) for column in missing)
        return list(zip(*(judgements[column].tolist() for column in COLUMNS), strict=True))
    return [
        tuple(record[column] for column in COLUMNS) if isinstance(record, Mapping) else tuple(record)
        for record in judgements
    ]


def _duplicates(index: pd.Index) -> Iterable[Problem]:
    for label in index[index.duplicated()].unique():
        yield Problem("duplicate_label", value=str(label))


def _blank(given: object) -> bool:
    return given is None or given is pd.NA or (isinstance(given, float) and math.isnan(given))


def _problems_of_record(
    row: int, first: object, second: object, given: object, index: pd.Index, scale_limit: float | None
) -> list[Problem]:
    pair = {"first": first, "second": second}
    unknown = [label for label in (first, second) if label not in index]
    if unknown:
        return [
            Problem("judgement_unknown_label", row=row, value=str(label), facts=pair) for label in unknown
        ]
    if _blank(given):
        return []
    code = _problem_of_value(given, scale_limit)
    if not code and first == second and given != 1:
        code = "judgement_of_itself"
    return [Problem(code, row=row, value=str(given), facts={**pair, "limit": scale_limit})] if code else []


def _problem_of_value(given: object, scale_limit: float | None) -> str:
    if isinstance(given, bool) or not isinstance(given, int | float | np.number):
        return "judgement_not_a_number"
    value = float(given)
    if not (0 < value < math.inf):
        return "judgement_not_positive"
    if scale_limit is not None and max(value, 1 / value) > scale_limit * (1 + TOLERANCE):
        return "judgement_outside_scale"
    return ""


def _enter(
    values: dict[tuple[Any, Any], tuple[int, float]], row: int, first: object, second: object, value: float
) -> list[Problem]:
    earlier = values.get((first, second))
    if earlier is None and (second, first) in values:
        earlier_row, reverse = values[second, first]
        earlier = (earlier_row, 1 / reverse)
    if earlier is None:
        values[first, second] = (row, value)
        return []
    if abs(math.log(value / earlier[1])) <= TOLERANCE:
        return []
    facts = {"first": first, "second": second, "earlier_value": earlier[1], "earlier_row": earlier[0]}
    return [Problem("judgement_contradictory", row=row, value=str(value), facts=facts)]


def _filled(index: pd.Index, values: Mapping[tuple[Any, Any], float]) -> pd.DataFrame:
    cells = np.full((len(index), len(index)), np.nan)
    np.fill_diagonal(cells, 1.0)
    place = {label: position for position, label in enumerate(index)}
    for (first, second), value in values.items():
        cells[place[first], place[second]] = value
        cells[place[second], place[first]] = 1 / value
    return pd.DataFrame(cells, index=index, columns=index)


def log_matrix(matrix: pd.DataFrame, *, tolerance: float = TOLERANCE) -> LogMatrix:
    """Check a matrix of judgements and read it into the log domain.

    Parameters
    ----------
    matrix : DataFrame
        Same labels on rows and columns (any order); positive ratios; NaN where nobody answered. One half of a
        pair is enough: its reciprocal follows.
    tolerance : float
        Largest relative difference between an entry and the reciprocal of its mirror, for rounding.

    Raises
    ------
    InvalidInput
        All problems at once: ``judgement_not_a_number`` (text such as "1/3" is read by the caller),
        ``judgement_not_positive``, ``judgement_not_reciprocal``, ``judgement_of_itself`` (a diagonal that is
        not 1), ``duplicate_label``.
    LabelMismatch
        Rows and columns carry different labels.
    InvalidValue
        ``empty_matrix``: there is nothing to compare.

    Examples
    --------
    >>> matrix = judgement_matrix([("b", "a", 2)], ["b", "a"])
    >>> log_matrix(matrix).logs.round(3).tolist()
    [[0.0, -0.693], [0.693, 0.0]]
    """
    if matrix.shape[0] == 0:
        raise InvalidValue("empty_matrix")
    problems = list(_duplicates(matrix.index))
    if problems:
        raise InvalidInput(problems)
    same_labels("rows and columns of a matrix of judgements", matrix.index, matrix.columns)
    order = sorted_positions(matrix.index)
    columns = order if matrix.index.equals(matrix.columns) else sorted_positions(matrix.columns)
    values = _numbers(matrix)[np.ix_(order, columns)]
    _check_values(values, [matrix.index[position] for position in order], tolerance)
    return LogMatrix(matrix.index, order, _antisymmetric(values))


def _numbers(matrix: pd.DataFrame) -> FloatArray:
    if all(kind.kind in "iuf" for kind in matrix.dtypes):
        return matrix.to_numpy(dtype=np.float64)
    try:
        return matrix.astype(object).where(matrix.notna(), np.nan).to_numpy(dtype=np.float64)
    except (TypeError, ValueError):
        problems = [
            Problem("judgement_not_a_number", value=str(value), facts={"first": first, "second": second})
            for first, row in matrix.iterrows()
            for second, value in row.items()
            if not isinstance(value, int | float | np.number) and not _blank(value)
        ]
        raise InvalidInput(problems) from None


def sorted_positions(labels: pd.Index) -> IntArray:
    """Return the positions that sort labels by their text."""
    return np.array(sorted(range(len(labels)), key=lambda position: str(labels[position])), dtype=np.intp)


def complete_logs(matrix: pd.DataFrame) -> LogMatrix:
    """Read a matrix and refuse unanswered pairs by name (`InvalidValue`, code ``incomplete_matrix``)."""
    read = log_matrix(matrix)
    if np.isnan(read.logs).any():
        raise InvalidValue("incomplete_matrix", unanswered=read.unanswered_pairs)
    return read


def _check_values(values: FloatArray, names: list[Any], tolerance: float) -> None:
    with np.errstate(invalid="ignore"):
        bad_sign = ~np.isnan(values) & ~((values > 0) & np.isfinite(values))
        products = np.where(bad_sign, np.nan, values) * np.where(bad_sign, np.nan, values).T
        # The product of an entry and its mirror is 1; on the diagonal it is the square.
        unequal = np.triu(np.abs(products - 1) > tolerance)
    if not (bad_sign.any() or unequal.any()):
        return
    problems = [
        Problem(
            "judgement_not_positive",
            value=str(values[i, j]),
            facts={"first": names[i], "second": names[j]},
        )
        for i, j in np.argwhere(bad_sign)
    ]
    for i, j in np.argwhere(unequal):
        code = "judgement_of_itself" if i == j else "judgement_not_reciprocal"
        facts = {"first": names[i], "second": names[j], "mirror": float(values[j, i])}
        problems.append(Problem(code, value=str(float(values[i, j])), facts=facts))
    raise InvalidInput(problems)


def _antisymmetric(values: FloatArray) -> FloatArray:
    logs = np.log(values)
    known, mirrored = ~np.isnan(logs), ~np.isnan(logs.T)
    # Averaging an entry with its mirror removes the last digits of rounding (0.3333 beside 3).
    both = (np.where(known, logs, 0.0) - np.where(mirrored, logs.T, 0.0)) / np.maximum(
        known.astype(float) + mirrored, 1
    )
    result = np.where(known | mirrored, both, np.nan)
    np.fill_diagonal(result, 0.0)
    return np.asarray(result, dtype=np.float64)
