"""The forms in which reference cases give tables, weights and directions, and the plain lists they expect."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from workbench.domain.criteria import Direction
from workbench.engine.scoring.ranking import rank_with_ties
from workbench.errors import InvalidValue
from workbench.selftest.pairwise_inputs import number

Case = Mapping[str, Any]

LOWER_IS_BETTER = frozenset({"min", "lower", "cost", "-1", "-1.0", "minimize", "minimise"})
HIGHER_IS_BETTER = frozenset({"max", "higher", "benefit", "1", "1.0", "maximize", "maximise"})

SHAPES: Mapping[str, str] = MappingProxyType(
    {
        "ushape": "u_shape",
        "vshape": "v_shape",
        "vshape2": "linear",
        "vshapeindifference": "linear",
        "usual": "usual",
        "level": "level",
        "linear": "linear",
        "gaussian": "gaussian",
    }
)
"""Preference functions by the spellings in use, without spaces, hyphens and underscores."""


def table_of(inputs: Case) -> pd.DataFrame:
    """Read the table of a case."""
    rows = inputs["matrix"] if "matrix" in inputs else inputs["values"]
    return pd.DataFrame([[number(cell) for cell in row] for row in rows])


def decision_of(inputs: Case) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Read table, weights and directions of a case."""
    table = table_of(inputs)
    weights = inputs.get("weights")
    given = [1.0] * len(table.columns) if weights is None else [number(weight) for weight in weights]
    directions = pd.Series(directions_of(inputs, len(table.columns)), index=table.columns, dtype=object)
    return table, pd.Series(given, index=range(len(given)), dtype=float), directions


def directions_of(inputs: Case, count: int) -> list[Direction]:
    """Read the directions of a case."""
    given = inputs.get("direction", inputs.get("directions", inputs.get("types")))
    words = [str(word).lower() for word in repeated("max" if given is None else given, count)]
    unknown = [word for word in words if word not in LOWER_IS_BETTER | HIGHER_IS_BETTER]
    if unknown:
        raise InvalidValue("unknown_direction", words=tuple(unknown))
    return [Direction.LOWER if word in LOWER_IS_BETTER else Direction.HIGHER for word in words]


def repeated(given: Any, count: int) -> list[Any]:  # noqa: ANN401 - one for all, or each
    """Repeat one value for all criteria, or take the list of values."""
    single = isinstance(given, str) or not isinstance(given, Sequence)
    return [given] * count if single else list(given)


def shape_of(name: str) -> str:
    """Return the registry name of a preference function, however it is spelt."""
    return SHAPES.get("".join(letter for letter in name.lower() if letter.isalnum()), name)


def ranks_of(scores: pd.Series) -> list[int]:
    """Rank scores of 0..1 from high to low."""
    return list(rank_with_ties(scores, scale=1.0).ranks.tolist())


def order_of(scores: pd.Series) -> list[int]:
    """List positions best first; positions of equal score in their own order, as the cases write them."""
    ranks = ranks_of(scores)
    return sorted(range(len(ranks)), key=ranks.__getitem__)


def plain(numbers: pd.Series) -> list[float | None]:
    """List numbers as JSON has them: None where there is none."""
    return [None if math.isnan(value) else value for value in numbers.tolist()]


def by_pair(table: pd.DataFrame) -> dict[str, list[float | None]]:
    """List the rows of a table of pairs under "i,j"."""
    names = [f"{first},{second}" for first, second in table.index.to_list()]
    return {name: plain(table.iloc[row]) for row, name in enumerate(names)}
