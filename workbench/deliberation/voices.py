"""Whose voice moves the order: every group left out, its Shapley influence, and the weights that flip it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.deliberation.answers import Answers, Floats, answers_of
from workbench.deliberation.blocks import Blocks, blocks_of
from workbench.deliberation.concordance import WHOLE_ROOM
from workbench.deliberation.groupings import groupings_of
from workbench.deliberation.recalculation import Recalculation, aggregation_of
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.aggregation import weighted_cells
from workbench.engine.agreement import kendall_distances
from workbench.engine.influence import (
    MINIMUM_SIZE,
    MOST_GROUPS,
    FlipWeights,
    LargestPersonalChange,
    flip_weights,
    largest_personal_change,
    release,
    searched_flip_weights,
    shapley_influence,
)
from workbench.errors import InvalidValue
from workbench.prioritisation import Outcome, Standing

LEAST_READ = 5
"""Proposals that a group must have a reading of before its order is compared with others."""
DIGITS = 9
ADDITIVE = ("weighted_sum", "plain_sum")
"""Names of `Rules.scoring` whose score of a room is the mean of its groups' own."""


@dataclass(frozen=True, eq=False)
class Flips:
    """The weights of groups at which the first places change hands.

    Attributes
    ----------
    found : FlipWeights
    places : int
        How many first places are asked about: as many as are funded, or the first alone.
    exact : bool
        Whether the weights are exact; else they were searched in steps of a percent.
    """

    found: FlipWeights
    places: int
    exact: bool


@dataclass(frozen=True, eq=False)
class GroupVoices:
    """How much of the order each group of one grouping brings about.

    Attributes
    ----------
    name : str
        The grouping, as in `GroupReading`.
    influence : DataFrame, cells x (people, head_share, influence, share, ratio)
        As `workbench.engine.influence.ShapleyInfluence`; without a row above ten groups.
    distances : DataFrame, cells and the room x the same
        (1 - tau_b) / 2 between the groups' own orders, and to the room's, over proposals that both read;
        without a row unless two of them read at least `LEAST_READ`.
    flips : Flips or None
    """

    name: str
    influence: pd.DataFrame
    distances: pd.DataFrame
    flips: Flips | None


@dataclass(frozen=True, eq=False)
class Voices:
    """Whose voice moves the order.

    Attributes
    ----------
    groups : tuple of GroupVoices
        Of the groupings whose groups can be told apart.
    personal : LargestPersonalChange or None
        The most that any one person's absence would change; nothing in it tells whose. None in a small room.
    """

    groups: tuple[GroupVoices, ...]
    personal: LargestPersonalChange | None


def whose_voice(session: Session, rules: Rules, outcome: Outcome) -> Voices:
    """Measure whose voice moves the order: groups by name, persons only by the largest change of any.

    Costs a thousand recalculations, so it is asked for the report and the terminal, not at every change.

    Parameters
    ----------
    session, rules
        As for `prioritise`.
    outcome : Outcome
        Of exactly these.
    """
    minimum = max(rules.minimum_group, MINIMUM_SIZE)
    answers = answers_of(session, rules, outcome)
    again = Recalculation(session, rules, outcome, answers)
    if not len(answers) or not len(again.ranked):
        return Voices((), None)
    shown = release(groupings_of(session, answers.people), minimum).shown
    apart = {name: cells for name, cells in shown.items() if cells.shows_groups}
    divided = blocks_of(answers, apart, rules.aggregation)
    return Voices(
        tuple(_of_grouping(name, blocks, again) for name, blocks in divided.items() if len(blocks.divided)),
        personal_change(again, minimum),
    )


def _of_grouping(name: str, blocks: Blocks, again: Recalculation) -> GroupVoices:
    aggregation = aggregation_of(blocks, again)
    few = len(blocks.cells.sizes) <= MOST_GROUPS
    table = shapley_influence(blocks.cells, aggregation).table if few else pd.DataFrame()
    return GroupVoices(name, table, _distances(blocks, again), flips_of(blocks, again))


def _distances(blocks: Blocks, again: Recalculation) -> pd.DataFrame:
    cells = blocks.cells
    own = again.scores(
        blocks.heard_whole(cells.indicators()[again.answers.people].to_numpy()), cells.names, again.ranked
    )
    own = own[own.notna().sum(axis="columns") >= LEAST_READ]
    if len(own) < 2:
        return pd.DataFrame()
    room = again.outcome.table["score"].astype("float64").loc[again.ranked]
    orders = pd.concat([own, room.to_frame(WHOLE_ROOM).T]).round(DIGITS)
    return kendall_distances(orders).loc[orders.index, orders.index]


def flips_of(blocks: Blocks, again: Recalculation) -> Flips | None:
    """Find the weight of each cell at which another proposal enters the first places; None where none can.

    Exact where scores are weighted means of the groups' own, which every group must then have; elsewhere
    (medians, products, groups that scored different proposals) searched.
    """
    ranked = len(again.ranked)
    funded = int(again.outcome.standing(Standing.FUNDED)["rank"].notna().sum())
    places = funded if 0 < funded < ranked else 1
    if ranked < 2:
        return None
    aggregation = aggregation_of(blocks, again)
    if again.rules.aggregation == "mean" and again.rules.scoring in ADDITIVE:
        try:
            return Flips(flip_weights(blocks.cells, aggregation, places), places, exact=True)
        except InvalidValue as error:
            if error.code not in {"not_additive", "incomplete_table"}:
                raise
    return Flips(searched_flip_weights(blocks.cells, aggregation, places), places, exact=False)


def personal_change(again: Recalculation, minimum: int) -> LargestPersonalChange | None:
    """Return the most that any one person's absence would change, naming nobody; None in a small room."""
    answers = again.answers
    if len(answers.people) <= minimum or not len(again.ranked):
        return None

    def aggregation(voices: pd.DataFrame) -> pd.DataFrame:
        values = _heard_alone(answers, voices.to_numpy(), again.rules.aggregation)
        return again.scores(values, voices.index, again.ranked)

    return largest_personal_change(answers.people, aggregation, minimum_size=minimum)


def _heard_alone(answers: Answers, voices: Floats, method: str) -> Floats:
    """Return the values of the cells (voices, cells) when people weigh so much."""
    order = np.lexsort((answers.points, answers.cell))
    cell = answers.cell[order]
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    values = np.full((len(voices), len(answers.proposals) * len(answers.criteria)), np.nan)
    weights = voices[:, answers.person[order]]
    values[:, cell[first]] = weighted_cells(answers.points[order], weights, first, method)
    return values
