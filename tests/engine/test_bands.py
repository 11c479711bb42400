import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.bands import band_of

NAGEKEO = pd.Series({"P4": 0.0, "P3": 50.0, "P2": 65.0, "P1": 80.0})


def bands(*scores, decimals=None):
    return band_of(pd.Series(scores, dtype="float64"), NAGEKEO, decimals).tolist()


def test_thresholds_belong_to_their_band():
    assert bands(100, 80, 79.99, 65, 64.99, 50, 49.99, 0) == ["P1", "P1", "P2", "P2", "P3", "P3", "P4", "P4"]


def test_rounding_of_the_computer_moves_nobody():
    assert bands(0.1 * 3 * 1000 / 3 - 20.000000000000014, 80 - 1e-12) == ["P1", "P1"]


def test_a_declared_rounding_goes_half_up():
    assert bands(79.5, 79.49, 64.5, decimals=0) == ["P1", "P2", "P2"]


def test_no_score_has_no_band_and_below_all_is_none():
    assert bands(np.nan, -1) == ["", ""]


@given(st.lists(st.floats(0, 100), min_size=1), st.permutations(list(NAGEKEO.index)))
def test_a_higher_score_never_stands_in_a_lower_band(scores, order):
    found = band_of(pd.Series(sorted(scores)), NAGEKEO[order]).tolist()
    places = [["P4", "P3", "P2", "P1"].index(band) for band in found]
    assert places == sorted(places)
