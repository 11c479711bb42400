"""Pabulib files (``.pb``): elections read and written, every fault named with its line.

Faliszewski et al. (2023), "Participatory budgeting: data, tools and analysis" (IJCAI). Three sections, META,
PROJECTS and VOTES, each with a head; cells apart by semicolons.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from workbench.domain.election import POINTED, Election, VoteType
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.delimited import decoded
from workbench.store.pabulib_limits import (
    DEFAULT,
    THRESHOLD,
    Known,
    limit_notes,
    meta_numbers,
    project_notes,
    scoring_fault,
)
from workbench.store.pabulib_points import Card, cards_of, faults_of, listed, number, places, units_of
from workbench.store.pabulib_sections import Heads, Rows, sections_of

KEYS: Mapping[str, str] = MappingProxyType({"PROJECTS": "project_id", "VOTES": "voter_id"})
CHOOSE_ONE = "choose-1"
YES = ("1", "1.0", "true", "yes")
NO = ("", "0", "0.0", "false", "no", "2", "3")
"""Not chosen from this budget; 2 and 3 are Pabulib's signs for other pots and merged projects."""
RANKED_OR_POINTED = (VoteType.ORDINAL, *POINTED)
MOST_DECIMALS = 2
LARGEST = 10**14
"""Amounts beyond this are slips of the keyboard."""


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
        Known already, of how the text was read.

    Raises
    ------
    InvalidInput
        As `read_pb`.
    """
    sections, heads, problems = sections_of(text)
    if not problems:
        made = _Parsed(sections, heads)
        problems = made.problems
    if problems:
        raise InvalidInput(_located([*notes, *problems], file))
    election = made.election()
    found = [*notes, *election.notes, *contradictions(election)]
    return replace(election, notes=tuple(_located(found, file)))


def _located(problems: Iterable[Problem], file: str) -> Iterator[Problem]:
    for problem in problems:
        yield (problem if problem.file else replace(problem, file=file))


class _Parsed:
    """The sections as values and what is wrong with them; lives only while a file is read."""

    def __init__(self, sections: Mapping[str, Rows], heads: Heads) -> None:
        self.heads = heads
        self.notes: list[Problem] = []
        self.meta = {row["key"]: row["value"] for _, row in sections["META"] if row["key"] != "key"}
        self.numbers, self.problems = meta_numbers(sections["META"])
        self.vote_type = self._vote_type(sections["META"])
        self.problems += scoring_fault(sections["META"], self.vote_type)
        self.decimals = 0
        amounts = self._amounts(sections)
        self.projects = self._frame(sections["PROJECTS"], "PROJECTS")
        self.problems += _selected_faults(sections["PROJECTS"])
        self.budget, self.costs = self._money(amounts)
        self.votes = self._frame(sections["VOTES"], "VOTES")
        self.cards = self._cards(sections["VOTES"])
        errors = [problem for problem in self.problems if problem.severity is Severity.ERROR]
        if not errors:
            self.notes = [*self.problems, *self._notes(sections["PROJECTS"], amounts)]
        self.problems = errors

    def election(self) -> Election:
        """Return the election; only where there is no problem."""
        given = self.projects.get("selected")
        chosen = None if given is None else frozenset(given.index[given.map(_word).isin(YES)])
        default = self.numbers.get(DEFAULT, Decimal(0)) if self.vote_type is VoteType.SCORING else Decimal(0)
        points, decimals, least = units_of(self.cards, self._known(), default, self.numbers.get(THRESHOLD))
        return Election(
            MappingProxyType(self.meta),
            self.vote_type,
            self.projects,
            pd.Series(self.costs, index=self.projects.index, dtype="int64", name="cost"),
            self.budget,
            self.decimals,
            self.votes,
            pd.DataFrame(points, index=self.votes.index, columns=self.projects.index),
            chosen,
            tuple(self.notes),
            decimals,
            least,
        )

    def _known(self) -> dict[str, int]:
        return {label: at for at, label in enumerate(self.projects.index)}

    def _cards(self, rows: Rows) -> list[Card]:
        cards = cards_of(rows, self.vote_type, int(self.numbers.get("max_length", 0)))
        pointed = self.vote_type in POINTED
        if pointed and "points" not in self.votes.columns:
            self.problems.append(Problem("pb_column_missing", value="points", facts={"section": "VOTES"}))
            pointed = False
        self.problems += faults_of(cards, self._known(), pointed=pointed)
        return cards

    def _notes(self, rows: Rows, amounts: list[Decimal]) -> Iterator[Problem]:
        costs = dict(zip(self.projects.index, amounts[1:], strict=True))
        categories = self.projects.get("category", pd.Series("", index=self.projects.index))
        known = Known(costs, {str(label): listed(cell) for label, cell in categories.items()})
        yield from project_notes(rows, self.numbers, costs)
        yield from limit_notes(self.meta, self.numbers, self.cards, known)

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
            amount = _amount(text)
            if amount is None or not 0 <= amount <= LARGEST:
                self.problems.append(Problem("pb_amount", row=line or None, column=column, value=text))
                amount = Decimal(0)
            self.decimals = max(self.decimals, places(amount))
            amounts.append(amount)
        return amounts

    def _money(self, amounts: list[Decimal]) -> tuple[int, list[int]]:
        whole = [int(amount.scaleb(self.decimals)) for amount in amounts]
        return whole[0], whole[1:]

    def _frame(self, rows: Rows, section: str) -> pd.DataFrame:
        key = KEYS[section]
        # Files without a column of voters have numbers; a single empty cell has lost something.
        labels = [row.get(key, str(at)).strip() for at, (_, row) in enumerate(rows, start=1)]
        first: dict[str, int] = {}
        for (line, _), label in zip(rows, labels, strict=True):
            if not label:
                self.problems.append(Problem("empty_cell", row=line, column=key))
            elif first.setdefault(label, line) != line:
                facts = {"first_row": first[label]}
                self.problems.append(Problem("duplicate_id", row=line, column=key, value=label, facts=facts))
        columns = [name for name in self.heads[section] if name != key]
        body = {name: [row.get(name, "") for _, row in rows] for name in columns}
        return pd.DataFrame(body, index=pd.Index(labels, name=key, dtype="str"), columns=columns, dtype="str")


def _amount(text: str) -> Decimal | None:
    """Read an amount; one written with more than two decimals may be thousands with a mark, so it is none."""
    written = text.strip().replace(",", ".")
    if "." in written and len(written.rpartition(".")[2]) > MOST_DECIMALS:
        return None
    try:
        amount = Decimal(written)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and places(amount) <= MOST_DECIMALS else None


def _word(cell: str) -> str:
    return cell.strip().lower()


def _selected_faults(rows: Rows) -> Iterator[Problem]:
    for line, row in rows:
        if _word(row.get("selected", "")) not in (*YES, *NO):
            yield Problem("pb_selected", row=line, column="selected", value=row["selected"])


def contradictions(election: Election) -> Iterator[Problem]:
    """Note what the file says of its own size and the rows do not: it may have been cut short."""
    for key, found in (("num_projects", len(election.projects)), ("num_votes", len(election.votes))):
        stated = election.meta.get(key, "").strip()
        if stated and stated != str(found):
            yield Problem("pb_count", Severity.NOTE, column=key, value=stated, facts={"found": found})
    named = Counter(label for cell in election.votes["vote"] for label in listed(cell))
    yield from _differing(
        election, "votes", {label: Decimal(named[label]) for label in map(str, election.costs.index)}
    )
    if election.vote_type in RANKED_OR_POINTED:
        yield from _differing(election, "score", election.totals)


def _differing(election: Election, column: str, counted: Mapping[str, Decimal]) -> Iterator[Problem]:
    """Note where a column of PROJECTS states other sums than the ballots hold."""
    given = election.projects.get(column, pd.Series(dtype="str"))
    stated = {str(label): cell for label, cell in given.items() if cell.strip()}
    differing = [label for label, cell in stated.items() if number(cell) != counted[label]]
    if differing:
        label = differing[0]
        facts = {"project": label, "found": f"{counted[label]:f}", "differing": len(differing)}
        yield Problem(f"pb_{column}", Severity.NOTE, column=column, value=stated[label], facts=facts)


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
