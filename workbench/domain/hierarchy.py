"""Criteria in groups of any depth: who stands under whom. Only the lowest criteria are scored.

A group is a criterion that another one names as its parent. It carries a weight or is compared with its
siblings; it has no scale and no measure of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workbench.domain.checks import problem_at
from workbench.domain.suggestions import suggested
from workbench.errors import Problem

GOAL = ""
"""The parent of the topmost criteria."""
OF_LEAVES = ("scale_min", "scale_max", "scale_anchors", "measure", "column")
"""What only a criterion that is scored can have."""


def group_rows(table: pd.DataFrame) -> pd.Series[bool]:
    """Tell for each row whether its criterion is a group.

    Examples
    --------
    >>> table = pd.DataFrame({"criterion": ["G", "K1"], "parent_criterion": ["", "G"]})
    >>> group_rows(table).tolist()
    [True, False]
    """
    return table["criterion"].isin(table["parent_criterion"]) & (table["criterion"] != "")


def siblings(parents: pd.Series[str]) -> dict[str, tuple[str, ...]]:
    """Return the children of every parent, the goal first.

    Parameters
    ----------
    parents : Series
        Parent by criterion, in declared order; the empty text is the goal.

    Examples
    --------
    >>> siblings(pd.Series({"G": "", "K1": "G", "K2": "G", "K3": ""}))
    {'': ('G', 'K3'), 'G': ('K1', 'K2')}
    """
    children: dict[str, list[str]] = {GOAL: []}
    for label, parent in parents.items():
        children.setdefault(str(parent), []).append(str(label))
    return {parent: tuple(labels) for parent, labels in children.items()}


def check_hierarchy(table: pd.DataFrame) -> list[Problem]:
    """Name unknown parents, circles and groups with a measure, all at once.

    Parameters
    ----------
    table : DataFrame
        Columns of the criteria; the index is the row number a person sees.
    """
    names = dict(zip(table["criterion"], table["name"], strict=True))
    names.pop("", None)
    problems = []
    for row, parent in table["parent_criterion"].items():
        if parent != GOAL and parent not in names:
            facts = suggested(str(parent), names)
            problems.append(problem_at(row, "unknown_parent", "parent_criterion", parent, **facts))
    return [*problems, *_circles(table), *_measured_groups(table)]


def _circles(table: pd.DataFrame) -> list[Problem]:
    parents = dict(zip(table["criterion"], table["parent_criterion"], strict=True))
    rows = dict(zip(table["criterion"], table.index, strict=True))
    circles: dict[frozenset[str], tuple[str, ...]] = {}
    for label in parents:
        circle = _circle_of(label, parents)
        circles.setdefault(frozenset(circle), circle)
    circles.pop(frozenset(), None)
    return [
        problem_at(
            rows[circle[0]], "criteria_in_circle", "parent_criterion", parents[circle[0]], circle=circle
        )
        for circle in circles.values()
    ]


def _circle_of(label: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """Return the circle that a criterion stands in, beginning with it; empty where it stands in none."""
    path = [label]
    while (above := parents.get(path[-1], GOAL)) != GOAL:
        if above == label:
            return tuple(path)
        if above in path:
            return ()
        path.append(above)
    return ()


def _measured_groups(table: pd.DataFrame) -> list[Problem]:
    groups = table[group_rows(table)]
    return [
        problem_at(row, "group_with_measure", column, groups[column][row], criterion=groups["criterion"][row])
        for row in groups.index
        for column in OF_LEAVES
        if not (pd.isna(groups[column][row]) or groups[column][row] == "")
    ]
