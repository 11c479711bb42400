"""The operator's page of a folder without a browser, and its panels."""

from workbench.present.i18n import translator
from workbench.store.room import open_room
from workbench.widgets.room import MeetingRoom
from workbench.widgets.room_desk import Desk, clock


def opened_page(folder):
    return MeetingRoom(Desk(open_room(folder, clock), translator("id")), watch=False)


def panel(room, step):
    room.steps.value = step
    return room._panels[step]


def part_of(room, name):
    preparation = panel(room, "preparation")
    preparation.view.selected_index = list(preparation.parts).index(name)
    return preparation.parts[name]
