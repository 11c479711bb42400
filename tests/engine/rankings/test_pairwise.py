from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.rankings import count_pairwise_wins, pairwise_table
from workbench.errors import InvalidValue


@given(st.data())
def test_the_table_agrees_with_counting_ballot_by_ballot(rooms, data):
    room = data.draw(rooms())
    table = pairwise_table(room)
    for one in room.proposals:
        for two in room.proposals:
            wins = compared = 0.0
            for participant in room.participants:
                first, second = room.ranks.loc[participant, one], room.ranks.loc[participant, two]
                if one != two and not np.isnan(first) and not np.isnan(second):
                    compared += room.weights[participant]
                    wins += room.weights[participant] * (first < second)
            assert table.wins.loc[one, two] == wins
            assert table.compared.loc[one, two] == compared
    assert (table.margins.to_numpy() == -table.margins.to_numpy().T).all()


def test_pairs_that_nobody_compared_are_listed(room):
    table = pairwise_table(room([[1, 2, float("nan")], [float("nan"), 1, 2]]))
    assert table.not_compared == (("u00", "u02"),)


def pairs(*rows):
    return pd.DataFrame(rows, columns=["first", "second", "chosen"])


def test_wins_undecided_and_missing_pairs():
    result = count_pairwise_wins(pairs(("a", "b", "a"), ("c", "a", None)), pd.Index(list("abc")))
    assert result.wins.to_dict() == {"a": 1, "b": 0, "c": 0}
    assert result.ranks.to_dict() == {"a": 1.0, "b": 2.0, "c": 2.0}
    assert result.undecided == (("a", "c"),)
    assert result.missing == (("b", "c"),)


@pytest.mark.parametrize(
    ("decisions", "code"),
    [
        (pairs(("a", "x", "a")), "unknown_proposal"),
        (pairs(("a", "a", "a")), "pair_with_itself"),
        (pairs(("a", "b", "c")), "choice_outside_pair"),
        (pairs(("a", "b", "a"), ("b", "a", "a")), "pair_decided_twice"),
    ],
)
def test_decisions_that_make_no_sense_are_refused(decisions, code):
    with pytest.raises(InvalidValue) as caught:
        count_pairwise_wins(decisions, pd.Index(list("abc")))
    assert caught.value.code == code
