"""A session as an election for exchange: no ballot holds what one of few people gave."""

import pandas as pd
import pytest

from tests.deliberation.rooms import CARDS, tables
from workbench.budgeting import contest_of
from workbench.budgeting.session_election import election_of
from workbench.domain.rules import Rules
from workbench.errors import InvalidInput
from workbench.prioritisation import Standing, prioritise
from workbench.store.pabulib import pb_text, read_pb

PEOPLE = [CARDS.format(number) for number in range(8)]


def election(scorers, points=lambda person, place: 1 + (person + place) % 5, ceiling=250):
    lines = [
        (PEOPLE[person], label, criterion, float(points(person, place)))
        for place, (label, most) in enumerate(scorers.items())
        for person in range(most)
        for criterion in ("K1", "K2")
    ]
    given = pd.DataFrame(lines, columns=["participant", "proposal", "criterion", "points"])
    session = tables(given, pd.DataFrame({"participant": PEOPLE}), ceiling=ceiling).session()
    outcome = prioritise(session, Rules())
    return outcome, election_of(session, outcome, contest_of(session, outcome))


def test_what_few_people_scored_stands_outside_with_what_it_costs(tmp_path):
    scorers = {"U-1": 8, "U-2": 8, "U-3": 8, "U-4": 1}
    outcome, made = election(scorers, lambda _, place: 5 if place == 3 else 2 + place)
    assert outcome.withheld == {"U-4"}
    assert outcome.table.loc["U-4", "standing"] == Standing.FUNDED
    assert sorted(made.projects.index) == ["U-1", "U-2", "U-3"]
    assert made.budget == 250 - 100
    assert made.meta["withheld_projects"] == "U-4"
    (note,) = made.notes
    assert note.code == "pb_few_left_out"
    assert note.facts["proposals"] == ("U-4",)
    path = tmp_path / "a.pb"
    path.write_text(pb_text(made), encoding="utf-8")
    again = read_pb(path)
    assert "U-4" not in " ".join(again.votes["vote"])
    assert again.budget == made.budget
    assert not again.notes  # its own sums and limits hold
    assert int(again.meta["max_points"]) >= again.ballots.to_numpy().max()
    assert "date_begin" not in again.meta  # nobody said when


def test_the_ballots_do_not_change_with_what_stands_outside():
    scorers = {"U-1": 8, "U-2": 8, "U-3": 8, "U-4": 3}
    low, high = (
        election(
            scorers, lambda person, place, given=given: given if place == 3 else 1 + (person + place) % 5
        )
        for given in (1, 5)
    )
    assert low[1].ballots.equals(high[1].ballots)


def test_where_everybody_scored_everything_nothing_is_left_out():
    _, made = election({"U-1": 8, "U-2": 8, "U-3": 5})
    assert len(made.projects) == 3
    assert not made.notes
    assert "withheld_projects" not in made.meta


def test_fewer_ballots_than_the_smallest_group_are_no_election():
    with pytest.raises(InvalidInput, match="pb_too_few_ballots"):
        election({"U-1": 4, "U-2": 3})
