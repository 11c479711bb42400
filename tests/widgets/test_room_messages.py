"""How much a page says: messages, bytes and widgets are bounded, whatever the machine's speed."""

import json

import comm
import pytest
from ipywidgets.widgets import widget

from tests.room_pages import DIGITS, opened_page, panel, scored


@pytest.fixture
def said(monkeypatch):
    """Every message of this kernel as (kind, widget, state); the page's own words are not repeated."""
    heard = []

    def publish(self, msg_type, data=None, **_):
        heard.append((msg_type, self.comm_id, (data or {}).get("state", {})))

    monkeypatch.setattr(comm.DummyComm, "publish_msg", publish)
    monkeypatch.setattr(widget, "JUPYTER_WIDGETS_ECHO", False)
    return heard


def size(messages):
    return sum(len(json.dumps(state, default=str)) for _, _, state in messages)


def test_the_first_page_is_made_of_few_widgets(said, folder):
    opened_page(folder)
    opened = [message for message in said if message[0] == "comm_open"]
    assert len(opened) < 260
    assert len(said) < 340
    assert size(said) < 180_000


def test_a_trial_is_answered_by_one_message_with_the_picture_alone(said, room):
    scored(room).close()
    trial = panel(room, "result").what_if
    trial.request.value = "pimpinan ingin mencoba bobot lain"
    trial.open()
    said.clear()
    trial.ceiling.set_state({"value": "Rp 100.000.000"})  # as its message arrives from the page
    assert [(kind, who, set(state)) for kind, who, state in said] == [
        ("comm_msg", trial.picture.comm.comm_id, {"value"})
    ]
    assert size(said) < 20_000


def test_a_line_of_a_ballot_is_answered_in_few_messages_and_never_rewritten(said, room):
    rounds = panel(room, "first_round")
    rounds.open()
    entry = rounds._entry[1]
    entry.card.value = "1"
    *lines, _ = entry.lines.fields.values()  # the last one completes the card, and empties it for the next
    for place, field in enumerate(lines):
        said.clear()
        field.set_state({"value": DIGITS[place % len(DIGITS)]})
        assert len(said) < 12
        assert size(said) < 20_000
        assert [state for _, who, state in said if who == field.comm.comm_id and "value" in state] == []
