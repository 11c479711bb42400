"""Checks of pairwise comparisons: of known siblings, above zero, on the scale, and not against themselves."""

from __future__ import annotations

import math

import pandas as pd

from workbench.domain.ballots import JUDGEMENT_COLUMNS
from workbench.domain.checks import empty_cells, problem_at, unknown_labels
from workbench.domain.criteria import Criteria
from workbench.domain.participants import Participants
from workbench.domain.suggestions import suggested
from workbench.errors import Problem, Severity

ROUNDING = 1e-3
"""Relative rounding that still counts as the same answer or as a value of the scale: 0,333 for 1/3."""
SCALE_LIMITS = {"nine": 9.0, "free": None}
"""Largest value of the scale by the names of `Rules.comparison_scale`; None: any value above zero."""


def check_judgements(table: pd.DataFrame, criteria: Criteria, participants: Participants) -> list[Problem]:
    """Name every comparison that cannot be used, and every one that stands there twice.

    Parameters
    ----------
    table : DataFrame
        Columns participant, first, second, value (missing: not answered); the index is the row number a
        person sees.
    """
    problems = empty_cells(table, JUDGEMENT_COLUMNS)
    problems += unknown_labels(table, "participant", participants.labels, "unknown_participant")
    for side in ("first", "second"):
        problems += unknown_criteria(table, side, criteria)
    selves = table.index[(table["first"] == table["second"]) & (table["first"] != "")]
    problems += [problem_at(row, "compared_with_itself", "second", table["second"][row]) for row in selves]
    unscaled = table.index[table["value"] <= 0]
    problems += [problem_at(row, "judgement_not_positive", "value", table["value"][row]) for row in unscaled]
    return problems + strangers(table, "first", "second", criteria) + _repeated(table)


def unknown_criteria(table: pd.DataFrame, column: str, criteria: Criteria) -> list[Problem]:
    """Name every code that is no criterion, with what it probably means."""
    names = {str(label): str(name) for label, name in criteria.members["name"].items()}
    labels = table[column]
    wrong = labels[~labels.isin(list(names)) & (labels != "")]
    facts = {label: suggested(label, names) for label in wrong.unique()}
    return [
        problem_at(row, "unknown_criterion", column, label, **facts[label]) for row, label in wrong.items()
    ]


def strangers(table: pd.DataFrame, left: str, right: str, criteria: Criteria) -> list[Problem]:
    """Name every line that sets criteria of different groups against each other."""
    parents = criteria.members["parent_criterion"]
    above, beside = table[left].map(parents), table[right].map(parents)
    apart = table.index[above.notna() & beside.notna() & (above != beside)]
    return [
        problem_at(
            row,
            "criteria_not_siblings",
            right,
            table[right][row],
            first=table[left][row],
            second=table[right][row],
            first_group=above[row] or None,
            second_group=beside[row] or None,
        )
        for row in apart
    ]


def _repeated(table: pd.DataFrame) -> list[Problem]:
    """Refuse a second answer that differs; note one that says the same, perhaps the other way round."""
    problems = []
    met: dict[tuple[str, str, str], tuple[int, float]] = {}
    rows = zip(
        table.index, table["participant"], table["first"], table["second"], table["value"], strict=True
    )
    for row, person, first, second, value in rows:
        if not (value > 0) or "" in (person, first, second) or first == second:
            continue
        key = (person, *sorted((first, second)))
        oriented = value if first < second else 1 / value
        if key not in met:
            met[key] = (row, oriented)
            continue
        earlier_row, earlier = met[key]
        same = abs(math.log(oriented / earlier)) <= ROUNDING
        facts = {"first": first, "second": second, "earlier_row": earlier_row}
        if same:
            problems.append(problem_at(row, "comparison_repeated", "value", value, Severity.NOTE, **facts))
        else:
            facts["earlier_value"] = earlier if first < second else 1 / earlier
            problems.append(problem_at(row, "judgement_contradictory", "value", f"{value:.6g}", **facts))
    return problems


def check_scale(table: pd.DataFrame, scale: str) -> list[Problem]:
    """Name every comparison beyond the declared scale, with the nearest value on it.

    Parameters
    ----------
    table : DataFrame
        Column value; the index is the row number a person sees.
    scale : str
        A name of `SCALE_LIMITS`.

    Examples
    --------
    >>> check_scale(pd.DataFrame({"value": [3.0, 12.0]}, index=[2, 3]), "nine")[0].facts["suggestion"]
    '9'
    """
    limit = SCALE_LIMITS[scale]
    if limit is None:
        return []
    values = table["value"]
    strength = values.where(values >= 1, 1 / values.where(values > 0))
    # 0.111 is 1/9 to three decimals, and a little more than nine the other way round.
    outside = table.index[strength > limit * (1 + 2 * ROUNDING)]
    end = f"{limit:g}"
    return [
        problem_at(
            row,
            "judgement_outside_scale",
            "value",
            f"{values[row]:.6g}",
            limit=limit,
            suggestion=end if values[row] > 1 else f"1/{end}",
        )
        for row in outside
    ]
