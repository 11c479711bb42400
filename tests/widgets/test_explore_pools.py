from dataclasses import replace

import pytest

from workbench.present.i18n import translator
from workbench.store.project_files import sample_folder
from workbench.store.session_folder import open_session
from workbench.widgets.explore import ExplorePanel
from workbench.widgets.explore_model import Exploration


@pytest.fixture(scope="module")
def opened():
    return open_session(sample_folder())


def test_together_there_is_nothing_to_choose(opened):
    panel = ExplorePanel(Exploration(opened.session, opened.rules, "99.01.09"), translator("id"))
    assert panel.pool.layout.display == "none"


def test_apart_one_pool_is_shown_at_a_time(opened):
    rules = replace(opened.rules, pools="apart")
    panel = ExplorePanel(Exploration(opened.session, rules, "99.01.09"), translator("id"))
    assert [pool for _, pool in panel.pool.options] == ["Fisik", "Nonfisik"]
    first = panel.table.value
    panel.pool.value = "Nonfisik"
    assert panel.table.value != first
    part = panel.state.part
    assert set(part.proposals.at_stage(rules.stage).frame["pool"]) == {"Nonfisik"}
    panel.district.value = "99.01.03"
    assert panel.state.outcome.table["rank"].notna().any()
