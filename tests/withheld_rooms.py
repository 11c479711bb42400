"""Rooms twice over: the same but for the total of a proposal that few people scored, which must not show."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from tests.deliberation.rooms import CARDS, UNSUR, VILLAGES, tables, with_points
from tests.strategies import Tables
from workbench.budgeting import compare_rules, contest_of, curve_of_money
from workbench.domain.rules import Rules
from workbench.prioritisation import Outcome, prioritise

SHIFTS = (1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 5.0, -5.0)
STEP = 50


@dataclass(frozen=True)
class Twins:
    """Two rooms with the same ranks, decisions and withheld proposals, and other totals of these."""

    rooms: tuple[Tables, Tables]
    outcomes: tuple[Outcome, Outcome]
    rules: Rules


@st.composite
def twin_rooms(draw, *, people: int = 9, every_cost: bool = True) -> Twins:
    """Draw a room where one to four people scored one or two proposals, and its twin.

    Sometimes a proposal that everybody scored has the very total of one of them.
    """
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    cards = [CARDS.format(number) for number in range(people)]
    thin = {"U-6": draw(st.integers(1, 4)), "U-7": draw(st.integers(0, 2))}
    lines = [
        (card, label, criterion, float(chance.integers(20, 90)))
        for label, scorers in {**dict.fromkeys(("U-1", "U-2", "U-3", "U-4", "U-5"), people), **thin}.items()
        for card in chance.permutation(cards)[:scorers]
        for criterion in ("K1", "K2")
    ]
    points = pd.DataFrame(lines, columns=["participant", "proposal", "criterion", "points"])
    moved = {label for label, scorers in thin.items() if 0 < scorers < 5}
    if draw(st.booleans()):
        alike = points["proposal"].isin(("U-6", "U-5"))
        points.loc[alike, "points"] = points.loc[alike, "criterion"].map({"K1": 61.0, "K2": 43.0})
        moved.add("U-5")
    costs = {f"U-{at}": int(chance.integers(5, 15)) * 10 for at in range(1, 8)} if every_cost else {}
    heads = pd.DataFrame(
        {
            "participant": cards,
            "constituency": chance.choice(UNSUR[:2], people),
            "sex": "female",
            "region": VILLAGES[0],
        }
    )
    ceiling = draw(st.sampled_from((250, 400))) if every_cost else None
    room = tables(points, heads, costs=costs, ceiling=ceiling)
    room = replace(room, criteria=room.criteria.assign(scale_min=0.0, scale_max=100.0))
    rules = Rules(
        budget_rule=draw(st.sampled_from(("rank_stop", "rank_skip", "best_total")))
        if every_cost
        else "rank_stop"
    )
    twins = (_twin(room, rules, moved, shift) for shift in SHIFTS)
    found = next((one for one in twins if one is not None), None)
    if found is None:
        return draw(st.nothing())
    return found


def _twin(room: Tables, rules: Rules, moved: set[str], shift: float) -> Twins | None:
    ballots = room.ballots.copy()
    here = ballots["proposal"].isin(moved) & (ballots["criterion"] == "K1")
    ballots.loc[here, "points"] += shift
    both = (room, with_points(room, ballots))
    outcomes = tuple(prioritise(each.session(), rules) for each in both)
    known = [_known(each, outcome) for each, outcome in zip(both, outcomes, strict=True)]
    return Twins(both, outcomes, rules) if known[0] == known[1] else None


def _known(room: Tables, outcome: Outcome) -> tuple[object, ...]:
    """Return what everybody may know: ranks, who is funded under every rule and ceiling, who is withheld."""
    table = outcome.table
    sums = table["points_sum"].rank(method="min").to_dict()
    known: tuple[object, ...] = (table["rank"].to_dict(), table["standing"].to_dict(), sums, outcome.withheld)
    if outcome.room is None:
        return known
    contest = contest_of(room.session(), outcome)
    worth = (contest.scores[contest.ranks.index] / contest.costs).rank(method="min").to_dict()
    prices = compare_rules(room.session(), outcome, contest).prices
    funded = {rule: price.reading.funded for rule, price in prices.items()}
    curve = [point.enters for point in curve_of_money(contest, outcome.rules.budget_rule, STEP, 5)]
    return (*known, worth, funded, curve)


def tells(outcome: Outcome) -> set[str]:
    """Return how the totals that are withheld, and their distances to those that are shown, are written."""
    scores = outcome.scoring.scores
    ranked = [str(label) for label in outcome.table.index[outcome.table["rank"].notna()]]
    hidden = [float(scores[label]) for label in ranked if label in outcome.withheld]
    shown = [float(scores[label]) for label in ranked if label not in outcome.withheld]
    figures = {*hidden, *(abs(one - other) for one in hidden for other in shown)}
    texts = {f"{figure:.2f}" for figure in figures} | {repr(figure) for figure in figures}
    return texts | {text.replace(".", ",") for text in texts}


def told_more(one: str, other: str, outcome: Outcome) -> list[str]:
    """Return the withheld figures of the first room that stand in its text and not in that of its twin."""
    return [
        text
        for text in tells(outcome)
        if (mark := re.compile(rf"(?<![\d.,]){re.escape(text)}(?!\d)")).search(one) and not mark.search(other)
    ]
