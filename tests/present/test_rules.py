from __future__ import annotations

import pytest

from workbench.domain.rules import CHOICES, NAMES, TIE_KEYS, Rules
from workbench.present.i18n import LANGUAGES, translator
from workbench.present.rules import SENTENCES, rule_sentence, rules_in_short, rules_sentences, spoken


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in CHOICES.items() for value in values]
)
def test_every_choice_is_read_aloud_and_differs_from_the_others(language, name, value):
    t = translator(language)
    said = rule_sentence(name, Rules(**{name: value}, quota=1), t)
    others = [
        rule_sentence(name, Rules(**{name: other}, quota=1), t) for other in CHOICES[name] if other != value
    ]
    assert said not in others


def test_there_is_one_sentence_for_each_choice_in_order():
    t = translator("id")
    rules = Rules(ties=TIE_KEYS, lot_seed=2027, round=2, stage="Musrenbang Kecamatan", minimum_group=7)
    said = rules_sentences(rules, t)
    names = spoken(rules)
    assert len(said) == len(names)
    assert "sampai putaran 2" in said[names.index("round")]
    assert "2027" in said[names.index("lot_seed")]
    assert "Musrenbang Kecamatan" in said[names.index("stage")]
    assert "7 orang" in said[names.index("minimum_group")]


def test_what_does_not_matter_under_the_budget_rule_is_not_read_aloud():
    assert "quota" not in spoken(Rules())
    compared = {"comparison_scale", "random_index"}
    assert not compared & set(spoken(Rules()))
    assert compared <= set(spoken(Rules(weighting="eigenvector")))
    assert {"quota", "quota_of"} <= set(spoken(Rules(budget_rule="quota_stop", quota=3)))
    assert {"plan_gap", "plan_seconds"} <= set(spoken(Rules(budget_rule="best_total")))
    raised = Rules(budget_rule="equal_shares", completion="add_one", completion_step=1_000_000)
    assert {"completion_step", "completion_until"} <= set(spoken(raised))
    assert "Rp 1.000.000" in " ".join(rules_sentences(raised, translator("id")))
    assert "0,1 %" in rule_sentence("plan_gap", Rules(plan_gap=0.001), translator("id"))


def test_tie_keys_are_read_in_their_order():
    t = translator("id")
    said = rule_sentence("ties", Rules(ties=("lower_cost", "poor_households")), t)
    assert said.index("(1) biaya lebih kecil") < said.index("(2) lebih banyak rumah tangga miskin")
    assert "berbagi peringkat" in rule_sentence("ties", Rules(ties=()), t)


def test_rules_in_short_name_every_choice_that_shapes_the_outcome():
    said = rules_in_short(Rules(aggregation="median", budget_rule="rank_skip", ties=()), translator("id"))
    for words in ("nilai tengah", "melewati", "berbagi peringkat", "ditetapkan langsung"):
        assert words in said


def test_own_sentences_are_of_existing_choices():
    assert set(SENTENCES) <= set(NAMES)
    assert set(SENTENCES) | set(CHOICES) == set(NAMES)
