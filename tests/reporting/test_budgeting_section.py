"""The parts of a report about the ceiling, on the sample that ships, and without a ceiling."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from workbench.budgeting import READINGS, contest_of, read_rule, rules_compared
from workbench.domain.budget import Budget
from workbench.present.documents import breakable
from workbench.present.i18n import LANGUAGES, translator
from workbench.present.price_of_rules_table import rule_name
from workbench.prioritisation import Standing, prioritise
from workbench.reporting import open_report
from workbench.reporting.budgeting_section import MOST_WHY, BudgetingSection
from workbench.reporting.report import HANGING_ON_CEILING
from workbench.store.project_files import sample_folder

DISTRICT = "99.01.09"


@pytest.fixture(scope="module")
def report():
    return open_report(str(sample_folder()), DISTRICT, "id")


def test_all_parts_stand_in_the_report(report):
    for part, key in (
        (report.price_of_rules(), "report.price_of_rules"),
        (report.surviving(), "report.surviving"),
        (report.why_not(), "report.why_not"),
    ):
        assert part.heading == report.t(key)
        assert part.blocks


def test_every_rule_has_its_line_and_the_rule_in_force_is_the_outcome(report):
    page = "".join(report.price_of_rules().blocks)
    contest = contest_of(report.opened.session, report.outcome)
    compared = rules_compared(contest)
    assert set(READINGS) - set(compared) == {"best_with_conditions", "quota_stop", "quota_skip"}
    for rule in compared:
        assert rule_name(rule, report.t) in page
    assert breakable(report.t.style.rupiah(report.outcome.left)) in page
    funded = report.outcome.standing(Standing.FUNDED).index
    assert set(read_rule(report.opened.rules.budget_rule, contest).funded) == set(funded)
    best = read_rule("best_total", contest)
    assert best.proven
    for rule in compared:
        assert sum(contest.scores[list(read_rule(rule, contest).funded)]) <= sum(
            contest.scores[list(best.funded)]
        ) * (1 + 1e-6)


def test_the_first_below_the_line_are_explained(report):
    page = "".join(report.why_not().blocks)
    below = report.outcome.standing(Standing.OVER_THE_LINE).index
    assert all(f"({label})" in page for label in below[:MOST_WHY])


def test_nobody_s_card_is_shown(report):
    blocks = (*report.price_of_rules().blocks, *report.surviving().blocks, *report.why_not().blocks)
    written = set(re.findall(r"[\w-]+", "".join(blocks)))
    assert not written & set(report.opened.session.participants.labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_ceiling_the_parts_are_named_once_and_left_out(report, language):
    session, t = replace(report.opened.session, budget=Budget.empty()), translator(language)
    outcome = prioritise(session, report.opened.rules)
    without = replace(report, opened=replace(report.opened, session=session), outcome=outcome, t=t)
    said = without.not_funded().blocks[-1]
    for part in HANGING_ON_CEILING:
        shown = getattr(without, part)()
        assert (shown.heading, shown.blocks) == ("", ())
        assert t(f"report.{part}") in said
        assert getattr(report, part)().blocks


def test_with_money_for_everything_nothing_is_below_the_line(report):
    session = report.opened.session
    session = replace(session, budget=session.budget.with_ceiling(DISTRICT, 10**12))
    section = BudgetingSection(session, prioritise(session, report.opened.rules), report.t)
    assert report.t("budgeting.why.none_below") in section.why_not()[0]
    assert "1.000.000.000.000" not in section.surviving()[0]


def test_a_list_where_nothing_has_a_price_is_still_a_report(report):
    session = report.opened.session
    frame = session.proposals.frame.copy()
    frame["cost"] = frame["cost"].mask(frame["cost"].notna())
    session = replace(session, proposals=type(session.proposals)(frame))
    section = BudgetingSection(session, prioritise(session, report.opened.rules), report.t)
    assert section.prices()
    assert section.surviving()
    assert report.t("budgeting.why.none_below") in section.why_not()[0]
