from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.prioritisation.fixed_forums import comparisons, fixed
from tests.strategies import Tables
from workbench.domain.rules import Rules
from workbench.errors import DisconnectedJudgements, InvalidInput, InvalidValue
from workbench.prioritisation import prioritise

AHP = ("geometric_mean", "eigenvector")


def test_missing_and_zero_weights_are_named():
    absent = fixed({"a": {"K1": 2.0, "K2": 3.0}}, weights={"K1": None, "K2": None})
    with pytest.raises(InvalidInput) as caught:
        prioritise(absent.session(), Rules())
    assert [(p.code, p.facts["criterion"]) for p in caught.value.problems] == [
        ("weight_missing", "K1"),
        ("weight_missing", "K2"),
    ]
    zero = fixed({"a": {"K1": 2.0}}, weights={"K1": 0.0})
    with pytest.raises(InvalidInput) as caught:
        prioritise(zero.session(), Rules())
    assert [p.code for p in caught.value.problems] == ["weights_all_zero"]


def test_a_criterion_of_weight_zero_holds_nobody_back():
    forum = fixed({"a": {"K1": 2.0, "K2": None}}, weights={"K1": 1.0, "K2": 0.0})
    assert prioritise(forum.session(), Rules()).table.loc["a", "score"] == 25.0


MATRIX = [
    ("A", "B", 2.0),
    ("A", "C", 6.0),
    ("A", "D", 5.0),
    ("B", "C", 3.0),
    ("B", "D", 4.0),
    ("C", "D", 0.5),
]


def compared(people: str = "1", **more: object) -> Tables:
    lines = [(person, *line) for person in people for line in MATRIX]
    return fixed({"a": dict.fromkeys("ABCD", 3.0)}, judgements=comparisons(lines), **more)


def test_eigenvector_and_geometric_mean_are_both_there_and_differ():
    geometric = prioritise(compared().session(), Rules(weighting="geometric_mean")).weights
    principal = prioritise(compared().session(), Rules(weighting="eigenvector")).weights
    matrix = geometric.matrix.to_numpy()
    means = matrix.prod(axis=1) ** 0.25
    geometric_shares, principal_shares = (pd.Series(found.values) for found in (geometric, principal))
    np.testing.assert_allclose(geometric_shares, means / means.sum(), rtol=1e-12)
    values, vectors = np.linalg.eig(matrix)
    vector = vectors[:, values.real.argmax()].real
    np.testing.assert_allclose(principal_shares, vector / vector.sum(), rtol=1e-9)
    assert np.abs(geometric_shares - principal_shares).max() > 1e-4
    assert geometric.consistency == principal.consistency
    assert geometric.consistency.lambda_max == pytest.approx(values.real.max())


@pytest.mark.parametrize("table", ["own", "saaty_1980", "saaty_2005", "thesis_id", "alonso_lamata"])
def test_the_choice_of_random_indices_is_recorded_and_used(table):
    found = prioritise(compared().session(), Rules(weighting="geometric_mean", random_index=table)).weights
    assert found.consistency.table == table
    assert found.consistency.cr == pytest.approx(found.consistency.ci / found.consistency.random_index)
    assert found.individual_ratios.tolist() == pytest.approx([found.consistency.cr])


def test_incomplete_comparisons_have_weights_but_no_ratio():
    lines = [("1", *line) for line in MATRIX[:-1]]
    forum = fixed({"a": dict.fromkeys("ABCD", 3.0)}, judgements=comparisons(lines))
    weights = prioritise(forum.session(), Rules(weighting="geometric_mean")).weights
    assert weights.consistency is None
    assert weights.individual_ratios.empty
    with pytest.raises(InvalidValue) as caught:
        prioritise(forum.session(), Rules(weighting="eigenvector"))
    assert caught.value.code == "incomplete_matrix"


def test_a_withdrawn_comparison_is_no_comparison():
    forum = fixed({"a": {"A": 3.0, "B": 3.0}}, judgements=comparisons([("1", "A", "B", float("nan"))]))
    with pytest.raises(InvalidInput) as caught:
        prioritise(forum.session(), Rules(weighting="geometric_mean"))
    assert caught.value.problems[0].code == "no_comparisons"


def test_comparisons_that_fall_apart_are_named():
    forum = fixed(
        {"a": dict.fromkeys("ABCD", 3.0)},
        judgements=comparisons([("1", "A", "B", 2.0), ("1", "C", "D", 2.0)]),
    )
    with pytest.raises(DisconnectedJudgements):
        prioritise(forum.session(), Rules(weighting="geometric_mean"))
