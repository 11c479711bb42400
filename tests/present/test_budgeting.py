"""The ceiling explained in words: every rule, every kind of change, every figure and every slip."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from workbench.budgeting import (
    READINGS,
    Point,
    Remedy,
    WhyNot,
    below_the_line,
    compare_rules,
    contest_of,
    curve_of_money,
    why_not,
)
from workbench.domain.rules import CHOICES, Rules
from workbench.engine.allocation.changes import ChangeKind
from workbench.present.i18n import LANGUAGES, translator
from workbench.present.money_curve import money_curve, money_sentences
from workbench.present.price_of_rules_table import (
    comparison_sentences,
    contested_table,
    price_of_rules_table,
    rule_name,
    rule_said,
    rules_read_aloud,
    surviving_table,
)
from workbench.present.why_not_sentences import (
    LONGEST_NAME,
    not_enough_sentences,
    proposal_name,
    why_not_sentences,
    why_not_table,
)
from workbench.present.why_not_slips import LeftOut, slips_page, slips_paper, why_not_slips

T = translator("id")


@pytest.fixture
def case(build):
    made = build(40, 900_000_000)
    return made, contest_of(made.session, made.outcome)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", sorted(READINGS))
def test_every_rule_can_be_read_aloud(language, rule):
    t = translator(language)
    assert rule_said(rule, t).endswith(".")
    assert len(rule_name(rule, t).split()) <= 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_budget_rule_of_the_rules_has_a_reading_and_words(language):
    for rule in CHOICES["budget_rule"]:
        assert rule in READINGS
        assert translator(language).has(f"budgeting.said.{rule}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", CHOICES["budget_rule"])
def test_the_table_has_one_line_for_each_rule_and_says_whom_it_counts(build, language, rule):
    made = build(40, 900_000_000, rules=Rules(budget_rule=rule, quota=3))
    t = translator(language)
    found = compare_rules(made.session, made.outcome, contest_of(made.session, made.outcome))
    table = price_of_rules_table(found, t)
    assert [row[0] for row in table.rows] == [rule_name(name, t) for name in found.prices]
    in_force = next(row for row in table.rows if row[0] == rule_name(rule, t))
    assert in_force[3] == t.style.rupiah(made.outcome.left)
    said = comparison_sentences(found, t)
    assert all(sentence.endswith(".") for sentence in (*said, *rules_read_aloud(found, t)))
    assert t("budgeting.compare.in_force", rule=rule_name(rule, t)) in said
    assert t("budgeting.compare.voters_few", voters=None) in said  # one participant alone is never told
    assert t("budgeting.compare.unpriced", count=len(found.unpriced)) in said
    shown = surviving_table(found, made.outcome, made.session, t)
    assert [row[1] for row in shown.rows] == list(found.surviving)
    assert len(contested_table(found, made.outcome, made.session, t).rows) == min(len(found.contested), 15)


def test_without_cards_the_rules_that_need_them_are_named(build):
    made = build(20, 400_000_000)
    empty = replace(
        contest_of(made.session, made.outcome).support, ballots=made.session.ballots.frame.iloc[:0]
    )
    contest = replace(contest_of(made.session, made.outcome), support=empty)
    found = compare_rules(made.session, made.outcome, contest)
    assert set(found.not_computed) == {"equal_shares", "phragmen"}
    said = " ".join(comparison_sentences(found, T))
    assert "Aturan \u201cBagian sama besar\u201d tidak dihitung" in said
    assert T("budgeting.compare.support") not in said


def test_an_unproven_plan_prints_its_gap(case):
    made, contest = case
    found = compare_rules(made.session, made.outcome, contest)
    price = found.prices["best_total"]
    doubtful = replace(price, reading=replace(price.reading, proven=False, gap=0.0125))
    said = comparison_sentences(replace(found, prices={**found.prices, "best_total": doubtful}), T)
    assert any("1,3 %" in sentence for sentence in said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ChangeKind)
def test_every_kind_of_change_has_its_sentences(case, language, kind):
    made, contest = case
    t = translator(language)
    label, other = contest.ranks.index[-1], contest.ranks.index[0]
    remedies = (
        Remedy(kind, amount=5_000_000, level=99.0, above=other, pushes_out=(other,)),
        Remedy(kind, amount=5_000_000, level=99.0, smallest=False),
        Remedy(kind, amount=1, level=float(contest.scores[label]), above=other),
        Remedy(kind, amount=7_000_000, level=98.0, smallest=False, followed=False),
    )
    answer = WhyNot(
        label, "rank_stop", funded=False, remedies=remedies, impossible=(kind,), undecided=(kind,)
    )
    said = why_not_sentences(answer, made.outcome, made.session, t)
    assert len(set(said)) == 4
    assert t("budgeting.why.enough") in said[3]
    assert t("budgeting.why.jumps") not in said[3]
    assert t("budgeting.why.jumps") in said[1]
    assert t("budgeting.why.jumps") not in said[0]
    assert proposal_name(other, made.session, t) in said[0]
    assert len(set(not_enough_sentences(answer, t))) == 2
    assert why_not_sentences(WhyNot(label, "rank_stop", funded=True), made.outcome, made.session, t) == (
        t("budgeting.why.funded"),
    )


def test_the_sentences_state_the_certificate(case):
    made, contest = case
    label = below_the_line(contest, "rank_stop", 1)[0]
    answer = why_not(contest, "rank_stop", [label])[0]
    said = " ".join(why_not_sentences(answer, made.outcome, made.session, T))
    for found in answer.remedies:
        if found.kind in (ChangeKind.COST_LESS, ChangeKind.CEILING_MORE):
            assert T.style.rupiah(found.amount) in said
    table = why_not_table([answer], made.outcome, made.session, T)
    assert label in table.rows[0][1]
    assert table.rows[0][4].startswith("(1) ")


def test_a_long_name_is_shortened_with_its_code(case):
    made, contest = case
    label = next(
        name for name in contest.ranks.index if "irigasi" in made.session.proposals.frame["activity"][name]
    )
    said = proposal_name(label, made.session, T)
    assert said.endswith(f"\u2026 ({label})")
    assert len(said) <= LONGEST_NAME + len(label) + 3


class Balanced(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 - the parser's signature
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slips_stand_four_to_a_page_ask_no_host_and_escape_names(case, language):
    made, contest = case
    t = translator(language)
    labels = below_the_line(contest, "rank_stop", 9)
    answers = why_not(contest, "rank_stop", labels)
    slips = why_not_slips(answers, made.outcome, made.session, t)
    page = slips_page(slips, t)
    assert page == slips_page(why_not_slips(answers, made.outcome, made.session, t), t)
    assert page.count('<article class="slip">') == 9
    assert page.count('<div class="page">') == 3
    assert "size: A4 portrait" in page
    assert not re.search(r"(?:https?:)?//|<script|<img|@import|url\(", page)
    assert "<pompa>" not in page
    assert "&lt;pompa&gt;" in page
    assert page.count(t("word.caveat")) == 9
    assert page.count("data contoh (sintetis)") == 9
    for label in labels:
        assert label in page
    parser = Balanced()
    parser.feed(page)
    assert parser.open == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slips_say_first_what_they_leave_out_and_nothing_where_nothing_is(case, language):
    made, contest = case
    t = translator(language)
    answers = why_not(contest, "rank_stop", below_the_line(contest, "rank_stop", 4))
    slips = why_not_slips(answers, made.outcome, made.session, t)
    left = [LeftOut("Kecamatan <A>", 23), LeftOut("B", 0), *(LeftOut(f"C{at}", at) for at in range(1, 9))]
    page = slips_page(slips, t, left)
    assert page.count('<article class="slip note">') == 2  # nine lists are too many for one card
    assert page.count('<div class="page">') == 2
    first = page[: page.index('<article class="slip">')]
    assert t("budgeting.slips.left_of", name="Kecamatan &lt;A&gt;", count=23) in first
    assert "workbench why FOLDER" in first
    assert first.count("<li>") == 9
    assert "B: " not in first
    parser = Balanced()
    parser.feed(page)
    assert parser.open == []
    assert slips_page(slips, t, [LeftOut("B", 0)]) == slips_page(slips, t)
    (sheet,) = slips_paper(slips, t, left).parts
    (cards,) = sheet.blocks
    assert len(cards.cards) == 6
    assert "23" in str(cards.cards[0])
    assert "workbench why FOLDER" in str(cards.cards[1])


def test_a_slip_under_another_rule_does_not_repeat_the_reason_of_the_first(case):
    made, contest = case
    answers = why_not(contest, "by_value", below_the_line(contest, "rank_stop", 2))
    page = slips_page(why_not_slips(answers, made.outcome, made.session, T), T)
    assert rule_said("by_value", T) in page
    assert "Garis pagu" not in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", [rule for rule in READINGS if not rule.startswith("quota")])
def test_the_curve_is_a_picture_that_names_itself_and_its_changes(case, language, rule):
    made, contest = case
    t = translator(language)
    points = curve_of_money(contest, rule)
    root = ET.fromstring(money_curve(points, rule, t))
    changes = [point for point in points if point.enters or point.leaves]
    assert changes
    assert len(root.findall(".//{http://www.w3.org/2000/svg}circle")) == len(changes)
    assert rule_name(rule, t) in root.attrib["aria-label"]
    said = money_sentences(points, made.session, t)
    assert t.style.rupiah(changes[0].more) in said[0]
    assert changes[0].enters[0] in said[0]


def test_money_that_buys_nothing_and_a_proposal_that_leaves_are_said(case):
    made, contest = case
    first, second = contest.ranks.index[:2]
    still = (Point(0, 5.0, 1, 0, (), ()), Point(10, 5.0, 1, 10, (), ()))
    assert money_sentences(still, made.session, T) == ("Tambahan pagu sampai Rp 10 belum mengubah apa pun.",)
    swap = (still[0], Point(10, 6.0, 1, 0, (second,), (first,)), Point(20, 4.0, 0, 30, (), (second,)))
    said = money_sentences(swap, made.session, T)
    assert "keluar" in said[0]
    assert "masuk" not in said[1]
    assert ET.fromstring(money_curve(swap, "rank_skip", T)).tag.endswith("svg")
