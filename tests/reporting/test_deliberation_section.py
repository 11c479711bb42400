"""What the wall and the paper show of agreement: never a card, never a few people."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deliberation.rooms import CARDS, rooms, tables, with_people
from workbench.domain.resolution import Resolution
from workbench.domain.rules import Rules
from workbench.present.i18n import translator
from workbench.prioritisation import prioritise
from workbench.reporting.deliberation_section import PARTS, DeliberationSection

SPREAD_PARTS = ("agreement", "two_readings", "strong_unfunded")


def section(given_tables, language="id", resolution=None):
    session = given_tables.session()
    return DeliberationSection(session, prioritise(session, Rules()), resolution, translator(language))


def html(given_tables, *parts, **options):
    made = section(given_tables, **options)
    return "".join(block for part in parts or PARTS for block in made.blocks(part))


def room(heads=(("tani", 12, 5.0), ("perempuan", 5, 1.0)), proposals=7, ceiling=250):
    people = [
        (f"{group}{n}", group, 1 if high == 5.0 else -1) for group, count, high in heads for n in range(count)
    ]
    points = [
        (person, f"U-{n}", criterion, 3.0 + way * (4 - n) / 2)
        for person, _, way in people
        for n in range(1, proposals + 1)
        for criterion in ("K1", "K2")
    ]
    return tables(
        pd.DataFrame(points, columns=["participant", "proposal", "criterion", "points"]),
        pd.DataFrame([line[:2] for line in people], columns=["participant", "constituency"]),
        ceiling=ceiling,
    )


@settings(max_examples=3)
@given(rooms())
def test_no_card_number_is_ever_rendered(drawn):
    assert CARDS.split("-")[0] not in html(drawn)


@settings(max_examples=3)
@given(rooms(), st.data())
def test_who_of_the_pool_belongs_to_which_small_group_is_not_rendered(drawn, data):
    before = section(drawn)
    reading = next((entry for entry in before.found.readings if entry.name == "constituency"), None)
    if reading is None or not reading.pooled:
        return
    scored = drawn.participants["participant"].isin(drawn.ballots["participant"])
    labels = drawn.participants.loc[
        drawn.participants["constituency"].isin(reading.pooled) & scored, "constituency"
    ]
    people = drawn.participants.copy()
    people.loc[labels.index, "constituency"] = data.draw(st.permutations(labels.tolist()))
    assert html(with_people(drawn, people)) == html(drawn)


@settings(max_examples=3)
@given(rooms())
def test_every_part_renders_in_both_languages(drawn):
    for language in ("id", "en"):
        made = section(drawn, language)
        assert all("".join(made.blocks(part)) for part in PARTS)


def test_sections_without_cards_say_so_in_one_sentence():
    given_tables = room()
    empty = replace(given_tables, ballots=given_tables.ballots.iloc[:0])
    for part in SPREAD_PARTS:
        said = html(empty, part)
        assert "Tidak ada kartu nilai" in said
        assert said.count(".") == 1


def test_strips_have_a_band_a_median_and_a_word_and_none_for_a_few():
    full = html(room(), "agreement")
    few = html(room((("tani", 4, 5.0),)), "agreement")
    assert full.count("<rect") == 2 * 7
    assert "beragam" in full
    assert few.count("<rect") == 0
    assert few.count("jawaban terlalu sedikit") == 2 * 7


def test_lines_that_cross_the_ceiling_are_thick_and_the_rest_thin():
    heads = (("tani", 12, 5.0), ("perempuan", 5, 1.0), ("pemuda", 5, 1.0))
    said = html(room(heads), "two_readings")
    figures = section(room(heads)).found.readings[0]
    thick = len(re.findall(r'stroke-width="4.5"', said))
    assert thick == len(figures.enters) + len(figures.leaves) > 0
    assert said.split("</svg>")[0].count("<circle") == 2 * 7


def test_strong_proposals_are_named_by_the_groups_words_and_never_as_a_minority():
    said = html(room(), "strong_unfunded")
    assert "perempuan" in said
    assert "menggeser" in said
    assert "minoritas" not in html(room()).lower()
    assert translator("id")("report.strong_unfunded") == "Usulan kuat kelompok yang belum terdanai"


def test_without_a_ceiling_nothing_is_called_unfunded():
    assert "Pagu belum diberikan" in html(room(ceiling=None), "strong_unfunded")


@pytest.mark.parametrize(("locked", "mark"), [(False, "draf"), (True, "final")])
def test_decisions_stand_beside_the_computed_rank_with_reason_count_and_state(locked, mark):
    given_tables = room()
    lines = pd.DataFrame(
        {"proposal": ["U-7", "U-1"], "decided_rank": ["1", ""], "decision": ["funded", "not_funded"],
         "reason": ["Keselamatan anak", "Sudah didanai desa"]}
    )  # fmt: skip
    lines["decided_rank"] = pd.array([1, None], dtype="Int64")
    decided = Resolution.from_table(lines, given_tables.session().proposals)
    decided = decided.lock() if locked else decided
    said = html(given_tables, "resolution", resolution=decided)
    assert "2 keputusan" in said
    assert "Biaya Rp 200 dari Rp 250; sisa Rp 50." in said.replace("\u00a0", " ")
    assert said.count("Dikunci.") == int(locked)
    assert mark in said
    assert said.index("U-1") < said.index("U-7")  # in the order of the computed ranks
    for word in ("Keselamatan anak", "Sudah didanai desa", "Tidak diakomodir"):
        assert word in said


def test_no_decision_is_one_sentence():
    assert html(room(), "resolution").count("<li>") == 1
