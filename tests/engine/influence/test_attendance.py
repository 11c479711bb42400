from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.influence import missing_constituencies, presence, quorum
from workbench.errors import InvalidValue


@given(st.integers(0, 500), st.integers(0, 500), st.fractions(0, 1, max_denominator=50))
def test_quorum_is_exact(present, invited, share):
    found = quorum(present, invited, share)
    assert found.met == (present >= share * invited)
    assert found.needed - 1 < share * invited <= found.needed


def test_two_thirds_of_the_invited():
    assert [quorum(count, 60).met for count in (39, 40)] == [False, True]
    assert quorum(1, 60, None).met is None


def test_thirty_percent_is_reached_exactly():
    assert presence(pd.Series(["f"] * 3 + ["m"] * 7), "f").reached
    found = presence(pd.Series(["f", "m", "m", None]), "f")
    assert (found.count, found.known, found.unknown, found.share) == (1, 3, 1, Fraction(1, 3))
    assert presence(pd.Series([None], dtype=object), "f").share is None


def test_missing_constituencies_keep_their_order():
    present = pd.Series(["farmers", None, "women"])
    assert missing_constituencies(present, ["youth", "women", "elders"]) == ("youth", "elders")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [((-1, 5), "invalid_count"), ((5, -1), "invalid_count"), ((5, 5, Fraction(3, 2)), "invalid_share")],
)
def test_counts_that_cannot_be_are_refused(arguments, code):
    with pytest.raises(InvalidValue) as caught:
        quorum(*arguments)
    assert caught.value.code == code
