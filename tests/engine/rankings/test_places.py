from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from workbench.engine.rankings import competition_ranks, tie_groups


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=30))
def test_places_agree_with_scipy(scores):
    ours = competition_ranks(pd.Series(scores, dtype=float))
    assert ours.tolist() == rankdata([-score for score in scores], method="min").tolist()


def test_rounding_of_sums_does_not_break_a_tie():
    assert competition_ranks(pd.Series([0.1 + 0.2, 0.3, 0.2])).tolist() == [1.0, 1.0, 3.0]


def test_what_nobody_judged_has_no_place():
    ranks = competition_ranks(pd.Series([np.nan, 2.0, np.nan], index=list("abc")))
    assert ranks.isna().tolist() == [True, False, True]
    assert tie_groups(ranks) == (("b",),)
    assert competition_ranks(pd.Series([np.nan])).isna().all()
