"""Every budget rule through the one calculation: what it funds, why, and that nothing is overspent."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import assume, given, settings

from tests import strategies
from tests.plans import LIST, forum
from workbench.domain.rules import CHOICES, Rules
from workbench.errors import InvalidInput, NoFeasiblePlan
from workbench.prioritisation import Standing, prioritise
from workbench.prioritisation.outcome import NOT_FUNDED
from workbench.store.session_folder import open_session

SCORES = {"U-1": 100, "U-2": 80, "U-3": 50, "U-4": 60, "U-5": 30}
COSTS = {"U-1": 60, "U-2": 40, "U-3": 30, "U-4": 50, "U-5": 20}


def outcome_of(folder):
    opened = open_session(folder)
    return prioritise(opened.session.within("73.02.01"), opened.rules)


def funded(outcome):
    return set(outcome.standing(Standing.FUNDED).index)


def best(ceiling, keeps):
    sets = (set(held) for size in range(6) for held in combinations(SCORES, size))
    fitting = [held for held in sets if sum(COSTS[label] for label in held) <= ceiling and keeps(held)]
    return max(sum(SCORES[label] for label in held) for held in fitting)


@pytest.mark.parametrize("rule", CHOICES["budget_rule"])
@settings(max_examples=6)
@given(drawn=strategies.tables(least=1, most=6), rules=strategies.rules())
def test_every_rule_gives_every_proposal_a_standing_and_never_overspends(rule, drawn, rules):
    session, rules = drawn.session(), replace(rules, budget_rule=rule, quota=1)
    codes = set()
    try:
        outcome = prioritise(session, rules)
    except (InvalidInput, NoFeasiblePlan) as error:
        codes = {problem.code for problem in getattr(error, "problems", ())} or {error.code}
    # Nobody's card is complete, or more money at least than there is.
    assert codes <= {"rule_without_ballots", "conditions_clash"}
    assume(not codes)
    assert set(outcome.reasons) == set(session.proposals.labels)
    if outcome.room is None:
        return
    held = outcome.standing(Standing.FUNDED)
    assert int(held["cost"].sum()) == outcome.spent <= max(outcome.room, 0)
    assert outcome.spent + outcome.left == max(outcome.room, 0)
    for label, line in outcome.table[outcome.table["rank"].notna()].iterrows():
        above = outcome.table.loc[:label]
        assert line["running_total"] == above.loc[above["standing"] == Standing.FUNDED, "cost"].sum()
    again = prioritise(session, rules)
    pd.testing.assert_frame_equal(again.table, outcome.table)
    assert {label: reason.facts for label, reason in again.reasons.items()} == {
        label: reason.facts for label, reason in outcome.reasons.items()
    }


def spent(held, *labels):
    return sum(COSTS[label] for label in (held & set(labels) if labels else held))


def served(held):
    return held & {"U-1", "U-2"} and held & {"U-3", "U-4"} and "U-5" in held


@pytest.mark.parametrize(
    ("condition", "keeps"),
    [
        ("a;paling_sedikit;usulan;1;setiap;;;;;;", served),
        ("a;paling_banyak;rupiah;50;;jalan;;;;;", lambda held: spent(held, "U-1", "U-4") <= 50),
        ("a;paling_banyak;persen_pagu;40 %;;;pu;;;;", lambda held: spent(held, "U-1", "U-2", "U-4") <= 40),
        (
            "a;paling_sedikit;persen_usulan;3/5;;;;ya;;;",
            lambda held: 5 * len(held & {"U-2", "U-3", "U-5"}) >= 3 * len(held),
        ),
        (
            "a;paling_sedikit;persen_belanja;30 %;;;Dinkes;;;;",
            lambda held: 100 * spent(held, "U-3") >= 30 * spent(held),
        ),
        ("a;memerlukan;;;;;;;U-1;U-5;", lambda held: "U-1" not in held or "U-5" in held),
        ("a;salah_satu;;;;;;;U-1, U-2;;", lambda held: len(held & {"U-1", "U-2"}) <= 1),
        ("a;paling_banyak;usulan;1;;;;;U-1,U-2;;", lambda held: len(held & {"U-1", "U-2"}) <= 1),
        ("a;terikat;;;;;;;U-5;;", lambda held: "U-5" in held),
    ],
)
def test_the_plan_with_conditions_is_the_best_of_all_sets_that_keep_them(tmp_path, condition, keeps):
    outcome = outcome_of(forum(tmp_path, condition))
    held = funded(outcome)
    assert keeps(held)
    assert sum(SCORES[label] for label in held) == best(100, keeps)
    assert outcome.proof.proven
    assert outcome.unenforced == ()


def test_a_condition_is_named_in_the_reason_of_what_it_blocks(tmp_path):
    outcome = outcome_of(forum(tmp_path, "Hanya satu jalan;paling_banyak;usulan;0;;jalan;;;;;"))
    reason = outcome.reasons["U-1"]
    assert reason.code == Standing.NOT_CHOSEN
    assert reason.facts["conditions"] == ("Hanya satu jalan",)


def test_what_a_proposal_needs_and_does_not_compete_keeps_it_out(tmp_path):
    listed = (*LIST[:4], "U-5;Pelatihan;73.02.01.2003;;ekonomi;Dinsos;Dusun C;ya;30")
    outcome = outcome_of(forum(tmp_path, "a;memerlukan;;;;;;;U-1;U-5;", listed=listed))
    assert outcome.table.loc["U-1", "standing"] == Standing.NOT_CHOSEN
    assert outcome.reasons["U-1"].facts["conditions"] == ("a",)


@pytest.mark.parametrize("word", ["urut_berhenti", "urut_lewati", "skor_per_rupiah", "jumlah_skor_terbesar"])
def test_what_is_committed_comes_first_under_every_rule(tmp_path, word):
    folder = forum(tmp_path, "Lanjutan;terikat;;;;;;;U-5;;", rules=f'aturan_pagu = "{word}"\n')
    outcome = outcome_of(folder)
    assert outcome.table.loc["U-5", "standing"] == Standing.FUNDED
    assert outcome.reasons["U-5"].facts["committed"] == "Lanjutan"
    assert outcome.spent <= 100


def test_committed_work_above_the_ceiling_or_without_cost_is_refused(tmp_path):
    with pytest.raises(NoFeasiblePlan, match="committed_above_ceiling"):
        outcome_of(forum(tmp_path, "a;terikat;;;;;;;U-1, U-4;;", rules="", ceiling="73.02.01;;pagu;100\n"))
    listed = (*LIST[:4], "U-5;Pelatihan;73.02.01.2003;;ekonomi;Dinsos;Dusun C;ya;30")
    with pytest.raises(InvalidInput, match="committed_not_competing"):
        outcome_of(forum(tmp_path, "a;terikat;;;;;;;U-5;;", rules="", listed=listed))


def test_lines_of_the_ceiling_are_kept_by_the_plan_and_said_aloud_by_other_rules(tmp_path):
    ceiling = "73.02.01;;pagu;100\n73.02.01;PU;pagu;50\n73.02.01;PU;wajib;10\n73.02.01;Dinsos;minimal;20\n"
    outcome = outcome_of(forum(tmp_path, "x;paling_banyak;usulan;9;;;;;;;", ceiling=ceiling))
    held = funded(outcome)
    assert sum(COSTS[label] for label in held & {"U-1", "U-2", "U-4"}) <= 40  # less what is earmarked inside
    assert "U-5" in held
    plain = outcome_of(
        forum(
            tmp_path,
            "x;paling_banyak;usulan;9;;;;;;;",
            ceiling=ceiling,
            rules='aturan_pagu = "urut_lewati"\n',
        )
    )
    assert plain.unenforced == ("finer_ceiling", "shares", "conditions")


def test_a_clash_is_named_with_the_smallest_way_out(tmp_path):
    with pytest.raises(NoFeasiblePlan) as caught:
        outcome_of(
            forum(tmp_path, "Semua desa;paling_sedikit;usulan;1;setiap;;;;;;", ceiling="73.02.01;;pagu;80\n")
        )
    facts = caught.value.facts
    assert facts["clash"] == ("ceiling", "Semua desa: Desa 1", "Semua desa: Desa 2", "Semua desa: Desa 3")
    assert [way.changes for way in facts["relaxations"] if way.family == "ceiling"] == [(("ceiling", 10),)]


def test_quotas_hold_for_each_village_or_proposer(tmp_path):
    rules = 'aturan_pagu = "jatah_lewati"\njatah = 1\njatah_untuk = "{}"\n'
    for who in ("desa", "pengusul"):
        outcome = outcome_of(forum(tmp_path, rules=rules.format(who)))
        assert funded(outcome) == {"U-1", "U-5"}
        assert outcome.table.loc["U-2", "standing"] == Standing.OVER_QUOTA
        assert outcome.table.loc["U-3", "standing"] == Standing.OVER_QUOTA
    assert outcome.reasons["U-2"].facts["group"] == "Dusun A"
    tied = (*LIST[:1], LIST[1].replace(";80", ";100"), *LIST[2:])
    outcome = outcome_of(
        forum(tmp_path, rules="urutan_pemutus_nilai_sama = []\n" + rules.format("desa"), listed=tied)
    )
    assert set(outcome.standing(Standing.TIED_AT_QUOTA).index) == {"U-1", "U-2"}
    assert set(outcome.standing(*NOT_FUNDED).index) >= {"U-1", "U-2"}


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ({"budget_rule": "quota_stop"}, "quota_missing"),
        ({"budget_rule": "equal_shares", "completion": "add_one"}, "completion_step_missing"),
        ({"quota": -1}, "negative_value"),
        ({"completion_step": -1}, "negative_value"),
        ({"plan_gap": 1.0}, "plan_gap_out_of_range"),
        ({"plan_seconds": 0}, "plan_seconds_missing"),
    ],
)
def test_what_a_rule_must_be_told_is_asked_for(choices, code):
    with pytest.raises(InvalidInput) as caught:
        Rules(**choices)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_stated_gap_and_time_stand_in_the_outcome(tmp_path):
    rules = 'aturan_pagu = "jumlah_skor_terbesar"\ncelah_hitungan = 0.01\nbatas_detik_hitungan = 3\n'
    proof = outcome_of(forum(tmp_path, rules=rules)).proof
    assert (proof.asked_gap, proof.seconds) == (0.01, 3.0)
