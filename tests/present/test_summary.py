from __future__ import annotations

import pytest

from workbench.domain.rules import Rules
from workbench.present.i18n import LANGUAGES, translator
from workbench.present.summary import summary_sentences
from workbench.prioritisation import Standing, prioritise


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ceiling", [None, 0, 960_000_000, 10**12])
@pytest.mark.parametrize("rules", [Rules(), Rules(ties=()), Rules(budget_rule="rank_skip")])
def test_the_summary_ends_with_what_an_outcome_is(build, language, ceiling, rules):
    made = build(40, ceiling, rules=rules)
    t = translator(language)
    said = summary_sentences(made.outcome, made.session, t)
    assert said[-1] == t("word.caveat")
    assert len(set(said)) == len(said)
    assert all(sentence.endswith(".") for sentence in said)


def test_numbers_are_those_of_the_outcome(build):
    made = build(60, 1_500_000_000, earmark=100_000_000)
    said = " ".join(summary_sentences(made.outcome, made.session, translator("id")))
    outcome = made.outcome
    assert "Ada 60 usulan; 58 diperingkat." in said
    funded = len(outcome.standing(Standing.FUNDED))
    assert f"{funded} usulan diakomodir" in said
    assert translator("id").style.rupiah(outcome.left) in said
    assert f"setelah peringkat {outcome.allocation.line_after_rank}." in said
    poor = made.session.proposals.frame["poor_households"]
    reached = int(poor[outcome.standing(Standing.FUNDED).index].sum())
    assert f"{reached} dari {int(poor.sum())} rumah tangga miskin" in said


def test_womens_share_is_among_those_that_say(build):
    made = build(60, 1_500_000_000)
    known = made.session.proposals.frame["womens_proposal"].dropna()
    said = " ".join(summary_sentences(made.outcome, made.session, translator("id")))
    assert f"Usulan perempuan: {int(known.sum())} dari {len(known)} usulan" in said
    assert f"Untuk {60 - len(known)} usulan tidak tercatat" in said


def test_villages_with_nothing_are_named(build):
    made = build(10, 120_000_000)
    said = " ".join(summary_sentences(made.outcome, made.session, translator("id")))
    assert "belum mempunyai usulan yang diakomodir" in said


def test_an_empty_district_still_has_a_summary(build):
    session = build(5).session
    session = session.of_proposals(session.proposals.within("99"))
    said = summary_sentences(prioritise(session, Rules()), session, translator("id"))
    assert said[0] == "Ada 0 usulan; 0 diperingkat."


def test_money_that_no_rule_applies_is_said(build):
    from dataclasses import replace

    made = build(12)
    outcome = replace(made.outcome, unenforced=("finer_ceiling", "shares"))
    said = summary_sentences(outcome, made.session, translator("id"))
    assert sum("aturan pagu ini" in sentence for sentence in said) == 2


def test_earmarks_above_the_ceiling_are_said(build):
    made = build(20, 100_000_000, earmark=350_000_000)
    said = " ".join(summary_sentences(made.outcome, made.session, translator("id")))
    assert "Yang wajib melebihi pagu sebesar Rp 250.000.000" in said
    assert "melebihi pagu" not in " ".join(
        summary_sentences(build(20, 10**9).outcome, made.session, translator("id"))
    )
