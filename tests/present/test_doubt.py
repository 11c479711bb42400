"""Doubt in words, tables and pictures, on every surface and for forums where little can be said."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from workbench.domain.ballots import Ballots
from workbench.domain.participants import Participants
from workbench.domain.rules import Rules
from workbench.present.doubt_figures import rank_brackets
from workbench.present.doubt_sentences import (
    certificate_sentences,
    doubt_sentences,
    moved_weight_sentences,
    stability_sentences,
)
from workbench.present.doubt_tables import near_line_table, weight_intervals_table
from workbench.present.doubt_words import of_hundred
from workbench.present.explanations import move_sentence, proposal_sentences
from workbench.present.format import EMPTY
from workbench.present.i18n import LANGUAGES, translator
from workbench.present.opinion_tables import cost_sentences, opinion_sentences, opinions_table, value_table
from workbench.present.surfaces import SURFACES
from workbench.prioritisation import prioritise
from workbench.robustness import examine

NS = "{http://www.w3.org/2000/svg}"


def examined(build, size=24, ceiling=500_000_000, people=5, rules=None, **more):
    """Return a kecamatan that several people scored, and its examination."""
    made = build(size, ceiling, rules=rules, **more)
    frame = made.session.ballots.frame
    cards = [
        frame.assign(
            participant=str(person),
            points=[
                min(5.0, max(1.0, value + (place + person) % 3 - 1))
                for place, value in enumerate(frame["points"])
            ],
        )
        for person in range(people)
    ]
    names = pd.DataFrame({"participant": [str(person) for person in range(people)]})
    session = replace(
        made.session,
        ballots=Ballots(pd.concat(cards, ignore_index=True) if cards else frame.iloc[:0]),
        participants=Participants.from_table(names),
    )
    outcome = prioritise(session, rules or Rules())
    return session, outcome, examine(session, outcome.rules, outcome, draws=80, seed=3)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", ["rank_stop", "rank_skip"])
def test_everything_is_said_in_both_languages(build, language, rule):
    session, outcome, found = examined(build, rules=Rules(budget_rule=rule))
    t = translator(language)
    said = [
        *doubt_sentences(found, outcome, session, t),
        *stability_sentences(found.stability, session, t),
        *certificate_sentences(found, session, t),
        *opinion_sentences(found.opinions, session, t),
        *(
            line
            for label in outcome.table.index
            for line in proposal_sentences(label, found, outcome, session, t)
        ),
    ]
    assert not [sentence for sentence in said if "{" in sentence or " nan" in sentence.lower()]
    for table in (
        near_line_table(found, outcome, session, t),
        weight_intervals_table(found.stability, session, t),
        opinions_table(found.opinions, outcome, session, t),
        value_table(found.value, outcome, session, t),
    ):
        assert table.rows


def test_the_seeds_and_the_number_of_draws_are_printed(build):
    session, outcome, found = examined(build)
    first = doubt_sentences(found, outcome, session, translator("id"))[0]
    assert "dihitung ulang 80 kali" in first
    assert "bobot 6; penilai 7" in first
    assert "5 orang" in first


def test_a_share_is_never_rounded_to_certainty():
    assert [of_hundred(share) for share in (0, 0.001, 0.5, 0.999, 1)] == [0, 1, 50, 99, 100]


def test_the_weight_sentence_names_the_limit_that_the_table_shows(build):
    session, _, found = examined(build)
    t = translator("id")
    line = found.stability.certificate("first")
    said = stability_sentences(found.stability, session, t)[0]
    assert said.startswith("Peringkat 1 tetap sampai bobot")
    assert t.style.percent(line["at"], 1) in said
    cells = [cell for row in weight_intervals_table(found.stability, session, t).rows for cell in row]
    assert any(t.style.percent(line["at"], 1) in cell for cell in cells)


def test_the_moved_weight_has_a_sentence_of_its_own(build):
    session, _, found = examined(build)
    t = translator("id")
    assert moved_weight_sentences(found.stability, "K2", session, t)[0].startswith("Bobot Manfaat:")
    assert moved_weight_sentences(found.stability, "", session, t) == stability_sentences(
        found.stability, session, t
    )


def test_what_would_move_a_proposal_agrees_with_its_standing(build):
    session, outcome, found = examined(build)
    t = translator("id")
    for label, standing in outcome.table["standing"].items():
        said = move_sentence(label, found, outcome, session, t)
        if standing == "funded":
            assert said.startswith(("Keluar bila", "Tidak ada satu nilai"))
        elif standing == "over_the_line":
            assert said.startswith(("Diakomodir bila", "Tidak ada satu nilai"))
        elif standing in ("gate_failed", "not_scored", "unpriced"):
            assert not said


def test_proposals_without_a_price_show_a_dash_and_never_zero(build):
    session, outcome, found = examined(build, ceiling=10**10)
    t = translator("id")
    rows = {row[1]: row for row in near_line_table(found, outcome, session, t).rows}
    unpriced = [row for row in rows.values() if row[2] == t("standing.unpriced")]
    assert unpriced
    assert all(cell == EMPTY for row in unpriced for cell in row[4:8])


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("size", [1, 5, 60])
def test_brackets_hold_their_rank_and_stay_on_the_sheet(build, surface, size):
    session, outcome, found = examined(build, size)
    drawn = rank_brackets(found, outcome, session, translator("id"), surface=surface)
    if found.joint is None:
        assert drawn == ""
        return
    root = ET.fromstring(drawn)
    width = float(root.attrib["width"])
    dots = [float(node.attrib["cx"]) for node in root.iter(f"{NS}circle")]
    assert len(dots) == min(20, len(found.joint.ranks))
    assert all(0 < x < width for x in dots)
    for node in root.iter(f"{NS}line"):
        assert 0 <= float(node.attrib["x1"]) <= width
        assert 0 <= float(node.attrib["x2"]) <= width
    assert root.find(f"{NS}desc").text
    assert drawn == rank_brackets(found, outcome, session, translator("id"), surface=surface)


def test_tied_ranks_are_marked_in_the_picture(build):
    session, outcome, found = examined(build)
    drawn = rank_brackets(found, outcome, session, translator("id"))
    assert (">seri<" in drawn) == any(
        len([label for label in group if outcome.ranking_of(label) <= 20]) > 1
        for group in found.people.groups
    )


@pytest.mark.parametrize(
    "case", [{"people": 0}, {"people": 1}, {"ceiling": None}, {"ceiling": 0}, {"criteria": 1}, {"size": 1}]
)
def test_where_little_is_known_little_is_said(build, case):
    session, outcome, found = examined(build, **case)
    t = translator("id")
    said = doubt_sentences(found, outcome, session, t)
    assert said
    if case.get("people") == 0:
        assert said == (t("doubt.nothing_ranked"),)
        assert rank_brackets(found, outcome, session, t) == ""
    if case.get("people") == 1:
        assert t("doubt.too_few_people", minimum=5) in said
    if case.get("ceiling", 1) is None:
        assert not certificate_sentences(found, session, t)
        assert near_line_table(found, outcome, session, t).caption == t("table.near_line.first")


def test_rules_that_cannot_be_recalculated_are_said(build):
    session, outcome, found = examined(build)
    t = translator("id")
    assert doubt_sentences(replace(found, repeated=False), outcome, session, t) == (t("doubt.not_repeated"),)


def test_cost_that_counts_twice_is_warned_of(build):
    session, _, found = examined(build)
    assert cost_sentences(found.value, session, translator("id")) == ()
    cost = replace(found.value.cost, cost_counted_twice=True, criteria=("K1",), weight=0.5)
    said = cost_sentences(replace(found.value, cost=cost), session, translator("id"))
    assert "Biaya dihitung dua kali" in said[0]
    assert "50 %" in said[0]


def test_how_often_a_rule_was_run_again_is_said_where_it_is_not_every_time(build):
    rules = Rules(budget_rule="by_value")
    session, outcome, _ = examined(build, size=6, rules=rules)
    found = examine(session, outcome.rules, outcome, draws=110, seed=3)
    said = doubt_sentences(found, outcome, session, translator("id"))
    assert any("100 hitung ulang pertama" in sentence for sentence in said)
    none = replace(found.joint, funding=replace(found.joint.funding, without_plan=7))
    told = doubt_sentences(replace(found, joint=none), outcome, session, translator("id"))
    assert any(sentence.startswith("Pada 7 di antaranya tidak ada rencana") for sentence in told)
