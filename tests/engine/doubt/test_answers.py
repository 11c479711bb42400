from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.doubt.answers import mean_scores, room_answers
from workbench.errors import InvalidValue, LabelMismatch

INDEX = pd.MultiIndex.from_tuples([("p2", "well"), ("p1", "road"), ("p2", "road")])
ROOM = pd.DataFrame({"y": [0.5, 1.0, 0.0], "x": [np.nan, 0.5, 1.0]}, index=INDEX)
WEIGHTS = pd.Series({"x": 1, "y": 3})


def test_rows_find_their_place_and_absent_rows_are_missing() -> None:
    room = room_answers(ROOM, WEIGHTS)
    assert room.proposals.tolist() == ["road", "well"]
    assert room.cells[0, 0].tolist() == [0.5, 1.0]
    assert np.isnan(room.cells[0, 1]).all()
    assert room.cells[1, 1].tolist() == [pytest.approx(np.nan, nan_ok=True), 0.5]
    assert room.scores().tolist() == [pytest.approx(56.25), pytest.approx(np.nan, nan_ok=True)]


def test_criteria_without_weight_do_not_count() -> None:
    room = room_answers(ROOM, pd.Series({"x": 0, "y": 3}))
    assert room.criteria.tolist() == ["y"]
    assert room.scores().tolist() == [50.0, 50.0]


@given(st.integers(0, 10**6))
def test_resampled_scores_match_a_naive_twin(seed: int) -> None:
    random = np.random.default_rng(seed)
    people, proposals, criteria = random.integers(1, 5, 3)
    cells = random.integers(0, 5, (people, proposals, criteria)) / 4
    cells[random.random(cells.shape) < 0.2] = np.nan
    shares = random.dirichlet(np.ones(criteria))
    chosen = random.integers(0, people, (6, people))
    counts = np.array([np.bincount(row, minlength=people) for row in chosen], dtype=float)
    found = mean_scores(cells, shares, counts)
    for draw, members in enumerate(chosen):
        for proposal in range(proposals):
            columns = [
                [cells[p, proposal, c] for p in members if not np.isnan(cells[p, proposal, c])]
                for c in range(criteria)
            ]
            if all(columns):
                naive = 100 * sum(
                    share * np.mean(column) for share, column in zip(shares, columns, strict=True)
                )
                assert found[draw, proposal] == pytest.approx(naive, abs=1e-9)
            else:
                assert np.isnan(found[draw, proposal])


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (ROOM.droplevel(0), "index_not_participant_and_proposal"),
        (pd.concat([ROOM, ROOM]), "duplicate_labels"),
        (ROOM.iloc[:0], "nothing_to_score"),
        (ROOM * 3, "utilities_out_of_range"),
    ],
)
def test_unusable_answers_are_refused(answers: pd.DataFrame, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        room_answers(answers, WEIGHTS)
    assert caught.value.code == code


def test_misspelt_criteria_are_refused() -> None:
    with pytest.raises(LabelMismatch):
        room_answers(ROOM, WEIGHTS.rename({"x": "z"}))
