"""Kendall's W of the room and of each discussion group, where their cards are complete enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from workbench.engine.agreement import Concordance, PermutationTest, kendall_w, permutation_test
from workbench.engine.influence import POOLED, Cells
from workbench.errors import InvalidValue

WHOLE_ROOM = "(room)"
FEWEST_PROPOSALS = 5
"""Proposals that everybody scored, below which an order is too short to agree on."""
PERMUTATIONS, SEED = 499, 20250303


@dataclass(frozen=True)
class UnitAgreement:
    """How far the people of one unit put proposals in the same order.

    Attributes
    ----------
    unit : str
        `WHOLE_ROOM` or a discussion group.
    people : int
    complete, scored : int
        Proposals that all of them scored fully, of those that any of them scored.
    why_not : str
        Empty, or why there is no W: ``too_few_people``, ``cards_incomplete``, ``no_order_given``.
    concordance : Concordance or None
    chance : PermutationTest or None
        With its number of permutations and seed.
    """

    unit: str
    people: int
    complete: int
    scored: int
    why_not: str
    concordance: Concordance | None
    chance: PermutationTest | None


def agreement_of_units(
    personal: pd.DataFrame, discussion: Cells | None, minimum: int
) -> tuple[UnitAgreement, ...]:
    """Measure the agreement of the room and of each discussion group that may be shown.

    Parameters
    ----------
    personal : DataFrame, people x proposals
        As `workbench.deliberation.answers.personal_values`; NaN without a full answer.
    discussion : Cells or None
        The discussion groups; None where they may not be shown.
    minimum : int
    """
    return tuple(_measured(unit, table, minimum) for unit, table in _units(personal, discussion))


def _units(personal: pd.DataFrame, discussion: Cells | None) -> Iterator[tuple[str, pd.DataFrame]]:
    yield WHOLE_ROOM, personal
    if discussion is not None and discussion.shows_groups:
        for name in discussion.names:
            if name != POOLED:
                yield str(name), personal.loc[discussion.members.index[discussion.members == name]]


def _measured(unit: str, personal: pd.DataFrame, minimum: int) -> UnitAgreement:
    answered = personal.notna()
    scored = int(answered.any().sum())
    table = personal.loc[:, answered.all()].round(9)
    people, complete = len(personal), table.shape[1] if len(personal) else 0
    if people < minimum:
        return UnitAgreement(unit, people, 0, 0, "too_few_people", None, None)
    if complete < FEWEST_PROPOSALS:
        return UnitAgreement(unit, people, complete, scored, "cards_incomplete", None, None)
    try:
        found, chance = kendall_w(table), permutation_test(table, PERMUTATIONS, SEED)
    except InvalidValue as error:
        return UnitAgreement(unit, people, complete, scored, error.code, None, None)
    return UnitAgreement(unit, people, complete, scored, "", found, chance)
