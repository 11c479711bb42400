"""Weights of groups are seen on everything, and give away nobody."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deliberation.rooms import plain, rooms, tables
from tests.deliberation.test_deliberation import plenary
from workbench.deliberation import GROUP, deliberate, weighted_reading
from workbench.domain.rules import CHOICES, Rules
from workbench.errors import InvalidInput
from workbench.prioritisation import prioritise


def weighed(given, weights, grouping="constituency", rules=None):
    session, rules = given.session(), rules or Rules(ties=())
    return weighted_reading(session, rules, prioritise(session, rules), grouping, weights)


def room(heads=(12, 5)):
    tani = {f"U-{n}": 5.0 - n / 2 for n in range(1, 8)}
    perempuan = {f"U-{n}": 1.0 + n / 2 for n in range(1, 8)}
    people = dict(zip(("tani", "perempuan"), heads, strict=True))
    return tables(*plenary({"tani": tani, "perempuan": perempuan}, people), ceiling=300)


def test_weights_decide_between_opposed_groups_and_are_stated():
    found = weighed(room(), {"perempuan": 3.0})
    assert found.shares.to_dict() == {"perempuan": 0.75, "tani": 0.25}
    assert found.enters == ("U-7", "U-6", "U-5")
    assert found.leaves == ("U-1", "U-2", "U-3")
    silent = weighed(room(), {"perempuan": 0.0})
    assert silent.ranks["weighted"].tolist() == [1, 2, 3, 4, 5, 6, 7]


def test_without_weights_it_is_one_group_one_voice():
    given_room = room()
    session, rules = given_room.session(), Rules(ties=())
    (reading,) = deliberate(session, rules, prioritise(session, rules)).readings
    assert weighed(given_room, {}).ranks["weighted"].to_dict() == reading.ranks[GROUP].to_dict()


def test_small_groups_weigh_together_what_they_weigh():
    scores = {name: {"U-1": 4.0, "U-2": 2.0} for name in ("tani", "adat", "agama")}
    given_room = tables(*plenary(scores, {"tani": 8, "adat": 3, "agama": 3}))
    found = weighed(given_room, {"adat": 3.0})
    assert found.shares.to_dict() == {"(pooled)": 0.8, "tani": 0.2}
    assert found.pooled == ("adat", "agama")


@pytest.mark.parametrize(
    ("weights", "options", "code"),
    [({"nelayan": 2.0}, {}, "weights_of_unknown_group"), ({"tani": -1.0}, {}, "group_weight_invalid"),
     ({"tani": 0.0, "perempuan": 0.0}, {}, "group_weight_invalid"),
     ({}, {"grouping": "sex"}, "weights_of_nothing"),
     ({}, {"rules": Rules(budget_rule="equal_shares")}, "weights_with_shares")],
)  # fmt: skip
def test_what_cannot_be_weighed_is_named(weights, options, code):
    with pytest.raises(InvalidInput) as caught:
        weighed(room(), weights, **options)
    assert [problem.code for problem in caught.value.problems] == [code]


@settings(max_examples=5)
@given(rooms(proposals=5), st.sampled_from(CHOICES["aggregation"]), st.data())
def test_weights_of_a_small_group_do_not_give_its_people_away(drawn, aggregation, data):
    """Who of the pool belongs to which small group changes nothing, whatever the groups weigh."""
    rules = Rules(aggregation=aggregation)
    names = sorted(set(drawn.participants["constituency"]))
    scored = drawn.participants["participant"].isin(drawn.ballots["participant"])
    present = set(drawn.participants.loc[scored, "constituency"])
    weights = {name: data.draw(st.sampled_from([0.5, 1.0, 7.0])) for name in names if name in present}
    try:
        found = weighed(drawn, weights, rules=rules)
    except InvalidInput:
        return
    pooled = drawn.participants["constituency"].isin(found.pooled) & scored
    labels = drawn.participants.loc[pooled, "constituency"]
    people = drawn.participants.copy()
    people.loc[labels.index, "constituency"] = data.draw(st.permutations(labels.tolist()))
    moved = type(drawn)(**{**vars(drawn), "participants": people})
    assert plain(weighed(moved, weights, rules=rules)) == plain(found)
    assert isinstance(found.shares, pd.Series)
