from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from workbench.engine.pairwise.kernels import principal_kernel
from workbench.engine.pairwise.matrix import SAATY_SCALE
from workbench.engine.pairwise.random_index import (
    RANDOM_INDEX_TABLES,
    fitted_random_index,
    random_index,
    random_index_table,
)
from workbench.errors import InvalidValue, UnknownMethod


def stack(values, n):
    i, j = np.triu_indices(n, 1)
    matrices = np.ones((len(values), n, n))
    matrices[:, i, j], matrices[:, j, i] = values, 1 / values
    return matrices


def test_three_items_are_counted_exactly():
    every = stack(np.array(list(product(SAATY_SCALE, repeat=3))), 3)
    eigenvalues = np.linalg.eigvals(every).real.max(axis=-1)
    assert random_index(3) == pytest.approx((eigenvalues.mean() - 3) / 2, abs=1e-9)


@pytest.mark.parametrize("n", [4, 6, 9, 15])
def test_other_sizes_agree_with_a_fresh_simulation(n):
    rng = np.random.default_rng(n)
    values, _ = principal_kernel(stack(rng.choice(SAATY_SCALE, (4_000, n * (n - 1) // 2)), n))
    indices = (values - n) / (n - 1)
    assert abs(indices.mean() - random_index(n)) < 4 * indices.std() / np.sqrt(len(indices))


def test_the_own_table_confirms_alonso_and_lamata_within_its_errors():
    own = random_index_table("own")
    assert own.seed == 20_260_101
    for n, value in random_index_table("alonso_lamata").values.items():
        assert abs(own.values[n] - value) < 0.003
        assert 0 <= own.standard_errors[n] < 0.00055
    assert random_index(3, "saaty_1980") / random_index(3) == pytest.approx(1.106, abs=1e-3)


def test_every_table_rises_but_for_saatys_known_misprint():
    for name, table in RANDOM_INDEX_TABLES.items():
        values = list(table.values.values())
        falls = [n for n, (one, two) in enumerate(pairwise(values), start=4) if two < one]
        assert falls == ([12] if name == "saaty_1980" else [])
        assert (table.name, bool(table.source)) == (name, True)


def test_small_and_large_sizes():
    assert [random_index(n, name) for n in (1, 2) for name in RANDOM_INDEX_TABLES] == [0.0] * 10
    assert random_index(30) == pytest.approx((1.7699 * 30 - 4.3513) / 29)
    assert fitted_random_index(15) == pytest.approx(random_index(15), rel=1.5e-3)
    for name, largest in (("thesis_id", 10), ("saaty_1980", 15), ("saaty_2005", 15)):
        with pytest.raises(InvalidValue) as refused:
            random_index(largest + 1, name)
        assert refused.value.facts["largest"] == largest


def test_what_does_not_exist_is_refused():
    with pytest.raises(UnknownMethod):
        random_index(3, "donegan")
    for n in (0, -1):
        with pytest.raises(InvalidValue):
            random_index(n)
    with pytest.raises(InvalidValue):
        fitted_random_index(2)
