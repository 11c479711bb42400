from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.engine.influence import one_group_one_voice, one_person_one_voice, resampled, safe_cells
from workbench.engine.influence.voices import heard
from workbench.errors import InvalidValue, LabelMismatch


def test_every_cell_weighs_the_same():
    cells = safe_cells(pd.Series(["a"] * 25 + ["b"] * 12 + ["c"] * 6))
    weights = one_group_one_voice(cells)
    assert weights.groupby(cells.members).sum().tolist() == [300.0] * 3
    assert one_person_one_voice(cells).sum() == 43


def test_sizes_without_an_exact_multiple_still_weigh_the_same():
    sizes = [31, 37, 41, 43, 47, 53, 59, 61, 67, 71]
    cells = safe_cells(pd.Series([f"g{size}" for size in sizes for _ in range(size)]))
    weights = one_group_one_voice(cells).groupby(cells.members).sum()
    np.testing.assert_allclose(weights, 1.0, atol=1e-12)


def test_an_aggregation_must_answer_what_it_was_asked():
    voices = pd.DataFrame([[1.0]], index=["all"], columns=["p"])
    with pytest.raises(LabelMismatch):
        heard(lambda asked: asked.rename(index={"all": "some"}), voices)
    with pytest.raises(InvalidValue, match="nothing_to_rank"):
        heard(lambda asked: asked.iloc[:, :0], voices)


def test_resampled_rooms_are_as_large_and_repeat_with_the_seed():
    people = pd.Index([f"p{number}" for number in range(30)])
    rooms = resampled(people, draws=400, seed=3)
    assert (rooms.sum(axis=1) == 30).all()
    assert rooms.to_numpy().mean() == 1.0
    # Each count is Binomial(30, 1/30): its variance is 29/30.
    assert rooms.to_numpy().var() == pytest.approx(29 / 30, abs=0.03)
    assert rooms.equals(resampled(people[::-1], draws=400, seed=3))
    assert not rooms.equals(resampled(people, draws=400, seed=4))
    with pytest.raises(InvalidValue, match="invalid_draws"):
        resampled(people, draws=0, seed=1)
