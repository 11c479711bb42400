"""Pabulib files (``.pb``): elections read and written, every fault named with its line.

Faliszewski et al. (2023), "Participatory budgeting: data, tools and analysis" (IJCAI). Three sections, META,
PROJECTS and VOTES, each with a head; cells apart by semicolons.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.domain.election import POINTED, Election, VoteType
from workbench.domain.suggestions import suggested
from workbench.errors import InvalidInput, Problem
from workbench.store.delimited import decoded

SECTIONS = ("META", "PROJECTS", "VOTES")
KEYS: Mapping[str, str] = MappingProxyType({"PROJECTS": "project_id", "VOTES": "voter_id"})
CHOOSE_ONE = "choose-1"
YES = ("1", "1.0", "true", "yes")
MOST_DECIMALS = 2

Rows = list[tuple[int, dict[str, str]]]


def read_pb(path: Path) -> Election:
    """Read an election.

    Raises
    ------
    InvalidInput
        All problems at once: a section, a head or a needed line of META that is missing, amounts that are
        none, projects named twice or not at all, ballots with a project twice or without points.
    """
    text, notes = decoded(path, path.read_bytes())
    return election_in(text, path.name, notes)


def election_in(text: str, file: str = "", notes: Iterable[Problem] = ()) -> Election:
    """Return the election that a text of the format states.

    Parameters
    ----------
    text : str
    file : str
        What its problems are told of.
    notes : iterable of Problem
        Known already: what kept the text from being read as it stands.

    Raises
    ------
    InvalidInput
        As `read_pb`.
    """
    sections, problems = _sections(text)
    problems = [*notes, *problems]
    if not problems:
        made = _Parsed(sections)
        problems = made.problems
    if problems:
        raise InvalidInput(_located(problems, file))
    return made.election()


def _located(problems: Iterable[Problem], file: str) -> Iterator[Problem]:
    for problem in problems:
        yield (
            problem
            if problem.file
            else Problem(
                problem.code,
                file=file,
                row=problem.row,
                column=problem.column,
                value=problem.value,
                facts=problem.facts,
            )
        )


def _sections(text: str) -> tuple[dict[str, Rows], list[Problem]]:
    """Return the rows of every section by their heads, with the line on which each ends."""
    lines: dict[str, list[tuple[int, list[str]]]] = {}
    section = ""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    for row in reader:
        name = row[0].strip().upper() if row else ""
        if name in SECTIONS and not any(row[1:]):
            section = name
            lines.setdefault(section, [])
        elif section and any(cell.strip() for cell in row):
            lines[section].append((reader.line_num, row))
    missing = [name for name in SECTIONS if not lines.get(name)]
    if missing:
        return {}, [Problem("pb_section_missing", value=name) for name in missing]
    heads = {name: [cell.strip() for cell in rows[0][1]] for name, rows in lines.items()}
    problems = [
        Problem("pb_column_missing", row=lines[name][0][0], value=column, facts={"section": name})
        for name, column in (("PROJECTS", "project_id"), ("PROJECTS", "cost"), ("VOTES", "vote"))
        if column not in heads[name]
    ]
    found = {
        name: [(line, dict(zip(heads[name], row, strict=False))) for line, row in rows[1:]]
        for name, rows in lines.items()
    }
    found["META"] = [
        (line, {"key": row[0].strip(), "value": row[1] if len(row) > 1 else ""})
        for line, row in lines["META"]
    ]
    return found, problems


class _Parsed:
    """The sections as values and what is wrong with them; lives only while a file is read."""

    def __init__(self, sections: Mapping[str, Rows]) -> None:
        self.problems: list[Problem] = []
        self.meta = {row["key"]: row["value"] for _, row in sections["META"] if row["key"] != "key"}
        self.vote_type = self._vote_type(sections["META"])
        self.decimals = 0
        amounts = self._amounts(sections)
        self.projects = self._frame(sections["PROJECTS"], "PROJECTS")
        self.budget, self.costs = self._money(amounts)
        self.votes = self._frame(sections["VOTES"], "VOTES")
        self.ballots = self._ballots(sections["VOTES"])

    def election(self) -> Election:
        """Return the election; only where there is no problem."""
        given = self.projects.get("selected")
        chosen = None if given is None else frozenset(given.index[given.str.strip().str.lower().isin(YES)])
        return Election(
            MappingProxyType(self.meta),
            self.vote_type,
            self.projects,
            pd.Series(self.costs, index=self.projects.index, dtype="int64", name="cost"),
            self.budget,
            self.decimals,
            self.votes,
            pd.DataFrame(self.ballots, index=self.votes.index, columns=self.projects.index),
            chosen,
        )

    def _vote_type(self, meta: Rows) -> VoteType:
        line, text = next(((at, row["value"]) for at, row in meta if row["key"] == "vote_type"), (None, ""))
        name = text.strip().lower()
        if name == CHOOSE_ONE:
            return VoteType.APPROVAL
        if name not in tuple(VoteType):
            allowed = (*VoteType, CHOOSE_ONE)
            self.problems.append(
                Problem("pb_vote_type", row=line, column="vote_type", value=text, facts={"allowed": allowed})
            )
            return VoteType.APPROVAL
        return VoteType(name)

    def _amounts(self, sections: Mapping[str, Rows]) -> list[Decimal]:
        written = [(at, "budget", row["value"]) for at, row in sections["META"] if row["key"] == "budget"]
        if not written:
            self.problems.append(Problem("pb_budget_missing", column="budget"))
            written = [(0, "budget", "0")]
        written += [(at, "cost", row.get("cost", "")) for at, row in sections["PROJECTS"]]
        amounts = []
        for line, column, text in written:
            try:
                amount = Decimal(text.strip().replace(",", "."))
            except InvalidOperation:
                amount = Decimal(-1)
            if not amount.is_finite() or amount < 0 or -_exponent(amount) > MOST_DECIMALS:
                self.problems.append(Problem("pb_amount", row=line, column=column, value=text))
                amount = Decimal(0)
            self.decimals = max(self.decimals, -_exponent(amount))
            amounts.append(amount)
        return amounts

    def _money(self, amounts: list[Decimal]) -> tuple[int, list[int]]:
        whole = [int(amount.scaleb(self.decimals)) for amount in amounts]
        return whole[0], whole[1:]

    def _frame(self, rows: Rows, section: str) -> pd.DataFrame:
        key = KEYS[section]
        labels = [row.get(key, "").strip() or str(at) for at, (_, row) in enumerate(rows, start=1)]
        if section == "PROJECTS":
            first: dict[str, int] = {}
            for (line, _), label in zip(rows, labels, strict=True):
                if first.setdefault(label, line) != line:
                    facts = {"first_row": first[label]}
                    self.problems.append(
                        Problem("duplicate_id", row=line, column=key, value=label, facts=facts)
                    )
        columns = [name for name in (rows[0][1] if rows else {}) if name != key]
        body = {name: [row.get(name, "") for _, row in rows] for name in columns}
        return pd.DataFrame(body, index=pd.Index(labels, name=key, dtype="str"), columns=columns, dtype="str")

    def _ballots(self, rows: Rows) -> np.ndarray:
        place = {label: at for at, label in enumerate(self.projects.index)}
        orders = [
            [label.strip() for label in row.get("vote", "").split(",") if label.strip()] for _, row in rows
        ]
        longest = max((len(order) for order in orders), default=0)
        points = np.zeros((len(rows), len(self.projects)), dtype=np.int64)
        give = POINTS[self.vote_type]
        for at, ((line, row), order) in enumerate(zip(rows, orders, strict=True)):
            given = give(order, row, longest)
            self.problems += _ballot_faults(line, order, given, place)
            for label, value in zip(order, given or (), strict=False):
                if label in place:
                    points[at, place[label]] = value
        return points


def _exponent(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return min(exponent, 0) if isinstance(exponent, int) else 0


def _ballot_faults(
    line: int, order: list[str], given: list[int] | None, place: Mapping[str, int]
) -> Iterator[Problem]:
    for label in order:
        if label not in place:
            facts = suggested(label, dict.fromkeys(place, ""))
            yield Problem("pb_unknown_project", row=line, column="vote", value=label, facts=facts)
    repeated = sorted({label for label in order if order.count(label) > 1})
    for label in repeated:
        yield Problem("pb_project_twice", row=line, column="vote", value=label)
    if given is None or len(given) != len(order):
        yield Problem("pb_points", row=line, column="points", value=",".join(order))


def _approvals(order: list[str], row: Mapping[str, str], longest: int) -> list[int]:  # noqa: ARG001
    return [1] * len(order)


def _places(order: list[str], row: Mapping[str, str], longest: int) -> list[int]:  # noqa: ARG001
    return [longest - at for at in range(len(order))]


def _given(order: list[str], row: Mapping[str, str], longest: int) -> list[int] | None:  # noqa: ARG001
    try:
        values = [Decimal(text.strip()) for text in row.get("points", "").split(",") if text.strip()]
    except InvalidOperation:
        return None
    if any(value < 0 or value != value.to_integral_value() for value in values):
        return None
    return [int(value) for value in values]


POINTS: Mapping[VoteType, Callable[[list[str], Mapping[str, str], int], list[int] | None]] = MappingProxyType(
    {
        VoteType.APPROVAL: _approvals,
        VoteType.ORDINAL: _places,
        **dict.fromkeys(POINTED, _given),
    }
)
"""How a ballot becomes points, by the type of vote."""


def pb_text(election: Election) -> str:
    """Return an election as the text of a ``.pb`` file; reading it gives the same election."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerow(["META"])
    writer.writerow(["key", "value"])
    writer.writerows(election.meta.items())
    for name, frame in (("PROJECTS", election.projects), ("VOTES", election.votes)):
        writer.writerow([name])
        writer.writerow([KEYS[name], *frame.columns])
        writer.writerows(
            [label, *row] for label, row in zip(frame.index, frame.to_numpy().tolist(), strict=True)
        )
    return stream.getvalue()
