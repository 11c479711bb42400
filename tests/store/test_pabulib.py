"""Pabulib files: every vote type read, written and read again, every fault named with its line."""

from __future__ import annotations

import pytest

from workbench.budgeting.election_result import RULES, Choices, elect, official_rule
from workbench.domain.election import VoteType
from workbench.errors import InvalidInput, UnknownMethod
from workbench.store.pabulib import pb_text, read_pb

HEAD = "META\nkey;value\ndescription;Uji\nbudget;{budget}\nvote_type;{kind}\nrule;greedy\nPROJECTS\n"
PROJECTS = 'project_id;cost;name;selected\na;60;"Jalan; desa";1\nb;50;Sumur;0\nc;30;Pos;1\n'
VOTES = "VOTES\nvoter_id;vote;points;age\n"


def write(place, kind="approval", votes=("1;a,c;;40", "2;b;;", "3;c;;31"), budget="100", projects=PROJECTS):
    path = place / "uji.pb"
    text = HEAD.format(budget=budget, kind=kind) + projects + VOTES + "\n".join(votes) + "\n"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("kind", "votes", "points"),
    [
        ("approval", ("1;a,c;;40", "2;;;"), [[1, 0, 1], [0, 0, 0]]),
        ("choose-1", ("1;b;;40",), [[0, 1, 0]]),
        ("ordinal", ("1;c,a,b;;", "2;b;;"), [[2, 1, 3], [0, 3, 0]]),
        ("cumulative", ("1;a,b;7,3;", "2;c;10;"), [[7, 3, 0], [0, 0, 10]]),
        ("scoring", ("1;a,b,c;5,0,2;",), [[5, 0, 2]]),
    ],
)
def test_every_vote_type_comes_back_as_it_was_written(tmp_path, kind, votes, points):
    election = read_pb(write(tmp_path, kind, votes))
    assert election.vote_type in VoteType
    assert election.ballots.to_numpy().tolist() == points
    assert election.costs.to_dict() == {"a": 60, "b": 50, "c": 30}
    assert election.projects.loc["a", "name"] == "Jalan; desa"
    assert election.selected == {"a", "c"}
    (tmp_path / "lagi.pb").write_text(pb_text(election), encoding="utf-8")
    again = read_pb(tmp_path / "lagi.pb")
    assert again.ballots.equals(election.ballots)
    assert again.projects.equals(election.projects)
    assert again.votes.equals(election.votes)
    assert dict(again.meta) == dict(election.meta)
    assert pb_text(again) == pb_text(election)


def test_cents_are_kept_exactly(tmp_path):
    election = read_pb(write(tmp_path, budget="100.50", projects=PROJECTS.replace("a;60", "a;60.1")))
    assert (election.decimals, election.budget, election.costs["a"]) == (1, 1005, 601)


@pytest.mark.parametrize(
    ("changed", "code", "row"),
    [
        ({"kind": "ranking"}, "pb_vote_type", 5),
        ({"budget": "banyak"}, "pb_amount", 4),
        ({"projects": PROJECTS.replace("b;50", "b;-5")}, "pb_amount", 10),
        ({"projects": PROJECTS.replace("b;50", "a;50")}, "duplicate_id", 10),
        ({"projects": PROJECTS.replace("cost", "harga")}, "pb_column_missing", 8),
        ({"votes": ("1;a,x;;",)}, "pb_unknown_project", 14),
        ({"votes": ("1;a,a;;",)}, "pb_project_twice", 14),
        ({"kind": "cumulative", "votes": ("1;a,b;3;",)}, "pb_points", 14),
        ({"kind": "scoring", "votes": ("1;a;x;",)}, "pb_points", 14),
    ],
)
def test_every_fault_is_named_with_its_line(tmp_path, changed, code, row):
    with pytest.raises(InvalidInput) as caught:
        read_pb(write(tmp_path, **changed))
    assert (code, row, "uji.pb") in [(p.code, p.row, p.file) for p in caught.value.problems]


def test_a_missing_section_or_budget_is_named(tmp_path):
    path = tmp_path / "kosong.pb"
    path.write_text("META\nkey;value\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_pb(path)
    assert {p.value for p in caught.value.problems} == {"PROJECTS", "VOTES"}
    path.write_text(write(tmp_path).read_text("utf-8").replace("budget;100\n", ""), encoding="utf-8")
    with pytest.raises(InvalidInput, match="pb_budget_missing"):
        read_pb(path)


def test_every_rule_elects_within_the_budget_and_is_set_beside_the_official_result(tmp_path):
    election = read_pb(write(tmp_path))
    for rule in RULES:
        found = elect(election, rule)
        assert found.spent + found.left == election.budget
        assert found.left >= 0
        assert set(found.missing) == election.selected - set(found.elected)
        assert set(found.extra) == set(found.elected) - election.selected
    assert elect(election, "greedy").elected == ("c", "b")  # equal votes go by lower cost
    assert elect(election, "greedy_stop").elected == ("c", "b")
    assert official_rule(election)[0] == "greedy"
    with pytest.raises(UnknownMethod):
        elect(election, "luck")


@pytest.mark.parametrize("name", ["Assen_2024", "Wieliczka_2023", "Wawer", "Rembertow", "Wlochy"])
def test_official_results_of_real_elections_are_reproduced(shared_folder, name):
    election = read_pb(next((shared_folder / "data/pb").glob(f"*{name}*.pb")))
    rule, choices = official_rule(election)
    found = elect(election, rule, choices)
    assert (found.missing, found.extra) == ((), ())
    assert set(found.elected) == election.selected


def test_other_rules_on_real_elections_elect_what_the_literature_says(shared_folder):
    election = read_pb(next((shared_folder / "data/pb").glob("*Wieliczka*.pb")))
    greedy = elect(election, "greedy")
    assert (len(greedy.elected), greedy.spent) == (23, 998_997)
    bare = elect(election, "equal_shares", Choices(completion="none"))
    assert (len(bare.elected), bare.spent) == (21, 450_548)
    early = elect(election, "equal_shares", Choices(completion="add_one", step=1, until="exhaustive"))
    assert (len(early.elected), early.spent) == (31, 984_579)
