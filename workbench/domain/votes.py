"""Ballots that are counted and not scored: choices in their order, and pairs decided one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from workbench.domain.checks import duplicates, empty_cells, problem_at, unknown_labels
from workbench.domain.columns import Column, Kind
from workbench.errors import Problem

CHOICES = tuple(f"choice_{place}" for place in range(1, 11))
"""Columns of a ballot with several choices, the first choice first."""

CHOICE_COLUMNS = (
    Column("participant", Kind.CODE, required=True, filled=True),
    *(Column(name, Kind.CODE, required=name == CHOICES[0]) for name in CHOICES),
)
PAIR_COLUMNS = (
    Column("participant", Kind.CODE),
    Column("first", Kind.CODE, required=True, filled=True),
    Column("second", Kind.CODE, required=True, filled=True),
    Column("chosen", Kind.CODE, required=True),
)
"""One line a pair; without a card number the room decided together."""


@dataclass(frozen=True)
class ChoiceVotes:
    """Ballots on which everybody named some proposals.

    Attributes
    ----------
    frame : DataFrame
        Index ``participant``; columns `CHOICES`, empty text where nothing is named.
    """

    frame: pd.DataFrame

    @classmethod
    def of(cls, table: pd.DataFrame) -> ChoiceVotes:
        """Return the value of a table in which `check_choices` finds nothing."""
        return cls(table.set_index("participant")[list(CHOICES)])

    @property
    def named(self) -> pd.Series[int]:
        """How many proposals each ballot names."""
        return (self.frame != "").sum(axis=1)

    @property
    def sets(self) -> pd.Series:
        """The proposals of each ballot, in their order, as a list."""
        lists = [[label for label in row if label] for row in self.frame.to_numpy().tolist()]
        return pd.Series(lists, index=self.frame.index, dtype=object)


@dataclass(frozen=True)
class PairVotes:
    """Pairs of proposals, of each of which one was chosen.

    Attributes
    ----------
    frame : DataFrame
        Columns participant (empty: the room together), first, second, chosen (empty: neither).
    """

    frame: pd.DataFrame

    @classmethod
    def of(cls, table: pd.DataFrame) -> PairVotes:
        """Return the value of a table in which `check_pairs` finds nothing."""
        return cls(table[["participant", "first", "second", "chosen"]].reset_index(drop=True))


def check_choices(table: pd.DataFrame, proposals: pd.Index[str]) -> list[Problem]:
    """Name every empty or repeated card number, unknown proposal, and proposal named twice on one ballot.

    Parameters
    ----------
    table : DataFrame
        Columns of `CHOICE_COLUMNS`; the index is the row number a person sees.
    proposals : Index
        All proposals of the vote.
    """
    problems = empty_cells(table, CHOICE_COLUMNS)
    problems += duplicates(table[table["participant"] != ""], ["participant"])
    for name in CHOICES:
        problems += unknown_labels(table, name, proposals, "unknown_proposal")
    return [*problems, *_named_twice(table)]


def _named_twice(table: pd.DataFrame) -> Iterator[Problem]:
    for row, labels in zip(table.index, table[list(CHOICES)].to_numpy().tolist(), strict=True):
        met: set[str] = set()
        for name, label in zip(CHOICES, labels, strict=True):
            if label in met:
                yield problem_at(row, "vote_named_twice", name, label)
            met |= {label} - {""}


def check_pairs(table: pd.DataFrame, proposals: pd.Index[str]) -> list[Problem]:
    """Name every unknown proposal, pair with itself, choice outside its pair, and pair decided twice.

    Parameters
    ----------
    table : DataFrame
        Columns of `PAIR_COLUMNS`; the index is the row number a person sees.
    proposals : Index
        All proposals of the vote.
    """
    problems = empty_cells(table, PAIR_COLUMNS)
    for name in ("first", "second"):
        problems += unknown_labels(table, name, proposals, "unknown_proposal")
    full = table[(table["first"] != "") & (table["second"] != "")]
    for row in full.index[full["first"] == full["second"]]:
        problems.append(problem_at(row, "vote_with_itself", "second", full.at[row, "second"]))  # noqa: PD008
    pairs = full[["first", "second", "chosen"]].to_numpy().tolist()
    for row, (first, second, chosen) in zip(full.index, pairs, strict=True):
        if chosen not in ("", first, second):
            problems.append(
                problem_at(row, "vote_outside_pair", "chosen", chosen, first=first, second=second)
            )
    return [*problems, *_decided_twice(full)]


def _decided_twice(table: pd.DataFrame) -> Iterator[Problem]:
    met: dict[tuple[str, ...], int] = {}
    pairs = table[["participant", "first", "second"]].to_numpy().tolist()
    for row, (person, first, second) in zip(table.index, pairs, strict=True):
        earlier = met.setdefault((person, *sorted((first, second))), row)
        if earlier != row:
            yield problem_at(
                row, "vote_pair_twice", "second", second, first=first, second=second, first_row=int(earlier)
            )
