"""The wall: at most ten lines, every proposal once, nothing by colour alone, no person's points."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from workbench.deliberation import deliberate
from workbench.domain.resolution import Resolution
from workbench.present.deliberation_words import strength_word
from workbench.present.i18n import translator
from workbench.present.wall import LINES, WallPage, paged, sentence_pages, wall_html
from workbench.present.wall_agreement import agreement_pages, reading_pages, spread_pages
from workbench.present.wall_meeting import (
    AgendaItem,
    agenda_pages,
    attendance_pages,
    covered_page,
    criteria_pages,
    curtain_page,
    list_pages,
    money_page,
    rules_pages,
    voting_page,
)
from workbench.present.wall_result import (
    apart_pages,
    ceiling_page,
    decision_pages,
    ranking_pages,
    simulation_pages,
)
from workbench.prioritisation import Standing, prioritise
from workbench.prioritisation.listed import listed
from workbench.store.project_files import sample_folder
from workbench.store.session_folder import open_session

T = translator("id")
DISTRICT = "99.01.09"


@pytest.fixture(scope="module")
def opened():
    return open_session(sample_folder())


@pytest.fixture(scope="module")
def session(opened):
    return opened.session.within(DISTRICT)


@pytest.fixture(scope="module")
def outcome(session, opened):
    return prioritise(session, opened.rules)


@pytest.fixture(scope="module")
def found(session, opened, outcome):
    return deliberate(session, opened.rules, outcome)


@pytest.fixture(scope="module")
def numbers(session):
    return {str(label): number for number, label in enumerate(session.proposals.labels, start=1)}


def rows_of(page):
    return re.findall(r"<tr(?: class=\"(\w+)\")?>(.*?)</tr>", page.body)[1:]


def text_of(pages):
    return " ".join(re.sub(r"<[^>]+>", " ", page.body) for page in pages)


def test_every_ranked_proposal_stands_on_the_wall_once_and_the_line_too(outcome, session, numbers):
    pages = ranking_pages(outcome, session, numbers, T)
    kinds = [kind for page in pages for kind, _ in rows_of(page)]
    ranked = int(outcome.table["rank"].notna().sum())
    assert kinds.count("strong") == len(outcome.standing(Standing.FUNDED))
    assert kinds.count("strong") + kinds.count("past") == ranked
    assert kinds.count("line") == 1
    apart = [row for page in apart_pages(outcome, session, numbers, T) for row in rows_of(page)]
    assert len(apart) + ranked == len(outcome.table)


def test_the_line_stands_after_the_last_funded_with_what_is_left(outcome, session, numbers):
    rows = [row for page in ranking_pages(outcome, session, numbers, T) for row in rows_of(page)]
    at = next(place for place, (kind, _) in enumerate(rows) if kind == "line")
    assert rows[at - 1][0] == "strong"
    assert all(kind == "past" for kind, _ in rows[at + 1 :])
    assert T.style.short_rupiah(outcome.left) in rows[at][1]


def test_a_funded_proposal_is_told_by_a_sign_and_not_by_its_colour_alone(outcome, session, numbers):
    for page in ranking_pages(outcome, session, numbers, T):
        for kind, cells in rows_of(page):
            if kind != "line":
                assert ("●" in cells) == (kind == "strong")
                assert ("○" in cells) == (kind == "past")


@pytest.mark.parametrize(("ceiling", "funded"), [(0, 0), (10**12, None)])
def test_nothing_funded_and_everything_funded_can_be_shown(opened, session, numbers, ceiling, funded):
    tried = replace(session, budget=session.budget.with_ceiling(DISTRICT, ceiling))
    found = prioritise(tried, opened.rules)
    rows = [row for page in ranking_pages(found, tried, numbers, T) for row in rows_of(page)]
    strong = sum(kind == "strong" for kind, _ in rows)
    assert strong == (
        funded if funded is not None else int(found.table["cost"][found.table["rank"].notna()].notna().sum())
    )
    assert sum(kind == "line" for kind, _ in rows) == 1
    assert "<svg" in ceiling_page(found, tried, T).body


def test_without_a_ceiling_there_is_no_line(opened, session, numbers):
    none = replace(session, budget=session.budget.__class__.empty())
    found = prioritise(none, opened.rules)
    assert all(kind != "line" for page in ranking_pages(found, none, numbers, T) for kind, _ in rows_of(page))
    assert "belum diisi" in money_page(none, T).body


def test_long_names_take_two_lines_and_never_run_over_the_page(opened, session, numbers):
    frame = session.proposals.frame.assign(activity="Pembangunan saluran pembuangan air limbah " * 6)
    long = replace(session, proposals=session.proposals.__class__(frame))
    for page in ranking_pages(prioritise(long, opened.rules), long, numbers, T):
        rows = rows_of(page)
        assert sum(1 if kind == "line" else 2 for kind, _ in rows) <= LINES - 1
        assert all("…" in cells for kind, cells in rows if kind != "line")


def test_pages_hold_what_fits_and_lose_nothing():
    items = [(number, 1 + number % 2) for number in range(60)]
    pages = paged(items)
    assert [number for page in pages for number in page] == list(range(60))
    assert all(sum(1 + number % 2 for number in page) <= LINES for page in pages)
    assert paged([]) == ((),)


def test_what_people_wrote_cannot_become_markup(opened, session, numbers, outcome):
    frame = session.proposals.frame.assign(activity="<script>x</script>")
    hostile = replace(session, proposals=session.proposals.__class__(frame))
    for pages in (
        ranking_pages(outcome, hostile, numbers, T),
        list_pages(hostile, list(map(str, hostile.proposals.labels)), numbers, T),
        sentence_pages("<b>", ["<script>"]),
    ):
        for page in pages:
            assert "<script" not in wall_html(page)
            assert "<b>" not in wall_html(page)


def test_an_open_round_shows_how_many_and_nothing_else():
    page = voting_page(1, 23, 41, T)
    assert "23 / 41" in page.body
    assert "Nilai tidak ditampilkan" in page.note
    assert voting_page(1, 0, 0, T).body


def test_the_spread_is_in_words_and_signs_and_does_not_tell_the_ranking(found, session, numbers, outcome):
    pages = spread_pages(found, session, numbers, T)
    assert "≈ cukup beragam" in text_of(pages)
    shown = [int(re.search(r">(\d+)<", cells).group(1)) for page in pages for _, cells in rows_of(page)]
    words = [re.search(r"[≡≈≠·] ([\w ]+)<", cells).group(1) for page in pages for _, cells in rows_of(page)]
    for word in set(words):
        alike = [number for number, said in zip(shown, words, strict=True) if said == word]
        assert alike == sorted(alike)


def test_too_few_answers_draw_no_band(found, session, numbers):
    overall = found.spreads.overall.assign(
        level="too_few_answers", median=float("nan"), lower_quartile=float("nan"), upper_quartile=float("nan")
    )
    hidden = replace(found, spreads=replace(found.spreads, overall=overall))
    assert all("<rect" not in page.body for page in spread_pages(hidden, session, numbers, T))


def test_two_readings_name_who_crosses_the_line(found, session, numbers):
    reading = found.readings[0]
    said = text_of(reading_pages(reading, session, numbers, T))
    assert said.count("masuk garis pagu") == len(reading.enters)
    assert said.count("keluar garis pagu") == len(reading.leaves)


def test_agreement_is_said_in_words_of_the_hall_and_the_number_comes_second(found):
    room = next(unit for unit in found.agreement if unit.concordance is not None)
    sure = replace(room, chance=replace(room.chance, p=0.01))
    first = text_of(agreement_pages(replace(found, agreement=(sure,)), T))
    word = T(f"wall.agreed.{strength_word(room.concordance.w)}", unit=room.unit)
    assert word in first
    number = T("wall.agreed.number", w=room.concordance.w, people=room.people, complete=room.complete)
    assert first.index(word) < first.index(number)
    assert not re.search(r"Kendall|uji|\bp <|\bF \d", first)


@pytest.mark.parametrize("why", ["cards_incomplete", "no_order_given", "too_few_people"])
def test_where_agreement_cannot_be_said_the_wall_says_why(found, why):
    room = replace(found.agreement[0], concordance=None, chance=None, why_not=why)
    said = text_of(agreement_pages(replace(found, agreement=(room,)), T))
    assert "Seluruh musyawarah: " in said
    assert "Angkanya" not in said


def test_what_chance_alone_would_give_is_not_called_agreement(found):
    room = next(unit for unit in found.agreement if unit.concordance is not None)
    drawn = replace(room, chance=replace(room.chance, p=0.4))
    said = text_of(agreement_pages(replace(found, agreement=(drawn,)), T))
    assert "seperti diundi" in said
    assert T(f"wall.agreed.{strength_word(room.concordance.w)}", unit=room.unit) not in said


def test_a_simulation_is_marked_on_every_page(opened, session, outcome):
    tried = replace(session, budget=session.budget.with_ceiling(DISTRICT, int(outcome.ceiling * 0.5)))
    pages = simulation_pages(
        listed(outcome), listed(prioritise(tried, opened.rules)), session, ["Pagu separuh"], T
    )
    assert all(page.mark == "SIMULASI, BUKAN HASIL" for page in pages)
    assert text_of(pages).count("KELUAR:") > 0
    assert "tetap sama" in text_of(simulation_pages(listed(outcome), listed(outcome), session, [], T))


def test_a_decision_stands_beside_the_computed_rank_with_its_whole_reason(session, outcome, numbers):
    label = str(outcome.table.index[9])
    table = pd.DataFrame(
        [
            {
                "proposal": label,
                "decided_rank": 2,
                "decision": "funded",
                "reason": "Jembatan putus, dua dusun terpisah",
            }
        ]
    )
    decided = Resolution.from_table(table, session.proposals)
    pages = decision_pages(decided, outcome, session, numbers, T)
    assert "peringkat 10" in text_of(pages)
    assert "peringkat 2, Diakomodir" in text_of(pages)
    assert "Jembatan putus, dua dusun terpisah" in text_of(pages)
    assert "Belum ada keputusan" in text_of(decision_pages(None, outcome, session, numbers, T))


def test_the_pages_of_the_meeting_say_what_they_are(opened, session, outcome, found):
    said = agenda_pages("Acara", [AgendaItem("Syarat", "done"), AgendaItem("Putaran 1", "now")], T)
    assert "✓ selesai" in text_of(said)
    assert "▶ sekarang" in text_of(said)
    assert len(rules_pages(opened.rules, T)) > 1
    weights = dict(outcome.weights.values)
    assert "30 %" in text_of(criteria_pages(session, weights, T))
    assert "belum" in text_of(criteria_pages(session, None, T))
    assert "Krajan 12" in text_of(attendance_pages(found.attendance, T, {"Krajan": 12}))
    assert "sintetis" in curtain_page(session, T).body
    assert "Siap ditampilkan" in covered_page("Hasil", T).body


def test_the_frame_carries_place_and_clock():
    shown = wall_html(WallPage("Hasil", "", mark="SIMULASI"), "2 dari 5", "09.41 WIB")
    assert "2 dari 5 · 09.41 WIB" in shown
    assert "SIMULASI" in shown
