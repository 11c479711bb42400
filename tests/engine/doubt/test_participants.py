from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engine.doubt.participants import bootstrap_participants
from workbench.errors import InvalidValue

WEIGHTS = pd.Series({"x": 1, "y": 1})


def room(cells: np.ndarray) -> pd.DataFrame:
    people, proposals, criteria = cells.shape
    names = [f"p{p:02d}" for p in range(people)], [f"P{p}" for p in range(proposals)]
    return pd.DataFrame(
        cells.reshape(-1, criteria), index=pd.MultiIndex.from_product(names), columns=[*"xyz"][:criteria]
    )


def test_a_room_of_one_mind_is_certain() -> None:
    cells = np.tile(np.array([[[1.0, 0.5], [0.5, 0.5], [0.5, 0.5]]]), (6, 1, 1))
    doubt = bootstrap_participants(room(cells), WEIGHTS, draws=50, seed=1)
    assert doubt.ranks.to_numpy().tolist() == [[1, 0, 0], [0, 1, 0], [0, 1, 0]]
    assert doubt.neighbours["tied"].tolist() == [False, True]
    assert doubt.lower.tolist() == doubt.upper.tolist() == doubt.scores.tolist()
    assert doubt.participants == 6


def test_the_published_near_tie_is_a_tie() -> None:
    # Six respondents, first and second 37.28 against 36.80: who happened to come decides.
    random = np.random.default_rng(4)
    cells = np.clip(random.normal(0.37, 0.1, (6, 2, 2)), 0, 1)
    cells += np.array([0.3728, 0.3680])[:, None] - cells.mean(axis=(0, 2))[:, None]
    doubt = bootstrap_participants(room(cells), WEIGHTS, draws=500, seed=1)
    assert doubt.scores.tolist() == pytest.approx([37.28, 36.80])
    assert doubt.neighbours["tied"].tolist() == [True]
    assert 0.05 < doubt.ranks.loc["P0", 1] < 0.95


def test_the_bootstrap_variance_of_a_mean() -> None:
    random = np.random.default_rng(2)
    cells = random.random((40, 1, 1))
    doubt = bootstrap_participants(room(cells), pd.Series({"x": 1}), draws=4000, seed=3)
    error = 100 * cells.std() / 40**0.5
    assert doubt.upper.iloc[0] - doubt.lower.iloc[0] == pytest.approx(2 * 1.96 * error, rel=0.08)


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_order_of_rows_changes_no_bit(random) -> None:
    cells = np.random.default_rng(7).integers(0, 5, (5, 4, 2)) / 4
    answers = room(np.where(np.random.default_rng(8).random(cells.shape) < 0.1, np.nan, cells))
    order = list(range(len(answers)))
    random.shuffle(order)
    plain = bootstrap_participants(answers, WEIGHTS, draws=100, seed=1)
    other = bootstrap_participants(answers.iloc[order][["y", "x"]], WEIGHTS, draws=100, seed=1)
    assert other.ranks.equals(plain.ranks)
    assert other.neighbours.equals(plain.neighbours)


def test_what_nobody_answered_has_no_score_and_is_counted() -> None:
    cells = np.full((4, 2, 1), 0.5)
    cells[1:, 1, 0] = np.nan
    doubt = bootstrap_participants(room(cells), pd.Series({"x": 1}), draws=2000, seed=1)
    # The only one who answered is absent from a drawn room with probability (3/4)^4.
    assert doubt.without_score["P1"] == pytest.approx(0.75**4, abs=0.03)
    assert doubt.ranks.loc["P1"].sum() == pytest.approx(1 - doubt.without_score["P1"])
    cells[0, 1, 0] = np.nan
    never = bootstrap_participants(room(cells), pd.Series({"x": 1}), draws=10, seed=1)
    assert never.without_score["P1"] == 1.0
    assert np.isnan(never.lower["P1"])
    assert never.neighbours.empty


@pytest.mark.parametrize(
    ("people", "draws", "level", "code"),
    [
        (1, 10, 0.95, "too_few_participants"),
        (3, 0, 0.95, "draws_out_of_range"),
        (3, 10, 1.0, "level_out_of_range"),
    ],
)
def test_unusable_requests_are_refused(people: int, draws: int, level: float, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        bootstrap_participants(room(np.ones((people, 2, 2))), WEIGHTS, draws=draws, seed=1, level=level)
    assert caught.value.code == code
