"""Hierarchies of criteria of any depth, and alternatives under the lowest criteria.

Local weights say how a criterion divides among its children; the global weight of a criterion is the product
of the local weights on its path from the goal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from workbench.engine.pairwise.weights import weights_by
from workbench.errors import InvalidInput, InvalidValue, Problem, UnknownMethod, same_labels


@dataclass(frozen=True, eq=False)
class HierarchyWeights:
    """Local and global weights of every criterion below the goal.

    Attributes
    ----------
    goal : label
    table : DataFrame
        One row per criterion, parents before their children; columns ``parent``, ``level`` (1 below the
        goal), ``local``, ``global``, ``leaf``.
    leaves : Series
        Global weight of the lowest criteria, summing to one.
    """

    goal: Any
    table: pd.DataFrame
    leaves: pd.Series[float]


def local_weights(
    comparisons: Mapping[Any, pd.DataFrame], method: str = "geometric_mean"
) -> dict[Any, pd.Series[float]]:
    """Weigh the children of every criterion by one method.

    Parameters
    ----------
    comparisons : mapping of parent to DataFrame
        Judgements among the children of each parent.
    method : str
        A name of `WEIGHTING`.

    Examples
    --------
    >>> matrix = pd.DataFrame([[1, 4], [0.25, 1]], ["need", "cost"], ["need", "cost"])
    >>> local_weights({"goal": matrix})["goal"].round(6).to_dict()
    {'need': 0.8, 'cost': 0.2}
    """
    return {parent: weights_by(method, matrix) for parent, matrix in comparisons.items()}


def hierarchy_weights(local: Mapping[Any, pd.Series[float]], goal: Any) -> HierarchyWeights:  # noqa: ANN401
    """Multiply local weights down from the goal.

    Parameters
    ----------
    local : mapping of parent to Series
        Weights of the children of each parent, summing to one, made by any method.
    goal : label
        The top; every other parent must be somebody's child.

    Raises
    ------
    InvalidInput
        All problems at once: ``unknown_parent`` (a parent that is nobody's child, for example misspelt),
        ``two_parents``, ``weights_not_one``, ``missing_goal``.

    Examples
    --------
    >>> local = {"goal": pd.Series({"people": 0.6, "money": 0.4}),
    ...          "people": pd.Series({"poor": 0.5, "women": 0.5})}
    >>> hierarchy_weights(local, "goal").leaves.to_dict()
    {'poor': 0.3, 'women': 0.3, 'money': 0.4}
    """
    problems = [*_problems(local, goal)]
    if problems:
        raise InvalidInput(problems)
    rows = _rows_below(local, goal, 1, 1.0)
    columns = ["criterion", "parent", "level", "local", "global", "leaf"]
    table = pd.DataFrame(rows, columns=columns).set_index("criterion")
    leaves = table.loc[table["leaf"], "global"].rename("weight")
    return HierarchyWeights(goal, table, leaves)


def _problems(local: Mapping[Any, pd.Series[float]], goal: object) -> list[Problem]:
    if goal not in local:
        return [Problem("missing_goal", value=str(goal))]
    children = [child for weights in local.values() for child in weights.index]
    found = [
        Problem("unknown_parent", value=str(parent), facts={"known": tuple(map(str, children))})
        for parent in local
        if parent != goal and parent not in children
    ]
    twice = {child for child in children if children.count(child) > 1 or child == goal}
    found.extend(Problem("two_parents", value=str(child)) for child in sorted(twice, key=str))
    for parent, weights in local.items():
        total = float(weights.sum())
        if not (abs(total - 1) <= 1e-6 and (weights >= 0).all() and weights.notna().all()):
            found.append(Problem("weights_not_one", value=str(parent), facts={"total": total}))
    return found or _unreachable(local, goal)


def _unreachable(local: Mapping[Any, pd.Series[float]], goal: object) -> list[Problem]:
    reached, waiting = set(), [goal]
    while waiting:
        parent = waiting.pop()
        reached.add(parent)
        waiting.extend(local[parent].index if parent in local else [])
    return [Problem("unknown_parent", value=str(parent)) for parent in local if parent not in reached]


def _rows_below(
    local: Mapping[Any, pd.Series[float]], parent: object, level: int, share: float
) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for child, weight in local[parent].items():
        is_leaf = child not in local
        rows.append((child, parent, level, float(weight), share * float(weight), is_leaf))
        if not is_leaf:
            rows.extend(_rows_below(local, child, level + 1, share * float(weight)))
    return rows


def distributive_synthesis(weights: pd.Series[float], priorities: pd.DataFrame) -> pd.Series[float]:
    """Score alternatives by the weighted sum of their priorities, each criterion's summing to one.

    Adding or copying an alternative can reorder the others (Belton & Gear 1983): close the list first.

    Parameters
    ----------
    weights : Series
        Global weight of each lowest criterion.
    priorities : DataFrame
        Alternatives by lowest criteria; not negative, no gaps. Each column is divided by its sum.

    Returns
    -------
    Series
        Score by alternative, summing to one when the weights do.

    Raises
    ------
    LabelMismatch
        The criteria of the weights and of the priorities differ.
    InvalidValue
        ``missing_priorities`` or ``all_zero``, naming the criteria.

    Examples
    --------
    >>> priorities = pd.DataFrame({"need": [3, 1], "cost": [1, 1]}, index=["well", "road"])
    >>> distributive_synthesis(pd.Series({"need": 0.5, "cost": 0.5}), priorities).to_dict()
    {'well': 0.625, 'road': 0.375}
    """
    checked = _checked(weights, priorities)
    return _weighted(checked.div(checked.sum()), weights)


def ideal_synthesis(weights: pd.Series[float], priorities: pd.DataFrame) -> pd.Series[float]:
    """Score alternatives with each criterion's best set to one; scores are then divided by their sum.

    A copy of an alternative does not change the order of the others; a new best one under some criterion can.

    Parameters and errors are those of `distributive_synthesis`.

    Examples
    --------
    >>> priorities = pd.DataFrame({"need": [4, 1], "cost": [1, 1]}, index=["well", "road"])
    >>> ideal_synthesis(pd.Series({"need": 0.5, "cost": 0.5}), priorities).round(4).to_dict()
    {'well': 0.6154, 'road': 0.3846}
    """
    checked = _checked(weights, priorities)
    scores = _weighted(checked.div(checked.max()), weights)
    return scores / scores.sum()


def _checked(weights: pd.Series[float], priorities: pd.DataFrame) -> pd.DataFrame:
    same_labels("criteria of the alternatives", weights.index, priorities.columns)
    values = priorities[sorted(priorities.columns, key=str)].astype(float)
    gaps = values.isna().any() | (values < 0).any()
    if gaps.any():
        raise InvalidValue("missing_priorities", criteria=tuple(values.columns[gaps.to_numpy()]))
    empty = values.sum() <= 0
    if empty.any():
        raise InvalidValue("all_zero", criteria=tuple(values.columns[empty.to_numpy()]))
    return values


def _weighted(values: pd.DataFrame, weights: pd.Series[float]) -> pd.Series[float]:
    sorted_weights = weights[list(values.columns)].to_numpy(dtype=float)
    scores = np.einsum("ij,j->i", values.to_numpy(dtype=float), sorted_weights)
    return pd.Series(scores, index=values.index, name="score")


SYNTHESES: Mapping[str, Callable[[pd.Series[float], pd.DataFrame], pd.Series[float]]] = MappingProxyType(
    {"distributive": distributive_synthesis, "ideal": ideal_synthesis}
)
"""Ways to join local priorities of alternatives, by name."""


def synthesise(method: str, weights: pd.Series[float], priorities: pd.DataFrame) -> pd.Series[float]:
    """Score alternatives by the named method of `SYNTHESES`, or raise `UnknownMethod`."""
    if method not in SYNTHESES:
        raise UnknownMethod(method=method, known=tuple(SYNTHESES))
    return SYNTHESES[method](weights, priorities)
