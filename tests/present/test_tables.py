from __future__ import annotations

import pytest

from workbench.domain.rules import Rules
from workbench.errors import Problem, Severity
from workbench.present import tables
from workbench.present.format import EMPTY
from workbench.present.i18n import LANGUAGES, translator
from workbench.present.rules import spoken
from workbench.prioritisation import Standing

LISTS = ("funded_table", "not_funded_table", "unpriced_table", "ranked_table", "not_rankable_table")
SHAPED = (*LISTS, "weights_table", "contributions_table", "points_sums_table", "village_totals_table")


@pytest.fixture
def t():
    return translator("id")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHAPED)
@pytest.mark.parametrize("ceiling", [None, 0, 900_000_000])
def test_every_table_has_words_for_every_column_in_both_languages(build, language, name, ceiling):
    made = build(40, ceiling)
    table = getattr(tables, name)(made.outcome, made.session, translator(language))
    assert all(column.label for column in table.columns)
    assert len({column.key for column in table.columns}) == len(table.columns)
    assert sum(column.width for column in table.columns) <= 100


def test_every_proposal_stands_in_exactly_one_list(build, t):
    for ceiling in (None, 900_000_000):
        for rules in (Rules(), Rules(budget_rule="rank_skip"), Rules(ties=())):
            made = build(60, ceiling, rules=rules)
            listed = sum(len(getattr(tables, name)(made.outcome, made.session, t).rows) for name in LISTS)
            assert listed == len(made.session.proposals)


def test_t_d_4_has_the_columns_of_the_form_in_its_order_with_a_row_of_numbers(build, t):
    made = build(40, 900_000_000)
    table = tables.funded_table(made.outcome, made.session, t)
    assert [column.label for column in table.columns] == [
        "No",
        "Prioritas Daerah",
        "Sasaran Daerah",
        "Program",
        "Kegiatan Prioritas",
        "Sasaran Kegiatan",
        "Lokasi (desa/kel)",
        "Volume",
        "Pagu",
        "Perangkat Daerah Penanggungjawab",
    ]
    assert table.number_row
    assert table.total[8] == t.style.rupiah(made.outcome.spent)
    first = made.outcome.table.index[0]
    frame = made.session.proposals.frame
    assert table.rows[0][4] == frame["activity"][first]
    assert table.rows[0][7] == f"{frame['volume'][first]} paket"
    assert table.rows[0][1] == EMPTY


def test_funded_proposals_of_one_rank_share_their_number(build, t):
    made = build(40, 960_000_000, rules=Rules(ties=()))
    numbers = [row[0] for row in tables.funded_table(made.outcome, made.session, t).rows]
    assert numbers[0] == numbers[1] == "1"
    assert len(set(numbers)) < len(numbers)


def test_what_is_not_accommodated_stands_with_score_rank_and_reason(build, t):
    made = build(40, 900_000_000)
    table = tables.not_funded_table(made.outcome, made.session, t)
    assert [column.key for column in table.columns][-3:] == ["score", "rank", "reason"]
    assert all(
        row[-1].startswith(("Melewati garis pagu; kurang Rp", "Melebihi sisa pagu; kurang Rp"))
        for row in table.rows
    )
    assert "Terlemah: " in table.note


def test_what_is_missing_stands_beside_proposals_that_cannot_be_ranked(build, t):
    made = build(12)
    reasons = [row[-1] for row in tables.not_rankable_table(made.outcome, made.session, t).rows]
    assert any("lahan" in reason for reason in reasons)
    assert any("Kesiapan" in reason for reason in reasons)


def test_weights_stand_in_the_notation_of_the_forum_beside_their_share(build, t):
    made = build(12)
    rows = tables.weights_table(made.outcome, made.session, t).rows
    assert [row[2] for row in rows] == ["3/10", "2/10", "1/10"]
    assert [row[3] for row in rows] == ["50,0 %", "33,3 %", "16,7 %"]
    assert rows[0][5] == "1\u20135"


def test_contributions_of_a_row_add_up_to_its_score(build, t):
    made = build(40)
    table = tables.contributions_table(made.outcome, made.session, t, top=5)
    assert len(table.rows) == 5
    for row in table.rows:
        parts = sum(float(cell.replace(",", ".")) for cell in row[3:])
        assert parts == pytest.approx(float(row[2].replace(",", ".")), abs=0.02)


def test_the_sum_of_points_and_the_score_are_compared_among_the_same_proposals(build, t):
    made = build(40)
    rows = tables.points_sums_table(made.outcome, made.session, t).rows
    order = sorted((int(row[3]) for row in rows), reverse=True)
    for row in rows:
        assert int(row[4]) == order.index(int(row[3])) + 1
    assert any(row[5].startswith("+") for row in rows)
    assert any(row[5].startswith("\u2212") for row in rows)


def test_villages_add_up_and_silent_ones_are_named(build, t):
    made = build(40, 300_000_000)
    table = tables.village_totals_table(made.outcome, made.session, t)
    names = [row[0] for row in table.rows]
    assert names[-1] == "Sunyi"
    assert table.rows[-1][1] == "0"
    assert table.total[1] == "40"
    assert table.total[2] == str(len(made.outcome.standing(Standing.FUNDED)))
    assert table.total[5] == t.style.rupiah(made.outcome.spent)
    without = [row[0] for row in table.rows if row[1] != "0" and row[2] == "0"]
    assert without
    assert all(name in table.note for name in without)
    assert "Sunyi" not in table.note


def test_notes_on_the_data_are_ordered_by_weight_and_the_rest_is_counted(t):
    notes = [Problem("column_unknown", Severity.NOTE, "a.csv", row=n, value="x") for n in range(9)]
    table = tables.data_quality_table([*notes, Problem("empty_cell", file="a.csv", row=99)], t, limit=4)
    assert table.rows[0][0] == "harus diperbaiki"
    assert len(table.rows) == 4
    assert table.note.startswith("6 catatan lain")
    assert tables.data_quality_table([], t).note == "Tidak ada catatan mutu data."


def test_kinds_of_notes_are_counted_with_their_first_example(t):
    notes = [Problem("column_unknown", Severity.NOTE, "a.csv", row=n, value=f"x{n}") for n in range(9)]
    table = tables.data_quality_counts_table([*notes, Problem("empty_cell", file="a.csv", row=99)], t)
    assert [row[1] for row in table.rows] == ["1", "9"]
    assert "x0" in table.rows[1][2]


def test_the_card_prints_the_pairs_it_was_given_and_a_dash_for_nothing(t):
    table = tables.reproducibility_table([("Sidik", "abc"), ("Benih", "")], t)
    assert table.rows == (("Sidik", "abc"), ("Benih", EMPTY))


def test_every_choice_stands_in_the_table_of_rules(t):
    assert len(tables.rules_table(Rules(), t).rows) == len(spoken(Rules()))


def test_the_funnel_names_stages_without_successor(build, t):
    made = build(6)
    table = tables.funnel_table(made.outcome, t)
    assert table.rows == (("tanpa tahapan", EMPTY, "6", EMPTY, EMPTY),)


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="2 columns"):
        tables.Table("x", (tables.ColumnSpec("a", "A"), tables.ColumnSpec("b", "B")), (("1",),))
