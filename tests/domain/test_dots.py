"""Dots beside proposals: the rule, and every fault of a card with its row and without its owner's choice."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.domain.columns import conform
from workbench.domain.dots import DOT_COLUMNS, DotRule, DotVotes, check_dots
from workbench.errors import InvalidInput, InvalidValue
from workbench.prioritisation.votes import count_dots

PROPOSALS = pd.Index(["A", "B", "C"])
RULE = DotRule(5, 3)


def dots(*rows: tuple[str, str, int | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=[column.name for column in DOT_COLUMNS])
    return conform(table, DOT_COLUMNS).set_axis(range(2, 2 + len(table)))


def found(*rows: tuple[str, str, int | None]) -> list[tuple[str, int | None, str]]:
    problems = check_dots(dots(*rows), RULE, PROPOSALS)
    return [(problem.code, problem.row, problem.column) for problem in problems]


@pytest.mark.parametrize(("each", "most"), [(0, 0), (3, 0), (2, 3), (-1, -1)])
def test_a_rule_that_nobody_can_follow_is_refused(each, most):
    with pytest.raises(InvalidInput, match="dot_rule_not_usable"):
        DotRule(each, most)


def test_exactly_what_the_rule_allows_is_counted_in_any_order_of_rows():
    rows = [("1", "A", 3), ("2", "B", 2), ("1", "B", 2), ("3", "", None), ("4", "C", 0), ("2", "A", 1)]
    assert found(*rows) == []
    for order in (rows, rows[::-1]):
        count = count_dots(DotVotes.of(dots(*order), PROPOSALS), RULE)
        assert count.points.to_dict() == {"A": 4, "B": 4, "C": 0}
        assert count.ranks.to_dict() == {"A": 1, "B": 1, "C": 3}
        assert (count.ties, count.blank, count.ballots) == (((1, ("A", "B")),), ("3", "4"), 2)


def test_a_vote_of_blank_cards_counts_nothing():
    count = count_dots(DotVotes.of(dots(("1", "", None)), PROPOSALS), RULE)
    assert (count.points.tolist(), count.ballots, count.ties) == ([0, 0, 0], 0, ())


def test_missing_is_never_zero():
    assert found(("1", "A", None), ("1", "", 2), ("", "B", 1)) == [
        ("empty_cell", 4, "participant"),
        ("empty_cell", 3, "proposal"),
        ("empty_cell", 2, "dots"),
    ]


def test_unknown_repeated_and_too_many_are_named_by_row():
    rows = [("1", "A", 4), ("1", "B", 1), ("1", "C", 1), ("2", "Z", 1), ("3", "A", 1), ("3", "A", 2)]
    assert found(*rows) == [
        ("unknown_proposal", 5, "proposal"),
        ("vote_dots_twice", 7, "proposal"),
        ("vote_dots_on_one", 2, "dots"),
        ("vote_dots_too_many", 4, "dots"),
    ]


def test_a_card_too_full_is_named_once_with_all_its_dots():
    (problem,) = check_dots(dots(("1", "A", 3), ("1", "B", 3), ("1", "C", 3)), RULE, PROPOSALS)
    assert (problem.row, problem.facts) == (3, {"placed": 9, "each": 5})


def test_a_fault_does_not_join_a_card_to_its_proposal():
    (problem,) = check_dots(dots(("77", "A", 1), ("77", "A", 1)), RULE, PROPOSALS)
    assert "77" not in str(problem)


def test_the_count_itself_refuses_what_was_not_checked():
    with pytest.raises(InvalidValue, match="invalid_ballots"):
        count_dots(DotVotes(pd.DataFrame({"A": [4]}, index=["1"])), RULE)
