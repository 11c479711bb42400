from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.engine.doubt import rounding
from workbench.engine.doubt.rounding import round_judgements
from workbench.errors import InvalidValue, LabelMismatch

WEIGHTS = pd.Series({"x": 3, "y": 1})
STEPS = pd.Series({"x": 0.25, "y": 0.25})


def room(people: int, cells: list[list[float]]) -> pd.DataFrame:
    index = pd.MultiIndex.from_product(
        [[f"p{p}" for p in range(people)], [f"P{p}" for p in range(len(cells))]]
    )
    return pd.DataFrame(np.tile(cells, (people, 1)), index=index, columns=["x", "y"])


def test_one_point_apart_by_one_person_may_be_a_tie_and_two_points_are_not() -> None:
    near = round_judgements(room(1, [[0.75, 0.5], [0.5, 0.75]]), WEIGHTS, STEPS, draws=500, seed=1)
    assert near.source == "rounding"
    assert near.neighbours["tied"].tolist() == [True]
    far = round_judgements(room(1, [[0.75, 0.5], [0.25, 0.5]]), WEIGHTS, STEPS, draws=500, seed=1)
    assert far.neighbours["tied"].tolist() == [False]
    assert far.ranks.loc["P0", 1] == 1.0


def test_many_people_round_each_other_away() -> None:
    one = round_judgements(room(1, [[0.5, 0.5]]), WEIGHTS, STEPS, draws=2000, seed=1)
    many = round_judgements(room(25, [[0.5, 0.5]]), WEIGHTS, STEPS, draws=2000, seed=1)
    width = [float((doubt.upper - doubt.lower).iloc[0]) for doubt in (one, many)]
    assert width[1] == pytest.approx(width[0] / 5, rel=0.15)
    # Variance of the weighted mean of uniforms, in points of the score.
    deviation = 100 * 0.25 * ((0.75**2 + 0.25**2) / 12 / 25) ** 0.5
    assert width[1] == pytest.approx(2 * 1.96 * deviation, rel=0.08)


def test_draws_stay_on_the_scale_and_measured_values_stay_put() -> None:
    top = round_judgements(room(1, [[1.0, 0.0]]), WEIGHTS, STEPS, draws=500, seed=1)
    assert 75 * 0.875 <= top.lower.iloc[0] <= top.upper.iloc[0] <= 75 + 25 * 0.125
    fixed = round_judgements(room(1, [[1.0, 0.0]]), WEIGHTS, STEPS * 0, draws=5, seed=1)
    assert fixed.lower.tolist() == fixed.upper.tolist() == [75.0]


def test_missing_answers_are_never_filled_in() -> None:
    answers = room(2, [[0.5, 0.5], [0.5, 0.5]])
    answers.loc[("p0", "P0"), "x"] = np.nan
    answers.loc[(slice(None), "P1"), "y"] = np.nan
    doubt = round_judgements(answers, WEIGHTS, STEPS, draws=50, seed=1)
    assert doubt.scores.tolist() == [pytest.approx(50.0), pytest.approx(np.nan, nan_ok=True)]
    assert doubt.without_score.tolist() == [0.0, 1.0]


def test_blocks_and_row_order_do_not_change_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = room(3, [[0.5, 0.75], [0.75, 0.5], [0.0, 1.0]])
    whole = round_judgements(answers, WEIGHTS, STEPS, draws=40, seed=1)
    monkeypatch.setattr(rounding, "BLOCK_CELLS", 30)
    blocks = round_judgements(answers.iloc[::-1], WEIGHTS, STEPS, draws=40, seed=1)
    assert np.allclose(blocks.lower, whole.lower, atol=1e-10)
    assert blocks.ranks.equals(whole.ranks)


def test_unusable_requests_are_refused() -> None:
    answers = room(1, [[0.5, 0.5]])
    with pytest.raises(InvalidValue) as caught:
        round_judgements(answers, WEIGHTS, pd.Series({"x": 0.25, "y": -1}), draws=5, seed=1)
    assert caught.value.facts["criteria"] == {"y": -1.0}
    with pytest.raises(LabelMismatch):
        round_judgements(answers, WEIGHTS, STEPS[["x"]], draws=5, seed=1)
    with pytest.raises(InvalidValue, match="level_out_of_range"):
        round_judgements(answers, WEIGHTS, STEPS, draws=5, seed=1, level=0)
