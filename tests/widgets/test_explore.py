import pytest

from workbench.present.i18n import translator
from workbench.store.project_files import sample_folder
from workbench.store.session_folder import open_session
from workbench.widgets import explore
from workbench.widgets.explore import ExplorePanel
from workbench.widgets.explore_model import Exploration


@pytest.fixture
def panel():
    opened = open_session(sample_folder())
    return ExplorePanel(Exploration(opened.session, opened.rules, "99.01.09"), translator("id"))


def test_shows_line_ranking_and_reasons(panel):
    assert panel.picture.value.lstrip().startswith("<svg")
    assert "Rehabilitasi berat kelas SDN 2 Batusejuk" in panel.table.value
    assert "Simulasi" not in panel.mark.value


def test_moving_a_weight_is_marked_as_simulation_and_can_be_put_back(panel):
    before = panel.table.value
    panel.sliders["K4"].value = 100
    assert "Simulasi, bukan hasil" in panel.mark.value
    assert panel.table.value != before
    panel.reset.click()
    assert panel.table.value == before
    assert "Simulasi" not in panel.mark.value


def test_a_lower_ceiling_moves_the_line(panel):
    panel.ceiling.value = 1000
    assert panel.state.ceiling == 1_000_000_000
    assert panel.state.outcome.spent <= 1_000_000_000


def test_all_weights_zero_is_said_in_words_and_nothing_breaks(panel):
    for slider in panel.sliders.values():
        slider.value = 0
    assert "role='alert'" in panel.mark.value
    panel.reset.click()
    assert "alert" not in panel.mark.value


def test_choosing_a_district_shows_its_own_ceiling(panel):
    panel.district.value = "99.01.03"
    assert panel.state.district == "99.01.03"
    assert panel.ceiling.value == pytest.approx(5300)


def test_a_folder_that_cannot_be_used_is_a_list_of_problems(tmp_path):
    shown = explore(tmp_path)
    assert "role='alert'" in shown.value
    assert "usulan.csv" in shown.value
