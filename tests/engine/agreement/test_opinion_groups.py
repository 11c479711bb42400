from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.engine.agreement import Finding, Search, opinion_groups
from workbench.errors import InvalidValue


def two_camps(first, second, items=12, seed=1):
    random = np.random.default_rng(seed)
    taste = np.where(np.arange(items) < items // 2, 1.2, -1.2)
    camp = np.r_[np.ones(first), -np.ones(second)]
    values = 3 + camp[:, None] * taste[None, :] + random.normal(0, 0.6, (first + second, items))
    people = [f"p{n:02d}" for n in random.permutation(first + second)]
    return pd.DataFrame(values, index=people, columns=[f"u{n:02d}" for n in range(items)])


def test_two_camps_are_found_as_profiles_without_members():
    points = two_camps(20, 12)
    result = opinion_groups(points, seed=1)
    assert result.finding == Finding.GROUPS
    assert result.sizes.tolist() == [20, 12]
    assert result.p == 1 / 200
    assert (np.sign(result.profiles.loc[1]) == -np.sign(result.profiles.loc[2])).all()
    held = repr(result.__dict__)
    assert not any(person in held for person in points.index)


@pytest.mark.parametrize("seed", range(6))
def test_noise_is_rarely_called_a_group(seed):
    noise = pd.DataFrame(np.random.default_rng(seed).integers(1, 6, (40, 10)).astype(float))
    result = opinion_groups(noise, seed=seed, search=Search(level=0.01))
    assert result.finding == Finding.NONE
    assert result.sizes.empty
    assert result.profiles.empty


def test_small_rooms_get_a_normal_answer():
    result = opinion_groups(two_camps(12, 12), seed=1)
    assert result.finding == Finding.TOO_FEW
    assert np.isnan(result.p)
    assert opinion_groups(two_camps(13, 12), seed=1).finding == Finding.GROUPS
    wide = opinion_groups(two_camps(13, 13), seed=1, search=Search(minimum_group=14))
    assert wide.finding == Finding.TOO_FEW


def test_a_camp_below_the_minimum_is_not_shown():
    result = opinion_groups(two_camps(40, 3), seed=1)
    assert result.finding == Finding.NONE or result.sizes.min() >= 5


def test_nobody_apart_at_all():
    result = opinion_groups(pd.DataFrame(np.full((30, 4), 3.0)), seed=1)
    assert result.finding == Finding.NONE
    assert result.p == 1.0


def test_the_answer_repeats_and_the_order_of_the_table_does_not_matter():
    points = two_camps(18, 14, seed=2)
    one = opinion_groups(points, seed=7)
    two = opinion_groups(points.iloc[::-1, ::-1], seed=7)
    assert (one.p, one.silhouette) == (two.p, two.silhouette)
    pd.testing.assert_frame_equal(one.profiles, two.profiles)
    pd.testing.assert_series_equal(one.sizes, two.sizes)


def test_searches_that_prove_nothing_are_refused():
    points = two_camps(20, 20)
    with pytest.raises(InvalidValue, match="too_few_permutations"):
        opinion_groups(points, seed=1, search=Search(permutations=99))
    for search in (Search(most_groups=1), Search(minimum_group=1)):
        with pytest.raises(InvalidValue, match="invalid_search"):
            opinion_groups(points, seed=1, search=search)
    with pytest.raises(InvalidValue, match="incomplete_table"):
        opinion_groups(points.mask(points > 5.5), seed=1)
