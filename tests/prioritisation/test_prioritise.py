from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.strategies import DISTRICT, STAGES, Tables, rules, tables
from workbench.domain.ballots import Ballots
from workbench.domain.proposals import Proposals
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.errors import DisconnectedJudgements, InvalidInput, InvalidValue, WorkbenchError
from workbench.prioritisation import Outcome, Standing, prioritise
from workbench.prioritisation.outcome import NOT_FUNDED, NOT_RANKABLE
from workbench.prioritisation.rounds import counting_round

FEW = settings(max_examples=settings.default.max_examples // 3)
"""Each example builds and computes whole sessions."""
AHP = ("geometric_mean", "eigenvector")
NOBODY = pd.DataFrame()


def fixed(
    points: dict[str, dict[str, float | None]],
    *,
    cost: dict[str, int | None] | None = None,
    ceiling: int | None = None,
    weights: dict[str, float | None] | None = None,
    **more: pd.DataFrame,
) -> Tables:
    """Return tables of a forum in which one person gave the points (1 to 5) by proposal and criterion."""
    labels = list(points)
    criteria = list(dict.fromkeys(k for cells in points.values() for k in cells)) or ["K1"]
    weights = weights or dict.fromkeys(criteria, 1.0)
    lines = [(1, "1", label, k, value) for label, cells in points.items() for k, value in cells.items()]
    budget = [] if ceiling is None else [{"region": DISTRICT, "kind": "ceiling", "amount": ceiling}]
    return replace(
        Tables(
            proposals=pd.DataFrame(
                {
                    "proposal": pd.Series(labels, dtype="str"),
                    "activity": "x",
                    "region": DISTRICT,
                    "cost": pd.array([(cost or {}).get(label) for label in labels], dtype="Int64"),
                }
            ),
            criteria=pd.DataFrame(
                {"criterion": criteria, "name": criteria, "weight": [weights[k] for k in criteria],
                 "scale_min": 1.0, "scale_max": 5.0}
            ),
            points=NOBODY,
            participants=pd.DataFrame({"participant": ["1", "2", "3"]}),
            ballots=pd.DataFrame(lines, columns=["round", "participant", "proposal", "criterion", "points"]),
            judgements=NOBODY,
            gates=NOBODY,
            budget=pd.DataFrame(budget),
        ),
        **more,
    )  # fmt: skip


def comparisons(lines: list[tuple[str, str, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=["participant", "first", "second", "value"])


def attempt(session: Session, choice: Rules) -> Outcome | WorkbenchError:
    try:
        return prioritise(session, choice)
    except WorkbenchError as error:
        return error


def said(found: Outcome | WorkbenchError) -> str:
    return text_of(found) if isinstance(found, Outcome) else str(found)


def text_of(outcome: Outcome) -> str:
    """Return everything that an outcome says, in full precision, by label and not by position."""
    table = outcome.table
    parts = [table.to_csv(float_format="%.17g"), str(table.dtypes.to_dict())]
    parts += [f"{label} {reason.code} {dict(reason.facts)}" for label, reason in outcome.reasons.items()]
    frames = (
        outcome.scoring.contributions,
        outcome.utilities.values,  # noqa: PD011 - a frame of this house
        outcome.measures,
        outcome.cells.answers,
    )
    parts += [frame.sort_index().sort_index(axis="columns").to_csv(float_format="%.17g") for frame in frames]
    parts += [outcome.scoring.weights.sort_index().to_csv(float_format="%.17g")]
    parts += [str(outcome.weights.consistency), str(outcome.weights.individual_ratios.tolist())]
    parts += [
        str((outcome.ceiling, outcome.earmarked, outcome.room, outcome.unenforced, list(outcome.history)))
    ]
    parts += [
        str(outcome.tie_breaks.ties),
        str(dict(outcome.tie_breaks.seeds)),
        outcome.funnel.steps.to_csv(),
    ]
    return "\n".join(parts)


# ----- every proposal once, every rupiah exact


@FEW
@given(tables(), rules())
def test_every_proposal_stands_once_with_one_reason(forum, choice):
    session = forum.session()
    outcome = prioritise(session, choice)
    assert sorted(outcome.table.index) == sorted(session.proposals.labels)
    assert list(outcome.reasons) == list(outcome.table.index)
    assert all(outcome.reasons[label].code == line for label, line in outcome.table["standing"].items())
    assert set(outcome.table["standing"]) <= {standing.value for standing in Standing}
    ranked = outcome.table["rank"].notna()
    assert ranked.tolist() == (~outcome.table["standing"].isin(NOT_RANKABLE)).tolist()
    assert outcome.table.loc[ranked, "score"].notna().all()
    ranks = outcome.table.loc[ranked, "rank"].tolist()
    assert ranks == sorted(ranks)
    assert all(1 + sum(other < rank for other in ranks) == rank for rank in ranks)
    assert outcome.table.loc[ranked, "shared"].tolist() == [ranks.count(rank) for rank in ranks]


@FEW
@given(tables(), rules())
def test_funded_costs_are_within_the_room_to_the_rupiah(forum, choice):
    session = forum.session()
    outcome = prioritise(session, choice)
    funded = [int(cost) for cost in outcome.standing(Standing.FUNDED)["cost"]]
    assert outcome.spent == sum(funded)
    if outcome.room is None:
        assert not funded
        assert outcome.left is None
        assert set(outcome.table["standing"]) <= {Standing.RANKED, *NOT_RANKABLE}
        return
    assert sum(funded) <= max(outcome.room, 0)
    assert outcome.room == outcome.ceiling - outcome.earmarked
    assert outcome.left == max(outcome.room, 0) - sum(funded)
    waiting = outcome.standing(*NOT_FUNDED)
    assert (waiting["cost"] > 0).all()
    assert (waiting["shortfall"] > 0).all()
    unpriced = outcome.standing(Standing.UNPRICED)
    assert unpriced["cost"].isna().all()
    assert unpriced["rank"].notna().all()


@FEW
@given(tables(), rules(), st.data())
def test_the_order_of_rows_changes_no_byte(forum, choice, data):
    shuffled = forum.shuffled(lambda size: data.draw(st.permutations(range(size))))
    assert text_of(prioritise(forum.session(), choice)) == text_of(prioritise(shuffled.session(), choice))


@FEW
@given(tables(most=3), rules(weighting=AHP), st.data())
def test_the_order_of_comparisons_changes_no_byte(forum, choice, data):
    shuffled = forum.shuffled(lambda size: data.draw(st.permutations(range(size))))
    one, other = attempt(forum.session(), choice), attempt(shuffled.session(), choice)
    assert said(one) == said(other)


HASHED = """
import sys
sys.path.insert(0, sys.argv[1])
from tests.prioritisation.test_prioritise import fixed, text_of, comparisons
from workbench.domain.rules import TIE_KEYS, Rules
from workbench.prioritisation import prioritise
labels = [f"U-{n}" for n in range(40)]
names = "ABCDE"
points = {u: {k: float((n * 7 + m * 3) % 5 + 1) for m, k in enumerate(names)} for n, u in enumerate(labels)}
pairs = [(p, a, b, float((ord(a) + ord(b)) % 9 + 1)) for p in "123" for a in names for b in names if a < b]
costs = {u: n * 10**8 for n, u in enumerate(labels)}
forum = fixed(points, cost=costs, ceiling=10**10, judgements=comparisons(pairs))
for weighting in ("direct", "geometric_mean", "eigenvector"):
    print(text_of(prioritise(forum.session(), Rules(weighting=weighting, ties=TIE_KEYS, lot_seed=7))))
"""


def test_the_seed_of_hashes_changes_no_byte(project_root: Path):
    spoken = [
        subprocess.run(
            [sys.executable, "-c", HASHED, str(project_root)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "4242")
    ]
    assert spoken[0] == spoken[1]
    assert spoken[0].count("U-39") >= 3


# ----- what may change a rank and what may not


@FEW
@given(tables(least=1), rules())
def test_better_points_never_rank_lower(forum, choice):
    before = prioritise(forum.session(), choice)
    scored = before.table.index[before.table["rank"].notna()]
    assume(len(scored) > 0)
    chosen = sorted(scored)[0]
    best = forum.criteria.set_index("criterion").apply(
        lambda line: line["scale_max"] if line["direction"] == "higher" else line["scale_min"], axis="columns"
    )
    lines = forum.ballots.copy()
    raised = (lines["proposal"] == chosen) & lines["points"].notna()
    lines.loc[raised, "points"] = lines.loc[raised, "criterion"].map(best)
    after = prioritise(replace(forum, ballots=lines).session(), choice)
    assert after.table.loc[chosen, "score"] >= before.table.loc[chosen, "score"]
    assert after.ranking.ranks[chosen] <= before.ranking.ranks[chosen]
    others = before.table.index.difference([chosen])
    assert after.table.loc[others, "score"].equals(before.table.loc[others, "score"])


@FEW
@given(tables(least=1), rules(), st.sampled_from((0.25, 3.0, 10.0, 100.0)))
def test_the_unit_of_the_weights_changes_nothing(forum, choice, factor):
    scaled = replace(forum, criteria=forum.criteria.assign(weight=forum.criteria["weight"] * factor))
    before, after = prioritise(forum.session(), choice), prioritise(scaled.session(), choice)
    np.testing.assert_allclose(
        before.table["score"], after.table["score"].loc[before.table.index], rtol=1e-12
    )
    assert before.table["rank"].equals(after.table["rank"].loc[before.table.index])
    assert before.table["standing"].equals(after.table["standing"].loc[before.table.index])


@FEW
@given(tables(least=1), rules())
def test_a_late_proposal_reorders_nobody(forum, choice):
    full = prioritise(forum.session(), choice)
    late = forum.proposals["proposal"].max()
    early = replace(
        forum,
        proposals=forum.proposals[forum.proposals["proposal"] != late],
        ballots=forum.ballots[forum.ballots["proposal"] != late],
        gates=forum.gates[forum.gates["proposal"] != late],
    )
    before = prioritise(early.session(), choice)
    scores = full.table["score"].drop(late)
    assert before.table["score"].equals(scores.loc[before.table.index])
    order = before.ranking.ranks.sort_index()
    again = full.ranking.ranks.drop(late, errors="ignore").sort_index()
    for label in order.index:
        assert (order < order[label]).equals(again < again[label])


@FEW
@given(tables(most=6, criteria=3), rules(weighting=AHP))
def test_comparisons_complete_or_not_give_weights_or_a_named_error(forum, choice):
    session = forum.session()
    found = attempt(session, choice)
    if isinstance(found, InvalidInput):
        assert [problem.code for problem in found.problems] == ["no_comparisons"]
        assert forum.judgements.empty
        return
    if isinstance(found, DisconnectedJudgements):
        assert len(found.facts["components"]) > 1
        return
    if isinstance(found, InvalidValue):
        assert found.code == "incomplete_matrix"
        assert choice.weighting == "eigenvector"
        return
    weights, shares = found.weights, found.scoring.weights
    assert shares.sum() == pytest.approx(1)
    assert (shares > 0).all()
    assert list(shares.index) == list(session.criteria.labels)
    assert weights.participants == forum.judgements["participant"].nunique()
    if weights.consistency is not None:
        assert weights.consistency.table == choice.random_index
    assert list(weights.individual_ratios) == sorted(weights.individual_ratios)
    assert len(weights.individual_ratios) <= weights.participants


# ----- missing is not zero


def test_unanswered_is_not_zero():
    one = fixed({"a": {"K1": 4.0}, "b": {"K1": None}, "c": {"K1": 1.0}})
    outcome = prioritise(one.session(), Rules())
    assert outcome.table["score"].to_dict() == {"a": 75.0, "c": 0.0, "b": pytest.approx(np.nan, nan_ok=True)}
    assert outcome.reasons["b"].code == "not_scored"
    assert outcome.reasons["b"].facts == {"criteria": ("K1",)}
    assert outcome.table["answers"].to_dict() == {"a": 1, "c": 1, "b": 0}
    assert outcome.cells.blanks.loc["b", "K1"] == 1
    assert np.isnan(outcome.table.loc["b", "points_sum"])


def test_a_blank_card_beside_an_answer_does_not_pull_the_mean_down():
    forum = fixed({"a": {"K1": 5.0}})
    blank = pd.DataFrame([(1, "2", "a", "K1", None)], columns=forum.ballots.columns)
    both = pd.concat([forum.ballots, blank.astype(forum.ballots.dtypes)])
    outcome = prioritise(replace(forum, ballots=both).session(), Rules())
    assert outcome.table.loc["a", "score"] == 100.0
    assert outcome.table.loc["a", "answers"] == 1


def test_sums_of_points_stand_beside_computed_scores():
    forum = fixed({"a": {"K1": 5.0, "K2": 1.0}, "b": {"K1": 3.0, "K2": 4.0}}, weights={"K1": 9.0, "K2": 1.0})
    table = prioritise(forum.session(), Rules()).table
    assert table["points_sum"].to_dict() == {"a": 6.0, "b": 7.0}
    assert table["rank"].to_dict() == {"a": 1, "b": 2}


@pytest.mark.parametrize("forum", [fixed({}), fixed({}, ceiling=100), fixed({"a": {}}, ceiling=100)])
def test_an_empty_list_and_a_forum_without_answers_still_have_an_outcome(forum):
    outcome = prioritise(forum.session(), Rules())
    assert set(outcome.table["standing"]) <= {"not_scored"}
    assert outcome.spent == 0
    assert len(outcome.table) == len(forum.proposals)


def test_no_ceiling_is_not_a_ceiling_of_zero():
    points = {"a": {"K1": 4.0}, "b": {"K1": 3.0}}
    cost = {"a": 10, "b": 0}
    without = prioritise(fixed(points, cost=cost).session(), Rules())
    assert (without.ceiling, without.room, without.left, without.allocation) == (None, None, None, None)
    assert without.table["standing"].to_dict() == {"a": "ranked", "b": "ranked"}
    zero = prioritise(fixed(points, cost=cost, ceiling=0).session(), Rules())
    assert zero.table["standing"].to_dict() == {"a": "over_the_line", "b": "funded"}


def agreed(tables):
    """Return tables in which the forum agreed on the points together."""
    card = pd.DataFrame({"participant": ["mufakat"]})
    return replace(tables, participants=card, ballots=tables.ballots.assign(participant="mufakat"))


def test_one_criterion_of_one_proposal():
    outcome = prioritise(agreed(fixed({"a": {"K1": 2.0}}, cost={"a": 7}, ceiling=7)).session(), Rules())
    assert outcome.table.loc["a", ["rank", "score", "standing", "running_total"]].tolist() == [
        1,
        25.0,
        "funded",
        7,
    ]
    assert outcome.left == 0
    assert outcome.reasons["a"].facts["largest_loss"] == "K1"


def test_a_perfect_score_has_no_largest_loss():
    tables = fixed({"a": {"K1": 5.0}, "b": {"K1": 4.0}})
    reasons = prioritise(agreed(tables).session(), Rules()).reasons
    assert "largest_loss" not in reasons["a"].facts
    assert reasons["b"].facts["largest_loss"] == "K1"
    few = prioritise(tables.session(), Rules()).reasons
    assert "largest_loss" not in few["b"].facts  # it would speak of one person's points


# ----- weights


def test_missing_and_zero_weights_are_named():
    absent = fixed({"a": {"K1": 2.0, "K2": 3.0}}, weights={"K1": None, "K2": None})
    with pytest.raises(InvalidInput) as caught:
        prioritise(absent.session(), Rules())
    assert [(p.code, p.facts["criterion"]) for p in caught.value.problems] == [
        ("weight_missing", "K1"),
        ("weight_missing", "K2"),
    ]
    zero = fixed({"a": {"K1": 2.0}}, weights={"K1": 0.0})
    with pytest.raises(InvalidInput) as caught:
        prioritise(zero.session(), Rules())
    assert [p.code for p in caught.value.problems] == ["weights_all_zero"]


def test_a_criterion_of_weight_zero_holds_nobody_back():
    forum = fixed({"a": {"K1": 2.0, "K2": None}}, weights={"K1": 1.0, "K2": 0.0})
    assert prioritise(forum.session(), Rules()).table.loc["a", "score"] == 25.0


MATRIX = [
    ("A", "B", 2.0),
    ("A", "C", 6.0),
    ("A", "D", 5.0),
    ("B", "C", 3.0),
    ("B", "D", 4.0),
    ("C", "D", 0.5),
]


def compared(people: str = "1", **more: object) -> Tables:
    lines = [(person, *line) for person in people for line in MATRIX]
    return fixed({"a": dict.fromkeys("ABCD", 3.0)}, judgements=comparisons(lines), **more)


def test_eigenvector_and_geometric_mean_are_both_there_and_differ():
    geometric = prioritise(compared().session(), Rules(weighting="geometric_mean")).weights
    principal = prioritise(compared().session(), Rules(weighting="eigenvector")).weights
    matrix = geometric.matrix.to_numpy()
    means = matrix.prod(axis=1) ** 0.25
    geometric_shares, principal_shares = (pd.Series(found.values) for found in (geometric, principal))
    np.testing.assert_allclose(geometric_shares, means / means.sum(), rtol=1e-12)
    values, vectors = np.linalg.eig(matrix)
    vector = vectors[:, values.real.argmax()].real
    np.testing.assert_allclose(principal_shares, vector / vector.sum(), rtol=1e-9)
    assert np.abs(geometric_shares - principal_shares).max() > 1e-4
    assert geometric.consistency == principal.consistency
    assert geometric.consistency.lambda_max == pytest.approx(values.real.max())


@pytest.mark.parametrize("table", ["own", "saaty_1980", "saaty_2005", "thesis_id", "alonso_lamata"])
def test_the_choice_of_random_indices_is_recorded_and_used(table):
    found = prioritise(compared().session(), Rules(weighting="geometric_mean", random_index=table)).weights
    assert found.consistency.table == table
    assert found.consistency.cr == pytest.approx(found.consistency.ci / found.consistency.random_index)
    assert found.individual_ratios.tolist() == pytest.approx([found.consistency.cr])


def test_incomplete_comparisons_have_weights_but_no_ratio():
    lines = [("1", *line) for line in MATRIX[:-1]]
    forum = fixed({"a": dict.fromkeys("ABCD", 3.0)}, judgements=comparisons(lines))
    weights = prioritise(forum.session(), Rules(weighting="geometric_mean")).weights
    assert weights.consistency is None
    assert weights.individual_ratios.empty
    with pytest.raises(InvalidValue) as caught:
        prioritise(forum.session(), Rules(weighting="eigenvector"))
    assert caught.value.code == "incomplete_matrix"


def test_a_withdrawn_comparison_is_no_comparison():
    forum = fixed({"a": {"A": 3.0, "B": 3.0}}, judgements=comparisons([("1", "A", "B", float("nan"))]))
    with pytest.raises(InvalidInput) as caught:
        prioritise(forum.session(), Rules(weighting="geometric_mean"))
    assert caught.value.problems[0].code == "no_comparisons"


def test_comparisons_that_fall_apart_are_named():
    forum = fixed(
        {"a": dict.fromkeys("ABCD", 3.0)},
        judgements=comparisons([("1", "A", "B", 2.0), ("1", "C", "D", 2.0)]),
    )
    with pytest.raises(DisconnectedJudgements):
        prioritise(forum.session(), Rules(weighting="geometric_mean"))


# ----- ties and the line

TIED = {"a": {"K1": 4.0}, "b": {"K1": 4.0}, "c": {"K1": 2.0}}


def test_stop_and_skip_are_two_rules():
    points = {"a": {"K1": 5.0}, "b": {"K1": 4.0}, "c": {"K1": 3.0}}
    forum = fixed(points, cost={"a": 60, "b": 50, "c": 30}, ceiling=100)
    stop = prioritise(forum.session(), Rules(budget_rule="rank_stop"))
    skip = prioritise(forum.session(), Rules(budget_rule="rank_skip"))
    assert stop.table["standing"].tolist() == ["funded", "over_the_line", "over_the_line"]
    assert skip.table["standing"].tolist() == ["funded", "does_not_fit", "funded"]
    assert (stop.left, skip.left) == (40, 10)
    assert stop.reasons["b"].facts["shortfall"] == 10
    assert stop.reasons["c"].facts["shortfall"] == 40
    assert skip.reasons["b"].facts["shortfall"] == 10


def test_a_tie_at_the_line_is_decided_by_nobody():
    forum = fixed(TIED, cost={"a": 60, "b": 60, "c": 10}, ceiling=100)
    for rule in ("rank_stop", "rank_skip"):
        outcome = prioritise(forum.session(), Rules(ties=(), budget_rule=rule))
        assert outcome.table["standing"].tolist() == ["tied_at_line", "tied_at_line", "over_the_line"]
        assert outcome.table["rank"].tolist() == [1, 1, 3]
        assert outcome.table["shared"].tolist() == [2, 2, 1]
        assert outcome.spent == 0


def test_a_declared_key_parts_a_tie_and_is_named():
    forum = fixed(TIED, cost={"a": 60, "b": 50, "c": 10}, ceiling=100)
    outcome = prioritise(forum.session(), Rules(ties=("lower_cost",)))
    assert outcome.table["rank"].to_dict() == {"b": 1, "a": 2, "c": 3}
    assert outcome.table.loc["a", "decided_by"] == ("lower_cost",)
    assert outcome.reasons["b"].facts["decided_by"] == ("lower_cost",)
    assert outcome.table.loc["c", "decided_by"] == ()


@pytest.mark.parametrize(
    ("key", "column", "values"),
    [
        ("poor_households", "poor_households", [3, 9, 0]),
        ("womens_proposal", "womens_proposal", [False, True, False]),
        ("self_help", "self_help", [5, 10**9, 0]),
    ],
)
def test_each_key_reads_its_column(key, column, values):
    forum = fixed(TIED)
    forum = replace(forum, proposals=forum.proposals.assign(**{column: values}))
    assert prioritise(forum.session(), Rules(ties=(key,))).table["rank"].to_dict() == {"b": 1, "a": 2, "c": 3}
    blank = replace(forum, proposals=forum.proposals.assign(**{column: [None, values[1], None]}))
    assert prioritise(blank.session(), Rules(ties=(key,))).table["rank"].to_dict() == {"a": 1, "b": 1, "c": 3}


def test_the_heaviest_criterion_parts_and_equal_weights_count_together():
    points = {"a": {"K1": 2.0, "K2": 4.0, "K3": 3.0}, "b": {"K1": 4.0, "K2": 2.0, "K3": 3.0}}
    even = fixed(points, weights={"K1": 1.0, "K2": 1.0, "K3": 1.0})
    assert prioritise(even.session(), Rules()).table["rank"].tolist() == [1, 1]
    # 0.1 + 0.2 is not 0.3 for the computer, but a forum that says so means equal weights
    nearly = fixed(points, weights={"K1": 0.1 + 0.2, "K2": 0.3, "K3": 0.1})
    assert prioritise(nearly.session(), Rules()).table["rank"].tolist() == [1, 1]
    points["a"]["K3"], points["b"]["K3"] = 5.0, 2.0
    parted = fixed(points, weights={"K1": 3.0, "K2": 3.0, "K3": 0.0})
    assert prioritise(parted.session(), Rules()).table["rank"].tolist() == [1, 1]


def test_the_lot_goes_where_it_is_declared():
    first = prioritise(
        fixed(TIED, cost={"a": 2, "b": 1}).session(), Rules(ties=("lot", "lower_cost"), lot_seed=1)
    )
    last = prioritise(
        fixed(TIED, cost={"a": 2, "b": 1}).session(), Rules(ties=("lower_cost", "lot"), lot_seed=1)
    )
    assert first.table.loc["a", "decided_by"] == ("lot",)
    assert last.table.loc["a", "decided_by"] == ("lower_cost",)
    assert first.tie_breaks.seeds == {"lot": 1}


def test_earmarks_above_the_ceiling_leave_no_room():
    forum = fixed(TIED, cost={"a": 1, "b": 0, "c": 5}, ceiling=100)
    more = pd.concat([forum.budget, pd.DataFrame([{"region": DISTRICT, "kind": "earmark", "amount": 130}])])
    outcome = prioritise(replace(forum, budget=more).session(), Rules())
    assert (outcome.ceiling, outcome.earmarked, outcome.room, outcome.spent, outcome.left) == (
        100,
        130,
        -30,
        0,
        0,
    )
    assert outcome.table["standing"].to_dict() == {"a": "over_the_line", "b": "funded", "c": "over_the_line"}


def test_unpriced_keeps_its_rank_and_neither_blocks_nor_uses_the_line():
    forum = fixed(TIED, cost={"b": 10, "c": 10}, ceiling=20)
    outcome = prioritise(forum.session(), Rules(ties=()))
    assert outcome.table["standing"].to_dict() == {"a": "unpriced", "b": "funded", "c": "funded"}
    assert "cost" not in outcome.reasons["a"].facts


def test_budget_lines_that_no_walk_applies_are_named():
    lines = [
        {"region": DISTRICT, "kind": "ceiling", "agency": "Dinas PUPR", "amount": 5},
        {"region": "", "kind": "at_most", "amount": 5},
    ]
    outcome = prioritise(fixed(TIED, budget=pd.DataFrame(lines)).session(), Rules())
    assert outcome.unenforced == ("finer_ceiling", "shares")
    assert prioritise(fixed(TIED).session(), Rules()).unenforced == ()


# ----- gates, rounds, stages


def test_a_failed_gate_is_named_and_an_open_one_holds_nobody_back():
    gates = pd.DataFrame(
        {
            "proposal": ["a", "a", "b"],
            "gate": ["lahan", "hibah", "lahan"],
            "passed": [False, False, None],
            "note": "",
        }
    ).astype({"passed": "boolean"})
    outcome = prioritise(fixed(TIED, gates=gates).session(), Rules())
    assert outcome.reasons["a"].facts == {"gates": ("hibah", "lahan")}
    assert outcome.table.loc["a", ["standing"]].item() == "gate_failed"
    assert pd.isna(outcome.table.loc["a", "score"])
    assert outcome.table.loc["b", "rank"] == 1
    assert outcome.screening.open["b"] == ("lahan",)


def cards(*lines: tuple[int, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(
        [(number, "1", label, "K1", points) for number, label, points in lines],
        columns=["round", "participant", "proposal", "criterion", "points"],
    ).astype({"points": "float64"})


def test_a_later_round_counts_for_what_it_scored_alone():
    lines = cards((1, "a", 1.0), (1, "b", 3.0), (2, "a", 5.0))
    forum = fixed({"a": {"K1": 1.0}, "b": {"K1": 1.0}}, ballots=lines)
    assert prioritise(forum.session(), Rules()).table["score"].to_dict() == {"a": 100.0, "b": 50.0}
    assert prioritise(forum.session(), Rules(round=1)).table["score"].to_dict() == {"b": 50.0, "a": 0.0}


def test_a_form_of_a_later_round_left_blank_voids_nothing():
    lines = cards((1, "a", 1.0), (2, "a", None), (1, "b", None), (2, "b", None))
    kept = counting_round(lines, 0)
    assert kept[["round", "proposal"]].to_records(index=False).tolist() == [(1, "a"), (2, "b")]


def staged(*lines: tuple[str, str, str]) -> Tables:
    forum = fixed({label: {"K1": 3.0} for label, _, _ in lines})
    stages = {"stage": [stage for _, stage, _ in lines], "parent": [parent for _, _, parent in lines]}
    return replace(forum, proposals=forum.proposals.assign(**stages))


CHAIN = staged(("a", "desa", ""), ("b", "kecamatan", "a"), ("c", "renja", "b"), ("d", "kecamatan", "zz"))


def test_one_declared_stage_is_ranked_and_the_rest_is_its_history():
    outcome = prioritise(CHAIN.session(), Rules(stage="kecamatan"))
    assert list(outcome.table.index) == ["b", "d"]
    assert list(outcome.history) == ["a", "c"]
    assert outcome.funnel.orphans == ("d",)
    assert outcome.funnel.steps.to_dict("records") == [
        {"parent_stage": "desa", "stage": "kecamatan", "parents": 1, "children": 1},
        {"parent_stage": "kecamatan", "stage": "renja", "parents": 1, "children": 1},
    ]


def test_a_chain_is_never_ranked_twice():
    with pytest.raises(InvalidInput) as caught:
        prioritise(CHAIN.session(), Rules())
    assert caught.value.problems[0].code == "stage_not_declared"
    assert caught.value.problems[0].facts["allowed"] == ("desa", "kecamatan", "renja")
    unlinked = staged(("a", "desa", ""), ("b", "kecamatan", ""))
    assert len(prioritise(unlinked.session(), Rules()).table) == 2


@FEW
@given(tables(stages=True), rules(stage=STAGES[0]))
def test_no_two_of_a_chain_are_ranked_at_different_stages(forum, choice):
    session = forum.session()
    outcome = prioritise(session, choice)
    stages = session.proposals.frame["stage"]
    assert set(stages[outcome.table.index]) <= {STAGES[0]}
    assert len(outcome.table) == (stages == STAGES[0]).sum()
    assert sorted([*outcome.table.index, *outcome.history]) == sorted(session.proposals.labels)
    assert outcome.funnel.totals.sum() == len(session.proposals)


@example(forum=fixed(TIED))
@FEW
@given(forum=tables(least=1))
def test_a_district_alone_scores_as_in_the_whole_session(forum):
    session = forum.session()
    assert text_of(prioritise(session, Rules())) == text_of(prioritise(session.within(DISTRICT), Rules()))


def test_an_outcome_is_a_value():
    outcome = prioritise(fixed(TIED).session(), Rules())
    with pytest.raises(TypeError):
        outcome.reasons["a"] = None
    with pytest.raises(TypeError):
        outcome.reasons["a"].facts["rank"] = 9
    with pytest.raises(AttributeError):
        outcome.table = None


def test_medians_do_not_follow_one_extreme_card():
    forum = fixed({"a": {"K1": 1.0}})
    lines = pd.DataFrame(
        [(1, person, "a", "K1", points) for person, points in (("1", 1.0), ("2", 5.0), ("3", 5.0))],
        columns=forum.ballots.columns,
    )
    session = replace(forum, ballots=lines).session()
    assert prioritise(session, Rules(aggregation="median")).table.loc["a", "score"] == 100.0
    assert prioritise(session, Rules()).table.loc["a", "score"] == pytest.approx(200 / 3)


def test_a_session_without_ballots_needs_no_people():
    forum = fixed(TIED, ballots=NOBODY, participants=NOBODY)
    session = forum.session()
    assert len(session.participants) == 0
    assert session.ballots.rounds == Ballots.empty().rounds == ()
    assert isinstance(session.proposals, Proposals)
    assert set(prioritise(session, Rules()).table["standing"]) == {"not_scored"}


def test_a_lot_prints_its_seed_also_where_nothing_is_tied():
    forum = fixed({"jalan": {"K1": 5.0}, "sumur": {"K1": 1.0}})
    outcome = prioritise(forum.session(), Rules(ties=("lower_cost", "lot"), lot_seed=7))
    assert (dict(outcome.tie_breaks.seeds), outcome.tie_breaks.steps) == ({"lot": 7}, ())
