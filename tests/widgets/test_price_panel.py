"""The live price of a condition: what the sliders say is the plan made again, and nothing is changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.plans import forum
from workbench.budgeting.trial import Tried
from workbench.present.i18n import translator
from workbench.store.session_folder import open_session
from workbench.widgets.price_model import pricing_of
from workbench.widgets.price_panel import PricePanel, price_of_conditions

T = translator("id")


@pytest.fixture
def state(tmp_path):
    opened = open_session(forum(tmp_path, "Jalan;paling_banyak;usulan;2;;jalan;;;;;"))
    return pricing_of(opened.session, opened.rules, "73.02.01")


def test_what_is_tried_costs_what_the_plan_loses(state):
    best = state.priced("women")
    assert (best.lost, best.enters, best.leaves) == (0.0, (), ())
    assert set(best.funded) == {"U-1", "U-2"}
    served = replace(state, tried=Tried(per_village=1)).priced("women")
    assert set(served.funded) == {"U-2", "U-3", "U-5"}
    assert served.lost == best.total_score - served.total_score == 20.0
    assert (served.enters, served.leaves) == (("U-3", "U-5"), ("U-1",))
    richer = replace(state, tried=Tried(ceiling_percent=50)).priced("women")
    assert (richer.room, richer.lost < 0) == (150, True)


def test_the_panel_says_who_enters_and_leaves_and_names_a_clash(state):
    panel = PricePanel(state, T)
    assert "Susunannya tidak berubah." in panel.said.value
    panel.per_village.value = 1
    assert "Harganya 20,0 dari jumlah skor" in panel.said.value
    assert "Masuk 2" in panel.said.value
    assert "Keluar 1" in panel.said.value
    panel.women.value = 100
    panel.ceiling.value = -50
    assert "tidak dapat dipenuhi bersama" in panel.said.value
    panel.per_village.value = panel.women.value = panel.ceiling.value = 0
    assert "Susunannya tidak berubah." in panel.said.value


def test_without_a_ceiling_or_a_folder_the_panel_says_so(tmp_path):
    folder = forum(tmp_path)
    (folder / "pagu.csv").unlink()
    opened = open_session(folder)
    panel = PricePanel(pricing_of(opened.session, opened.rules, "73.02.01"), T)
    assert "Pagu belum diisi" in panel.said.value
    assert panel.women.disabled
    assert "role='alert'" in price_of_conditions(tmp_path / "tidak-ada").value


def test_a_folder_is_opened_into_its_panel(tmp_path):
    view = price_of_conditions(forum(tmp_path))
    assert len(view.children) == 6


def test_hiding_one_input_hides_no_other(state):
    panel = PricePanel(state, T)
    inputs = (panel.district, panel.per_village, panel.women, panel.ceiling)
    panel.women.layout.display = "none"
    assert [one.layout.display for one in inputs if one is not panel.women] == [None] * 3
