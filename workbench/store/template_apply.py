"""Putting a template into a session folder: criteria, points, gates, bands and rules in one movement.

What people have scored is never lost: cards of criteria that go are refused, or kept in a file of their own.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from workbench.domain.ballots import GATE_COLUMNS, Ballots, Gates, Judgements
from workbench.domain.columns import conform
from workbench.domain.criteria import Criteria
from workbench.domain.preferences import Preferences
from workbench.domain.proposals import Proposals
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.domain.template import Template
from workbench.errors import InvalidInput, Problem
from workbench.store.headers import load_headers
from workbench.store.session_folder import OpenedSession, open_session
from workbench.store.session_writing import write_session
from workbench.store.workbook_tables import find_books
from workbench.store.writing import csv_bytes

SAME = ("name", "direction", "scale_min", "scale_max", "measure")
"""What must stay the same of a criterion so that cards given for it keep their meaning."""

BACKUPS = "cadangan"
"""Folder of the workbooks as they were before."""

ANSWERED = ("criteria", "points", "ballots", "judgements", "preferences", "gates")
"""Tables that are kept apart when criteria go."""


@dataclass(frozen=True)
class Applied:
    """What became of a folder.

    Attributes
    ----------
    template : Template
    columns : tuple of str
        Columns that were added to the list of proposals, empty, to be filled in.
    gates : int
        Lines of conditions that are still to be examined; 0 where the template asks none.
    kept_apart : tuple of str
        Files that hold the cards and comparisons of the criteria that went, and workbooks as they were.
    """

    template: Template
    columns: tuple[str, ...]
    gates: int
    kept_apart: tuple[str, ...]


def apply_template(folder: Path, template: Template, *, replace_scored: bool = False) -> Applied:
    """Write a template into a session folder, in which only the list of proposals need exist.

    Parameters
    ----------
    folder : Path
        A session folder; ``kriteria.csv`` may still be missing.
    template : Template
    replace_scored : bool
        Whether criteria go although people have scored or compared them; their answers are kept apart.

    Raises
    ------
    InvalidInput
        ``template_counts_votes``: a vote has no criteria to write; ``scored_criteria`` names the criteria
        that would go with the cards given for them; and everything that is wrong with the folder. Nothing is
        written then.
    """
    if template.criteria is None:
        raise InvalidInput([Problem("template_counts_votes", value=template.title)])
    opened = _opened(folder, template)
    kept = _unchanged(opened.session.criteria, template.criteria)
    going = _answered(opened.session, kept)
    if going and not replace_scored:
        raise InvalidInput(
            Problem("scored_criteria", column=label, facts={"answers": number})
            for label, number in sorted(going.items())
        )
    session = _with_template(opened.session, template, opened.rules, kept)
    backups = _keep_apart(folder) if _differ(opened.session.criteria, template.criteria) else ()
    backups += _keep_books(folder)
    write_session(folder, session, template.applied_to(opened.rules), opened.resolution)
    return Applied(
        template,
        template.own_columns(opened.session.proposals.frame.columns),
        int(session.gates.frame["passed"].isna().sum()) if template.gates else 0,
        backups,
    )


def _opened(folder: Path, template: Template) -> OpenedSession:
    """Open the folder; where it has no criteria yet, as if it had the template's."""
    criteria = load_headers().tables["criteria"].file + ".csv"
    try:
        return open_session(folder)
    except InvalidInput as error:
        if [problem.code for problem in error.problems] != ["table_missing"]:
            raise
        if error.problems[0].value != criteria or template.criteria is None:
            raise
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / folder.name
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*.ipynb", "*.geojson", "*.html"))
        (copy / criteria).write_bytes(csv_bytes(_judged(template.criteria)))
        return open_session(copy)


def _judged(criteria: Criteria) -> pd.DataFrame:
    """Return a criteria table that asks nothing of the list: the columns to look up are added later."""
    fields = load_headers().tables["criteria"].fields
    texts = {"criterion": criteria.labels, "name": criteria.frame["name"], "weight": "1"}
    table = pd.DataFrame(texts | {"scale_min": "0", "scale_max": "1"}, index=criteria.labels)
    return table.rename(columns=dict(fields))


def _unchanged(now: Criteria, then: Criteria) -> frozenset[str]:
    """Return the criteria that stay as they are but for their weight."""
    both = now.labels.intersection(then.labels)
    same = (now.frame.loc[both, list(SAME)] == then.frame.loc[both, list(SAME)]).all(axis="columns")
    return frozenset(str(label) for label in both[same.to_numpy()])


def _differ(now: Criteria, then: Criteria) -> bool:
    columns = [column for column in now.frame if column in then.frame]
    same = now.frame[columns].equals(then.frame[columns]) and now.points.equals(then.points)
    return not same


def _answered(session: Session, kept: frozenset[str]) -> dict[str, int]:
    """Count the points and comparisons of the criteria that would go."""
    given, compared, weighed = session.ballots.frame, session.judgements.frame, session.preferences.frame
    answers = [given.loc[given["points"].notna(), "criterion"], compared["first"], compared["second"]]
    criteria = pd.concat([*answers, weighed["criterion"]])
    counts = criteria[~criteria.isin(kept)].value_counts()
    return {str(label): int(number) for label, number in counts.items()}


def _with_template(session: Session, template: Template, rules: Rules, kept: frozenset[str]) -> Session:
    assert template.criteria is not None  # noqa: S101 - refused above
    frame = session.proposals.frame
    columns = template.own_columns(frame.columns)
    cards, compared, weighed = session.ballots.frame, session.judgements.frame, session.preferences.frame
    pairs = compared["first"].isin(kept) & compared["second"].isin(kept)
    proposals = Proposals(frame.assign(**dict.fromkeys(columns, "")))
    return replace(
        session,
        facts=replace(session.facts, template=f"{template.title} ({template.provenance.year})"),
        proposals=proposals,
        criteria=template.criteria,
        ballots=Ballots(cards[cards["criterion"].isin(kept)].reset_index(drop=True)),
        judgements=Judgements(compared[pairs].reset_index(drop=True)),
        preferences=Preferences(weighed[_stays(weighed, kept)].reset_index(drop=True)),
        gates=_gates(session, template, proposals.at_stage(rules.stage)),
        bands=template.bands,
    )


def _stays(weighed: pd.DataFrame, kept: frozenset[str]) -> pd.Series[bool]:
    return weighed["criterion"].isin(kept) & (weighed["other"].isin(kept) | (weighed["other"] == ""))


def _gates(session: Session, template: Template, ranked: Proposals) -> Gates:
    """Return the conditions with a line, not examined yet, for every proposal and condition that had none."""
    before = _examined(session.gates.frame, template)
    known = set(zip(before["proposal"], before["gate"], strict=True))
    added = [
        {"proposal": label, "gate": gate.name}
        for label in ranked.labels
        for gate in template.gates
        if (label, gate.name) not in known
    ]
    lines = conform(pd.DataFrame(added), GATE_COLUMNS)
    return Gates(pd.concat([before, lines], ignore_index=True) if added else before)


def _examined(lines: pd.DataFrame, template: Template) -> pd.DataFrame:
    """Leave out conditions that another template had put there and nobody has touched."""
    touched = lines.loc[lines["passed"].notna() | (lines["note"] != ""), "gate"]
    asked = {*touched, *(gate.name for gate in template.gates)}
    return lines[lines["gate"].isin(asked)].reset_index(drop=True)


def _keep_apart(folder: Path) -> tuple[str, ...]:
    """Copy the criteria and what people answered to names that nobody reads as a table."""
    headers = load_headers().tables
    files = [f"{headers[name].file}.csv" for name in ANSWERED]
    number = 1
    while any((folder / _numbered(file, number)).exists() for file in files):
        number += 1
    copies: Mapping[str, str] = {file: _numbered(file, number) for file in files if (folder / file).is_file()}
    for file, copy in copies.items():
        shutil.copyfile(folder / file, folder / copy)
    return tuple(copies.values())


def _keep_books(folder: Path) -> tuple[str, ...]:
    """Copy the workbooks that will be written, into a folder of their own: no copy is read as a table."""
    copies = []
    for name in find_books(folder).files:
        book = folder / name
        number = 1
        while (copy := folder / BACKUPS / f"{book.stem}_{number}{book.suffix}").exists():
            number += 1
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(book, copy)
        copies.append(f"{BACKUPS}/{copy.name}")
    return tuple(copies)


def _numbered(file: str, number: int) -> str:
    return f"{file.removesuffix('.csv')}_sebelum_ganti_{number}.csv"
