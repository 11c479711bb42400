"""Slips with up to three choices in order: 3, 2 and 1 points, the preference ranking of rural appraisal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from workbench.errors import Problem
from workbench.room.acts import Act, gone, unknown
from workbench.room.ballots import round_problems
from workbench.room.bodies import Field, code, count, listed
from workbench.room.entries import Entry
from workbench.room.round import PLACES, Way
from workbench.room.state import RoomState


def points_of_slip(choices: Iterable[str]) -> dict[str, int]:
    """Return the points of a slip; who names fewer than three still gives the first the full points.

    Examples
    --------
    >>> points_of_slip(["U-4", "U-1"])
    {'U-4': 3, 'U-1': 2}
    """
    return {label: PLACES - place for place, label in enumerate(choices)}


def _refuse(state: RoomState, entry: Entry) -> Iterable[Problem]:
    problems = round_problems(state, entry.body, Way.PREFERENCES)
    if problems:
        return problems
    held, choices = state.rounds[entry.body["round"]], list(entry.body["choices"])
    problems = gone(state, choices) or unknown(
        "proposal_not_in_round", "proposal", choices, [str(label) for label in held.proposals]
    )
    if not 0 < len(choices) <= PLACES or len(set(choices)) != len(choices):
        facts = {"most": PLACES}
        problems.append(Problem("slip_choices", column="choices", value=", ".join(choices), facts=facts))
    if held.cards is not None and held.slips >= held.cards:
        facts = {"cards": held.cards}
        value = str(held.slips + 1)
        problems.append(Problem("more_votes_than_cards", column="choices", value=value, facts=facts))
    return problems


def _give(state: RoomState, entry: Entry) -> RoomState:
    held = state.rounds[entry.body["round"]]
    added = dict(held.added)
    for label, points in points_of_slip(entry.body["choices"]).items():
        added[label] = added.get(label, 0) + points
    return state.with_round(replace(held, added=added, slips=held.slips + 1))


ACTS: Mapping[str, Act] = MappingProxyType(
    {"slip_given": Act((Field("round", count), Field("choices", listed(code))), _refuse, _give)}
)
