"""How amounts are written and rounded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.sample.kinds import SERVES_PERSONS, kinds
from workbench.sample.quantities import draw_cost, draw_reach, draw_volume, plain, rounded_as_people_do

ROAD = next(kind for kind in kinds() if kind.form == "area")
TRAINING = next(kind for kind in kinds() if kind.serves == SERVES_PERSONS)
seeds = st.integers(0, 2**32)


@pytest.mark.parametrize(("number", "text"), [(1.0, "1"), (2.5, "2,5"), (3000.0, "3000")])
def test_numbers_are_written_as_in_the_forms(number, text):
    assert plain(number) == text


@given(st.floats(1e6, 2e9), seeds)
def test_rounding_stays_near_and_gives_whole_thousands(amount, seed):
    rounded = rounded_as_people_do(amount, np.random.default_rng(seed))
    assert rounded > 0
    assert rounded % 1_000 == 0
    assert abs(rounded - amount) <= max(amount * 0.05, 2_500_000)


@given(seeds)
def test_an_area_is_width_times_length(seed):
    volume = draw_volume(ROAD, np.random.default_rng(seed))
    width, length = (float(part.replace(",", ".")) for part in volume.text.split(" x "))
    assert volume.quantity == pytest.approx(width * length)
    assert volume.unit == ROAD.unit


@given(seeds)
def test_cost_follows_volume(seed):
    small = draw_cost(ROAD, 100.0, np.random.default_rng(seed))
    large = draw_cost(ROAD, 1_000.0, np.random.default_rng(seed))
    assert small < large


@given(seeds)
def test_reach_adds_up(seed):
    rng = np.random.default_rng(seed)
    reach = draw_reach(ROAD, 300.0, 0.2, rng)
    assert 0 <= reach.poor <= reach.households
    assert reach.male + reach.female >= reach.households
    people = draw_reach(TRAINING, 25.0, 0.2, rng)
    assert people.male + people.female == 25


def test_every_kind_can_be_drawn():
    rng = np.random.default_rng(0)
    for kind in kinds():
        volume = draw_volume(kind, rng)
        assert draw_cost(kind, volume.quantity, rng) > 0
        assert all(1 <= points <= 5 for points in kind.judged)
        assert len(kind.phrases) >= 2
