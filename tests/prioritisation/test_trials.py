"""A trial is what `prioritise` gives when it is run anew with the same weights and the same ceiling."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.plans import forum
from tests.strategies import DISTRICT, rules, tables
from workbench.domain.rules import Rules
from workbench.errors import NoFeasiblePlan, WorkbenchError
from workbench.prioritisation import Standing, prioritise
from workbench.prioritisation.listed import listed
from workbench.prioritisation.scoring import SCORING, adds_up
from workbench.prioritisation.trials import QUICK, reweighted, trials_of
from workbench.store.session_folder import open_session

FEW = settings(max_examples=max(settings.default.max_examples // 4, 12))
WEIGHTS = st.lists(st.sampled_from((0, 0, 1, 2, 5, 30, 100)), min_size=5, max_size=5)


def again(session, chosen, points, ceiling):
    """Run the calculation anew, with nothing taken from an earlier one."""
    if ceiling is not None:
        session = replace(session, budget=session.budget.with_ceiling(DISTRICT, ceiling))
    if points is not None:
        session = replace(session, criteria=reweighted(session.criteria, points))
        chosen = replace(chosen, weighting="direct")
    return prioritise(session, chosen)


def outcome_or_error(work):
    try:
        return work()
    except WorkbenchError as error:
        return error


@FEW
@given(
    tables(),
    rules(),
    st.sampled_from(sorted(SCORING)),
    st.sampled_from(QUICK),
    st.integers(1, 2),
    WEIGHTS,
    st.one_of(st.none(), st.just(0), st.integers(0, 800).map(lambda millions: millions * 10**6)),
)
def test_any_trial_equals_running_the_calculation_again(
    made, chosen, scoring, budget_rule, quota, weights, ceiling
):
    session = made.session()
    assume(scoring != "plain_sum" or adds_up(session.criteria))
    chosen = replace(chosen, scoring=scoring, budget_rule=budget_rule, quota=quota)
    outcome = prioritise(session, chosen)
    points = dict(zip(map(str, session.criteria.labels), weights, strict=False))
    trials = trials_of(session, chosen, outcome)
    assert trials.listed() == listed(outcome)
    tried = trials if ceiling is None else trials.at_ceiling(ceiling, DISTRICT)
    for given_points in (None, points):
        expected = outcome_or_error(lambda: listed(again(session, chosen, given_points, ceiling)))  # noqa: B023
        found = outcome_or_error(lambda: tried.listed(given_points))  # noqa: B023
        if isinstance(expected, WorkbenchError):
            assert type(found) is type(expected)
            assert str(found) == str(expected)
        else:
            assert found == expected


@settings(max_examples=6)
@given(tables(least=2, most=6), st.sampled_from(("best_total", "equal_shares", "phragmen")), WEIGHTS)
def test_rules_that_look_at_more_than_ranks_are_run_whole(made, budget_rule, weights):
    session = made.session()
    chosen = Rules(budget_rule=budget_rule, weighting="direct")
    outcome = outcome_or_error(lambda: prioritise(session, chosen))
    assume(not isinstance(outcome, WorkbenchError))
    points = dict(zip(map(str, session.criteria.labels), weights, strict=False))
    expected = outcome_or_error(lambda: listed(again(session, chosen, points, None)))
    found = outcome_or_error(lambda: trials_of(session, chosen, outcome).listed(points))
    assert str(found) == str(expected)


@pytest.mark.parametrize("word", ["urut_berhenti", "urut_lewati", "skor_per_rupiah"])
def test_what_is_committed_comes_first_in_a_trial_too(tmp_path, word):
    opened = open_session(forum(tmp_path, "Lanjutan;terikat;;;;;;;U-5;;", rules=f'aturan_pagu = "{word}"\n'))
    session = opened.session.within("73.02.01")
    trials = trials_of(session, opened.rules, prioritise(session, opened.rules))
    points = {str(label): 1.0 for label in session.criteria.labels}
    assert trials.listed(points) == listed(again(session, opened.rules, points, None))
    assert "U-5" in trials.listed(points).funded
    # less than what is bound: both say so
    for found in (lambda: trials.at_ceiling(10, DISTRICT).listed(points),
                  lambda: again(session, opened.rules, points, 10)):  # fmt: skip
        with pytest.raises(NoFeasiblePlan, match="committed_above_ceiling"):
            found()


@FEW
@given(tables(least=1), rules())
def test_the_list_knows_what_the_allocation_knows(made, chosen):
    outcome = prioritise(made.session(), chosen)
    found = listed(outcome)
    assert [line.proposal for line in found.lines] == list(outcome.table.index[outcome.table["rank"].notna()])
    assert found.has_ceiling == (outcome.allocation is not None)
    if outcome.allocation is not None:
        assert (found.spent, found.left) == (outcome.spent, outcome.left)
        assert found.last_rank == outcome.allocation.line_after_rank
        assert found.funded == tuple(outcome.standing(Standing.FUNDED).index)
