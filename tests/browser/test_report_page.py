"""A report opens from a USB stick: no host, no script of another file, nothing missing, nothing too wide."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from workbench.present.i18n import translator
from workbench.reporting.kabupaten import BatchOptions, make_reports
from workbench.store.project_files import sample_folder

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("usb")
    options = BatchOptions(districts=("99.01.09",), workers=1)
    made = make_reports(sample_folder(), None, folder, translator("id"), options)
    assert made.batch.complete
    return folder


@pytest.mark.parametrize("name", ["index.html", "99.01.09.html", "tanpa_kecamatan.html"])
def test_a_page_stands_alone(page, reports, requests_out, name):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto((reports / name).as_uri())
    assert page.locator("h1").count() == 1
    assert page.locator("text=data contoh (sintetis)").count() >= 1
    assert page.locator("script[src]").count() == 0
    assert requests_out == []
    assert errors == []


def test_nothing_is_wider_than_the_screen(page, reports):
    for name in ("index.html", "99.01.09.html"):
        page.goto((reports / name).as_uri())
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 1280
        clipped = page.evaluate(
            "() => [...document.querySelectorAll('.table')].filter(t => t.scrollWidth > t.clientWidth + 1)"
            ".map(t => t.querySelector('caption').textContent)"
        )
        assert clipped == []


def test_what_a_table_is_called_stays_on_the_screen_of_a_phone(page, reports):
    page.set_viewport_size({"width": 390, "height": 844})
    for name in ("index.html", "99.01.09.html"):
        page.goto((reports / name).as_uri())
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
        cut = page.evaluate(
            """() => [...document.querySelectorAll('.table')].flatMap(table => {
              table.scrollLeft = 200;
              return [...table.querySelectorAll('caption, .note')].filter(text => {
                const box = text.getBoundingClientRect();
                return box.left < 0 || box.right > 391;
              }).map(text => text.textContent);
            })"""
        )
        assert cut == []


def test_the_index_leads_to_the_report_and_every_picture_is_there(page, reports):
    page.goto((reports / "index.html").as_uri())
    page.click('a:has-text("Cendanagading")')
    assert "Cendanagading" in page.locator("h1").inner_text()
    missing = page.evaluate(
        "() => [...document.images].filter(i => !i.complete || i.naturalWidth === 0).length"
    )
    assert missing == 0
    assert page.locator("svg[role='img']").count() >= 2


def test_it_prints_on_few_sheets_with_heads_and_without_lone_headings(page, reports):
    page.goto((reports / "99.01.09.html").as_uri())
    headings = {text.strip() for text in page.locator("h2, h3").all_inner_texts()}
    sheets = [
        [line.strip() for line in sheet.extract_text().splitlines() if line.strip()]
        for sheet in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    ]
    assert len(sheets) <= 23  # 21 with the widest font, for 92 proposals; a list alone would take five
    last = {next((line for line in reversed(sheet) if "/" not in line), "") for sheet in sheets}
    assert not last & headings
    over = [sheet for sheet in sheets if sum("Terlemah" in line for line in sheet) > 2]
    assert len(over) > 1
    assert all(any(line.startswith("No Kegiatan") for line in sheet) for sheet in over)
