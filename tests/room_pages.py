"""The operator's page of a folder without a browser, and its panels."""

import re

from workbench.present.i18n import translator
from workbench.store.room import open_room
from workbench.widgets.room import MeetingRoom
from workbench.widgets.room_desk import Desk, clock
from workbench.widgets.room_preparation import PARTS

DIGITS = ("553", "342", "444", "525", "415", "333")


def opened_page(folder):
    return MeetingRoom(Desk(open_room(folder, clock), translator("id")), watch=False)


def panel(room, step):
    room.steps.value = step
    return room._panels[step]


def part_of(room, name):
    preparation = panel(room, "preparation")
    preparation.view.selected_index = list(PARTS).index(name)
    return preparation.parts[name]


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL))


def scored(room, cards=6):
    rounds = panel(room, "first_round")
    rounds.open()
    entry = rounds._entry[1]
    for number in range(1, cards + 1):
        entry.card.value = str(number)
        for place, field in enumerate(entry.lines.fields.values()):
            field.value = DIGITS[(place + number) % len(DIGITS)]
    return rounds
