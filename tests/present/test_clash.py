"""A clash in words: what was left open by the search is never said as if it were known."""

from __future__ import annotations

from workbench.engine.allocation.clash import Relaxation
from workbench.errors import NoFeasiblePlan
from workbench.present.clash import clash_sentence
from workbench.present.i18n import translator


def said(*ways, all_needed=True, undecided=()):
    facts = {
        "clash": ("ceiling", "desa A"),
        "all_needed": all_needed,
        "relaxations": ways,
        "undecided": undecided,
    }
    return clash_sentence(NoFeasiblePlan("conditions_clash", **facts), translator("id"))


def test_what_is_known_is_said_plainly():
    text = said(Relaxation("count", (("desa A", 1),), 1))
    assert text.startswith("Batas-batas ini tidak dapat dipenuhi bersama: ")
    assert "Jalan keluar terkecil: " in text
    assert "mungkin" not in text.lower()
    assert said().endswith("longgarkan beberapa sekaligus.")


def test_what_the_search_left_open_is_said_as_open():
    assert "Mungkin tidak semuanya ikut bertentangan" in said(all_needed=False)
    text = said(undecided=("count",))
    assert "Belum diketahui" in text
    assert "Tidak ada satu jenis batas" not in text
    text = said(
        Relaxation("count", (("desa A", 1),), 1, proven=False), Relaxation("ceiling", (("ceiling", 5),), 5)
    )
    assert "Jalan keluar, mungkin bukan yang terkecil: " in text
    assert "Atau: " in text
    assert "terkecil: naikkan" not in text
