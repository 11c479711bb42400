from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.agreement import pairwise_support


@given(st.integers(1, 12), st.integers(2, 5), st.integers(0, 10**6))
def test_shares_agree_with_counting_people(people, items, seed):
    random = np.random.default_rng(seed)
    values = random.integers(1, 5, (people, items)).astype(float)
    values[random.random(values.shape) < 0.2] = np.nan
    ranks = pd.DataFrame(values, columns=[f"u{n}" for n in range(items)])
    result = pairwise_support(ranks)
    for one in ranks:
        for two in ranks:
            both = ranks[[one, two]].dropna() if one != two else ranks.iloc[:0]
            assert result.compared.loc[one, two] == len(both)
            if len(both):
                assert result.share.loc[one, two] == (both[one] < both[two]).mean()
                assert result.ties.loc[one, two] == (both[one] == both[two]).mean()
            else:
                assert np.isnan(result.share.loc[one, two])
                assert np.isnan(result.ties.loc[one, two])
