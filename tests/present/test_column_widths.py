"""A long list gives its width to what has words, and never so little that a word cannot stand."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from workbench.present.column_widths import LONG_TABLE, fitted
from workbench.present.documents import html_table
from workbench.present.table import ColumnSpec, Table

COLUMNS = (
    ColumnSpec("no", "No", "right", 4),
    ColumnSpec("activity", "Kegiatan", width=26),
    ColumnSpec("cost", "Pagu", "right", 20),
    ColumnSpec("agency", "OPD", width=12),
    ColumnSpec("reason", "Alasan", width=38),
)
AGENCY = "Dinas Perumahan Rakyat Kawasan Permukiman dan Kebersihan"


def listed(count):
    return Table(
        "", COLUMNS, (("1", "Rehabilitasi ruang kelas", "", AGENCY, "Melewati garis pagu."),) * count
    )


def widths(table):
    return [column.width for column in fitted(table).columns]


def test_an_empty_column_gives_way_to_a_crowded_one():
    no, _, cost, agency, _ = widths(listed(40))
    assert cost < 15
    assert agency > 20
    assert no >= 3
    assert f"width:{cost}%" in html_table(listed(40))


def test_a_short_table_and_one_without_widths_keep_their_form():
    short = listed(LONG_TABLE - 1)
    assert fitted(short) is short
    free = replace(listed(40), columns=(*COLUMNS[:-1], replace(COLUMNS[-1], width=0)))
    assert fitted(free) is free


@given(st.lists(st.tuples(*[st.text(max_size=60)] * 5), min_size=LONG_TABLE, max_size=30))
def test_every_table_keeps_its_whole_width_and_its_words(rows):
    table = Table("", COLUMNS, tuple(rows))
    made = fitted(table)
    assert abs(sum(column.width for column in made.columns) - 100) <= len(COLUMNS)
    assert min(column.width for column in made.columns) > 0
    assert made.rows == table.rows
    assert made == fitted(table)
