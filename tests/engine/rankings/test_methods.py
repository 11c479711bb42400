from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.engine.rankings import METHODS, Profile, profile_from_orders, rank, scores_by_voices
from workbench.errors import LabelMismatch, UnknownMethod


@pytest.mark.parametrize("method", METHODS)
def test_unanimous_rooms_rank_as_everybody_does(method):
    ranks = rank(profile_from_orders([(7, "dbac")]), method)
    assert ranks.sort_values().index.tolist() == list("dbac")
    assert ranks.dtype == "float64"


@pytest.mark.parametrize("method", METHODS)
def test_voices_order_as_the_room_of_those_voices(method):
    room = profile_from_orders([(1, "abcd"), (1, "bcda"), (1, "dabc")])
    voices = pd.DataFrame([[3, 1, 1], [0, 2, 1], [0, 0, 0]], columns=room.participants)
    scores = scores_by_voices(room, voices, method)
    for number in (0, 1):
        alone = rank(Profile(room.ranks, voices.loc[number].astype(float)), method)
        assert scores.loc[number].rank(ascending=False, method="min").tolist() == alone.tolist()
    assert np.isnan(scores.loc[2]).all()


def test_unknown_names_list_the_known_ones():
    room = profile_from_orders([(1, "ab")])
    voices = pd.DataFrame([[1]], columns=room.participants)
    for call in (lambda: rank(room, "plurality"), lambda: scores_by_voices(room, voices, "plurality")):
        with pytest.raises(UnknownMethod) as caught:
            call()
        assert "kemeny" in caught.value.facts["known"]
    with pytest.raises(LabelMismatch):
        scores_by_voices(room, voices.rename(columns=str.upper))
