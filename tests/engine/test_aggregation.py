from __future__ import annotations

import statistics

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.aggregation import AGGREGATIONS, WEIGHTED, aggregate_cells, weighted_cells
from workbench.errors import UnknownMethod

PROPOSALS, CRITERIA = pd.Index(["a", "b"]), pd.Index(["K1", "K2"])
lines = st.lists(
    st.tuples(
        st.sampled_from(list(PROPOSALS)),
        st.sampled_from(list(CRITERIA)),
        st.one_of(st.none(), st.integers(0, 500).map(lambda n: n / 100)),
    ),
    max_size=30,
)


def cards(given_lines) -> pd.DataFrame:
    table = pd.DataFrame(given_lines, columns=["proposal", "criterion", "points"]).astype(
        {"points": "float64"}
    )
    return table.assign(participant=[str(n) for n in range(len(table))])


def trimmed_mean(answered):
    """Cut a tenth at either end: of a room in which everybody stands ten times, whole answers."""
    tenfold = sorted(answered * 10)
    cut = len(answered)
    return statistics.mean(tenfold[cut:-cut])


PLAIN = {"mean": statistics.mean, "median": statistics.median, "trimmed_mean": trimmed_mean}


@given(lines, st.sampled_from(sorted(AGGREGATIONS)))
def test_cells_are_those_of_a_plain_loop(given_lines, method):
    found = aggregate_cells(cards(given_lines), PROPOSALS, CRITERIA, method)
    assert found.method == method
    for proposal in PROPOSALS:
        given_sum = [points for p, _, points in given_lines if p == proposal and points is not None]
        assert found.sums[proposal] == pytest.approx(sum(given_sum) if given_sum else np.nan, nan_ok=True)
        for criterion in CRITERIA:
            cell = [points for p, k, points in given_lines if (p, k) == (proposal, criterion)]
            answered = [points for points in cell if points is not None]
            assert found.answers.loc[proposal, criterion] == len(answered)
            assert found.blanks.loc[proposal, criterion] == len(cell) - len(answered)
            value = PLAIN[method](answered) if answered else np.nan
            assert found.values.loc[proposal, criterion] == pytest.approx(value, nan_ok=True)  # noqa: PD011 - ours


@given(lines, st.randoms(use_true_random=False), st.sampled_from(sorted(AGGREGATIONS)))
def test_the_order_of_cards_changes_no_bit(given_lines, chance, method):
    mixed = list(given_lines)
    chance.shuffle(mixed)
    one, other = (aggregate_cells(cards(each), PROPOSALS, CRITERIA, method) for each in (given_lines, mixed))
    for name in ("values", "answers", "blanks", "sums"):
        assert getattr(one, name).equals(getattr(other, name))


@given(lines, st.sampled_from(sorted(AGGREGATIONS)))
def test_a_room_in_which_everybody_stands_twice_says_the_same(given_lines, method):
    one, two = (
        aggregate_cells(cards(each), PROPOSALS, CRITERIA, method) for each in (given_lines, given_lines * 2)
    )
    pd.testing.assert_frame_equal(one.values, two.values)


def test_an_unknown_method_lists_the_known():
    with pytest.raises(UnknownMethod) as caught:
        aggregate_cells(cards([]), PROPOSALS, CRITERIA, "max")
    assert caught.value.facts["known"] == ("mean", "median", "trimmed_mean")
    with pytest.raises(UnknownMethod):
        weighted_cells(np.array([1.0]), np.array([[1.0]]), np.array([0]), "max")


@given(
    st.lists(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3)), min_size=1, max_size=6), min_size=1),
    st.sampled_from(sorted(WEIGHTED)),
)
def test_a_whole_weight_counts_an_answer_so_many_times(cells, method):
    cells = [sorted(cell) for cell in cells]
    points = np.array([float(point) for cell in cells for point, _ in cell])
    weights = np.array([[float(weight) for cell in cells for _, weight in cell]])
    starts = np.cumsum([0, *(len(cell) for cell in cells[:-1])])
    found = weighted_cells(points, np.vstack([weights, weights / 3]), starts, method)
    for place, cell in enumerate(cells):
        repeated = [point for point, weight in cell for _ in range(weight)]
        expected = PLAIN[method](repeated) if repeated else np.nan
        assert found[:, place] == pytest.approx([expected] * 2, nan_ok=True)


def test_the_registries_of_plain_and_weighted_methods_agree():
    assert set(WEIGHTED) == set(AGGREGATIONS)
