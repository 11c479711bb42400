"""Dots that people stick beside proposals: how many everybody has, and the ballots that hold them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from workbench.domain.checks import duplicates, empty_cells, negative_amounts, problem_at, unknown_labels
from workbench.domain.columns import Column, Kind
from workbench.errors import InvalidInput, Problem

DOT_COLUMNS = (
    Column("participant", Kind.CODE, required=True, filled=True),
    Column("proposal", Kind.CODE, required=True),
    Column("dots", Kind.COUNT, required=True),
)
"""One line for each card and proposal; a card with neither proposal nor dots is blank."""


@dataclass(frozen=True)
class DotRule:
    """What everybody may stick.

    Attributes
    ----------
    each : int
        Dots that each person has.
    most : int
        Most dots of one person on one proposal.

    Raises
    ------
    InvalidInput
        ``dot_rule_not_usable``: below one, or more on one proposal than a person has.
    """

    each: int
    most: int

    def __post_init__(self) -> None:
        if not 1 <= self.most <= self.each:
            facts = {"each": self.each, "most": self.most}
            raise InvalidInput([Problem("dot_rule_not_usable", facts=facts)])


@dataclass(frozen=True)
class DotVotes:
    """Ballots on which everybody stuck dots.

    Attributes
    ----------
    frame : DataFrame
        Index ``participant``, one column for each proposal; whole numbers, 0 where no dot was stuck.
    """

    frame: pd.DataFrame

    @classmethod
    def of(cls, table: pd.DataFrame, proposals: pd.Index[str]) -> DotVotes:
        """Return the value of a table in which `check_dots` finds nothing.

        Examples
        --------
        >>> table = pd.DataFrame({"participant": ["1", "2"], "proposal": ["a", ""], "dots": [2, pd.NA]})
        >>> DotVotes.of(table, pd.Index(["a", "b"])).frame.to_numpy().tolist()
        [[2, 0], [0, 0]]
        """
        stuck = table[table["proposal"] != ""]
        sums = stuck.astype({"dots": "int64"}).pivot_table("dots", "participant", "proposal", aggfunc="sum")
        cards = pd.Index(table["participant"].unique(), name="participant").sort_values()
        return cls(sums.reindex(index=cards, columns=proposals).fillna(0).astype("int64"))


def check_dots(table: pd.DataFrame, rule: DotRule, proposals: pd.Index[str]) -> list[Problem]:
    """Name every empty cell, unknown or repeated proposal, and card with more dots than the rule allows.

    No problem says which card stuck dots on which proposal: the row leads to the paper.

    Parameters
    ----------
    table : DataFrame
        Columns of `DOT_COLUMNS`; the index is the row number a person sees.
    rule : DotRule
    proposals : Index
        All proposals of the vote.
    """
    problems = [*empty_cells(table, DOT_COLUMNS), *negative_amounts(table, DOT_COLUMNS)]
    problems += unknown_labels(table, "proposal", proposals, "unknown_proposal")
    problems += _half_filled(table)
    named = table[(table["participant"] != "") & (table["proposal"] != "")]
    problems += [
        replace(problem, column="proposal", value="")
        for problem in duplicates(named, ["participant", "proposal"], "vote_dots_twice")
    ]
    return [*problems, *_too_many(table, rule)]


def _half_filled(table: pd.DataFrame) -> Iterator[Problem]:
    """Name dots without a proposal and a proposal without dots: neither is known to be nothing."""
    named, stuck = table["proposal"] != "", table["dots"].notna()
    for column, missing in (("proposal", stuck & ~named), ("dots", named & ~stuck)):
        for row in table.index[missing]:
            yield problem_at(row, "empty_cell", column)


def _too_many(table: pd.DataFrame, rule: DotRule) -> Iterator[Problem]:
    """Name the rows with too many dots, and the row with which a card passes what a person has."""
    known = table[table["participant"] != ""]
    dots = known["dots"].fillna(0).astype("int64").clip(lower=0)
    for row in known.index[dots > rule.most]:
        yield problem_at(row, "vote_dots_on_one", "dots", int(dots[row]), most=rule.most)
    so_far = dots.groupby(known["participant"]).cumsum()
    totals = dots.groupby(known["participant"]).transform("sum")
    for row in known.index[(so_far > rule.each) & (so_far - dots <= rule.each)]:
        yield problem_at(row, "vote_dots_too_many", "dots", placed=int(totals[row]), each=rule.each)
