"""The ranking workbook recalculated by LibreOffice gives the product's numbers, whatever the rules."""

from dataclasses import replace

import pytest

from tests.present.conftest import kecamatan
from tests.present.workbook.recalculated import differences, recalculate
from workbench.deliberation import decided_list
from workbench.domain.rules import Rules
from workbench.present.i18n import translator
from workbench.present.workbook.book import Book, Formula
from workbench.present.workbook.forms import FormList, ranking_list_sheet, td4_sheet, tvic14_sheet
from workbench.present.workbook.ranking import can_be_live
from workbench.present.workbook.ranking_book import ranking_book
from workbench.present.workbook.sipd_form import sipd_sheet
from workbench.present.workbook.village_forms import du_rkp_sheet, rkp_sheet
from workbench.prioritisation import prioritise

TABS = ("read", "ranking", "scores", "values", "weights", "reasons")
LOT = Rules(ties=("poor_households", "lower_cost", "lot"), lot_seed=7)
CASES = {
    "biasa": kecamatan(12),
    "lewati": kecamatan(20, 300_000_000, rules=Rules(budget_rule="rank_skip")),
    "seri": kecamatan(20, 300_000_000, rules=Rules(ties=())),
    "seri lewati": kecamatan(20, 150_000_000, rules=Rules(ties=(), budget_rule="rank_skip")),
    "undian": kecamatan(20, 10**12, rules=LOT),
    "jumlah": kecamatan(20, 250_000_000, rules=Rules(scoring="plain_sum")),
    "kali": kecamatan(20, 250_000_000, rules=Rules(scoring="weighted_product")),
    "nol": kecamatan(12, 0),
    "tanpa pagu": kecamatan(12, None),
    "di atas pagu": kecamatan(12, 10, earmark=500),
}


def listed(case, name="") -> FormList:
    labels = {f"workbook.sheet.{tab}": f"{tab} {name}" for tab in TABS}
    usual = translator("id")
    t = replace(usual, sentences={**usual.sentences, **labels})
    return FormList(case.session, case.outcome, decided_list(case.outcome, None), t)


def falling(case):
    """Return the case with one criterion on which less is better, and a weight of zero."""
    frame = case.session.criteria.frame.copy()
    frame["direction"] = ["lower", *frame["direction"].iloc[1:]]
    frame["weight"] = [*frame["weight"].iloc[:-1], 0.0]
    session = replace(case.session, criteria=replace(case.session.criteria, frame=frame))
    return replace(case, session=session, outcome=prioritise(session, Rules()))


@pytest.mark.slow
def test_every_formula_of_every_kind_of_list_gives_the_products_number(tmp_path):
    cases = CASES | {"turun": falling(kecamatan(20, 250_000_000))}
    books = {name: ranking_book(listed(case, name)) for name, case in cases.items()}
    sheets = [sheet for book in books.values() for sheet in book.sheets]
    one = listed(kecamatan(60, 900_000_000), "x")
    sheets += [td4_sheet(one, "td4"), rkp_sheet(one, "rkp"), du_rkp_sheet(one, "du")]
    live = [cell for sheet in sheets for row in sheet.rows for cell in row if isinstance(cell, Formula)]
    assert len(live) > 3_000
    book = Book("Uji", tuple(sheets))
    assert differences(book, recalculate(book, tmp_path)) == []


@pytest.mark.parametrize("name", CASES)
def test_the_values_beside_the_formulas_are_the_outcomes(name):
    case = CASES[name]
    book = ranking_book(listed(case))
    sheet = next(sheet for sheet in book.sheets if sheet.name == "ranking ")
    told = {row[2].value: row for row in sheet.rows if row[2].value}
    for label, line in case.outcome.table.iterrows():
        if case.outcome.ranking_of(label) is None:
            assert label not in told
            continue
        assert told[label][5].value == line["rank"]
        assert told[label][6].value == line["score"]
        assert told[label][-1].value in ("Diakomodir", "Belum diakomodir", "Belum ada biaya", "Diperingkat")
        assert (told[label][-1].value == "Diakomodir") == (line["standing"] == "funded")
        if case.outcome.room is not None:
            assert told[label][13].value == line["running_total"]


def test_a_list_that_a_sheet_cannot_compute_holds_numbers_and_says_so():
    case = kecamatan(12)
    rules = replace(case.outcome.rules)
    object.__setattr__(rules, "scoring", "lain")
    other = listed(replace(case, outcome=replace(case.outcome, rules=rules)))
    assert not can_be_live(other.outcome)
    book = ranking_book(replace(other, outcome=case.outcome))
    assert len(book.sheets) == 6


def test_every_proposal_stands_in_the_full_list_with_its_reason():
    case = kecamatan(60)
    sheet = ranking_list_sheet(listed(case), "Alasan")
    assert [row[1] for row in sheet.rows] == list(case.outcome.table.index)
    assert all(row[-1] for row in sheet.rows)


def test_official_forms_keep_their_columns_and_their_rows():
    one = listed(kecamatan(60, 900_000_000))
    funded = len(one.outcome.standing("funded"))
    assert len(td4_sheet(one, "x").fields) == 10
    assert len(td4_sheet(one, "x").rows) == funded + 1
    assert [entry.label for entry in tvic14_sheet(one, "x").fields][-2:] == ["Total skor", "Urutan prioritas"]
    rkp = rkp_sheet(one, "x")
    assert len(rkp.rows) - len(rkp.strong) == funded
    assert rkp.rows[-1][7].value == one.outcome.spent
    upward = du_rkp_sheet(one, "x")
    assert len(upward.rows) - len(upward.strong) == 60 - funded


def test_the_list_for_sipd_has_its_headers_a_reason_each_and_names_what_is_lacking():
    one = listed(kecamatan(60, 900_000_000))
    sheet = sipd_sheet(one, "x")
    assert [entry.label for entry in sheet.fields][:3] == ["Tgl Usul", "Pengusul", "Profil"]
    assert [entry.label for entry in sheet.fields][15] == "Status"
    assert len(sheet.rows) == 60
    assert {row[15] for row in sheet.rows} == {"Terima", "Tolak", "Kembalikan"}
    assert all(len(row[18]) >= 10 for row in sheet.rows)
    unpriced = [row for row in sheet.rows if row[17] is None]
    assert unpriced
    assert all("anggaran" in row[19] for row in unpriced)
