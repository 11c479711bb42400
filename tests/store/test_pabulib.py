"""Pabulib files: every vote type read, written and read again, every fault named with its line."""

from __future__ import annotations

import pytest

from workbench.budgeting.election_result import RULES, Choices, elect, official_rule
from workbench.domain.election import VoteType
from workbench.errors import InvalidInput, Severity, UnknownMethod
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
        ({"budget": "100\nbudget;70"}, "pb_key_twice", 5),
        ({"budget": "9" * 30}, "pb_amount", 4),
        ({"projects": PROJECTS.replace("b;50", "b;1.000")}, "pb_amount", 10),
        ({"projects": PROJECTS.replace("b;50", "b;1,000")}, "pb_amount", 10),
        ({"projects": PROJECTS.replace("b;50", "b;" + "9" * 25)}, "pb_amount", 10),
        ({"projects": PROJECTS.replace("b;50", ";50")}, "empty_cell", 10),
        ({"projects": PROJECTS.replace("name", "cost")}, "pb_column_twice", 8),
        ({"projects": PROJECTS.replace("Sumur", "Sumur; dalam")}, "pb_cells_beyond", 10),
        ({"projects": PROJECTS.replace("Sumur;0", "Sumur;mungkin")}, "pb_selected", 10),
        ({"projects": PROJECTS.replace("Sumur", '"Sumur')}, "quote_not_closed", 10),
        ({"projects": PROJECTS.replace("Sumur", "S" * 200_000)}, "quote_not_closed", 10),
        (
            {"projects": PROJECTS.replace("project_id;cost;name", "project_id,cost,name")},
            "pb_column_missing",
            8,
        ),
        ({"projects": PROJECTS.replace(";", ",")}, "pb_separator", 8),
        ({"votes": ("1;a;;", ";b;;")}, "empty_cell", 15),
        ({"votes": ("1;a;;", "1;b;;")}, "duplicate_id", 15),
    ],
)
def test_every_fault_is_named_with_its_line(tmp_path, changed, code, row):
    with pytest.raises(InvalidInput) as caught:
        read_pb(write(tmp_path, **changed))
    assert (code, row, "uji.pb") in [(p.code, p.row, p.file) for p in caught.value.problems]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_of_any_system_are_the_same_election(tmp_path, ending, encoding):
    path = write(tmp_path, projects=PROJECTS.replace("Sumur", "Café"))
    plain, text = read_pb(path), path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("\n", ending).encode(encoding))
    election = read_pb(path)
    assert election.ballots.equals(plain.ballots)
    assert election.projects.equals(plain.projects)
    assert dict(election.meta) == dict(plain.meta)
    assert bool(election.notes) == (encoding == "cp1252")


def test_what_a_file_says_of_its_own_size_is_compared_with_it(tmp_path):
    told = PROJECTS.replace("selected", "votes").replace('desa";1', 'desa";1').replace("Pos;1", "Pos;7")
    election = read_pb(write(tmp_path, budget="100\nnum_projects;3\nnum_votes;9", projects=told))
    notes = [(note.code, note.column, note.value, note.file) for note in election.notes]
    assert notes == [("pb_count", "num_votes", "9", "uji.pb"), ("pb_votes", "votes", "0", "uji.pb")]
    assert election.notes[1].facts["differing"] == 2
    assert {note.severity for note in election.notes} == {Severity.NOTE}


def test_a_semicolon_in_a_line_of_meta_is_kept(tmp_path):
    election = read_pb(write(tmp_path, budget="100\ncomment;satu; dua;;"))
    assert election.meta["comment"] == "satu; dua"
    again = tmp_path / "lagi.pb"
    again.write_text(pb_text(election), encoding="utf-8")
    assert read_pb(again).meta["comment"] == "satu; dua"


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
