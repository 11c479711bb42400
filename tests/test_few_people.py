"""Whatever is shown, printed or published: no figure of one to four people, nor from its complement."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deliberation.rooms import CARDS, UNSUR, VILLAGES, tables, with_points
from workbench.budgeting import compare_rules
from workbench.budgeting.contest import contest_of
from workbench.deliberation import deliberate, whose_voice
from workbench.domain.rules import Rules
from workbench.present.deliberation_words import group_name
from workbench.present.i18n import translator
from workbench.present.scoring_tables import contributions_table, points_sums_table
from workbench.present.voices_words import influence_table
from workbench.present.wall_agreement import agreement_pages, reading_pages, spread_pages
from workbench.present.wall_result import ceiling_page, ranking_pages
from workbench.present.workbook.csv_text import sheet_csv
from workbench.present.workbook.forms import ranking_list_sheet, tvic14_sheet
from workbench.prioritisation import prioritise
from workbench.publishing.exports import _lists, export_files
from workbench.publishing.forums import forums_of
from workbench.publishing.publication import publication_files
from workbench.reporting.budgeting_section import BudgetingSection
from workbench.reporting.deliberation_section import PARTS, DeliberationSection
from workbench.store.source import Source

MINIMUM = 5
T = translator("id")
CARD = CARDS.split("-")[0]


@st.composite
def small_groups(draw):
    """Draw a room of groups of one to nine people, in which some proposals have few answers."""
    sizes = draw(st.lists(st.integers(1, 9), min_size=1, max_size=len(UNSUR)))
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    unsur = [UNSUR[at] for at, size in enumerate(sizes) for _ in range(size)]
    people = pd.DataFrame(
        {
            "participant": [CARDS.format(number) for number in range(len(unsur))],
            "constituency": unsur,
            "sex": chance.choice(["female", "male"], len(unsur), p=[0.3, 0.7]),
            "region": chance.choice(VILLAGES, len(unsur)),
        }
    )
    scorers = {f"U-{label}": chance.permutation(len(unsur))[: most] for label, most in
               enumerate((99, 99, 99, draw(st.integers(1, 9)), 1), start=1)}  # fmt: skip
    lines = [
        (people["participant"][person], label, criterion, float(chance.integers(1, 6)))
        for label, some in scorers.items()
        for person in some
        for criterion in ("K1", "K2")
    ]
    points = pd.DataFrame(lines, columns=["participant", "proposal", "criterion", "points"])
    return tables(points, people)


def thin(drawn):
    answers = drawn.ballots.groupby(["proposal", "criterion"]).size()
    return set(answers.index.get_level_values("proposal")[answers < MINIMUM])


def surfaces(drawn):
    """Return the text of everything that leaves the operator's hands, by name."""
    session, rules = drawn.session(), Rules()
    outcome = prioritise(session, rules)
    found = deliberate(session, rules, outcome)
    numbers = {label: at for at, label in enumerate(session.proposals.labels, start=1)}
    section = DeliberationSection(session, outcome, None, T)
    money = BudgetingSection(session, outcome, T)
    (forum,) = forums_of(Source(session, rules))
    said = {f"report {part}": "".join(section.blocks(part)) for part in PARTS}
    said |= {"prices": "".join(money.prices()), "why": "".join(money.why_not())}
    said["criteria"] = str([contributions_table(outcome, session, T), points_sums_table(outcome, session, T)])
    wall = (
        *ranking_pages(outcome, session, numbers, T),
        ceiling_page(outcome, session, T),
        *spread_pages(found, session, numbers, T),
        *agreement_pages(found, T),
        *(page for one in found.readings for page in reading_pages(one, session, numbers, T)),
    )
    said["wall"] = str(wall)
    said |= {name: content.decode() for name, content in publication_files(forum, T).items()}
    forms = export_files(forum, ("t-d4", "t-vi-c-14", "rkp-desa", "du-rkp", "sipd"), ("csv",), T)
    said |= {name: content.decode("utf-8-sig") for name, content in forms.items()}
    for one in _lists(forum, T).values():
        said["reasons"] = sheet_csv(ranking_list_sheet(one, "x")).decode("utf-8-sig")
    return said


@settings(max_examples=6)
@given(small_groups())
def test_no_card_stands_on_anything_that_leaves_the_operators_hands(drawn):
    for name, text in surfaces(drawn).items():
        assert CARD not in text, name


@settings(max_examples=6)
@given(small_groups())
def test_nothing_tells_who_of_the_few_gave_which_points(drawn):
    """Of a proposal that few scored, who gave what is exchanged: only figures of the whole room may move."""
    few = thin(drawn)
    ballots = drawn.ballots.copy()
    for label in few:
        for criterion in ("K1", "K2"):
            here = (ballots["proposal"] == label) & (ballots["criterion"] == criterion)
            ballots.loc[here, "points"] = ballots.loc[here, "points"].to_numpy()[::-1]
    before, after = surfaces(drawn), surfaces(with_points(drawn, ballots))
    of_the_room = {"report two_readings", "report methods", "report agreement", "prices", "wall"}
    digests = {name for name in before if name.startswith(("hasil-publik", "pengumuman", "sidik"))}
    for name in before.keys() - of_the_room - digests:
        assert before[name] == after[name], name
    for name in (name for name in digests if name.endswith("json")):
        one, other = (json.loads(said[name]) | {"input_digest": ""} for said in (before, after))
        assert one == other


@settings(max_examples=6)
@given(small_groups())
def test_no_part_of_a_score_is_told_where_few_stand_behind_it(drawn):
    session, few = drawn.session(), thin(drawn)
    outcome = prioritise(session, Rules())
    assert outcome.thin == few <= outcome.withheld
    names = {f"Kegiatan {label}" for label in outcome.withheld}
    for table, behind in (
        (contributions_table(outcome, session, T), 3),
        (points_sums_table(outcome, session, T), 3),
    ):
        for row in table.rows:
            hidden = set(row[behind:]) == {"\u2013"}
            assert hidden == (row[1] in names), row
    (forum,) = forums_of(Source(session, Rules()))
    (one,) = _lists(forum, T).values()
    for sheet, parts in ((tvic14_sheet(one, "x"), slice(2, 4)), (ranking_list_sheet(one, "x"), slice(6, 8))):
        for row in (row for row in sheet.rows if names & set(map(str, row))):
            assert set(row[parts]) == {None}
    assert all("largest_loss" not in outcome.reasons[label].facts for label in outcome.withheld)


@settings(max_examples=6)
@given(small_groups())
def test_groups_that_are_told_apart_leave_nobody_or_five_to_the_rest(drawn):
    session, rules = drawn.session(), Rules()
    outcome = prioritise(session, rules)
    found, voices = deliberate(session, rules, outcome), whose_voice(session, rules, outcome)
    heads = drawn.participants["constituency"].value_counts()
    small = set(heads.index[heads < MINIMUM])
    for reading in found.readings:
        rest = found.scored_by - int(reading.sizes.sum())
        assert not len(reading.sizes) or rest == 0
        assert (reading.sizes >= MINIMUM).all()
        assert (reading.influence["people"] >= MINIMUM).all()
    for group in voices.groups:
        shown = {row[0] for row in influence_table(group, session, T).rows}
        if group.name == "constituency":
            assert not shown & {group_name("constituency", name, session, T) for name in small}
    if len(drawn.participants) <= MINIMUM:  # without one of them, fewer than five would be left
        assert voices.personal is None


@settings(max_examples=6)
@given(small_groups())
def test_participants_whom_no_rule_reaches_are_not_counted_where_they_are_few(drawn):
    session = drawn.session()
    outcome = prioritise(session, Rules())
    found = compare_rules(session, outcome, contest_of(session, outcome))
    for price in found.prices.values():
        without = price.voters_without
        if found.voters is None:
            assert without is None
        elif without is not None:
            assert not 0 < without < MINIMUM
            assert not 0 < found.voters - without < MINIMUM
