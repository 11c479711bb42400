from __future__ import annotations

import pytest

from workbench.domain.rules import Rules
from workbench.present.i18n import LANGUAGES, translator
from workbench.present.reasons import listed_reason, reason_body, reason_sentence, short_reason
from workbench.prioritisation import Reason, Standing

OVER = {
    "rank": 14,
    "score": 61.25,
    "shared": 1,
    "decided_by": (),
    "cost": 60_000_000,
    "shortfall": 45_000_000,
}


def test_a_proposal_over_the_line_hears_rank_money_and_the_criterion_that_cost_most():
    reason = Reason("over_the_line", OVER | {"largest_loss": "Kesiapan"})
    assert reason_sentence(reason, translator("id")) == (
        "Peringkat 14, skor 61,25. Belum diakomodir. Garis pagu tertutup sebelum gilirannya; masih kurang "
        "Rp 45.000.000 untuk sampai ke peringkat ini. Nilai paling banyak hilang pada kriteria Kesiapan."
    )


def test_shared_rank_and_tie_rule_are_said():
    reason = Reason("over_the_line", OVER | {"shared": 3, "decided_by": ("poor_households", "lower_cost")})
    said = reason_sentence(reason, translator("id"))
    assert "ditempati bersama 3 usulan" in said
    assert "lebih banyak rumah tangga miskin penerima manfaat dan biaya lebih kecil" in said


def test_the_body_leaves_rank_and_score_to_the_columns_of_a_table():
    reason = Reason("over_the_line", OVER)
    assert "61,25" not in reason_body(reason, translator("id"))
    assert reason_sentence(reason, translator("id")).endswith(reason_body(reason, translator("id")))


def test_a_loss_is_not_named_where_it_changed_nothing():
    reason = Reason(
        "unpriced", {"rank": 1, "score": 50.0, "shared": 1, "decided_by": (), "largest_loss": "K9"}
    )
    assert "K9" not in reason_sentence(reason, translator("id"))


def test_a_long_list_says_the_same_in_fewer_words():
    reason = Reason(
        "over_the_line", OVER | {"shared": 3, "decided_by": ("lower_cost",), "largest_loss": "Kesiapan"}
    )
    assert listed_reason(reason, translator("id")) == (
        "Melewati garis pagu; kurang Rp 45.000.000. Peringkat bersama 3 usulan. "
        "Skor sama; diputus biaya lebih kecil. Terlemah: Kesiapan."
    )
    blocked = Reason(
        "not_chosen", OVER | {"rule": "best_total", "conditions": ("Jalan", "Air"), "shortfall": 5}
    )
    assert listed_reason(blocked, translator("id")).endswith(
        "Tanpa melepas usulan lain kurang Rp 5. Melanggar batasan: Jalan dan Air."
    )


def test_a_list_without_a_ceiling_does_not_say_so_on_every_line():
    ranked = {"rank": 1, "score": 50.0, "shared": 1, "decided_by": ()}
    alone = listed_reason(Reason("ranked", ranked), translator("id"))
    assert alone == "Pagu belum diberikan."
    told = listed_reason(Reason("ranked", ranked | {"largest_loss": "Kesiapan"}), translator("id"))
    assert told == "Terlemah: Kesiapan."


CASES = (
    Rules(),
    Rules(budget_rule="rank_skip"),
    Rules(ties=()),
    Rules(budget_rule="best_total"),
    Rules(budget_rule="equal_shares"),
    Rules(budget_rule="quota_stop", quota=1, ties=()),
)
"""Rules that between them put a proposal everywhere it can stand."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rules", CASES)
@pytest.mark.parametrize("ceiling", [None, 0, 150_000_000, 960_000_000, 10**12])
def test_every_proposal_of_an_outcome_has_a_sentence(build, language, rules, ceiling):
    outcome = build(40, ceiling, rules=rules).outcome
    t = translator(language)
    for label, reason in outcome.reasons.items():
        assert reason_sentence(reason, t).endswith("."), label
        assert len(short_reason(reason, t).split()) <= 4
        assert len(listed_reason(reason, t)) <= len(reason_body(reason, t))


def test_the_cases_reach_every_standing(build):
    seen = set()
    for rules in CASES:
        for ceiling in (None, 960_000_000, 10**12):
            seen |= set(build(40, ceiling, rules=rules).outcome.table["standing"])
    assert seen == {standing.value for standing in Standing}
