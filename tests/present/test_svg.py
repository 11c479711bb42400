from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.present import svg


@given(st.text(), st.text())
def test_whatever_stands_in_a_name_the_picture_stays_well_formed(title, content):
    drawn = svg.document(10, 10, title, [svg.text(content, 1, 2, 3, class_=content)], content)
    root = ET.fromstring(drawn)
    assert root.attrib["role"] == "img"
    assert root[0].tag.endswith("title")


@given(st.text(max_size=300), st.floats(6, 60), st.floats(0, 800))
def test_a_fitted_text_fits_or_is_the_ellipsis_alone(content, size, room):
    fitted = svg.fitted(content, size, room)
    assert svg.text_width(fitted, size) <= room or fitted in {"\u2026", ""}
    if not fitted.endswith("\u2026"):
        assert fitted == " ".join(content.split())


@given(st.floats(-1e6, 1e6))
def test_numbers_are_plain_and_close(value):
    written = svg.number(value)
    assert abs(float(written) - value) <= 0.0051
    assert "e" not in written
    assert written != "-0"


@pytest.mark.parametrize("sample", ["Rehabilitasi jembatan gantung", "WWWMMM", "illiji", "Rp 1.234.567.890"])
def test_the_estimate_is_on_the_wide_side_of_a_real_font(sample):
    from matplotlib.textpath import TextToPath

    width, _, _ = TextToPath().get_text_width_height_descent(sample, _liberation(), ismath=False)
    assert svg.text_width(sample, 100) >= width


def _liberation():
    """The narrower Arial metrics if this machine has them, else matplotlib's own wide font, a bit smaller."""
    from matplotlib import font_manager

    names = {entry.name for entry in font_manager.fontManager.ttflist}
    wide = "Liberation Sans" not in names
    return font_manager.FontProperties(
        family="DejaVu Sans" if wide else "Liberation Sans", size=86 if wide else 100
    )
