"""What people answered: points on cards, comparisons of criteria, conditions checked. Blank is not zero."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.domain.checks import duplicates, empty_cells, problem_at, unknown_labels
from workbench.domain.columns import Column, Kind, conform
from workbench.domain.criteria import Criteria, Measure
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals
from workbench.errors import Problem

COLUMNS = (
    Column("round", Kind.COUNT, required=True, filled=True),
    Column("participant", Kind.CODE, required=True, filled=True),
    Column("proposal", Kind.CODE, required=True, filled=True),
    Column("criterion", Kind.CODE, required=True, filled=True),
    Column("points", Kind.NUMBER, required=True),
)
JUDGEMENT_COLUMNS = (
    Column("participant", Kind.CODE, required=True, filled=True),
    Column("first", Kind.CODE, required=True, filled=True),
    Column("second", Kind.CODE, required=True, filled=True),
    Column("value", Kind.RATIO, required=True),
)
GATE_COLUMNS = (
    Column("proposal", Kind.CODE, required=True, filled=True),
    Column("gate", Kind.CODE, required=True, filled=True),
    Column("passed", Kind.SIGN, required=True),
    Column("note"),
)


@dataclass(frozen=True)
class Ballots:
    """Cards of the scoring rounds.

    Attributes
    ----------
    frame : DataFrame
        One line a cell: round (1, 2, ...), participant, proposal, criterion, points (missing = left blank).
    """

    frame: pd.DataFrame

    @classmethod
    def empty(cls) -> Ballots:
        """Return ballots of nobody."""
        return cls(conform(pd.DataFrame(), COLUMNS))

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def rounds(self) -> tuple[int, ...]:
        """The rounds that hold at least one line, in order."""
        return tuple(sorted(int(number) for number in self.frame["round"].unique()))

    def of_round(self, number: int) -> pd.DataFrame:
        """Return the lines of one round."""
        return self.frame[self.frame["round"] == number]


@dataclass(frozen=True)
class Judgements:
    """Pairwise comparisons of criteria: "first is `value` times as important as second"."""

    frame: pd.DataFrame

    @classmethod
    def empty(cls) -> Judgements:
        """Return judgements of nobody."""
        return cls(conform(pd.DataFrame(), JUDGEMENT_COLUMNS))


@dataclass(frozen=True)
class Gates:
    """Yes/no conditions per proposal: proposal, gate, passed (missing = not examined), note."""

    frame: pd.DataFrame

    @classmethod
    def empty(cls) -> Gates:
        """Return no condition at all."""
        return cls(conform(pd.DataFrame(), GATE_COLUMNS))


def check_ballots(
    table: pd.DataFrame, proposals: Proposals, criteria: Criteria, participants: Participants
) -> list[Problem]:
    """Name every line that refers to something unknown, repeats another, or lies outside its scale."""
    problems = empty_cells(table, COLUMNS)
    problems += duplicates(
        table[(table["participant"] != "") & (table["proposal"] != "")],
        ["round", "participant", "proposal", "criterion"],
        "duplicate_cell",
    )
    problems += unknown_labels(table, "participant", participants.labels, "unknown_participant")
    problems += unknown_labels(table, "proposal", proposals.labels, "unknown_proposal")
    problems += unknown_labels(table, "criterion", criteria.labels, "unknown_criterion")
    barred = participants.frame.index[~participants.frame["voting_right"].fillna(value=True)]
    refused = table[table["participant"].isin(barred)]
    problems += [
        problem_at(row, "no_voting_right", "participant", label)
        for row, label in refused["participant"].items()
    ]
    computed = criteria.labels[criteria.frame["measure"] != Measure.JUDGED]
    misplaced = table[table["criterion"].isin(computed)]
    problems += [
        problem_at(row, "criterion_not_judged", "criterion", label)
        for row, label in misplaced["criterion"].items()
    ]
    return problems + _outside_scale(table, criteria)


def _outside_scale(table: pd.DataFrame, criteria: Criteria) -> list[Problem]:
    low = table["criterion"].map(criteria.frame["scale_min"])
    high = table["criterion"].map(criteria.frame["scale_max"])
    outside = (table["points"] < low) | (table["points"] > high)
    return [
        problem_at(
            row,
            "points_outside_scale",
            "points",
            f"{table['points'][row]:g}",
            scale_min=float(low[row]),
            scale_max=float(high[row]),
        )
        for row in table.index[outside]
    ]


def check_gates(table: pd.DataFrame, proposals: Proposals) -> list[Problem]:
    """Name every condition of an unknown proposal or given twice."""
    problems = empty_cells(table, GATE_COLUMNS)
    problems += unknown_labels(table, "proposal", proposals.labels, "unknown_proposal")
    return problems + duplicates(table[table["proposal"] != ""], ["proposal", "gate"], "duplicate_cell")
