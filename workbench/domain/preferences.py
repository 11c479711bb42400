"""Other ways to answer about criteria than comparing pairs: orders, shared-out points, best and worst.

One table holds them all, one line an answer: in every way of answering `criterion` is what is judged and
`value` what was said about it; best and worst name beside it the `other` it was set against.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from workbench.domain.checks import duplicates, empty_cells, problem_at, unknown_labels
from workbench.domain.columns import Column, Kind, conform
from workbench.domain.criteria import Criteria
from workbench.domain.judgements import SCALE_LIMITS, strangers, unknown_criteria
from workbench.domain.participants import Participants
from workbench.errors import Problem


class Way(StrEnum):
    """How a line answers."""

    RANK = "rank"
    """`value` is the place of the criterion among its siblings, 1 the most important."""
    POINTS = "points"
    """`value` is how many beans (or points) were laid on the criterion."""
    BEST = "best"
    """The criterion is this person's best: `value` times as important as the other."""
    WORST = "worst"
    """The other is this person's worst: the criterion is `value` times as important as it."""


PAIRED = (Way.BEST, Way.WORST)
COLUMNS = (
    Column("participant", Kind.CODE, required=True, filled=True),
    Column("way", Kind.CHOICE, required=True, filled=True, choices=tuple(Way)),
    Column("criterion", Kind.CODE, required=True, filled=True),
    Column("other", Kind.CODE),
    Column("value", Kind.NUMBER, required=True),
)


@dataclass(frozen=True)
class Preferences:
    """Orders, points and best-worst answers.

    Attributes
    ----------
    frame : DataFrame
        One line an answer: participant, way, criterion, other, value (missing: not answered).
    """

    frame: pd.DataFrame

    @classmethod
    def empty(cls) -> Preferences:
        """Return answers of nobody."""
        return cls(conform(pd.DataFrame(), COLUMNS))

    def of(self, *ways: Way) -> pd.DataFrame:
        """Return the lines of some ways that were answered."""
        return self.frame[self.frame["way"].isin(ways) & self.frame["value"].notna()]


def check_preferences(table: pd.DataFrame, criteria: Criteria, participants: Participants) -> list[Problem]:
    """Name every line that cannot be used.

    Parameters
    ----------
    table : DataFrame
        As `Preferences.frame`; the index is the row number a person sees.
    """
    paired = table["way"].isin(PAIRED)
    problems = empty_cells(table, COLUMNS)
    problems += unknown_labels(table, "participant", participants.labels, "unknown_participant")
    problems += unknown_criteria(table, "criterion", criteria) + unknown_criteria(table, "other", criteria)
    lacking = table.index[paired & (table["other"] == "")]
    problems += [problem_at(row, "empty_cell", "other") for row in lacking]
    surplus = table[~paired & (table["way"] != "") & (table["other"] != "")]
    problems += [problem_at(row, "other_not_expected", "other", at) for row, at in surplus["other"].items()]
    selves = table[paired & (table["criterion"] == table["other"]) & (table["other"] != "")]
    problems += [problem_at(row, "compared_with_itself", "other", at) for row, at in selves["other"].items()]
    problems += strangers(table[paired], "criterion", "other", criteria)
    answered = table[(table["participant"] != "") & (table["criterion"] != "")]
    problems += duplicates(answered, ["participant", "way", "criterion", "other"], "duplicate_cell")
    return problems + _values(table) + _ends(table, criteria)


def _values(table: pd.DataFrame) -> list[Problem]:
    value = table["value"]
    ranked, counted = table["way"] == Way.RANK, table["way"] == Way.POINTS
    faults = {
        "rank_not_whole": ranked & value.notna() & ((value < 1) | (value % 1 != 0)),
        "negative_value": counted & (value < 0),
        "best_worst_below_one": table["way"].isin(PAIRED) & (value < 1),
    }
    return [
        problem_at(row, code, "value", f"{value[row]:g}")
        for code, wrong in faults.items()
        for row in table.index[wrong]
    ]


def _ends(table: pd.DataFrame, criteria: Criteria) -> list[Problem]:
    """Refuse two bests or two worsts of one person, and one pair of them that was said in two ways."""
    parents = criteria.members["parent_criterion"]
    problems = []
    best: dict[tuple[str, str], str] = {}
    for way, end in ((Way.BEST, "criterion"), (Way.WORST, "other")):
        lines = table[(table["way"] == way) & table[end].isin(parents.index)]
        first: dict[tuple[str, str], tuple[object, str]] = {}
        for row, person, label in zip(lines.index, lines["participant"], lines[end], strict=True):
            at, named = first.setdefault((person, parents[label]), (row, label))
            if named != label:
                problems.append(
                    problem_at(row, f"two_{way.value}s", end, label, earlier=named, earlier_row=at)
                )
        same = [key for key, (_, label) in first.items() if best.get(key) == label]
        problems += [problem_at(first[key][0], "best_is_worst", end, first[key][1]) for key in same]
        best = {key: label for key, (_, label) in first.items()}
    return problems + _disagreeing(table)


def _disagreeing(table: pd.DataFrame) -> list[Problem]:
    lines = table[table["way"].isin(PAIRED) & table["value"].notna()]
    met: dict[tuple[str, str, str], tuple[object, float]] = {}
    problems = []
    rows = zip(
        lines.index, lines["participant"], lines["criterion"], lines["other"], lines["value"], strict=True
    )
    for row, person, label, other, value in rows:
        earlier_row, earlier = met.setdefault((person, label, other), (row, value))
        if earlier != value:
            facts = {"earlier_value": earlier, "earlier_row": earlier_row, "first": label, "second": other}
            problems.append(problem_at(row, "judgement_contradictory", "value", f"{value:g}", **facts))
    return problems


def check_preference_scale(table: pd.DataFrame, scale: str) -> list[Problem]:
    """Name every best-worst answer beyond the declared scale of `Rules.comparison_scale`."""
    limit = SCALE_LIMITS[scale]
    if limit is None:
        return []
    outside = table[table["way"].isin(PAIRED) & (table["value"] > limit)]
    return [
        problem_at(
            row, "judgement_outside_scale", "value", f"{value:g}", limit=limit, suggestion=f"{limit:g}"
        )
        for row, value in outside["value"].items()
    ]
