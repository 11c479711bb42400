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
from workbench.selftest.pairwise_inputs import number, rows_of

Case = Mapping[str, Any]

LOWER_IS_BETTER = frozenset({"min", "lower", "cost", "-1", "-1.0", "-", "minimize", "minimise"})
HIGHER_IS_BETTER = frozenset({"max", "higher", "benefit", "1", "1.0", "+", "+1", "maximize", "maximise"})

DIRECTIONS = (
    "direction",
    "directions",
    "objectives",
    "objective",
    "types",
    "criteria_types",
    "sense",
    "senses",
)

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
        **dict.fromkeys(("1", "i", "type1", "typei"), "usual"),
        **dict.fromkeys(("2", "ii", "type2", "typeii"), "u_shape"),
        **dict.fromkeys(("3", "iii", "type3", "typeiii"), "v_shape"),
        **dict.fromkeys(("4", "iv", "type4", "typeiv"), "level"),
        **dict.fromkeys(("5", "v", "type5", "typev"), "linear"),
        **dict.fromkeys(("6", "vi", "type6", "typevi"), "gaussian"),
    }
)
"""Preference functions by the spellings in use and the types of Brans & Vincke, letters and digits only."""


def table_of(inputs: Case) -> pd.DataFrame:
    """Read the table of a case; rows and cells may stand under labels."""
    rows = rows_of(inputs["matrix"] if "matrix" in inputs else inputs["values"])
    if not rows or not rows[0]:
        raise InvalidValue("empty_table", proposals=len(rows))
    lengths = {len(row) for row in rows}
    if len(lengths) > 1:
        raise InvalidValue("ragged_table", lengths=tuple(sorted(lengths)))
    return pd.DataFrame(rows)


def criteria_of(inputs: Case) -> list[Any]:
    """Return the names of the criteria; empty where the case numbers them."""
    if inputs.get("criteria"):
        return list(inputs["criteria"])
    given = inputs["matrix"] if "matrix" in inputs else inputs["values"]
    rows = given.values() if isinstance(given, Mapping) else given
    return next((list(row) for row in rows if isinstance(row, Mapping)), [])


def in_order(given: Any, inputs: Case) -> Any:  # noqa: ANN401 - a list, one word, or a mapping by criterion
    """Bring what stands under names of criteria into their order; anything else stays as it is."""
    if not isinstance(given, Mapping):
        return given
    names = criteria_of(inputs)
    return [given[name] for name in names] if set(names) == set(given) else list(given.values())


def decision_of(inputs: Case) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Read table, weights and directions of a case."""
    table = table_of(inputs)
    weights = in_order(inputs.get("weights"), inputs)
    given = [1.0] * len(table.columns) if weights is None else [number(weight) for weight in weights]
    directions = pd.Series(directions_of(inputs, len(table.columns)), index=table.columns, dtype=object)
    return table, pd.Series(given, index=range(len(given)), dtype=float), directions


def directions_of(inputs: Case, count: int) -> list[Direction]:
    """Read the directions of a case."""
    given = in_order(next((inputs[name] for name in DIRECTIONS if name in inputs), None), inputs)
    words = [str(word).strip().lower() for word in repeated("max" if given is None else given, count)]
    unknown = [word for word in words if word not in LOWER_IS_BETTER | HIGHER_IS_BETTER]
    if unknown:
        raise InvalidValue("unknown_direction", words=tuple(unknown))
    return [Direction.LOWER if word in LOWER_IS_BETTER else Direction.HIGHER for word in words]


def repeated(given: Any, count: int) -> list[Any]:  # noqa: ANN401 - one for all, or each
    """Repeat one value for all criteria, or take the list of values."""
    single = isinstance(given, str) or not isinstance(given, Sequence)
    return [given] * count if single else list(given)


def shape_of(name: object) -> str:
    """Return the registry name of a preference function, however it is spelt.

    Examples
    --------
    >>> shape_of("V-shape"), shape_of("Type V"), shape_of(6)
    ('v_shape', 'linear', 'gaussian')
    """
    text = str(name)
    return SHAPES.get("".join(letter for letter in text.lower() if letter.isalnum()), text)


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
