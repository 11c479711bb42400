"""The price of a condition, live in JupyterLab, without internet."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_key_press_says_what_more_money_brings(page, run_notebook, requests_out):
    run_notebook(page, "harga_aturan.ipynb")
    page.wait_for_selector(".noUi-handle >> nth=2")
    said = page.locator(".widget-html").first
    before = said.inner_text()
    assert re.search(r"Jumlah skor|usulan", before, re.IGNORECASE)
    handle = page.locator(".noUi-handle").nth(2)  # the ceiling, five per cent more
    handle.focus()
    handle.press("ArrowRight")
    page.wait_for_function(
        "before => document.querySelector('.widget-html').innerText !== before", arg=before
    )
    assert said.inner_text().count("Rp") > 0
    assert "Traceback" not in page.content()
    assert requests_out == []
