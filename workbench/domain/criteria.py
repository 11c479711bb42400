"""Criteria: what the forum declares before it scores, with the anchors of every scale."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from workbench.domain.checks import duplicates, empty_cells, problem_at, raise_if_any, unknown_labels
from workbench.domain.columns import Column, Kind, conform
from workbench.domain.hierarchy import check_hierarchy, group_rows, siblings
from workbench.errors import Problem

FORUM_COUNT = "suara_forum"
"""The column of the list that a forum's count of hands, dots, votes or places fills."""


class Direction(StrEnum):
    """Which end of the scale is good."""

    HIGHER = "higher"
    LOWER = "lower"


class Measure(StrEnum):
    """Where the value of a criterion comes from."""

    JUDGED = "judged"
    """People give points on cards."""
    POINTS_TABLE = "points_table"
    """Points are looked up from a column of the proposal."""
    NUMBER = "number"
    """A number of the proposal, placed between the two anchors."""


COLUMNS = (
    Column("criterion", Kind.CODE, required=True, filled=True),
    Column("name", required=True, filled=True),
    Column("weight", Kind.RATIO),
    Column("weight_text"),
    Column("direction", Kind.CHOICE, choices=tuple(Direction)),
    Column("scale_min", Kind.NUMBER, required=True, filled=True),
    Column("scale_max", Kind.NUMBER, required=True, filled=True),
    Column("scale_anchors"),
    Column("measure", Kind.CHOICE, choices=tuple(Measure)),
    Column("column", Kind.CODE),
    Column("parent_criterion", Kind.CODE),
)
GROUP_COLUMNS = tuple(column for column in COLUMNS if column.name in ("criterion", "name"))
"""What must be filled for a group of criteria."""

POINTS_COLUMNS = (
    Column("criterion", Kind.CODE, required=True, filled=True),
    Column("lower", Kind.NUMBER),
    Column("upper", Kind.NUMBER),
    Column("text"),
    Column("points", Kind.NUMBER, required=True, filled=True),
)
"""One line of a points table: a closed interval (either end may be open) or a text, and what it earns."""


def check(table: pd.DataFrame, points: pd.DataFrame) -> list[Problem]:
    """Name every violated invariant of criteria and their points tables, all at once."""
    groups = group_rows(table)
    problems = empty_cells(table[~groups], COLUMNS) + empty_cells(table[groups], GROUP_COLUMNS)
    problems += duplicates(table[table["criterion"] != ""], ["criterion"]) + check_hierarchy(table)
    flat = (
        ~(table["scale_min"] < table["scale_max"]) & table["scale_min"].notna() & table["scale_max"].notna()
    )
    problems += [
        problem_at(row, "scale_empty", "scale_max", table["scale_max"][row]) for row in table.index[flat]
    ]
    negative = table["weight"] < 0
    problems += [
        problem_at(row, "negative_value", "weight", table["weight"][row]) for row in table.index[negative]
    ]
    needs_column = (table["measure"] != Measure.JUDGED) & (table["column"] == "") & ~groups
    problems += [problem_at(row, "criterion_without_column", "column") for row in table.index[needs_column]]
    problems += empty_cells(points, POINTS_COLUMNS)
    return problems + _check_points(table, points)


def _check_points(table: pd.DataFrame, points: pd.DataFrame) -> list[Problem]:
    looked_up = table[table["measure"] == Measure.POINTS_TABLE]
    problems = unknown_labels(points, "criterion", looked_up["criterion"], "points_for_unknown_criterion")
    lacking = looked_up[~looked_up["criterion"].isin(points["criterion"])]
    problems += [
        problem_at(row, "points_table_missing", "criterion", label)
        for row, label in lacking["criterion"].items()
    ]
    scales = looked_up.drop_duplicates("criterion").set_index("criterion")
    for row, line in points.iterrows():
        if line["criterion"] not in scales.index:
            continue
        scale = scales.loc[line["criterion"]]
        if not scale["scale_min"] <= line["points"] <= scale["scale_max"]:
            facts = {"scale_min": scale["scale_min"], "scale_max": scale["scale_max"]}
            problems.append(problem_at(row, "points_outside_scale", "points", line["points"], **facts))
    return problems


@dataclass(frozen=True)
class Criteria:
    """The declared criteria.

    Attributes
    ----------
    frame : DataFrame
        The criteria that are scored. Index ``criterion``; columns name, weight (number, missing when weights
        come from comparisons), weight_text (as the forum wrote it: 3/10, 30 %, 5), direction, scale_min,
        scale_max, scale_anchors, measure, column (of the proposal, for computed criteria),
        parent_criterion (the group it stands in, empty at the top).
    points : DataFrame
        Lines of the points tables: criterion, lower, upper, text, points.
    groups : DataFrame
        The groups of criteria, with the columns of `frame`; a group has no measure and no scale. The weight
        of a grouped criterion is its share among its siblings.

    Raises
    ------
    InvalidInput
        Names every broken invariant.
    """

    frame: pd.DataFrame
    points: pd.DataFrame
    groups: pd.DataFrame = field(
        default_factory=lambda: conform(pd.DataFrame(), COLUMNS).set_index("criterion")
    )

    @classmethod
    def from_tables(cls, table: pd.DataFrame, points: pd.DataFrame | None = None) -> Criteria:
        """Check both tables, whose index is the row number a person sees, and return the value."""
        table = with_defaults(conform(table, COLUMNS))
        points = conform(pd.DataFrame() if points is None else points, POINTS_COLUMNS)
        raise_if_any(check(table, points))
        groups = group_rows(table)
        return cls(
            table[~groups].set_index("criterion"),
            points.reset_index(drop=True),
            table[groups].set_index("criterion"),
        )

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def labels(self) -> pd.Index[str]:
        """The codes of the scored criteria, in declared order."""
        return self.frame.index

    @property
    def members(self) -> pd.DataFrame:
        """The groups, then the scored criteria, in one frame."""
        return pd.concat([self.groups, self.frame]) if len(self.groups) else self.frame

    def siblings(self) -> dict[str, tuple[str, ...]]:
        """Return the criteria weighed against each other, by their parent; the goal is the empty text."""
        return siblings(self.members["parent_criterion"])

    def flat(self) -> Criteria:
        """Return the scored criteria without their groups: their weights then count among all."""
        return Criteria(self.frame.assign(parent_criterion=""), self.points)

    def measured(self, measure: Measure) -> pd.DataFrame:
        """Return the criteria of one measure."""
        return self.frame[self.frame["measure"] == measure]


def with_defaults(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the defaults a form leaves unsaid: judged by people, more is better.

    A group of criteria is not measured at all.
    """
    return table.assign(
        direction=table["direction"].replace("", Direction.HIGHER.value),
        measure=table["measure"].where(group_rows(table), table["measure"].replace("", Measure.JUDGED.value)),
    )
