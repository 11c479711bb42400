"""What the wall and the paper show of agreement: never a card, never a few people."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deliberation.rooms import CARDS, rooms, tables, with_people
from workbench.domain.orders import Orders
from workbench.domain.resolution import Resolution
from workbench.domain.rules import Rules
from workbench.present.i18n import translator
from workbench.prioritisation import prioritise
from workbench.reporting.deliberation_section import HANGING_ON_CARDS, PARTS, DeliberationSection

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
        assert {part for part in PARTS if not made.blocks(part)} == {"group_orders"}  # nobody gave any


def test_without_cards_it_is_said_once_and_names_the_parts_that_are_left_out():
    given_tables = room()
    empty = replace(given_tables, ballots=given_tables.ballots.iloc[:0])
    said, *others = (html(empty, part) for part in SPREAD_PARTS)
    assert said.count("Tidak ada kartu nilai") == 1
    assert others == [""] * len(others)
    for part in HANGING_ON_CARDS:
        assert translator("id")(f"report.{part}") in said


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


SHEET = {"g10": (1.0, 2.0, 3.0), "g2": (3.0, 1.0, 1.0)}


def given_orders(*, by_group=True, **sheet):
    places = pd.DataFrame(sheet or SHEET, index=["U-1", "U-2", "U-3"]).T
    return Orders(places, pd.Series(1.0, index=places.index), by_group)


def plano(orders):
    return "".join(replace(section(room()), orders=orders).blocks("group_orders"))


def test_the_plano_sheet_shows_every_groups_order_and_its_direction():
    shown = plano(given_orders())
    assert "makin kecil makin baik" in shown
    assert shown.index("g10") < shown.index("g2")  # as the groups stand in the file
    assert shown.index("Kegiatan U-2") < shown.index("Kegiatan U-1") < shown.index("Kegiatan U-3")


def test_orders_of_persons_are_only_summed_from_five_people_on():
    few = {f"P{number}": (1.0, 2.0, 3.0) for number in range(4)}
    assert "<table" not in plano(given_orders(by_group=False, **few))
    shown = plano(given_orders(by_group=False, **few, P4=(3.0, 2.0, 1.0)))
    assert "<table" in shown
    assert "P0" not in shown


def test_an_unfinished_sheet_names_the_group_and_its_gap():
    assert "g2: Kegiatan U-3" in plano(given_orders(g1=(1.0, 2.0, 3.0), g2=(1.0, 2.0, float("nan"))))


def test_many_groups_stand_on_several_tables_each_with_all_sums():
    many = {f"g{number}": (1.0, 2.0, 3.0) for number in range(12)}
    shown = plano(given_orders(**many))
    assert shown.count("<table") == 2
    assert "bagian 2 dari 2" in shown
    assert shown.count(">36<") == 2
