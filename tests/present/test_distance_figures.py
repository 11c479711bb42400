"""Distances as pictures: legible without colour, and nothing drawn of what cannot be compared."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from workbench.present.distance_figures import heat_map, order_map
from workbench.present.i18n import translator

NAMES = {"a": "Aturan main", "b": "Borda", "c": "Kemeny"}


def distances(values):
    labels = list("abc")[: len(values)]
    return pd.DataFrame(np.array(values, dtype=float), labels, labels)


THREE = distances([[0, 0.1, 1], [0.1, 0, 0.5], [1, 0.5, 0]])


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("surface", ["wall", "desk", "paper"])
def test_every_square_carries_its_number_and_its_grey(language, surface):
    picture = heat_map(THREE, NAMES, translator(language), surface=surface)
    ET.fromstring(picture)
    for number in ("0", "10", "50", "100"):
        assert f">{number}<" in picture
    greys = re.findall(r'fill="#(..)(..)(..)"', picture)
    squares = [grey for grey in greys if len(set(grey)) == 1]
    assert {("ff", "ff", "ff"), ("eb", "eb", "eb")} <= set(squares)


def test_what_cannot_be_compared_is_a_dash():
    gap = distances([[0, np.nan], [np.nan, 0]])
    assert heat_map(gap, NAMES, translator("id")).count(">\u2013<") == 2


def test_points_of_a_map_differ_by_shape_and_stand_apart_as_their_orders_do():
    picture = order_map(THREE, NAMES, translator("id"))
    ET.fromstring(picture)
    assert picture.count("<circle") == 1
    assert picture.count("<polygon") == 1
    assert all(name in picture for name in NAMES.values())
    assert "100 %" in picture


def test_too_few_orders_have_no_map():
    assert order_map(distances([[0, 1], [1, 0]]), NAMES, translator("id")) == ""
    alone = distances([[0, 0.5, np.nan], [0.5, 0, np.nan], [np.nan, np.nan, 0]])
    assert order_map(alone, NAMES, translator("id")) == ""


def test_equal_orders_stand_on_one_spot_without_failing():
    ET.fromstring(order_map(distances(np.zeros((3, 3))), NAMES, translator("id")))
