"""A first-time facilitator opens the start notebook in JupyterLab, without internet."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def opened(page, run_notebook):
    run_notebook(page, "mulai.ipynb")
    page.wait_for_selector("svg[role='img']")
    return page


def test_shows_line_and_reasons_and_asks_no_other_host(opened, requests_out):
    assert opened.locator("text=Menurut aturan main").count() == 1
    opened.wait_for_selector("td:has-text('Diakomodir')")  # the table follows the line
    assert requests_out == []


def test_a_key_press_on_a_weight_redraws_the_line(opened, requests_out):
    before = opened.locator("svg[role='img']").first.inner_html()
    handle = opened.locator(".noUi-handle").first
    handle.focus()
    for _ in range(30):
        handle.press("ArrowRight")
    opened.wait_for_selector("text=Simulasi, bukan hasil")
    opened.wait_for_function(
        "before => document.querySelector(\"svg[role='img']\").innerHTML !== before", arg=before
    )
    assert requests_out == []
