"""Whose voice: groups by name, a person only as the largest change of any."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deliberation.rooms import CARDS, plain, rooms, tables
from tests.deliberation.test_deliberation import plenary
from workbench.deliberation import whose_voice
from workbench.domain.rules import CHOICES, Rules
from workbench.prioritisation import prioritise

MINIMUM = 5


def heard(given, rules=None):
    session, rules = given.session(), rules or Rules(ties=())
    return whose_voice(session, rules, prioritise(session, rules))


def room(**options):
    tani = {f"U-{n}": 5.0 - n / 2 for n in range(1, 8)}
    perempuan = {f"U-{n}": 1.0 + n / 2 for n in range(1, 8)}
    return tables(*plenary({"tani": tani, "perempuan": perempuan}, {"tani": 12, "perempuan": 5}), **options)


def test_the_weight_at_which_opposed_groups_trade_places_is_one_half():
    (found,) = heard(room(ceiling=300)).groups
    assert found.flips.exact
    assert found.flips.places == 3
    table = found.flips.found.table
    assert table.loc["perempuan", "weight"] == pytest.approx(5 / 17)
    assert table.loc["perempuan", "upper"] == pytest.approx(0.5)
    assert table.loc["tani", "lower"] == pytest.approx(0.5)
    assert found.influence.loc["tani", "share"] > 1
    assert found.influence.loc["perempuan", "share"] < 0
    assert found.influence["share"].sum() == pytest.approx(1.0)


@pytest.mark.parametrize("aggregation", CHOICES["aggregation"])
def test_what_is_not_additive_is_searched(aggregation):
    product = Rules(scoring="weighted_product", aggregation=aggregation, ties=())
    (found,) = heard(room(ceiling=300), product).groups
    assert not found.flips.exact
    assert found.flips.found.table.loc["tani", "lower"] == pytest.approx(0.5, abs=0.011)


def test_the_largest_change_of_a_person_names_nobody_and_needs_a_room():
    found = heard(room())
    assert found.personal.people == 17
    assert found.personal.moved == 0.0
    small = plenary({"tani": {"U-1": 4.0, "U-2": 2.0}}, {"tani": 5})
    assert heard(tables(*small)).personal is None


def test_a_room_without_cards_has_no_voices():
    given_room = room()
    session = given_room.session()
    empty = type(session.ballots).empty()
    blank = type(session)(**{**vars(session), "ballots": empty})
    found = whose_voice(blank, Rules(), prioritise(blank, Rules()))
    assert found.groups == ()
    assert found.personal is None


@settings(max_examples=5)
@given(rooms(proposals=5), st.sampled_from(CHOICES["aggregation"]), st.data())
def test_no_small_group_is_told_and_who_holds_which_card_changes_nothing(drawn, aggregation, data):
    rules = Rules(aggregation=aggregation)
    found = heard(drawn, rules)
    assert CARDS.split("-")[0] not in str(plain(found))
    for voices in found.groups:
        assert (voices.influence["people"] >= MINIMUM).all()
    labels = drawn.participants["participant"].tolist()
    other = dict(zip(labels, data.draw(st.permutations(labels)), strict=True))
    people = drawn.participants.assign(participant=drawn.participants["participant"].map(other))
    ballots = drawn.ballots.assign(participant=drawn.ballots["participant"].map(other))
    moved = type(drawn)(**{**vars(drawn), "participants": people, "ballots": ballots})
    assert plain(heard(moved, rules)) == plain(found)


@settings(max_examples=4)
@given(rooms(proposals=4, most=16), st.data())
def test_points_exchanged_within_a_group_move_no_figure_about_groups(drawn, data):
    """Two people of one group, of one sex and hamlet, trade whole cards: no figure of a group may notice."""
    keys = ["constituency", "sex", "region", "group"]
    alike = [group.tolist() for _, group in drawn.participants.groupby(keys)["participant"] if len(group) > 1]
    if not alike:
        return
    one, other = data.draw(st.sampled_from(alike))[:2]
    swap = {one: other, other: one}
    ballots = drawn.ballots.assign(
        participant=drawn.ballots["participant"].map(lambda label: swap.get(label, label))
    )
    moved = type(drawn)(**{**vars(drawn), "ballots": ballots})
    assert plain(heard(moved).groups) == plain(heard(drawn).groups)
    assert isinstance(moved.ballots, pd.DataFrame)
