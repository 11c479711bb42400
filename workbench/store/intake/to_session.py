"""A list that was understood as a session folder, or as one table more in a folder that exists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from workbench.domain import proposals as domain
from workbench.domain.ballots import Gates
from workbench.domain.budget import Budget
from workbench.domain.checks import raise_if_any
from workbench.domain.columns import conform
from workbench.domain.criteria import Criteria
from workbench.domain.facts import Facts
from workbench.domain.hint_gates import hint_gates
from workbench.domain.intake import Intake, Likeness
from workbench.domain.proposals import Proposals
from workbench.domain.region_codes import Level
from workbench.domain.regions import Regions
from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.regions import shipped_regions
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session

LEVELS = {Level.REGENCY: "kabupaten", Level.DISTRICT: "kecamatan", Level.VILLAGE: "desa"}
MENDED = {"own_parent": "parent", "parent_cycle": "parent", "negative_value": ""}
"""Broken invariants that are mended by leaving the value out, and the column if it is always the same."""


def session_of(intake: Intake, regions: Regions | None = None) -> Session:
    """Return the proposals of a list as a session without criteria.

    Parameters
    ----------
    intake : Intake
        Of proposals, without open questions.
    regions : Regions, optional

    Raises
    ------
    InvalidInput
        The questions that are still open.
    """
    raise_if_any(list(intake.questions))
    table, mended = _mended(intake)
    proposals = Proposals.from_table(table)
    around = (regions or shipped_regions()).around(proposals.frame["region"])
    region = _common_region(proposals)
    known = [*intake.problems, *intake.aside, *intake.private, *mended, *map(_hint, intake.likenesses)]
    notes = [
        replace(note, severity=Severity.NOTE) if note.severity is Severity.ERROR else note for note in known
    ]
    return Session(
        facts=Facts(
            level=LEVELS.get(Level(region.count(".") + 1), "") if region else "",
            region=region,
            region_name=around.name(region) if region else "",
            plan_year=_year(proposals),
            data_source=f"{intake.layout} ({intake.file})",
        ),
        proposals=proposals,
        criteria=Criteria.from_tables(pd.DataFrame()),
        regions=around,
        gates=Gates(hint_gates(intake.likenesses)),
        notes=tuple(_about(note, intake) for note in notes),
    )


def _mended(intake: Intake) -> tuple[pd.DataFrame, list[Problem]]:
    """Leave out values that no session may hold, and say so; anything else is raised later."""
    table = conform(intake.table, domain.COLUMNS)
    problems = []
    for problem in domain.check(table):
        if problem.code not in MENDED or problem.row is None:
            continue
        column = MENDED[problem.code] or problem.column
        table.loc[problem.row, column] = "" if table[column].dtype == "str" else pd.NA
        origin = intake.origin.loc[problem.row]
        problems.append(
            replace(
                problem,
                severity=Severity.SET_ASIDE,
                file=intake.file,
                sheet=str(origin["sheet"]),
                row=int(str(origin["row"])),
            )
        )
    return table, problems


def _common_region(proposals: Proposals) -> str:
    """Return the smallest region that holds all places of a list; empty where there is none."""
    codes = [str(code).split(".") for code in proposals.frame["region"].unique() if code]
    if not codes:
        return ""
    shared: list[str] = []
    for groups in zip(*codes, strict=False):
        if len(set(groups)) > 1:
            break
        shared.append(groups[0])
    return ".".join(shared)


def _year(proposals: Proposals) -> int | None:
    years = proposals.frame["year"].dropna().unique()
    return int(years[0]) if len(years) == 1 else None


def _about(note: Problem, intake: Intake) -> Problem:
    """Add the proposal that stands in the row of a note."""
    if note.row is None or "proposal" in note.facts:
        return note
    same = (intake.origin["row"] == note.row) & (intake.origin["sheet"] == note.sheet)
    labels = intake.table.loc[intake.origin.index[same], "proposal"]
    return replace(note, facts={**note.facts, "proposal": str(labels.iloc[0])}) if len(labels) == 1 else note


def _hint(pair: Likeness) -> Problem:
    facts = {"proposal": pair.first, "other": pair.second, "other_text": pair.second_text, **pair.facts}
    if pair.other_list:
        facts["other_list"] = pair.other_list
    return Problem(f"alike_{pair.reason}", Severity.NOTE, value=pair.first_text, facts=facts)


def add_budget(folder: Path, intakes: Iterable[Intake], *, replace_old: bool) -> int:
    """Put ceilings into a session folder that exists; return the number of lines.

    Raises
    ------
    InvalidInput
        ``budget_exists``: the folder has ceilings and it was not said to replace them.
    """
    opened = open_session(folder)
    if len(opened.session.budget.frame) and not replace_old:
        raise InvalidInput([Problem("budget_exists", file=folder.name)])
    lines = pd.concat([intake.table for intake in intakes], ignore_index=True)
    budget = Budget.from_table(lines)
    session = replace(opened.session, budget=budget)
    write_session(folder, session, opened.rules, opened.resolution)
    return len(budget.frame)
