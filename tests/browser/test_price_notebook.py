"""The price of a condition, live in JupyterLab, without internet."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RUN_ALL = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"


def test_a_key_press_says_what_more_money_brings(page, lab, requests_out):
    page.goto(f"{lab}/lab/tree/notebooks/harga_aturan.ipynb?token=uji")
    page.wait_for_function("() => window.jupyterapp && window.jupyterapp.shell.currentWidget?.sessionContext")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.ready")
    page.evaluate(RUN_ALL)
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
