"""The quick walk against the rule of the engine that it stands for."""

import pytest
from hypothesis import given

from tests.budgeting_strategies import contests, make_contest
from workbench.budgeting.walk import AT_LINE, groups_of, walk
from workbench.engine.allocation.ranked import fund_by_rank


@pytest.mark.parametrize("at_line", AT_LINE.values())
@given(contest=contests())
def test_it_funds_what_the_engine_funds_and_leaves_the_same(at_line, contest):
    made = fund_by_rank(contest.ranks, contest.costs, contest.room, at_line)
    walked = walk(groups_of(contest.ranks, contest.costs), contest.room, at_line)
    assert walked.funded == set(made.funded)
    assert walked.left == tuple(step.left_before for step in made.steps)


def test_what_costs_nothing_is_funded_below_a_closed_line():
    held = make_contest([3, 2, 1], [50, 20, 0], 40)
    walked = walk(groups_of(held.ranks, held.costs), held.room, "stop")
    assert walked.funded == {"U-02"}
    assert walked.open == (True, False, False)
