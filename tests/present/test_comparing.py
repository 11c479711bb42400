from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.engine.pairwise.incomplete import live_consistency
from workbench.engine.pairwise.matrix import judgement_matrix
from workbench.present.comparing import comparing_html, pair_html
from workbench.present.i18n import translator
from workbench.prioritisation.questions import Asking

T = translator("id")
NAMES = {"a": "Air <bersih>", "b": "Biaya", "c": "Cakupan"}


def test_the_pair_is_large_and_escaped():
    html = pair_html(Asking(("a", "b"), settled=False, first=(), remaining=3), NAMES, T)
    assert "Air &lt;bersih&gt;" in html
    assert "font-size:44px" in html
    assert "Masih 3 pasangan" in html
    assert "Boleh berhenti" not in html


def test_the_room_hears_when_it_may_stop_and_when_all_is_done():
    stop = pair_html(Asking(("a", "b"), settled=True, first=("c",), remaining=1), NAMES, T)
    assert "Boleh berhenti" in stop
    assert "Cakupan" in stop
    assert "Semua pasangan sudah ditanyakan" in pair_html(
        Asking(None, settled=True, first=("c",), remaining=0), NAMES, T
    )


def test_circle_ratio_and_bars():
    matrix = judgement_matrix([("a", "b", 3), ("b", "c", 3), ("c", "a", 3)], ["a", "b", "c"])
    weights = pd.Series({"a": 0.2, "b": 0.5, "c": 0.3})
    html = comparing_html(weights, live_consistency(matrix), ("c", "a", "b"), NAMES, T)
    assert "Jawaban ini berputar: Cakupan lebih penting daripada Air &lt;bersih&gt;" in html
    assert "bicarakan lagi" in html
    assert html.index("Biaya</span>") < html.index("Cakupan</span>") < html.index("bersih&gt;</span>")


def test_no_weights_before_the_answers_link_all_criteria():
    html = comparing_html(pd.Series({"a": np.nan, "b": np.nan}), None, (), NAMES, T)
    assert "belum menghubungkan" in html
    assert "%" not in html


def test_a_tree_has_nothing_to_contradict():
    matrix = judgement_matrix([("a", "b", 3), ("b", "c", 3)], ["a", "b", "c"])
    html = comparing_html(pd.Series({"a": 0.2, "b": 0.5, "c": 0.3}), live_consistency(matrix), (), NAMES, T)
    assert "Belum ada jawaban yang dapat saling bertentangan" in html
