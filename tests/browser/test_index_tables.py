"""Tables of the index: searched and sorted by mouse and by keys, numbers as Indonesians write them."""

import pytest

from workbench.present.documents import Page, Section, html_figure, html_page, html_table
from workbench.present.format import EMPTY
from workbench.present.i18n import translator
from workbench.present.svg import document, text
from workbench.present.table import ColumnSpec, Table

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROWS = (
    ("99.01.01", "Lembahmayang", "378", "Rp 5.161.789.000", "9,5 %"),
    ("99.01.02", "Sukamaju", "1.204", "Rp 98.000.000", "47 %"),
    ("99.01.10", "Café Éndah", "41", EMPTY, "100 %"),
    ("99.01.09", "Cendanagading", "9", "Rp 700.000", EMPTY),
    ("99.01.03", "Tirta 2", "12", "Rp 1.000.000.000", "0,25 %"),
    ("99.01.04", "Tirta 10", "120", "Rp 12.500", "3 %"),
    ("99.01.05", "\u0130stanbul", "0", "Rp 0", "0 %"),
    ("99.01.06", "Wanasari", "7", "-Rp 5", "11 %"),
)


@pytest.fixture
def index(page, tmp_path):
    kinds = (
        ("Kode", "left"),
        ("Laporan", "left"),
        ("Usulan", "right"),
        ("Terpakai", "right"),
        ("Bagian", "right"),
    )
    columns = tuple(ColumnSpec(label, label, align) for label, align in kinds)
    table = Table("Kecamatan", columns, ROWS, total=("", "Jumlah", "1.771", "Rp 6", ""))
    maps = [
        html_figure(document(40, 40, name, [text(name, 1, 9, 8)]), name) for name in ("Usulan", "Terpakai")
    ]
    sections = [Section("Daftar", (html_table(table),)), Section("Peta", tuple(maps))]
    path = tmp_path / "index.html"
    path.write_text(html_page(Page("Rekap", searched=True), sections, translator("id")), "utf-8")
    page.goto(path.as_uri())
    return page


def column(page, at):
    rows = "[...document.querySelectorAll('tbody tr')].filter(row => !row.hidden)"
    cells = page.evaluate(f"() => {rows}.map(row => row.cells[{at}].textContent)")
    return [cell.replace("\u00a0", " ").strip() for cell in cells]


def test_numbers_sort_as_numbers_and_the_unknown_and_the_total_stay_last(index):
    index.get_by_role("button", name="Usulan").click()
    assert column(index, 2) == ["0", "7", "9", "12", "41", "120", "378", "1.204", "1.771"]
    index.get_by_role("button", name="Usulan").click()
    assert column(index, 2)[:2] == ["1.204", "378"]
    assert column(index, 2)[-1] == "1.771"
    for way in (1, -1):
        index.get_by_role("button", name="Terpakai").click()
        amounts = [
            "-Rp 5",
            "Rp 0",
            "Rp 12.500",
            "Rp 700.000",
            "Rp 98.000.000",
            "Rp 1.000.000.000",
            "Rp 5.161.789.000",
        ]
        shown = [cell for cell in column(index, 3)[:-1] if cell != EMPTY]
        assert shown == amounts[::way]
        assert column(index, 3)[-2:] == [EMPTY, "Rp 6"]
    index.get_by_role("button", name="Bagian").click()
    assert column(index, 4)[:4] == ["0 %", "0,25 %", "3 %", "9,5 %"]
    index.get_by_role("button", name="Laporan").click()
    names = column(index, 1)
    assert names.index("Tirta 2") < names.index("Tirta 10")
    assert names.index("Café Éndah") < names.index("Cendanagading")


def test_the_keyboard_alone_sorts_searches_and_chooses(index):
    head = index.get_by_role("button", name="Usulan")
    head.focus()
    index.keyboard.press("Enter")
    assert head.evaluate("b => b.closest('th').getAttribute('aria-sort')") == "ascending"
    index.keyboard.press("Space")
    assert head.evaluate("b => b.closest('th').getAttribute('aria-sort')") == "descending"
    assert head.evaluate("b => document.activeElement === b")
    assert head.evaluate("b => getComputedStyle(b).outlineStyle") == "solid"
    search = index.get_by_role("searchbox")
    search.focus()
    index.keyboard.type("TIRTA 10")
    assert column(index, 1) == ["Tirta 10"]
    choice = index.get_by_role("combobox")
    choice.focus()
    index.keyboard.press("ArrowDown")
    assert [figure.is_visible() for figure in index.locator("figure").all()] == [False, True]


def test_the_search_forgives_accents_and_says_when_nothing_is_found(index):
    search, told = index.get_by_role("searchbox"), index.get_by_role("status")
    for words in ("cafe endah", "CAFÉ", "éndah café", "endah"):
        search.fill(words)
        assert column(index, 1) == ["Café Éndah"], words
    assert told.inner_text().strip() == translator("id")("page.found").replace("#", "1")
    search.fill("tidak ada desa ini")
    assert column(index, 1) == []
    assert told.inner_text().strip().startswith("Tidak ada baris yang cocok")
    search.fill("")
    assert len(column(index, 1)) == len(ROWS) + 1
    assert told.inner_text() == ""


def test_on_paper_the_table_stands_without_its_tools(index):
    index.emulate_media(media="print")
    assert not index.get_by_role("searchbox").is_visible()
    assert not index.locator("select").is_visible()
