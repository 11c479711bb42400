"""The berita acara: every proposal in one annex with its reason, blanks seen, nobody named unasked."""

from dataclasses import replace

import pandas as pd
import pytest

from workbench.deliberation import decided_list
from workbench.domain.minutes_text import Clause, MinutesText, Signing
from workbench.domain.orders import Orders
from workbench.domain.participants import Participants
from workbench.domain.resolution import Decision, Resolution
from workbench.present.i18n import translator
from workbench.present.minutes.facts import BLANK, minutes_facts
from workbench.present.minutes.material import Layout, Material, MinutesList
from workbench.present.minutes.paper import minutes_paper
from workbench.present.paper.document import F4, Grid, Heading, Items, Paragraph, Signatures, Terms
from workbench.present.paper.pdf import pdf_bytes
from workbench.present.paper.word import word_bytes
from workbench.prioritisation import Standing

T = translator("id")
TEXTS = {
    "title": "BERITA ACARA\n{DISTRICT} {plan_year}",
    "number": "Nomor {number}",
    "opening": "Pada hari {day}, tanggal {date_spelled} bulan {month} tahun {year_spelled}, di {place}.",
    "heard": "Mendengar:",
    "speeches": "Sambutan",
    "presentations": "Pemaparan",
    "responses": "Tanggapan",
    "at": "Maka pada",
    "agree": "MENYEPAKATI",
    "closing": "Demikian.",
    "place_date": "{district}, {date}",
    "representatives": "Wakil",
    "delegates": "Delegasi",
    "copies": "Tembusan",
    "annex_attendance": "LAMPIRAN I",
    "annex_funded": "LAMPIRAN II",
    "annex_not_funded": "LAMPIRAN III",
    "annex_groups": "LAMPIRAN IV",
    "annex_computed": "LAMPIRAN V",
    "attendance_seen": "Mengetahui,\nCamat",
    "attendance_agenda": "",
}
TEXT = MinutesText(
    "kecamatan",
    TEXTS,
    (Clause("KESATU", "{funded} ({funded_spelled}) usulan, {spent} ({spent_spelled})"),),
    (Signing("Camat", "head"), Signing("Pimpinan", "chair")),
    3,
)


def material(case, resolution=None, **given) -> Material:
    one = MinutesList(case.session, case.outcome, decided_list(case.outcome, resolution))
    locked = resolution is not None and resolution.locked
    return Material(
        given.pop("session", case.session),
        {"": one},
        TEXT,
        locked,
        "ab" * 32,
        "cd" * 32,
        case.session.facts.delegates,
        **given,
    )


def paper(case, resolution=None, layout=None, **given):
    return minutes_paper(material(case, resolution, **given), layout or Layout(), T)


def grids(made, annex):
    part = next(p for p in made.parts if any(isinstance(b, Heading) and b.text == annex for b in p.blocks))
    return [block.table for block in part.blocks if isinstance(block, Grid)]


def words(made) -> str:
    said = []
    for block in (block for part in made.parts for block in part.blocks):
        if isinstance(block, Heading | Paragraph):
            said.append(block.text)
        elif isinstance(block, Terms):
            said += [" ".join(row) for row in block.rows]
        elif isinstance(block, Items):
            said += block.entries
        elif isinstance(block, Grid):
            said += [cell for row in block.table.rows for cell in row] + [block.table.note]
        elif isinstance(block, Signatures):
            said += [line for one in block.signatories for line in (*one.above, one.name)]
    return "\n".join(said)


@pytest.mark.parametrize(
    ("size", "ceiling"), [(12, 500_000_000), (12, None), (12, 1), (60, 10**12), (3, 10**9)]
)
def test_every_proposal_stands_in_exactly_one_list(build, size, ceiling):
    case = build(size, ceiling)
    made = paper(case)
    agreed = grids(made, "LAMPIRAN II")[0].rows
    waiting, stuck = (table.rows for table in grids(made, "LAMPIRAN III"))
    assert len(agreed) + len(waiting) + len(stuck) == size
    activity = case.session.proposals.frame["activity"]
    assert sorted([r[4] for r in agreed] + [r[1] for r in (*waiting, *stuck)]) == sorted(activity)
    assert all(row[-1] for row in (*waiting, *stuck))
    total = grids(made, "LAMPIRAN IV")[0].total
    assert (total[2], total[3]) == (str(size), str(len(agreed)))


def test_the_forums_decisions_move_proposals_and_carry_its_reasons(build):
    case = build(12)
    funded = str(case.outcome.standing(Standing.FUNDED).index[0])
    waiting = str(case.outcome.standing(Standing.OVER_THE_LINE).index[0])
    gated = str(case.outcome.standing(Standing.GATE_FAILED).index[0])
    listed = case.session.proposals
    decided = Resolution.empty().decided(funded, "Lahan bersengketa", listed, decision=Decision.NOT_FUNDED)
    decided = decided.decided(waiting, "Jembatan putus", listed, decision=Decision.FUNDED, rank=1)
    decided = decided.decided(gated, "Kewenangan pasti", listed, decision=Decision.FUNDED)
    made = paper(case, decided.lock(), Layout(computed_annex=True))
    agreed = grids(made, "LAMPIRAN II")[0].rows
    activity = listed.frame["activity"]
    assert agreed[0][4] == activity[waiting]
    assert activity[gated] in [row[4] for row in agreed]
    refused = {row[1]: row[-1] for row in grids(made, "LAMPIRAN III")[0].rows}
    assert "Keputusan musyawarah: Lahan bersengketa" in refused.values()
    annex = grids(made, "LAMPIRAN V")[0].rows
    assert {row[0] for row in annex} == {funded, waiting, gated}
    assert {row[-1] for row in annex} == {"Lahan bersengketa", "Jembatan putus", "Kewenangan pasti"}


def test_a_draft_is_marked_on_every_sheet_and_a_final_on_none(build):
    case = build(12)
    assert {part.watermark for part in paper(case).parts} == {"DRAF"}
    assert {part.watermark for part in paper(case, Resolution.empty().lock()).parts} == {""}
    assert {part.footer for part in paper(case).parts} == {"Sidik hasil abababababababab"}
    assert "cd" * 32 in words(paper(case))


def test_missing_facts_are_visible_blanks_and_known_ones_are_spelled(build):
    case = build(12)
    said = words(paper(case))
    assert f"Pada hari {BLANK}, tanggal {BLANK} bulan {BLANK} tahun {BLANK}, di {BLANK}." in said
    facts = replace(case.session.facts, date="2025-02-18", place="Aula", start="08.30", zone="WITA")
    told = words(paper(case, session=replace(case.session, facts=facts)))
    assert (
        "Pada hari Selasa, tanggal delapan belas bulan Februari tahun dua ribu dua puluh lima, di Aula."
        in told
    )
    assert f"08.30 \u2013 {BLANK} WITA" in told
    assert "GANTARANG 2027" in told
    assert "None" not in told
    assert "nan" not in told.lower().split()


@pytest.mark.parametrize(
    ("forum", "place", "said"),
    [
        ("Musrenbang Desa", "Desa Cendanasari", "Musrenbang Desa Cendanasari"),
        ("Musrenbang", "Kecamatan Banyuwening", "Musrenbang Kecamatan Banyuwening"),
        ("Musrenbang desa Sukamaju", "Sukamaju", "Musrenbang desa Sukamaju"),
        ("Musrenbang Desa", "", "Musrenbang Desa"),
        ("", "Desa Cendanasari", BLANK),
    ],
)
def test_a_forum_is_named_with_its_place_and_no_word_twice(build, forum, place, said):
    case = build(3)
    facts = replace(case.session.facts, forum=forum, region_name=place)
    assert minutes_facts(material(case, session=replace(case.session, facts=facts)), T)["forum"] == said


def test_the_amount_agreed_is_the_sum_of_the_list_in_figures_and_words(build):
    case = build(12)
    made = paper(case)
    facts = minutes_facts(material(case), T)
    assert facts["spent"] == grids(made, "LAMPIRAN II")[0].total[8] == T.style.rupiah(case.outcome.spent)
    assert facts["spent_spelled"].endswith("rupiah")


@pytest.fixture
def peopled(build):
    case = build(12)
    lines = [
        {"participant": f"01-{n:03d}", "sex": "female" if n % 2 else "male", "region": "73.02.01.2001",
         "constituency": f"Unsur {n % 3}", "hamlet": "Krajan"}
        for n in range(1, 7)
    ]  # fmt: skip
    people = Participants.from_table(pd.DataFrame([*lines, {"participant": "1"}, {"participant": "mufakat"}]))
    facts = replace(case.session.facts, delegates=("01-002", "01-005", "99-999"))
    return replace(case, session=replace(case.session, participants=people, facts=facts))


def test_no_card_number_and_no_name_stands_on_paper_unasked(peopled):
    said = words(paper(peopled))
    assert "01-0" not in said
    assert "99-999" not in said
    assert [row[1] for row in grids(paper(peopled), "LAMPIRAN I")[0].rows] == [""] * 12


def test_names_are_printed_when_asked_for_and_in_their_own_order(peopled):
    names = pd.DataFrame(
        {"key": ["chair", "01-005", "01-002"], "name": ["Ibu Ketua", "Bapak Andi", "Ibu Zaenab"]}
    ).assign(position="", institution="", address="", age=pd.NA)
    made = paper(peopled, names=names.set_index("key"))
    rows = grids(made, "LAMPIRAN I")[0].rows
    assert [row[1] for row in rows[:3]] == ["Bapak Andi", "Ibu Zaenab", ""]
    delegates = next(
        t for t in (b.table for b in made.parts[0].blocks if isinstance(b, Grid)) if t.number_row
    )
    assert sorted(row[1] for row in delegates.rows) == ["", "Bapak Andi", "Ibu Zaenab"]
    assert "Ibu Ketua" in words(made)
    assert "01-0" not in words(made)


def test_a_blank_attendance_list_has_as_many_lines_as_asked_for(peopled):
    rows = grids(paper(peopled, layout=Layout(attendance_rows=200)), "LAMPIRAN I")[0].rows
    assert len(rows) == 200
    assert all(not any(row[1:]) for row in rows)


def test_annexes_of_wide_forms_lie_across_on_the_same_paper(build):
    made = paper(build(12), layout=Layout(sheet=F4))
    assert [part.sheet for part in made.parts] == [F4, F4, F4.across, F4.across, F4.across]


def test_a_long_berita_acara_becomes_both_files(build):
    made = paper(build(300))
    assert pdf_bytes(made).startswith(b"%PDF")
    assert word_bytes(made).startswith(b"PK")


def test_the_groups_annex_merges_the_orders_that_groups_gave(build):
    case = build(12)
    labels = list(case.session.proposals.labels)
    places = pd.DataFrame([range(1, 13), range(12, 0, -1)], index=["Tani", "Perempuan"], columns=labels)
    orders = Orders(places.astype("float64"), pd.Series(1.0, index=places.index), by_group=True)
    given = grids(paper(case, orders=orders), "LAMPIRAN IV")
    assert [column.label for column in given[1].columns][1:3] == ["Tani", "Perempuan"]
    assert {row[3] for row in given[1].rows} == {"13"}
    assert "makin kecil makin baik" in given[1].note
    assert len(grids(paper(case), "LAMPIRAN IV")) == 1
