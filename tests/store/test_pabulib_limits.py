"""What META of a Pabulib file lays down is held to, counted with, or named; nothing of it is passed over."""

from __future__ import annotations

import pytest

from workbench.budgeting.election_result import OFFICIAL_RULE, RULES, elect, official_rule, rule_of, votes_of
from workbench.errors import InvalidInput
from workbench.store.pabulib import election_in, pb_text

PROJECTS = ("project_id;cost;category", "a;60;taman", "b;50;jalan", "c;30;taman,jalan")


def election(*meta, kind="approval", projects=PROJECTS, votes=("1;a,c", "2;b", "3;c"), head="voter_id;vote"):
    lines = (
        "META",
        "key;value",
        "budget;100",
        f"vote_type;{kind}",
        *meta,
        "PROJECTS",
        *projects,
        "VOTES",
        head,
    )
    return election_in("\n".join((*lines, *votes)) + "\n", "uji.pb")


def told(made):
    return [(note.code, note.row, note.column, note.value) for note in made.notes]


@pytest.mark.parametrize(
    ("meta", "said"),
    [
        ("max_length;1", ("pb_beyond_limit", 13, "max_length", "2")),
        ("min_length;2", ("pb_beyond_limit", 14, "min_length", "1")),
        ("max_sum_cost;60", ("pb_beyond_limit", 13, "max_sum_cost", "90")),
        ("min_sum_cost;30.5", ("pb_beyond_limit", 15, "min_sum_cost", "30")),
        ("max_project_cost;50", ("pb_cost_beyond", 8, "max_project_cost", "60")),
        ("min_project_cost;50", ("pb_cost_beyond", 10, "min_project_cost", "30")),
        ("max_length;tiga", ("pb_number", 5, "max_length", "tiga")),
        ("budget_per_category;60,40", ("pb_not_applied", None, "budget_per_category", "60,40")),
    ],
)
def test_a_ballot_or_a_cost_beyond_a_limit_is_noted_with_its_line(meta, said):
    assert told(election(meta)) == [said]
    assert votes_of(election(meta)).to_dict() == {"a": 1, "b": 1, "c": 2}  # and counted as it stands


def test_what_lies_on_a_limit_is_within_it():
    within = election(
        "min_length;1", "max_length;2", "min_sum_cost;30", "max_sum_cost;90", "max_project_cost;60"
    )
    assert not within.notes


def test_ballots_beyond_one_limit_are_one_note_that_names_their_lines():
    (note,) = election("max_length;0").notes
    assert note.facts["ballots"] == 3
    assert note.facts["lines"] == (13, 14, 15)
    (note,) = election("min_length;3", "max_length;1").notes
    assert note.code == "pb_limits_cross"


def test_limits_of_categories_hold_for_each_in_turn():
    made = election("categories;taman,jalan", "max_sum_cost_per_category;89,50", "max_length_per_category;2")
    (note,) = made.notes
    assert (note.code, note.row, note.value, note.facts["category"]) == (
        "pb_beyond_category",
        15,
        "90",
        "taman",
    )


def test_a_single_choice_of_two_is_noted():
    assert told(election(kind="choose-1")) == [("pb_beyond_limit", 12, "max_length", "2")]


@pytest.mark.parametrize("kind", ["cumulative", "scoring"])
def test_points_are_held_to_their_limits(kind):
    votes = ("1;a,c;7,3", "2;b;10", "3;c;0.5")
    limits = ("max_points;8", "min_points;1", "max_sum_points;10", "min_sum_points;5")
    made = election(*limits, kind=kind, votes=votes, head="voter_id;vote;points")
    assert [(note.column, note.row, note.value) for note in made.notes] == [
        ("min_points", 18, "0.5"),
        ("max_points", 17, "10"),
        ("min_sum_points", 18, "0.5"),
    ]


def test_points_with_decimals_are_counted_exactly_and_come_back():
    votes = ("1;a,c;0.7,0.3", "2;b;1", "3;c;0.25")
    made = election("rule;greedy", kind="cumulative", votes=votes, head="voter_id;vote;points")
    assert {label: str(total) for label, total in made.totals.items()} == {
        "a": "0.70",
        "b": "1.00",
        "c": "0.55",
    }
    assert elect(made, "greedy").elected == ("b", "c")
    assert election_in(pb_text(made)).ballots.equals(made.ballots)


def test_points_against_a_project_count_where_scores_may_be_negative():
    votes = ("1;a,b;5,-3", "2;a,b;-4,2", "3;c;3")
    made = election(kind="scoring", votes=votes, head="voter_id;vote;points")
    assert votes_of(made).to_dict() == {"a": 1, "b": -1, "c": 3}
    assert elect(made, "greedy").elected == ("c", "a")
    assert elect(made, "most_votes").elected == ("a", "c")
    assert set(elect(made, "equal_shares").elected) == {"b", "c"}  # a has 5 from one, b 2 from one, c 3
    with pytest.raises(InvalidInput, match="pb_points"):
        election(kind="cumulative", votes=votes, head="voter_id;vote;points")


def test_what_a_ballot_does_not_name_gets_the_default_score():
    made = election("default_score;2", kind="scoring", votes=("1;a;5", "2;b;0"), head="voter_id;vote;points")
    assert made.ballots.to_numpy().tolist() == [[5, 2, 2], [2, 0, 2]]
    other = election("default_score;2", kind="cumulative", votes=("1;a;5",), head="voter_id;vote;points")
    assert other.ballots.to_numpy().tolist() == [[5, 0, 0]]
    with pytest.raises(InvalidInput, match="pb_number"):
        election("default_score;dua", kind="scoring", votes=("1;a;5",), head="voter_id;vote;points")


def test_pointed_ballots_without_a_column_of_points_are_one_problem():
    with pytest.raises(InvalidInput) as caught:
        election(kind="scoring")
    assert [(p.code, p.value) for p in caught.value.problems] == [("pb_column_missing", "points")]


def test_orders_are_worth_as_many_points_as_they_may_have_places():
    made = election("max_length;3", "scoring_fn;Borda", kind="ordinal", votes=("1;a,c", "2;b"))
    assert made.ballots.to_numpy().tolist() == [[3, 0, 2], [0, 3, 0]]
    with pytest.raises(InvalidInput, match="pb_scoring_fn"):
        election("scoring_fn;plurality", kind="ordinal")


def test_stated_sums_of_votes_and_points_are_compared_with_the_ballots():
    told_sums = ("project_id;cost;votes;score", "a;60;1;7", "b;50;1;9", "c;30;2;3")
    votes = ("1;a,c;7,0", "2;b;10", "3;c;3")
    made = election(kind="cumulative", projects=told_sums, votes=votes, head="voter_id;vote;points")
    assert told(made) == [("pb_score", None, "score", "9")]


def test_a_threshold_keeps_projects_out_under_every_rule():
    votes = ("1;a,c", "2;a,b", "3;a,c")
    made = election("rule;greedy-threshold", "min_project_score_threshold;2", votes=votes)
    rule, choices = rule_of(made, OFFICIAL_RULE)
    found = elect(made, rule, choices)
    assert (found.elected, found.below) == (("a", "c"), ("b",))
    for rule in ("greedy_stop", "greedy_per_cost", "most_votes", "equal_shares", "phragmen"):
        assert "b" not in elect(made, rule).elected
    assert elect(election("min_project_score_threshold;1", votes=votes), "greedy").below == ()
    assert official_rule(election("rule;greedy-threshold")) is None


def test_a_withdrawn_project_closes_no_line():
    projects = ("project_id;cost", "a;999999999", "b;50", "c;30")
    made = election("rule;greedy-no-skip", projects=projects, votes=("1;a,b", "2;a,b", "3;a,c"))
    assert elect(made, *official_rule(made)).elected == ("b", "c")


def test_the_comparison_takes_what_more_voters_have_more_of():
    projects = ("project_id;cost", "a;1", "b;1", "c;1")
    meta = ("rule;equalshares-comparison",)
    lines = ("META", "budget;2", "vote_type;approval", *meta, "PROJECTS", *projects, "VOTES", "voter_id;vote")
    made = election_in("\n".join((*lines, "1;a", "2;a", "3;b")))
    bare = elect(made, "equal_shares", official_rule(made)[1])
    assert bare.elected == ("a",)
    assert elect(made, *official_rule(made)).elected == ("a", "b")
    assert elect(made, "equal_shares_compared", official_rule(made)[1]).rule == "equal_shares_compared"


def test_the_spaced_form_of_the_formats_own_example_is_read():
    made = election_in(
        "META\nkey; value\nbudget; 2500\nvote_type; approval\nrule; greedy\nmin_length; 1\nmax_length; 3\n"
        "PROJECTS\nproject_id; cost; category\n1; 600; culture, education\n2; 800; sport\n4; 1400; culture\n"
        "VOTES\nvoter_id; age; sex; vote\n1; 34; f; 1,2,4\n2; 51; m; 1, 2\n"
    )
    assert votes_of(made).to_dict() == {"1": 2, "2": 2, "4": 1}
    assert elect(made, *rule_of(made, OFFICIAL_RULE)).elected == ("1", "2")
    assert not made.notes


@pytest.mark.parametrize("kind", ["approval", "scoring"])
def test_an_election_in_which_nobody_voted_is_read_and_written(kind):
    made = election("rule;greedy", kind=kind, votes=(), head="voter_id;vote;points")
    assert elect(made, "greedy").elected == ("c", "b")  # no votes: the cheaper first
    assert elect(made, "most_votes").elected == ()
    again = election_in(pb_text(made))
    assert pb_text(again) == pb_text(made)
    assert list(again.votes.columns) == ["vote", "points"]


def test_a_threshold_that_nothing_reaches_elects_nothing():
    made = election("rule;greedy-threshold", "min_project_score_threshold;9")
    for rule in RULES:
        assert elect(made, rule).elected == ()
