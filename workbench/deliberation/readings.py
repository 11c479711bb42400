"""One grouping of the room: both readings, whose voice moves the order, strong proposals left unfunded."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd

from workbench.deliberation.blocks import Blocks
from workbench.deliberation.recalculation import Recalculation, aggregation_of
from workbench.engine.allocation.result import FundingStatus
from workbench.engine.influence import (
    POOLED,
    StrongUnfunded,
    leave_groups_out,
    one_group_one_voice,
    strong_unfunded,
)
from workbench.errors import InvalidInput, NoFeasiblePlan
from workbench.prioritisation import Standing

PERSON, GROUP = "one_person_one_voice", "one_group_one_voice"
SHARES_MONEY = ("equal_shares", "phragmen")
"""Names of `Rules.budget_rule` under which people, or here groups, hold shares of the money."""
INFLUENCE = ["people", "head_share", "moved", "domination", "flagged"]
TOP = 3
LEAST_HEARD = 2 * TOP
"""Proposals that a group must have a reading of before three of them are called its strong ones."""


class Distinction(StrEnum):
    """Whether the groups of a grouping can be told apart."""

    SHOWN = "shown"
    SHARED_CARDS = "never_apart"
    """On no proposal did two groups answer with enough people each: both readings are the same."""
    ONE_CELL = "one_cell"
    """With the small groups pooled there are not two left."""
    NOT_DEFINED = "not_defined"
    """The budget rule has no answer for one voice a group: no group has a complete card, or no plan fits."""
    WITHHELD = "withheld"
    """Beside a grouping shown before, this one would single out a few people."""


@dataclass(frozen=True, eq=False)
class GroupReading:
    """What one grouping shows.

    Attributes
    ----------
    name : str
        ``constituency``, ``sex``, ``village``, ``hamlet`` or ``group`` (discussion group).
    distinction : Distinction
        Only under ``shown`` do the two readings differ; with another one they are empty.
    sizes : Series by cell
        People who scored, by cell; empty unless there are two cells.
    pooled : tuple of str
        Groups that share one cell because they are small.
    heard_apart, proposals : int
        Ranked proposals on which groups can be told apart, of how many.
    ranks : DataFrame, proposals x (one_person_one_voice, one_group_one_voice, places_gained)
        Ranked proposals in the order of the outcome; places gained by giving each group one voice.
    gains, losses : tuple of str
        The largest change first.
    enters, leaves : tuple of str
        Proposals that would enter or leave the funded list with one voice a group; by rank there.
    influence : DataFrame, cells x (people, head_share, moved, domination, flagged)
        As `workbench.engine.influence.GroupsLeftOut`.
    own : Series by cell
        How many ranked proposals each cell has a reading of its own of.
    strong : tuple of StrongUnfunded
        By group, then place in it; priced proposals only, and only of groups that read at least
        `LEAST_HEARD`. The pool of small groups has no view of its own.
    """

    name: str
    distinction: Distinction
    sizes: pd.Series
    pooled: tuple[str, ...]
    heard_apart: int
    proposals: int
    ranks: pd.DataFrame
    gains: tuple[str, ...]
    losses: tuple[str, ...]
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    influence: pd.DataFrame
    own: pd.Series
    strong: tuple[StrongUnfunded, ...]


def silent_reading(name: str, distinction: Distinction, proposals: int) -> GroupReading:
    """Return the reading of a grouping of which nothing may be shown."""
    counts = pd.Series(dtype="int64")
    ranks = pd.DataFrame(columns=[PERSON, GROUP, "places_gained"], dtype="Int64")
    influence = pd.DataFrame(columns=INFLUENCE, dtype="float64")
    return GroupReading(
        name, distinction, counts, (), 0, proposals, ranks, (), (), (), (), influence, counts, ()
    )


def group_reading(name: str, blocks: Blocks, again: Recalculation) -> GroupReading:
    """Read the room by one grouping; every figure comes from the blocks' means."""
    cells = blocks.cells
    if not cells.shows_groups:
        return silent_reading(name, Distinction.ONE_CELL, len(again.ranked))
    own, strong = _own_readings(blocks, again)
    criteria = len(again.answers.criteria)
    divided = again.answers.proposals[np.unique(blocks.divided // criteria)].intersection(again.ranked)
    empty = silent_reading(name, Distinction.SHARED_CARDS, len(again.ranked))
    if not len(divided):
        return replace(empty, sizes=cells.sizes, pooled=cells.pooled, own=own, strong=strong)
    try:
        both = _two_readings(empty, blocks, again)
    except (InvalidInput, NoFeasiblePlan):
        return replace(empty, distinction=Distinction.NOT_DEFINED, own=own, strong=strong)
    return replace(
        both,
        distinction=Distinction.SHOWN,
        sizes=cells.sizes,
        pooled=cells.pooled,
        heard_apart=len(divided),
        influence=leave_groups_out(blocks.cells, aggregation_of(blocks, again)).table,
        own=own,
        strong=strong,
    )


def _two_readings(reading: GroupReading, blocks: Blocks, again: Recalculation) -> GroupReading:
    person = again.outcome.table
    places, funded = _group_places(blocks, again)
    order = person.index[person["rank"].notna()]
    ranks = pd.DataFrame({PERSON: person["rank"][order], GROUP: places.reindex(order).astype("Int64")})
    ranks["places_gained"] = ranks[PERSON] - ranks[GROUP]
    changed = ranks["places_gained"]
    before, after = set(again.outcome.standing(Standing.FUNDED).index), set(funded)
    return replace(
        reading,
        ranks=ranks,
        gains=_labels(changed[changed > 0].sort_values(ascending=False, kind="stable").index),
        losses=_labels(changed[changed < 0].sort_values(kind="stable").index),
        enters=_labels(label for label in funded if label not in before),
        leaves=_labels(person.index[person.index.isin(before - after)]),
    )


def _group_places(blocks: Blocks, again: Recalculation) -> tuple[pd.Series, list[Hashable]]:
    """Return the ranks with one voice for each group, and what is funded then, by rank.

    A rule that shares money among people gets one card for each group, and so one equal share; the others get
    what the room says when every group weighs the same.
    """
    if again.rules.budget_rule in SHARES_MONEY:
        found = again.outcome_of_cards(blocks.cards())
        return found.table["rank"], list(found.standing(Standing.FUNDED).index)
    voices = one_group_one_voice(blocks.cells).loc[again.answers.people].to_numpy()[np.newaxis]
    placed = again.placed(blocks.heard(voices)[0])
    status = {} if placed.allocation is None else placed.allocation.status.to_dict()
    order = () if placed.allocation is None else placed.allocation.order
    return placed.broken.ranks, [label for label in order if status[label] is FundingStatus.FUNDED]


def _labels(index: Iterable[Hashable]) -> tuple[str, ...]:
    return tuple(map(str, index))


def _own_readings(blocks: Blocks, again: Recalculation) -> tuple[pd.Series, tuple[StrongUnfunded, ...]]:
    cells, table = blocks.cells, again.outcome.table
    values = blocks.heard_whole(cells.indicators()[again.answers.people].to_numpy())
    scores = again.scores(values, cells.names, again.ranked)
    own = scores.notna().sum(axis="columns")
    costs = table["cost"].loc[again.ranked]
    priced = again.ranked[costs.notna().to_numpy()]
    if again.outcome.room is None or not len(priced):
        return own, ()
    funded = again.outcome.standing(Standing.FUNDED)
    # What is funded without a rank (promised before) is no one's to displace: its money is gone.
    promised = int(funded["cost"][~funded.index.isin(priced)].fillna(0).sum())
    listed = strong_unfunded(
        cells,
        lambda voices: scores.loc[voices.index, priced],
        table["rank"].loc[priced].astype("int64"),
        funded.index[funded.index.isin(priced)],
        costs.loc[priced].astype("int64"),
        max(again.outcome.room, again.outcome.spent) - promised,
        TOP,
    )
    return own, tuple(entry for entry in listed if entry.group != POOLED and own[entry.group] >= LEAST_HEARD)
