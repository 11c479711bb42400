"""Votes that meetings count by hand: several choices, three preferences, dots, and merging group orders."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.engine.rankings.places import competition_ranks
from workbench.engine.rankings.profile import check_weights
from workbench.engine.rankings.sheets import sheet
from workbench.errors import InvalidValue, same_labels


@dataclass(frozen=True, eq=False)
class Tally:
    """A count of votes with its places.

    Attributes
    ----------
    points : Series by proposal
        What was counted, whole numbers; a proposal that nobody named has 0 because the count is 0.
    ranks : Series by proposal
        Most points first, ties share the place.
    ballots : int
        How many ballots were counted.
    choices : int
        How many choices (or points to place) a ballot had.
    """

    points: pd.Series
    ranks: pd.Series
    ballots: int
    choices: int


def choices_required(proposals: int) -> int:
    """Give the number of different proposals that every delegate chooses in a MAD vote.

    Up to 10 proposals 3 choices, 11 to 18 proposals 5, from 19 on 7 (PNPM inter-village meeting), so that no
    delegate can back only the own village.

    Raises
    ------
    InvalidValue
        ``too_few_proposals`` below three.

    Examples
    --------
    >>> [choices_required(count) for count in (10, 11, 18, 19)]
    [3, 5, 5, 7]
    """
    if proposals < 3:
        raise InvalidValue("too_few_proposals", proposals=proposals, minimum=3)
    if proposals <= 10:
        return 3
    return 5 if proposals <= 18 else 7


def mad_vote(choices: pd.Series, proposals: pd.Index) -> Tally:
    """Count a MAD vote, in which every delegate chooses 3, 5 or 7 different proposals.

    Parameters
    ----------
    choices : Series by participant
        The labels chosen, a sequence each; their order does not count. Exactly `choices_required` different
        ones: a ballot with fewer, more or a repeated choice is not counted but refused.
    proposals : Index
        All proposals of the vote.

    Raises
    ------
    InvalidValue
        ``invalid_ballots``; its ``ballots`` lists (participant, reason) for every bad ballot at once, the
        reason being ``wrong_number``, ``repeated`` or ``unknown_proposal``.

    Examples
    --------
    >>> vote = pd.Series({"p1": ["a", "b", "c"], "p2": ["a", "b", "d"]})
    >>> mad_vote(vote, pd.Index(list("abcd"))).points.to_dict()
    {'a': 2, 'b': 2, 'c': 1, 'd': 1}
    """
    required = choices_required(len(proposals))
    problems = [
        (str(participant), reason)
        for participant, chosen in choices.items()
        if (reason := _ballot_problem(chosen, proposals, required))
    ]
    if problems:
        raise InvalidValue("invalid_ballots", required=required, ballots=tuple(sorted(problems)))
    counted = pd.Series(0, index=proposals)
    for chosen in choices:
        counted.loc[list(chosen)] += 1
    return Tally(counted, competition_ranks(counted), len(choices), required)


def _ballot_problem(chosen: Sequence[object], proposals: pd.Index, required: int) -> str:
    labels = list(chosen) if isinstance(chosen, Collection) else []  # a ballot left empty is None or NaN
    if any(label not in proposals for label in labels):
        return "unknown_proposal"
    if len(set(labels)) != len(labels):
        return "repeated"
    return "" if len(labels) == required else "wrong_number"


def preference_points(places: pd.DataFrame, top: int = 3) -> Tally:
    """Count each person's first three: 3, 2 and 1 points (preference ranking of rural appraisal).

    A person may name fewer: the first named still gets the full points. Two proposals on one place are
    refused, because the sheet has one line a place.

    Parameters
    ----------
    places : DataFrame, participants x proposals
        1 for a person's first choice, 2, ... up to ``top``; NaN for every proposal not named.
    top : int
        How many places a sheet has.

    Raises
    ------
    InvalidValue
        ``invalid_ballots`` with (participant, reason), the reason being ``place_outside_sheet``, ``repeated``
        or ``gap`` (a later place without an earlier one); ``duplicate_label``, ``not_a_number``,
        ``not_finite``.

    Examples
    --------
    >>> sheet = pd.DataFrame({"a": [1, 2], "b": [2, 1], "c": [3, float("nan")]}, index=["p1", "p2"])
    >>> preference_points(sheet).points.to_dict()
    {'a': 5, 'b': 5, 'c': 1}
    """
    values = sheet(places, "places").to_numpy()
    problems = [
        (str(participant), reason)
        for participant, row in zip(places.index, values, strict=True)
        if (reason := _sheet_problem(row[~np.isnan(row)], top))
    ]
    if problems:
        raise InvalidValue("invalid_ballots", places=top, ballots=tuple(sorted(problems)))
    points = np.where(np.isnan(values), 0, top + 1 - np.nan_to_num(values)).astype("int64").sum(axis=0)
    counted = pd.Series(points, index=places.columns)
    return Tally(counted, competition_ranks(counted), len(places), top)


def _sheet_problem(named: np.ndarray[tuple[int], np.dtype[np.float64]], top: int) -> str:
    if not np.isin(named, np.arange(1, top + 1)).all():
        return "place_outside_sheet"
    if len(np.unique(named)) != len(named):
        return "repeated"
    return "" if len(named) == 0 or named.max() == len(named) else "gap"


def dot_vote(dots: pd.DataFrame, dots_each: int, per_proposal: int | None = None) -> Tally:
    """Count dots that people stuck beside proposals.

    Fewer dots than allowed are fine, more are refused. No dot (NaN or 0) is no support, not a missing answer.

    Parameters
    ----------
    dots : DataFrame, participants x proposals
        Whole numbers of dots.
    dots_each : int
        Dots that each person has.
    per_proposal : int, optional
        Most dots of one person on one proposal; without it a person may pile up all.

    Raises
    ------
    InvalidValue
        ``invalid_ballots`` with (participant, reason), the reason being ``not_whole``, ``too_many`` or
        ``too_many_on_one``.

    Examples
    --------
    >>> dot_vote(pd.DataFrame({"a": [2, 0], "b": [1, 3]}, index=["p1", "p2"]), 3).points.to_dict()
    {'a': 2, 'b': 4}
    """
    values = np.nan_to_num(sheet(dots, "dots").to_numpy())
    most = dots_each if per_proposal is None else per_proposal
    checks = (
        ("not_whole", ((values < 0) | (values != np.floor(values))).any(axis=1)),
        ("too_many", values.sum(axis=1) > dots_each),
        ("too_many_on_one", (values > most).any(axis=1)),
    )
    problems = sorted((str(label), reason) for reason, bad in checks for label in dots.index[bad])
    if problems:
        raise InvalidValue("invalid_ballots", dots_each=dots_each, ballots=tuple(problems))
    counted = pd.Series(values.sum(axis=0).astype("int64"), index=dots.columns)
    return Tally(counted, competition_ranks(counted), len(dots), dots_each)


@dataclass(frozen=True, eq=False)
class MergedOrder:
    """Group orders merged on one sheet; **the smallest sum comes first**.

    Attributes
    ----------
    table : DataFrame, groups x proposals
        The rank that each group gave, tied proposals with their average rank.
    sums : Series by proposal
        Sum of the ranks, each times the weight of its group.
    ranks : Series by proposal
        Smallest sum first, ties share the place.
    """

    table: pd.DataFrame
    sums: pd.Series
    ranks: pd.Series


def merge_group_orders(orders: pd.DataFrame, weights: pd.Series | None = None) -> MergedOrder:
    """Merge the orders of discussion groups by the sum of ranks, smallest first.

    Every group has one voice, whatever its size, unless the forum gave them weights. Ties within a group get
    average ranks, so that every group adds the same total. Every group ranks every proposal: an incomplete
    order is refused, because both readings of a gap ("last" and "no opinion") would quietly decide the merge.

    Parameters
    ----------
    orders : DataFrame, groups x proposals
        Place given by each group, 1 is best; equal places are ties.
    weights : Series by group, optional
        Weight of each group's order; print it beside the sums.

    Raises
    ------
    InvalidValue
        ``incomplete_group_order`` with (group, proposal) for every gap; ``empty_table``, ``duplicate_label``,
        ``not_a_number``, ``not_finite``, ``invalid_weights``.
    LabelMismatch
        When weights and orders do not name the same groups.

    Examples
    --------
    >>> sheet = pd.DataFrame({"a": [1, 2, 3], "b": [2, 1, 1], "c": [3, 3, 2]}, index=["g1", "g2", "g3"])
    >>> merge_group_orders(sheet).sums.to_dict()
    {'a': 6.0, 'b': 4.0, 'c': 8.0}
    """
    if orders.empty:
        raise InvalidValue("empty_table", subject="orders", shape=orders.shape)
    orders = sheet(orders, "orders")
    gaps = [
        (str(orders.index[row]), str(orders.columns[column]))
        for row, column in zip(*np.nonzero(orders.isna().to_numpy()), strict=True)
    ]
    if gaps:
        raise InvalidValue("incomplete_group_order", gaps=tuple(sorted(gaps)))
    table = orders.rank(axis=1, method="average")
    voices = pd.Series(1.0, index=table.index) if weights is None else weights
    same_labels("weights of groups", table.index, voices.index)
    check_weights(voices)
    sums = table.mul(voices.loc[table.index], axis=0).sum(axis=0)
    return MergedOrder(table, sums, competition_ranks(-sums))
