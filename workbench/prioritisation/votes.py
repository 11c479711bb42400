"""Votes counted by the rule of their template: points and places, ties kept, what is not final named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.domain.checks import problem_at
from workbench.domain.dots import DotRule, DotVotes
from workbench.domain.template import Counting
from workbench.domain.votes import CHOICES, ChoiceVotes, PairVotes
from workbench.engine.rankings import (
    Tally,
    choices_required,
    competition_ranks,
    count_pairwise_wins,
    dot_vote,
    mad_vote,
    preference_points,
)
from workbench.errors import InvalidInput, Problem

SHEET_PLACES = 3
"""Places of a preference sheet: 3, 2 and 1 points."""


@dataclass(frozen=True, eq=False)
class VoteCount:
    """A counted vote.

    Attributes
    ----------
    counting : Counting
    points : Series by proposal
        Votes, points, dots or wins, whole numbers; 0 where nobody named a proposal.
    ranks : Series by proposal
        Most first; equal counts share the place, and nothing breaks the tie.
    ballots : int
        How many ballots were counted; those that name nothing are not among them.
    choices : int
        How many choices (or dots) a ballot has; 0 where pairs were decided.
    blank : tuple of str
        Card numbers of the ballots that name nothing.
    undecided, missing : int
        Pairs in which neither was chosen; pairs that a ballot left out: with any, the count is not final.
    """

    counting: Counting
    points: pd.Series[int]
    ranks: pd.Series[int]
    ballots: int
    choices: int
    blank: tuple[str, ...] = ()
    undecided: int = 0
    missing: int = 0

    @property
    def ties(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The shared places with the proposals on them; those that nobody chose are left out."""
        chosen = self.ranks[self.points > 0]
        return tuple(
            (int(rank), tuple(map(str, shared.index)))
            for rank, shared in chosen.groupby(chosen)
            if len(shared) > 1
        )


def wrong_numbers(table: pd.DataFrame, counting: Counting, proposals: int) -> tuple[Problem, ...]:
    """Name the ballots that do not choose as many proposals as the rule asks, with their rows.

    Parameters
    ----------
    table : DataFrame
        Columns `CHOICES`, empty text where nothing is named; the index is the row a person sees.
    counting : Counting
    proposals : int
        How many proposals stand in the vote.
    """
    filled = (table[list(CHOICES)] != "").to_numpy()
    numbers = filled.sum(axis=1)
    if counting is Counting.MAD_VOTE:
        required = choices_required(proposals)
        code, wrong = "vote_wrong_number", numbers != required
    else:
        # A later place without an earlier one: whether the sheet means first or second cannot be known.
        required = SHEET_PLACES
        last = np.where(numbers > 0, filled.shape[1] - filled[:, ::-1].argmax(axis=1), 0)
        code, wrong = "vote_wrong_places", (numbers != last) | (last > required)
    return tuple(
        problem_at(row, code, CHOICES[0], chosen=int(number), required=required, proposals=proposals)
        for row, number, bad in zip(table.index, numbers, wrong, strict=True)
        if bad
    )


def count_choices(votes: ChoiceVotes, counting: Counting, proposals: pd.Index[str]) -> VoteCount:
    """Count ballots that name proposals.

    Raises
    ------
    InvalidInput
        Ballots that do not choose as many as the rule asks (`wrong_numbers`).
    InvalidValue
        ``too_few_proposals`` for a MAD vote on fewer than three.

    Examples
    --------
    >>> sheet = pd.DataFrame("", index=["1", "2"], columns=list(CHOICES))
    >>> sheet["choice_1"], sheet["choice_2"] = ["a", "b"], ["b", "a"]
    >>> count_choices(ChoiceVotes(sheet), Counting.PREFERENCE_POINTS, pd.Index(["a", "b", "c"])).ties
    ((1, ('a', 'b')),)
    """
    wrong = wrong_numbers(votes.frame.reset_index(), counting, len(proposals))
    if wrong:
        raise InvalidInput(wrong)
    filled = ChoiceVotes(votes.frame[votes.named > 0])
    tally = CHOICE_COUNTS[counting](filled, proposals)
    blank = tuple(map(str, votes.frame.index[votes.named == 0]))
    return VoteCount(counting, tally.points, tally.ranks, tally.ballots, tally.choices, blank)


def _mad(votes: ChoiceVotes, proposals: pd.Index[str]) -> Tally:
    return mad_vote(votes.sets, proposals)


def _preference(votes: ChoiceVotes, proposals: pd.Index[str]) -> Tally:
    places = pd.DataFrame(np.nan, index=votes.frame.index, columns=proposals)
    for place, name in enumerate(CHOICES[:SHEET_PLACES], 1):
        for participant, label in votes.frame.loc[votes.frame[name] != "", name].items():
            places.loc[participant, label] = place
    return preference_points(places, SHEET_PLACES)


CHOICE_COUNTS: Mapping[Counting, Callable[[ChoiceVotes, pd.Index[str]], Tally]] = MappingProxyType(
    {Counting.MAD_VOTE: _mad, Counting.PREFERENCE_POINTS: _preference}
)
"""The count of each rule in which ballots name proposals."""


def count_dots(votes: DotVotes, rule: DotRule) -> VoteCount:
    """Count the dots beside each proposal, over all ballots that hold any.

    Raises
    ------
    InvalidValue
        ``invalid_ballots``: more dots than the rule allows; `check_dots` names their rows.

    Examples
    --------
    >>> votes = DotVotes(pd.DataFrame({"a": [2, 0], "b": [1, 0]}, index=["1", "2"]))
    >>> count = count_dots(votes, DotRule(3, 2))
    >>> count.points.to_dict(), count.blank
    ({'a': 2, 'b': 1}, ('2',))
    """
    stuck = votes.frame.sum(axis=1) > 0
    tally = dot_vote(votes.frame[stuck], rule.each, rule.most)
    blank = tuple(map(str, votes.frame.index[~stuck]))
    return VoteCount(Counting.DOT_VOTE, tally.points, tally.ranks, tally.ballots, tally.choices, blank)


def count_pairs(votes: PairVotes, proposals: pd.Index[str]) -> VoteCount:
    """Count how often each proposal was chosen in pairs, over all ballots.

    Examples
    --------
    >>> pairs = pd.DataFrame({"participant": "", "first": ["a"], "second": ["b"], "chosen": ["b"]})
    >>> count = count_pairs(PairVotes(pairs), pd.Index(["a", "b", "c"]))
    >>> count.points.to_dict(), count.missing
    ({'a': 0, 'b': 1, 'c': 0}, 2)
    """
    decided = votes.frame.assign(chosen=votes.frame["chosen"].replace("", np.nan))
    ballots = [count_pairwise_wins(own, proposals) for _, own in decided.groupby("participant", sort=True)]
    points = pd.Series(
        sum((one.wins.to_numpy() for one in ballots), np.zeros(len(proposals), int)), proposals
    )
    return VoteCount(
        Counting.COUNT_PAIRWISE_WINS,
        points,
        competition_ranks(points),
        len(ballots),
        0,
        undecided=sum(len(one.undecided) for one in ballots),
        missing=sum(len(one.missing) for one in ballots),
    )
