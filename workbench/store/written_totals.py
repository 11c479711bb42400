"""Totals and ranks that a list brings along, counted again; what differs becomes a note, nothing changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pandas as pd

from workbench.domain.region_codes import Level, ancestor
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.aggregation import aggregate_cells
from workbench.engine.measures import anchored_utilities
from workbench.engine.recount import Recount, recount_ranks, recount_totals
from workbench.errors import Problem, Severity
from workbench.prioritisation.placing import measured
from workbench.prioritisation.rounds import counting_round
from workbench.store.header_matching import normalise
from workbench.store.numbers import read_number
from workbench.store.values import ParsedTable

TOTAL_COLUMNS = ("jumlah_nilai", "total_skor", "total_nilai", "jumlah_skor")
RANK_COLUMNS = ("peringkat", "urutan_prioritas", "rangking")
"""Normalised headers under which sheets write their own totals and ranks."""
CODES = (
    "written_total_differs",
    "written_rank_differs",
    "written_column_unclear",
    "written_number_unreadable",
)
ROMAN: Mapping[str, int] = MappingProxyType({"I": 1, "V": 5, "X": 10, "L": 50, "C": 100})
ROMAN_FORM = re.compile(r"C{0,3}(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")


def recount_notes(session: Session, rules: Rules, listed: ParsedTable) -> list[Problem]:
    """Return a note for every total and rank of a list that differs from what its own points give.

    Parameters
    ----------
    session : Session
        Its proposals hold the written columns as text, under one of `TOTAL_COLUMNS` or `RANK_COLUMNS`.
    rules : Rules
        Round and aggregation that count.
    listed : ParsedTable
        The list as it was read, for the places of the notes.
    """
    frame = session.proposals.frame
    total_name = next((name for name in TOTAL_COLUMNS if name in frame), "")
    rank_name = next((name for name in RANK_COLUMNS if name in frame), "")
    if not (total_name or rank_name):
        return []
    readings, problems = _readings(session, rules), []
    if total_name:
        written, wrong = _numbers(frame[total_name], total_name)
        decimals = frame[total_name].str.partition(",")[2].str.len()
        found = recount_totals(written, readings, decimals)
        problems += [*wrong, *_said(found, "written_total_differs", total_name, frame[total_name])]
        known = readings.get(found.reading, written)
        readings = {found.reading or "written": known.where(known.notna(), written)}
    if rank_name:
        written, wrong = _numbers(frame[rank_name].map(_from_roman), rank_name)
        found = recount_ranks(written, readings, _groups(session))
        problems += [*wrong, *_said(found, "written_rank_differs", rank_name, frame[rank_name])]
    return _placed(problems, listed)


def is_recounted(note: Problem) -> bool:
    """Tell whether a note is about a written column: counting again says it anew, or says better."""
    known = normalise(note.column) in {*TOTAL_COLUMNS, *RANK_COLUMNS}
    return note.code in CODES or (note.code == "column_unknown" and known)


def _readings(session: Session, rules: Rules) -> dict[str, pd.Series]:
    """Return the ways in which a sheet may have counted its totals, the likeliest first."""
    criteria, proposals = session.criteria, session.proposals
    cards = counting_round(session.ballots.frame, rules.round)
    cells = aggregate_cells(cards, proposals.labels, criteria.labels, rules.aggregation)
    points = measured(proposals, criteria, cells.values)
    weights = criteria.frame["weight"].astype("float64")
    readings = {"points_sum": points.sum(axis="columns", skipna=False), "cards_sum": cells.sums}
    if weights.notna().all() and weights.sum() > 0:
        placed = anchored_utilities(points, criteria.frame)
        shares = placed.values * (100 * weights / weights.sum())  # noqa: PD011 - a frame of ours
        readings["weighted_points"] = (points * weights).sum(axis="columns", skipna=False)
        readings["score"] = shares.sum(axis="columns", skipna=False)
    return readings


def _groups(session: Session) -> dict[str, pd.Series]:
    """Return the lists within which a sheet may have ranked."""
    frame = session.proposals.frame
    return {
        "district": frame["region"].map(lambda code: ancestor(code, Level.DISTRICT)),
        "village": frame["region"],
        "pool": frame["pool"],
        "field": frame["field"],
    }


def _numbers(texts: pd.Series, column: str) -> tuple[pd.Series, list[Problem]]:
    written = {str(label): str(text).strip() for label, text in texts.items()}
    readings = {label: read_number(text) for label, text in written.items() if text}
    numbers = pd.Series({label: reading.value for label, reading in readings.items()}, dtype="float64")
    wrong = [
        _note("written_number_unreadable", column, written[label], label)
        for label, reading in readings.items()
        if reading.value is None
    ]
    return numbers.reindex(texts.index), wrong


def _said(found: Recount, code: str, column: str, texts: pd.Series) -> Iterator[Problem]:
    if not found.reading and found.compared:
        yield Problem("written_column_unclear", Severity.NOTE, column=column, facts={"count": found.compared})
    for label, line in found.differences.iterrows():
        name = str(label)
        yield _note(code, column, str(texts[name]), name, computed=_text(line["computed"]))


def _note(code: str, column: str, value: str, proposal: str, **facts: str) -> Problem:
    return Problem(code, Severity.NOTE, column=column, value=value, facts={**facts, "proposal": proposal})


def _placed(problems: list[Problem], listed: ParsedTable) -> list[Problem]:
    """Give each note the row of its proposal, and the file, sheet and header as they were written."""
    rows = {
        label: row for row, label in zip(listed.table.index.tolist(), listed.table["proposal"], strict=True)
    }
    return [
        Problem(
            problem.code,
            problem.severity,
            listed.raw.file,
            listed.raw.sheet,
            rows.get(problem.facts.get("proposal", "")),
            problem.column,
            problem.value,
            problem.facts,
        )
        for problem in problems
    ]


def _from_roman(text: str) -> str:
    """Return a Roman number as digits; sheets rank I, II, III.

    Examples
    --------
    >>> _from_roman("XIV"), _from_roman("3")
    ('14', '3')
    """
    letters = str(text).strip().upper()
    if not letters or not ROMAN_FORM.fullmatch(letters):
        return str(text)
    values = [ROMAN[letter] for letter in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return str(sum(-value if value < after else value for value, after in pairs))


def _text(number: float) -> str:
    """Write a computed number as sheets do: whole without decimals, else at most two with a comma."""
    return f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",")
