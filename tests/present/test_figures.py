"""Figures of reports: the same bytes, nothing cut off, nothing left behind in matplotlib's state."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from workbench.domain.proposals import Proposals
from workbench.domain.rules import Rules
from workbench.present.figure_style import figure_svg
from workbench.present.format import EMPTY
from workbench.present.i18n import translator
from workbench.present.map_figure import compound_path, inner_point, map_figure, map_figure_alt
from workbench.present.tables import village_totals_table
from workbench.present.village_figure import village_figure, village_figure_alt
from workbench.prioritisation import prioritise

SQUARE = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 2.0], [0.0, 2.0]])


def grid(count: int) -> dict[str, list[np.ndarray]]:
    return {f"73.02.01.{2001 + n}": [SQUARE / 4 + [n % 7, n // 7]] for n in range(count)}


def counted(count: int) -> pd.DataFrame:
    codes = list(grid(count))
    return pd.DataFrame({"proposals": range(count), "funded": [n // 3 for n in range(count)]}, index=codes)


def cut_off(figure) -> list[str]:
    """Texts that leave the figure."""
    figure.canvas.draw()
    whole = figure.bbox
    texts = [
        *figure.texts,
        *(
            text
            for axes in figure.axes
            if axes.axison
            for text in (*axes.texts, *axes.get_yticklabels(), axes.title)
        ),
    ]
    boxes = {text.get_text(): text.get_window_extent() for text in texts if text.get_text()}
    return [
        name
        for name, box in boxes.items()
        if box.x0 < -1 or box.x1 > whole.x1 + 1 or box.y0 < -1 or box.y1 > whole.y1 + 1
    ]


@pytest.mark.parametrize(("size", "language"), [(5, "id"), (500, "en")])
def test_village_figure_is_equal_byte_for_byte_and_nothing_is_cut_off(build, size, language):
    made = build(size, 150_000_000 * size)
    t = translator(language)
    first, second = (village_figure(made.outcome, made.session, t) for _ in range(2))
    assert figure_svg(first, "Desa") == figure_svg(second, "Desa")
    assert cut_off(first) == []
    assert village_figure_alt(made.outcome, made.session, t).endswith(".")


@pytest.mark.parametrize("count", [1, 14, 47])
def test_map_is_equal_byte_for_byte_and_nothing_is_cut_off(count):
    t = translator("id")
    names = {code: f"Tanjung Harapan Jaya Makmur Sentosa {code[-2:]}" for code in grid(count)}
    first, second = (
        map_figure(grid(count), names, counted(count), t, outline=[SQUARE * 4]) for _ in range(2)
    )
    assert figure_svg(first, "Peta") == figure_svg(second, "Peta")
    assert cut_off(first) == []
    texts = [text.get_text() for text in first.texts]
    assert any("peta skematis, bukan batas resmi" in text for text in texts)
    assert map_figure_alt(counted(count), t).startswith("Peta skematis")


def test_a_village_without_polygon_stands_in_the_key():
    counts = counted(2)
    figure = map_figure({counts.index[0]: [SQUARE]}, {}, counts, translator("id"))
    assert any("tidak di peta" in text.get_text() for text in figure.texts)


def test_a_map_of_nothing_is_still_a_figure():
    empty = pd.DataFrame({"proposals": [], "funded": []})
    assert "</svg>" in figure_svg(map_figure({}, {}, empty, translator("id")), "Peta")


def test_names_with_dollars_and_odd_letters_are_drawn_as_they_stand():
    names = {"73.02.01.2001": "$x^2$ & <desa> \u00e9 \x0b 1.23456"}
    drawn = figure_svg(map_figure(grid(4), names, counted(4), translator("id")), 'Peta "desa"')
    root = ElementTree.fromstring(drawn)
    assert any("$x^2$ & <desa> \u00e9" in (text or "") for text in root.itertext())
    assert any("1.23456" in (text or "") for text in root.itertext())  # only coordinates are cut
    assert root.get("aria-label") == 'Peta "desa"'


def test_a_figure_in_a_page_says_nothing_about_the_rest_of_the_page(build):
    made = build(5)
    drawn = figure_svg(village_figure(made.outcome, made.session, translator("id")), "Desa")
    assert "<style" not in drawn  # its rules would reach every other picture of the page
    assert not re.findall(r"<g id=|figure_1|axes_1|font-family:", drawn)
    assert re.search(r"<text[^>]*>Banyak usulan", drawn)  # words stay words: they are searched and read aloud
    assert not re.search(r' d="[^"]*\.\d{3}', drawn)


def test_the_point_of_a_region_lies_inside_even_when_it_is_hollow_or_bent():
    bent = np.array([[0, 0], [6, 0], [6, 1], [1, 1], [1, 5], [6, 5], [6, 6], [0, 6]], dtype=float)
    ring = [
        np.array([[0, 0], [9, 0], [9, 9], [0, 9]], float),
        np.array([[1, 1], [8, 1], [8, 8], [1, 8]], float),
    ]
    for rings in ([bent], ring, [SQUARE]):
        assert compound_path(rings).contains_point(inner_point(rings))


def test_a_hole_stays_a_hole_whichever_way_its_ring_runs():
    outer = np.array([[0, 0], [9, 0], [9, 9], [0, 9]], float)
    inner = np.array([[3, 3], [6, 3], [6, 6], [3, 6]], float)
    for hole in (inner, inner[::-1]):
        path = compound_path([outer, hole])
        codes = path.vertices
        areas = [
            np.sum(part[:-1, 0] * part[1:, 1] - part[1:, 0] * part[:-1, 1]) for part in np.split(codes, 2)
        ]
        assert areas[0] * areas[1] < 0


def test_a_figure_leaves_the_state_of_matplotlib_alone(build):
    made = build(5)
    before = dict(mpl.rcParams)
    figure_svg(village_figure(made.outcome, made.session, translator("id")), "Desa")
    assert dict(mpl.rcParams) == before


def test_importing_present_loads_no_matplotlib():
    code = (
        "import sys, workbench.present.village_figure, workbench.present.map_figure;"
        "import workbench.present.documents; sys.exit('matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_neighbours_of_another_list_get_no_number_and_no_zero():
    around = [[SQUARE + 2], [SQUARE - 2]]
    figure = map_figure(grid(1), {}, counted(1), translator("id"), around=around)
    shapes = [patch for axes in figure.axes for patch in axes.patches]
    told = [text.get_text() for text in figure.texts if " / " in text.get_text()]
    assert (len(shapes), len(told)) == (3, 2)  # its own counts, and what they are
    assert cut_off(figure) == []


def test_a_village_without_any_cost_is_not_said_to_ask_for_nothing(build):
    made = build(5)
    frame = made.session.proposals.frame
    unpriced = replace(
        made.session, proposals=Proposals(frame.assign(cost=pd.array([None] * len(frame), "Int64")))
    )
    outcome = prioritise(unpriced, Rules())
    t = translator("id")
    texts = [text.get_text() for axes in village_figure(outcome, unpriced, t).axes for text in axes.texts]
    asked = [text for text in texts if text == t("figure.ceiling_line.unpriced")]
    assert asked
    table = village_totals_table(outcome, unpriced, t)
    assert [row[4] for row in table.rows if row[1] != "0"] == [EMPTY] * len(asked)
    assert table.total[4] == EMPTY
