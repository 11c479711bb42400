import re
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.present.choropleth import choropleth, classes_of
from workbench.present.i18n import translator

T = translator("id")
SQUARE = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60))
def test_every_value_lies_in_exactly_one_class(values):
    classes = classes_of(values)
    assert len(classes) <= 4
    assert all(sum(start <= value <= end for start, end in classes) == 1 for value in values)
    assert all(any(start <= value <= end for value in values) for start, end in classes)


def test_each_class_has_a_fill_of_its_own_and_unknown_is_another():
    polygons = {f"99.01.0{n}": (SQUARE + np.array([n, 0]),) for n in range(9)}
    values = {code: None if n == 8 else n for n, code in enumerate(polygons)} | {"99.01.77": 3}
    names = {code: f"Kec <{code}>" for code in values}
    svg = choropleth(polygons, names, values, "Usulan", str, T)
    fills = Counter(re.findall(r'<path [^>]*fill="([^"]+)"', svg))
    assert sum(fills.values()) == 9
    assert len(fills) == 5
    assert "tidak di peta" in svg
    assert "peta skematis, bukan batas resmi" in svg
    assert "Kec &lt;99.01.00&gt;: 0" in svg
    assert svg == choropleth(polygons, names, values, "Usulan", str, T)


def test_no_value_at_all_is_still_a_map():
    svg = choropleth({"99.01.01": (SQUARE,)}, {}, {"99.01.01": None}, "Usulan", str, T)
    assert "belum ada angkanya" in svg


def test_two_values_that_are_written_alike_have_one_fill():
    polygons = {f"99.01.0{n}": (SQUARE + np.array([n, 0]),) for n in range(3)}
    values = dict(zip(polygons, (0.048, 0.052, 0.31), strict=True))
    svg = choropleth(polygons, {}, values, "Bagian", T.style.percent, T)
    fills = re.findall(r'<path [^>]*fill="([^"]+)"', svg)
    assert len(fills) == 3
    assert len(set(fills)) == 2
    legend = re.findall(r">([0-9]+ %)</text>", svg)
    assert Counter(legend)["5 %"] == 3  # one class and two districts of the key
