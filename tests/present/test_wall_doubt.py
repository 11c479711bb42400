"""What is not sure is bracketed on the wall, in figures and words, and nothing is said of too few people."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.room_folders import small_folder
from workbench.present.i18n import translator
from workbench.present.wall_doubt import MOST, SAFE, WallDoubt, doubt_pages, rank_text
from workbench.present.wall_result import ceiling_page, ranking_pages
from workbench.prioritisation import Standing, prioritise
from workbench.robustness import examine, joint_of
from workbench.store.project_files import sample_folder
from workbench.store.room import open_room
from workbench.store.session_folder import open_session
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_sureness import wall_doubts

T = translator("id")
DISTRICT = "99.01.09"


@pytest.fixture(scope="module")
def found():
    opened = open_session(sample_folder())
    session = opened.session.within(DISTRICT)
    outcome = prioritise(session, opened.rules)
    return session, opened.rules, outcome, joint_of(session, opened.rules, outcome, draws=100, seed=4)


def test_the_wall_draws_what_the_examination_draws(found):
    session, rules, outcome, drawn = found
    whole = examine(session, rules, outcome, draws=100, seed=1).joint  # its fourth source
    assert drawn.places.equals(whole.places)
    assert drawn.funded.equals(whole.funded)


def test_every_unsure_rank_has_its_bracket_and_every_sure_one_none(found):
    session, _, outcome, drawn = found
    doubt = WallDoubt(drawn, outcome)
    numbers = {label: place for place, label in enumerate(outcome.table.index, start=1)}
    body = "".join(page.body for page in ranking_pages(outcome, session, numbers, T, doubt=doubt))
    ranked = outcome.table.index[outcome.table["rank"].notna()]
    brackets = 0
    for label in ranked:
        best, worst = drawn.places.loc[label, ["best", "worst"]]
        rank = outcome.ranking_of(label)
        text = rank_text(outcome, label, doubt, T)
        assert text in body
        unsure = min(best, rank) != max(worst, rank)
        assert ("[" in text) == unsure
        brackets += unsure
        if unsure:
            low, high = map(int, re.search(r"\[(\d+)\D+(\d+)\]", text).groups())
            assert low <= rank <= high
            assert drawn.ranks.loc[label, low:high].sum() >= SAFE * (1 - drawn.without_score[label]) - 1e-9
    assert brackets  # else nothing was tried


def test_the_line_says_how_many_near_it_are_not_sure(found):
    session, _, outcome, drawn = found
    doubt = WallDoubt(drawn, outcome)
    numbers = {label: place for place, label in enumerate(outcome.table.index, start=1)}
    near = doubt.near_line()
    for label, share in drawn.funded.dropna().items():
        inside = outcome.table["standing"][label] == Standing.FUNDED
        assert (label in near) == ((share if inside else 1 - share) < SAFE)
    pages = ranking_pages(outcome, session, numbers, T, doubt=doubt)
    assert ("BELUM PASTI" in "".join(page.body for page in pages)) == bool(near)
    if near:
        assert str(len(near)) in ceiling_page(outcome, session, T, doubt).note
    said = doubt_pages(doubt, ["Satu kelompok satu suara: daftar tetap sama."], session, numbers, T)
    text = " ".join(page.body for page in said)
    assert "90 dari 100" in text
    assert "Benih" in text
    assert "daftar tetap sama" in text
    assert sum(page.body.count("dari 100</div>") for page in said) == min(len(near), MOST)


def test_nothing_is_drawn_of_fewer_people_than_may_be_told_apart(tmp_path):
    with open_room(small_folder(tmp_path / "ruang"), lambda: "") as room:
        room.act("round_opened", {"round": 1, "way": "cards", "cards": 3})
        desk = Desk(room, T)
        for card in ("001", "002", "003"):
            for proposal in desk.state.listed:
                points = dict.fromkeys(map(str, desk.session().criteria.labels), 3)
                room.act(
                    "ballot_keyed", {"round": 1, "participant": card, "proposal": proposal, "points": points}
                )
        room.act("round_closed", {"round": 1})
        assert wall_doubts(desk) == {}


def test_rules_that_are_not_walked_in_one_batch_say_nothing_of_the_line(found):
    session, rules, _, _ = found
    rules = replace(rules, budget_rule="best_total")
    outcome = prioritise(session, rules)
    drawn = joint_of(session, rules, outcome, draws=20, seed=1)
    assert drawn.funded is None
    assert drawn.ranks.index.equals(outcome.table.index[outcome.table["rank"].notna()])
