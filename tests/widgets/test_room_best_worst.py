"""The room weighs criteria by two ends: recorded answer by answer, told what does not fit, and used."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.room_pages import opened_page, part_of, words
from workbench.engine.weighting import best_worst_weights
from workbench.prioritisation import prioritise
from workbench.room.session import session_of
from workbench.room.setting import rules_of
from workbench.room.showing import shown_of
from workbench.widgets.best_worst_model import BestWorst
from workbench.widgets.room_pair_page import pair_page


def named(room, best, worst):
    part = part_of(room, "criteria").ends
    part.best.value, part.worst.value = best, worst
    part.name()
    return part


def test_the_room_answers_pair_by_pair_and_hears_what_does_not_fit(room, folder):
    part = named(room, "K2", "K2")
    assert "dua kriteria yang berbeda" in room.desk.said.text
    part = named(room, "K2", "K3")
    assert "Manfaat bagi orang banyak \u2013 berapa kali" in words(part.question.value)
    part.put_on_wall()
    part.use()
    assert "3 pertanyaan yang belum dijawab" in words(room.desk.said.text)
    part.answer(8.0)
    page = pair_page(room.desk, shown_of(room.desk.state).details)  # the wall has followed
    assert page.title == "Berapa kali lebih penting?"
    assert "Mendesak" in page.body
    part.answer(1.0)
    part.answer(9.0)  # as important as the most important, yet further above the least
    assert "perlu dijawab ulang" in words(part.shown.value)
    part.use()
    assert room.desk.said.wrong
    part.withdraw()
    part.withdraw()
    part.answer(2.0)
    part.answer(3.0)
    said = words(part.shown.value)
    assert "Manfaat bagi orang banyak kira-kira 6 kali Kesiapan lahan, padahal tadi dijawab 8 kali" in said
    assert "Ketidakcocokan terbesar 0,04" in said
    part.use()
    rows = room.desk.state.preferences.rows.values()
    assert {row["participant"] for row in rows} == {"ruangan"}
    session, rules = session_of(room.desk.state), rules_of(room.desk.state)
    expected = part.room.weighed().weights
    found = prioritise(session, rules).weights.values  # noqa: PD011 - a field of the weights
    assert found.to_dict() == pytest.approx(expected.to_dict())
    again = part_of(opened_page(folder), "criteria").ends
    assert again.room == part.room
    assert (again.best.value, again.worst.value) == ("K2", "K3")
    room.desk.act("round_opened", {"round": 1, "way": "cards"})
    room.desk.act("round_closed", {"round": 1})
    part.withdraw()
    assert "lasan" in room.desk.said.text  # once scores were seen a change needs its reason
    part_of(room, "criteria").reason.value = "salah dengar"
    part.withdraw()
    assert part.room.asked == ("K1", "K3")


@given(
    st.integers(3, 6).flatmap(
        lambda n: st.tuples(st.permutations([f"K{at}" for at in range(n)]), st.lists(st.integers(1, 9)))
    )
)
def test_what_is_written_down_is_read_back_and_weighs_as_the_engine_does(drawn):
    labels, values = drawn
    room = BestWorst(tuple(sorted(labels))).named(labels[0], labels[-1])
    assert len(room.pairs) == 2 * len(labels) - 3
    for value in values:
        if room.asked is not None:
            room = room.answered(room.asked, float(value))
        lines = room.lines()
        assert BestWorst.resumed(room.labels, lines) == room
        assert len({(line["way"], line["criterion"], line["other"]) for line in lines}) == 2 * len(labels) - 2
    if room.answers:
        assert room.withdrawn().asked == room.latest
    assert room.named(room.best, room.worst) == room
    assert room.named(room.worst, room.best).answers == {}


def test_fitting_answers_contradict_nothing():
    room = BestWorst(("K1", "K2", "K3")).named("K1", "K3")
    for value in (8.0, 4.0, 2.0):
        room = room.answered(room.asked, value)
    assert room.contradicted() == ()
    found = room.weighed()
    assert found.consistency == 0.0
    over = {"K1": 1.0, "K2": 4.0, "K3": 8.0}
    under = {"K1": 8.0, "K2": 2.0, "K3": 1.0}
    expected = best_worst_weights(pd.Series(over), pd.Series(under)).weights
    assert found.weights.to_dict() == pytest.approx(expected.to_dict())
