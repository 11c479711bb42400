"""What a room of any shape is told, and what it is never told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deliberation.rooms import CARDS, deliberated, plain, rooms, tables, with_people, with_points
from workbench.deliberation import GROUP, PERSON, Distinction, deliberate
from workbench.deliberation.answers import answers_of
from workbench.deliberation.recalculation import Recalculation
from workbench.domain.rules import CHOICES, Rules
from workbench.engine.influence import POOLED
from workbench.prioritisation import Standing, prioritise

MINIMUM = 5


@settings(max_examples=12)
@given(rooms())
def test_nothing_is_said_of_cards_groups_or_answers_below_the_minimum(room):
    found = deliberated(room)
    assert CARDS.split("-")[0] not in str(plain(found))
    sizes = room.participants
    small = {
        column: set(sizes[column].value_counts().loc[lambda counts: counts < MINIMUM].index)
        for column in ("constituency", "sex", "group")
    }
    for reading in found.readings:
        assert (reading.sizes >= MINIMUM).all()
        apart = {*reading.sizes.index, *reading.influence.index, *(entry.group for entry in reading.strong)}
        assert not apart & small.get(reading.name, set())
        assert all(entry.group != POOLED for entry in reading.strong)
    for table in (found.spreads.cells, found.spreads.overall):
        few = table[table["answers"] < MINIMUM]
        assert few[["median", "lower_quartile", "upper_quartile", "iqr", "consensus"]].isna().all().all()
        assert (few["level"] == "too_few_answers").all()


@settings(max_examples=6)
@given(rooms(), st.data())
def test_who_of_the_pool_belongs_to_which_small_group_changes_nothing(room, data):
    before = deliberated(room)
    column = data.draw(st.sampled_from(["constituency", "group"]))
    reading = next((entry for entry in before.readings if entry.name == column), None)
    if reading is None or not reading.pooled:
        return
    pooled = room.participants[column].isin(reading.pooled)
    scored = room.participants["participant"].isin(room.ballots["participant"])
    labels = room.participants.loc[pooled & scored, column]
    people = room.participants.copy()
    people.loc[labels.index, column] = data.draw(st.permutations(labels.tolist()))
    assert plain(deliberated(with_people(room, people))) == plain(before)


@settings(max_examples=6)
@given(rooms(), st.data())
def test_the_result_is_the_same_whoever_holds_which_card(room, data):
    labels = room.participants["participant"].tolist()
    other = dict(zip(labels, data.draw(st.permutations(labels)), strict=True))
    people = room.participants.assign(participant=room.participants["participant"].map(other))
    ballots = room.ballots.assign(participant=room.ballots["participant"].map(other))
    assert _without_chance(deliberated(with_points(with_people(room, people), ballots))) == _without_chance(
        deliberated(room)
    )


def _without_chance(found):
    # the permutations are dealt to rows, whose order is that of the card numbers
    told = plain(found)
    for unit in told["agreement"]:
        unit["chance"] = unit["chance"] != "None"
    return told


@settings(max_examples=6)
@given(rooms(), st.randoms(use_true_random=False))
def test_the_order_of_the_files_does_not_matter(room, random):
    shuffled = room.shuffled(lambda size: random.sample(range(size), size))
    assert plain(deliberated(shuffled)) == plain(deliberated(room))


@settings(max_examples=6)
@given(rooms())
def test_one_person_one_voice_is_the_outcome_and_both_readings_list_the_same_proposals(room):
    session = room.session()
    outcome = prioritise(session, Rules())
    for reading in deliberate(session, Rules(), outcome).readings:
        if reading.distinction is not Distinction.SHOWN:
            assert reading.ranks.empty
            continue
        ranks = outcome.table["rank"].dropna()
        assert reading.ranks[PERSON].to_dict() == ranks.to_dict()
        assert reading.ranks[GROUP].notna().all()
        assert set(reading.leaves) <= set(outcome.standing(Standing.FUNDED).index)
        assert not set(reading.enters) & set(outcome.standing(Standing.FUNDED).index)


@settings(max_examples=6)
@given(rooms())
def test_strong_proposals_are_not_funded_and_displace_enough(room):
    session = room.session()
    outcome = prioritise(session, Rules())
    funded = set(outcome.standing(Standing.FUNDED).index)
    for reading in deliberate(session, Rules(), outcome).readings:
        for entry in reading.strong:
            assert entry.proposal not in funded
            assert entry.place_in_group <= 3
            assert set(entry.displaced) <= funded
            assert not entry.fits or entry.cost <= outcome.left + entry.freed


def plenary(scores: dict[str, dict[str, float]], heads: dict[str, int]):
    """A room in which every member of a group gives its proposal the same points on both criteria."""
    people = [(f"{group}{number}", group) for group, count in heads.items() for number in range(count)]
    points = [
        (person, proposal, criterion, value)
        for person, group in people
        for proposal, value in scores[group].items()
        for criterion in ("K1", "K2")
    ]
    return (
        pd.DataFrame(points, columns=["participant", "proposal", "criterion", "points"]),
        pd.DataFrame(people, columns=["participant", "constituency"]),
    )


def test_one_group_one_voice_is_the_mean_of_the_groups_means():
    scores = {
        "tani": {"U-1": 5.0, "U-2": 2.0, "U-3": 3.0},
        "perempuan": {"U-1": 1.0, "U-2": 5.0, "U-3": 3.0},
    }
    points, people = plenary(scores, {"tani": 15, "perempuan": 5})
    (reading,) = deliberated(tables(points, people, ceiling=100)).readings
    assert reading.ranks[PERSON].to_dict() == {"U-1": 1, "U-3": 2, "U-2": 3}
    assert reading.ranks[GROUP].to_dict() == {"U-2": 1, "U-1": 2, "U-3": 2}
    assert (reading.enters, reading.leaves) == (("U-2",), ("U-1",))
    assert reading.gains == ("U-2",)
    assert reading.losses == ("U-1",)
    assert reading.heard_apart == reading.proposals == 3
    assert reading.influence["moved"].to_dict() == {"tani": 1.0, "perempuan": pytest.approx(1 / 3 * 0 + 0.0)}


def test_a_group_that_answered_too_little_apart_has_no_reading_and_says_so():
    points, people = plenary({"tani": {"U-1": 5.0}, "perempuan": {"U-2": 5.0}}, {"tani": 6, "perempuan": 6})
    (reading,) = deliberated(tables(points, people)).readings
    assert reading.distinction is Distinction.SHARED_CARDS
    assert reading.own.to_dict() == {"perempuan": 1, "tani": 1}
    assert reading.strong == ()


def test_strong_proposals_of_a_group_with_what_they_would_displace():
    tani = {f"U-{n}": 5.0 - n / 2 for n in range(1, 8)}
    perempuan = {f"U-{n}": 1.0 + n / 2 for n in range(1, 8)}
    points, people = plenary({"tani": tani, "perempuan": perempuan}, {"tani": 12, "perempuan": 5})
    (reading,) = deliberated(tables(points, people, ceiling=250)).readings
    mine = [entry for entry in reading.strong if entry.group == "perempuan"]
    assert [entry.proposal for entry in mine] == ["U-7", "U-6", "U-5"]
    assert {entry.displaced for entry in mine} == {("U-2",)}
    assert reading.influence.index.tolist() == ["perempuan", "tani"]


def test_medians_are_read_by_groups_too():
    """Five people of one group weigh as much as fifteen of another, in a median as in a mean."""
    tani = {"U-1": 5.0, "U-2": 2.0, "U-3": 3.0}
    perempuan = {"U-1": 1.0, "U-2": 4.0, "U-3": 3.0}
    points, people = plenary({"tani": tani, "perempuan": perempuan}, {"tani": 15, "perempuan": 5})
    (reading,) = deliberated(tables(points, people, ceiling=100), Rules(aggregation="median")).readings
    assert reading.distinction is Distinction.SHOWN
    assert reading.ranks[PERSON].to_dict() == {"U-1": 1, "U-3": 2, "U-2": 3}
    # of halves that differ the median is the middle: 3 for all three
    assert reading.ranks[GROUP].to_dict() == {"U-1": 1, "U-2": 1, "U-3": 1}
    assert reading.leaves == ("U-1",)


def test_groupings_that_would_single_out_a_few_together_are_withheld():
    points, people = plenary({"tani": {"U-1": 5.0}, "perempuan": {"U-1": 2.0}}, {"tani": 7, "perempuan": 5})
    # the women are the five of one group and two more: the difference of both would be those two
    people = people.assign(sex=["female"] * 2 + ["male"] * 5 + ["female"] * 5)
    found = {reading.name: reading.distinction for reading in deliberated(tables(points, people)).readings}
    assert found == {"constituency": Distinction.SHOWN, "sex": Distinction.WITHHELD}


def test_without_cards_everything_but_attendance_is_empty():
    points, people = plenary({"tani": {"U-1": 5.0}}, {"tani": 6})
    room = tables(points, people)
    found = deliberated(with_points(room, room.ballots.iloc[:0]))
    assert not found.has_cards
    assert found.spreads is None
    assert found.readings == found.agreement == ()
    assert found.attendance.present == 6


def test_the_rules_cannot_lower_the_minimum_below_five():
    points, people = plenary({"tani": {"U-1": 5.0}, "perempuan": {"U-1": 2.0}}, {"tani": 8, "perempuan": 4})
    assert deliberated(tables(points, people), Rules(minimum_group=2)).minimum == MINIMUM


def test_minutes_of_agreement_on_a_complete_room():
    order = {f"U-{n}": float(n) for n in range(1, 6)}
    points, people = plenary({"tani": order, "perempuan": order}, {"tani": 6, "perempuan": 6})
    room = deliberated(tables(points, people)).agreement[0]
    assert (room.people, room.complete, room.scored) == (12, 5, 5)
    assert room.concordance.w == 1.0
    assert room.chance.p == pytest.approx(0.002)
    assert np.isinf(room.concordance.f)


@pytest.mark.parametrize("budget_rule", CHOICES["budget_rule"])
@pytest.mark.parametrize("aggregation", ["mean", "median"])
def test_both_readings_follow_the_rules_of_the_ceiling(budget_rule, aggregation):
    """Twelve want the first, five the last: with one voice each the five matter as much."""
    tani = {f"U-{n}": 5.0 - n / 2 for n in range(1, 7)}
    perempuan = {f"U-{n}": 1.0 + n / 2 for n in range(1, 7)}
    points, people = plenary({"tani": tani, "perempuan": perempuan}, {"tani": 12, "perempuan": 5})
    quota = {"quota": 2} if budget_rule.startswith("quota") else {}
    rules = Rules(budget_rule=budget_rule, aggregation=aggregation, ties=(), **quota)
    session = tables(points, people, ceiling=300).session()
    outcome = prioritise(session, rules)
    (reading,) = deliberate(session, rules, outcome).readings
    assert reading.distinction is Distinction.SHOWN
    funded = set(outcome.standing(Standing.FUNDED).index)
    assert reading.ranks[PERSON].to_dict() == outcome.table["rank"].dropna().to_dict()
    assert set(reading.leaves) <= funded
    assert not set(reading.enters) & funded
    if budget_rule == "equal_shares":
        # two cards with one share each: what both want a little, or what one wants much, but not three of one
        assert {"U-5", "U-6"} & {*reading.enters, *funded}
    assert {entry.group for entry in reading.strong} <= {"tani", "perempuan"}


@settings(max_examples=12)
@given(rooms(), st.sampled_from(("mean", "median", "trimmed_mean")), st.data())
def test_ranks_and_funded_list_under_other_voices_are_those_of_the_whole_calculation(drawn, method, data):
    session = drawn.session()
    rules = Rules(aggregation=method, scoring=data.draw(st.sampled_from(("weighted_sum", "plain_sum"))))
    outcome = prioritise(session, rules)
    again = Recalculation(session, rules, outcome, answers_of(session, rules, outcome))
    if not len(again.answers):
        return
    chance = np.random.default_rng(data.draw(st.integers(0, 99)))
    values = chance.uniform(1.0, 5.0, len(again.answers.proposals) * len(again.answers.criteria))
    values[chance.random(len(values)) < 0.1] = np.nan
    placed, whole = again.placed(values), again.outcome_of(values)
    ranks = whole.table["rank"].dropna()
    assert placed.broken.ranks.reindex(ranks.index).tolist() == ranks.tolist()
    pd.testing.assert_series_equal(placed.scoring.scores, whole.scoring.scores, rtol=1e-12)
    assert placed.allocation.status.equals(whole.allocation.status)
