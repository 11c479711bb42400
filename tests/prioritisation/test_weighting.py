"""Weights from every way of answering, down the hierarchy, with what is said about them."""
# ruff: noqa: PD011 - `values` is a field of this house

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rooms import FLAT, TREE, room
from workbench.domain.rules import CHOICES, Rules
from workbench.engine.pairwise.matrix import SAATY_SCALE
from workbench.errors import DisconnectedJudgements, InvalidInput, InvalidValue
from workbench.prioritisation.comparisons import SEED
from workbench.prioritisation.criterion_weights import CriterionWeights, Turnout
from workbench.prioritisation.weighting import WEIGHTING, weigh_by_every_method

COMPARING = ("geometric_mean", "eigenvector", "column_mean", "combined")


def weigh(session, method: str, **choices) -> CriterionWeights:
    return WEIGHTING[method](session, Rules(weighting=method, **choices))


def codes(caught) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def consistent(person: str, labels: str, weights: tuple[float, ...]) -> list[tuple[str, str, str, float]]:
    value = dict(zip(labels, weights, strict=True))
    return [(person, f"K{a}", f"K{b}", value[a] / value[b]) for a, b in combinations(labels, 2)]


def test_every_name_of_the_rules_has_its_function():
    assert set(WEIGHTING) == set(CHOICES["weighting"])


# ----- hierarchy


def test_global_weights_are_products_of_local_ones():
    weights = {"G1": 3, "G2": 1, "K1": 1, "K2": 3, "K3": 1, "K4": 1, "K5": 2}
    found = weigh(room(parents=TREE, weights=weights), "direct")
    assert found.values.to_dict() == pytest.approx(
        {"K1": 0.1875, "K2": 0.5625, "K3": 0.0625, "K4": 0.0625, "K5": 0.125}
    )
    assert found.table["local"]["G1"] == 0.75
    assert found.table["leaf"].sum() == 5
    assert [group.parent for group in found.groups] == ["", "G1", "G2"]


def test_comparisons_among_siblings_weigh_the_whole_hierarchy():
    answers = [
        ("1", "G1", "G2", 4.0), ("1", "K1", "K2", 3.0),
        ("1", "K3", "K4", 2.0), ("1", "K4", "K5", 2.0), ("1", "K3", "K5", 4.0),
    ]  # fmt: skip
    for method in COMPARING:
        found = weigh(room(answers, parents=TREE), method)
        expected = {"K1": 0.6, "K2": 0.2, "K3": 0.2 * 4 / 7, "K4": 0.2 * 2 / 7, "K5": 0.2 / 7}
        assert found.values.to_dict() == pytest.approx(expected)
        assert found.turnout == Turnout(1, 0, 0)


def test_a_group_that_nobody_compared_keeps_its_declared_weights_and_says_so():
    answers = [("1", "G1", "G2", 4.0), ("1", "K1", "K2", 3.0)]
    weights = {"K3": 1, "K4": 1, "K5": 2}
    found = weigh(room(answers, parents=TREE, weights=weights), "geometric_mean")
    assert [group.method for group in found.groups] == ["geometric_mean", "geometric_mean", "direct"]
    assert found.values["K5"] == pytest.approx(0.1)
    with pytest.raises(InvalidInput) as caught:
        weigh(room(answers, parents=TREE), "geometric_mean")
    assert codes(caught) == ["no_comparisons"]
    assert caught.value.problems[0].facts["group"] == "Kriteria G2"


def test_declared_weights_are_no_answers_of_people():
    with pytest.raises(InvalidInput) as caught:
        weigh(room(parents=TREE, weights=dict.fromkeys(TREE, 1)), "rank_order")
    assert codes(caught) == ["no_preferences"]


def test_missing_and_zero_weights_are_named_in_all_groups_at_once():
    with pytest.raises(InvalidInput) as caught:
        weigh(room(parents=TREE, weights={"G1": 1, "G2": 1, "K1": 0, "K2": 0, "K3": 1, "K5": 1}), "direct")
    assert codes(caught) == ["weights_all_zero", "weight_missing"]
    assert caught.value.problems[0].facts["group"] == "Kriteria G1"
    assert caught.value.problems[1].facts["criterion"] == "K4"


def test_an_only_criterion_needs_no_answer():
    found = weigh(room(parents={"K1": ""}), "geometric_mean")
    assert found.values.to_dict() == {"K1": 1.0}
    assert found.consistency is None


# ----- declared


@pytest.mark.parametrize(
    "weights", [{"K1": "50 %", "K2": "30 %", "K3": "20 %"}, {"K1": 50, "K2": 30, "K3": 20}]
)
def test_percentages_that_add_up(weights):
    assert weigh(room(weights=weights), "percent").values.to_dict() == pytest.approx(
        {"K1": 0.5, "K2": 0.3, "K3": 0.2}
    )


def test_percentages_that_do_not_add_up_are_refused_with_their_sum():
    with pytest.raises(InvalidInput) as caught:
        weigh(room(weights={"K1": "50 %", "K2": "30 %", "K3": "30 %"}), "percent")
    assert codes(caught) == ["percent_not_hundred"]
    assert caught.value.problems[0].facts["total"] == pytest.approx(110)


# ----- comparisons


def test_saatys_house_says_which_judgement_to_look_at_again(saaty_house):
    found = weigh(room(*saaty_house[:1], parents=saaty_house[1]), "eigenvector", random_index="saaty_1980")
    assert found.consistency.cr == pytest.approx(0.17, abs=0.01)
    assert not found.consistency.acceptable
    worst = found.comparisons.reviews[0]
    assert {worst.first, worst.second} == {"Neighbourhood", "Condition"}
    assert worst.cr_after < found.consistency.cr


@pytest.fixture
def saaty_house():
    names = ("Size", "Transport", "Neighbourhood", "Age", "Yard", "Facilities", "Condition", "Financing")
    rows = (
        (5, 3, 7, 6, 6, 1 / 3, 1 / 4),
        (1 / 3, 5, 3, 3, 1 / 5, 1 / 7),
        (6, 3, 4, 6, 1 / 5),
        (1 / 3, 1 / 4, 1 / 7, 1 / 8),
        (1 / 2, 1 / 5, 1 / 6),
        (1 / 5, 1 / 6),
        (1 / 2,),
    )
    lines = [
        ("1", names[i], names[i + 1 + step], float(value))
        for i, row in enumerate(rows)
        for step, value in enumerate(row)
    ]
    return lines, dict.fromkeys(names, "")


def test_a_circle_a_reversal_and_the_worst_triad_are_found():
    found = weigh(
        room([("1", "K1", "K2", 3.0), ("1", "K2", "K3", 2.0), ("1", "K3", "K1", 4.0)]), "geometric_mean"
    )
    circle = found.comparisons.contradictions[0]
    assert circle.items == ("K1", "K2", "K3")
    assert {(one.first, one.second) for one in found.comparisons.violations} == {("K2", "K3")}
    assert found.comparisons.triad.inconsistency == pytest.approx(1 - 1 / 24)
    assert found.comparisons.geometric.gci > found.comparisons.geometric.threshold


def test_the_order_of_geometric_mean_and_eigenvector_may_differ_and_is_said():
    rng = np.random.default_rng(0)
    labels = [f"K{n}" for n in range(1, 7)]
    for _ in range(200):
        lines = [("1", a, b, float(rng.choice(SAATY_SCALE))) for a, b in combinations(labels, 2)]
        session = room(lines, parents=dict.fromkeys(labels, ""))
        geometric, principal = weigh(session, "geometric_mean"), weigh(session, "eigenvector")
        changes = geometric.comparisons.order_changes
        for heavier, lighter in changes:
            assert geometric.values[heavier] > geometric.values[lighter]
            assert principal.values[heavier] < principal.values[lighter]
        if changes:
            return
    pytest.fail("no order ever differed")


def test_gaps_are_measured_against_random_answers_to_the_same_pairs():
    labels = {f"K{n}": "" for n in range(1, 6)}
    pairs = [("K1", "K2"), ("K2", "K3"), ("K3", "K4"), ("K4", "K5"), ("K5", "K1"), ("K1", "K3")]
    lines = [
        ("1", a, b, value) for (a, b), value in zip(pairs, (2.0, 3.0, 1.0, 2.0, 1 / 9, 9.0), strict=True)
    ]
    found = weigh(room(lines, parents=labels), "geometric_mean")
    index = found.comparisons.random_index
    assert (index.seed, index.unanswered, index.method) == (SEED, 4, "simulated")
    assert 0 < index.value < 1.109
    assert found.consistency is None
    assert found.comparisons.consistency.cr == pytest.approx(
        found.comparisons.consistency.ci / index.value, rel=1e-9
    )
    again = weigh(room(lines[::-1], parents=labels), "geometric_mean")
    assert again.comparisons.consistency == found.comparisons.consistency


def test_a_tree_of_answers_contradicts_nothing():
    found = weigh(room([("1", "K1", "K2", 9.0), ("1", "K2", "K3", 9.0)]), "geometric_mean")
    assert found.comparisons.consistency.cr == 0
    assert found.comparisons.random_index.method == "tree"


def test_answers_that_do_not_link_the_criteria_name_what_belongs_together():
    labels = {f"K{n}": "" for n in range(1, 5)}
    session = room([("1", "K1", "K2", 3.0), ("2", "K3", "K4", 3.0)], parents=labels)
    for method in COMPARING:
        with pytest.raises(DisconnectedJudgements) as caught:
            weigh(session, method)
        assert caught.value.facts["components"] == (("K1", "K2"), ("K3", "K4"))


def test_values_off_the_scale_are_refused_unless_it_is_free():
    session = room([("1", "K1", "K2", 20.0), ("1", "K2", "K3", 1.0)])
    with pytest.raises(InvalidInput) as caught:
        weigh(session, "geometric_mean")
    assert codes(caught) == ["judgement_outside_scale"]
    assert weigh(session, "geometric_mean", comparison_scale="free").values["K1"] == pytest.approx(20 / 22)


def test_who_answered_who_sent_a_blank_and_who_did_not_answer():
    session = room([*consistent("1", "123", (3, 2, 1)), ("2", "K1", "K2", None)], people=("1", "2", "3", "4"))
    assert weigh(session, "geometric_mean").turnout == Turnout(answered=1, blank=1, absent=2)
    with pytest.raises(InvalidInput) as caught:
        weigh(room([("2", "K1", "K2", None)]), "geometric_mean")
    assert codes(caught) == ["no_comparisons"]


# ----- orders, beans, best and worst


def test_orders_become_rank_order_centroids_averaged_over_people():
    lines = [("1", "rank", k, "", place) for k, place in (("K1", 1.0), ("K2", 2.0), ("K3", 3.0))]
    lines += [("2", "rank", k, "", place) for k, place in (("K1", 3.0), ("K2", 2.0), ("K3", 1.0))]
    lines += [("3", "rank", "K1", "", 1.0)]
    found = weigh(room(preferences=lines), "rank_order")
    assert found.values.to_dict() == pytest.approx({"K1": 13 / 36, "K2": 5 / 18, "K3": 13 / 36})
    assert (found.groups[0].answered, found.groups[0].set_aside) == (2, 1)
    with pytest.raises(InvalidValue, match="answers_all_incomplete"):
        weigh(room(preferences=lines[-1:]), "rank_order")


def test_best_and_worst_give_consistent_weights_back():
    lines = [("1", "best", "K1", "K2", 2.0), ("1", "best", "K1", "K3", 6.0), ("1", "worst", "K2", "K3", 3.0)]
    found = weigh(room(preferences=lines), "best_worst")
    assert found.values.to_dict() == pytest.approx({"K1": 0.6, "K2": 0.3, "K3": 0.1})
    unfitting = [
        ("2", "best", "K1", "K2", 1.0),
        ("2", "best", "K1", "K3", 3.0),
        ("2", "worst", "K2", "K3", 5.0),
    ]
    both = weigh(room(preferences=[*lines, *unfitting]), "best_worst")
    assert (both.groups[0].answered, both.groups[0].set_aside) == (1, 1)


def test_every_way_of_answering_stands_in_one_least_squares():
    truth = {"K1": 6.0, "K2": 3.0, "K3": 1.0}
    comparisons = [("1", a, b, truth[a] / truth[b]) for a, b in combinations(truth, 2)]
    lines = [("2", "best", "K1", "K2", 2.0), ("2", "best", "K1", "K3", 6.0), ("2", "worst", "K1", "K3", 6.0),
             ("2", "worst", "K2", "K3", 3.0)]  # fmt: skip
    found = weigh(room(comparisons, lines), "combined")
    assert found.values.to_dict() == pytest.approx({"K1": 0.6, "K2": 0.3, "K3": 0.1})
    ways = found.groups[0].ways
    assert ways["answers"].to_dict() == {"best_worst": 3, "judgement": 3}
    assert ways["share"].to_dict() == {"best_worst": 0.5, "judgement": 0.5}
    assert ways["observed_variance"].max() == pytest.approx(0, abs=1e-20)
    beans = [("3", "points", "K1", "", 10.0), ("3", "points", "K2", "", 0.0), ("3", "rank", "K3", "", 1.0),
             ("3", "rank", "K1", "", 2.0)]  # fmt: skip
    more = weigh(room(comparisons, [*lines, *beans]), "combined")
    assert set(more.groups[0].ways.index) == {"best_worst", "judgement", "points", "rank"}
    assert more.turnout.answered == 3


def test_other_answers_may_link_what_comparisons_alone_do_not():
    lines = [("2", "points", k, "", beans) for k, beans in (("K1", 5.0), ("K2", 3.0), ("K3", 2.0))]
    found = weigh(room([("1", "K1", "K2", 2.0)], lines), "combined")
    assert found.comparisons is None
    assert set(found.groups[0].ways.index) == {"judgement", "points"}


def test_every_method_stands_beside_the_others_or_says_why_not():
    every = weigh_by_every_method(
        room(consistent("1", "123", (3, 2, 1)), weights={"K1": 3, "K2": 2, "K3": 1}), Rules()
    )
    assert set(every.found) == {"direct", "geometric_mean", "eigenvector", "column_mean", "combined"}
    assert set(every.refused) == {"percent", "rank_order", "best_worst"}
    for found in every.found.values():
        assert found.values.to_dict() == pytest.approx({"K1": 1 / 2, "K2": 1 / 3, "K3": 1 / 6})


@st.composite
def answers(draw):
    labels = [f"K{n}" for n in range(1, draw(st.integers(2, 5)) + 1)]
    people = [f"{n}" for n in range(draw(st.integers(1, 4)))]
    comparisons = [
        (person, *pair, draw(st.sampled_from(SAATY_SCALE)))
        for person in people
        for pair in combinations(labels, 2)
    ]
    preferences = [(p, "points", k, "", float(draw(st.integers(0, 9)))) for p in people for k in labels]
    return labels, comparisons, preferences


@given(answers(), st.randoms(use_true_random=False), st.sampled_from(COMPARING))
def test_the_order_of_lines_people_and_criteria_changes_no_bit(drawn, chance, method):
    labels, comparisons, preferences = drawn
    before = weigh(room(comparisons, preferences, parents=dict.fromkeys(labels, "")), method)
    for lines in (labels, comparisons, preferences):
        chance.shuffle(lines)
    after = weigh(room(comparisons, preferences, parents=dict.fromkeys(labels, "")), method)
    assert before.values.sort_index().equals(after.values.sort_index())
    pd.testing.assert_frame_equal(
        before.comparisons.matrix.sort_index().sort_index(axis=1),
        after.comparisons.matrix.sort_index().sort_index(axis=1),
        check_exact=True,
    )
    assert before.comparisons.consistency == after.comparisons.consistency
    assert before.individual_ratios.equals(after.individual_ratios)


@given(answers())
def test_unanimity_is_kept(drawn):
    labels, comparisons, _ = drawn
    parents = dict.fromkeys(labels, "")
    one = [line for line in comparisons if line[0] == "0"]
    many = [(str(person), *line[1:]) for person in range(7) for line in one]
    alone, together = (
        weigh(room(one, parents=parents), "eigenvector"),
        weigh(room(many, parents=parents), "eigenvector"),
    )
    np.testing.assert_allclose(alone.values, together.values, rtol=1e-9)


def test_flat_criteria_need_no_parent_column():
    assert weigh(room(weights=dict.fromkeys(FLAT, 1)), "direct").values.sum() == pytest.approx(1)
