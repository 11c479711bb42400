import pytest

from workbench.store.project_files import sample_folder
from workbench.store.session_folder import open_session
from workbench.widgets.explore_model import Exploration


@pytest.fixture(scope="module")
def declared():
    opened = open_session(sample_folder())
    return Exploration(opened.session, opened.rules, "99.01.09")


def test_what_is_declared_is_no_simulation(declared):
    assert not declared.is_simulation
    assert declared.outcome.room == 4_175_000_000


def test_weights_start_from_the_declared_ones(declared):
    assert declared.declared_points() == {"K1": 30, "K2": 25, "K3": 15, "K4": 20, "K5": 10}


def test_a_smaller_ceiling_funds_no_more(declared):
    from dataclasses import replace

    tried = replace(declared, ceiling=2_000_000_000)
    assert tried.is_simulation
    assert tried.outcome.ceiling == 2_000_000_000
    assert tried.outcome.spent <= declared.outcome.spent
    assert tried.declared() == declared


def test_tried_weights_rank_by_them_alone(declared):
    from dataclasses import replace

    tried = replace(declared, weights={"K1": 100, "K2": 0, "K3": 0, "K4": 0, "K5": 0})
    outcome = tried.outcome
    first = outcome.table.index[0]
    assert outcome.utilities.values.loc[first, "K1"] == outcome.utilities.values["K1"].max()
