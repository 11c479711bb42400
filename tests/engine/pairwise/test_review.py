from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.pairwise.consistency import consistency
from workbench.engine.pairwise.graph import pairs_of
from workbench.engine.pairwise.matrix import SAATY_SCALE
from workbench.engine.pairwise.review import judgements_to_review
from workbench.engine.pairwise.weights import geometric_mean_weights
from workbench.errors import InvalidValue

HOUSE = ["Size", "Transport", "Neighbourhood", "Age", "Yard", "Modern", "Condition", "Finance"]
HOUSE_UPPER = [
    *[5, 3, 7, 6, 6, 1 / 3, 1 / 4],
    *[1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
    *[6, 3, 4, 6, 1 / 5],
    *[1 / 3, 1 / 4, 1 / 7, 1 / 8],
    *[1 / 2, 1 / 5, 1 / 6],
    *[1 / 5, 1 / 6],
    1 / 2,
]


def matrix_of(values, labels):
    cells = np.ones((len(labels), len(labels)))
    for (i, j), value in zip(pairs_of(len(labels)), values, strict=True):
        cells[i, j], cells[j, i] = value, 1 / value
    return pd.DataFrame(cells, labels, labels)


@pytest.mark.parametrize("method", ["eigenvector", "geometric_mean"])
def test_saatys_house_points_at_neighbourhood_and_condition(method):
    matrix = matrix_of(HOUSE_UPPER, HOUSE)
    first = judgements_to_review(matrix, method, table="saaty_1980")[0]
    assert (first.first, first.second, first.judgement) == ("Neighbourhood", "Condition", pytest.approx(6))
    assert first.cr == pytest.approx(0.169, abs=1e-3)
    assert first.suggestion == 1
    assert first.cr_after < 0.10
    assert first.triad_gap > 1


@given(st.lists(st.sampled_from(SAATY_SCALE), min_size=10, max_size=10))
def test_the_promised_ratio_is_what_the_suggestion_gives(values):
    labels = list("abcde")
    matrix = matrix_of(values, labels)
    weights = geometric_mean_weights(matrix)
    gaps = [abs(np.log(matrix.loc[a, b] * weights[b] / weights[a])) for a in labels for b in labels if a < b]
    reviews = judgements_to_review(matrix, most=10)
    assert [np.log(one.exceeds) for one in reviews] == pytest.approx(
        sorted((gap for gap in gaps if gap > 1e-9), reverse=True)
    )
    for one in reviews:
        changed = matrix.copy()
        changed.loc[one.first, one.second], changed.loc[one.second, one.first] = (
            one.suggestion,
            1 / one.suggestion,
        )
        assert one.cr_after == pytest.approx(consistency(changed).cr, abs=1e-9)
        assert one.suggestion == min(SAATY_SCALE, key=lambda value: abs(np.log(value / one.implied)))


def test_consistent_answers_need_no_second_look():
    assert judgements_to_review(matrix_of([2, 4, 2], list("abc"))) == ()
    assert judgements_to_review(matrix_of([3], list("ab"))) == ()
    with pytest.raises(InvalidValue):
        judgements_to_review(matrix_of([3], list("ab")), scale=())
