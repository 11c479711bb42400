"""The line under the picture says how far the moved weight may go; it waits until the hand rests."""

import asyncio

import pytest

from workbench.present.i18n import translator
from workbench.store.project_files import sample_folder
from workbench.store.session_folder import open_session
from workbench.widgets.deferred import Deferred
from workbench.widgets.explore import ExplorePanel
from workbench.widgets.explore_model import Exploration


@pytest.fixture
def panel():
    opened = open_session(sample_folder())
    return ExplorePanel(Exploration(opened.session, opened.rules, "99.01.09"), translator("id"))


def test_the_declared_weights_show_the_nearest_changes(panel):
    assert "Peringkat 1 tetap sampai bobot" in panel.sureness.value
    assert "Daftar yang diakomodir tetap sampai bobot" in panel.sureness.value


def test_the_moved_weight_is_spoken_of_and_put_back(panel):
    before = panel.sureness.value
    panel.sliders["K4"].value = 25
    name = panel.state.session.criteria.frame["name"]["K4"]
    assert panel.sureness.value.count(f"Bobot {name}:") == 1
    panel.reset.click()
    assert panel.sureness.value == before


def test_a_ceiling_alone_speaks_of_the_nearest_changes_again(panel):
    panel.sliders["K4"].value = 25
    panel.ceiling.value = 1000
    assert "sampai bobot" in panel.sureness.value


def test_only_the_last_of_many_quick_changes_is_worked_out():
    done = []

    async def quick():
        later = Deferred(rest=0.01)
        for number in range(5):
            later(lambda number=number: done.append(number))
        assert done == []
        await asyncio.sleep(0.1)

    asyncio.run(quick())
    assert done == [4]
