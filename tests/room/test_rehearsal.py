"""The simulated room behaves as the people it stands for, and the same seed plays the same meeting."""

from __future__ import annotations

from tests.room.rooms import Meeting, session
from tests.room.words import WORDS
from workbench.domain.participants import Participants
from workbench.room.entries import Entry
from workbench.room.rehearsal import rehearsal


def many() -> Meeting:
    start = session()
    people = start.participants.frame.iloc[[0] * 60].copy()
    people.index = [f"{number:03d}" for number in range(60)]
    return Meeting(
        type(start)(**{**vars(start), "participants": Participants(people.rename_axis("participant"))})
    )


def keyed(entries: tuple[Entry, ...], number: int) -> dict[tuple[str, str], dict[str, float | None]]:
    return {
        (entry.body["participant"], entry.body["proposal"]): entry.body["points"]
        for entry in entries
        if entry.kind == "ballot_keyed" and entry.body["round"] == number
    }


def test_the_same_seed_plays_the_same_meeting_and_another_one_another():
    state = Meeting().state
    one, again, other = (rehearsal(state, seed, WORDS) for seed in (4, 4, 5))
    assert [entry.content for entry in one] == [entry.content for entry in again]
    assert [entry.content for entry in one] != [entry.content for entry in other]
    assert {entry.request for entry in one} & {entry.request for entry in other} == set()


def test_quiet_people_leave_blanks_and_contradictory_ones_turn_round():
    state = many().state
    entries = rehearsal(state, 6, WORDS)
    first, second = keyed(entries, 1), keyed(entries, 2)
    blanks = {
        card: sum(value is None for (who, _), said in first.items() if who == card for value in said.values())
        for card in {card for card, _ in first}
    }
    assert sum(count > 2 for count in blanks.values()) >= 5
    turned = [
        place
        for place, said in second.items()
        if all(
            None not in (value, first[place][label]) and value == 6 - first[place][label]
            for label, value in said.items()
        )
    ]
    assert turned
    marked = [entry for entry in entries if entry.kind == "attendance_marked"]
    assert len(marked) > 1  # somebody came late
    assert {"line_corrected", "undone", "card_voided", "session_reopened"} <= {
        entry.kind for entry in entries
    }
    assert len(entries) > len({entry.request for entry in entries})  # some things arrive twice
