"""Who holds the cards that are keyed in: people by number, or discussion groups by their place in a list."""

from __future__ import annotations

from workbench.domain.participants import group_card, group_of_card
from workbench.present.i18n import Translator
from workbench.room.groups import groups_of
from workbench.room.round import Way
from workbench.room.state import RoomState


def card_of(state: RoomState, text: str) -> str:
    """Return the card of a typed number, with or without leading zeros; the text itself where none fits."""
    known = state.participants.rows
    if text in known:
        return text
    same = [card for card in known if card.lstrip("0") == text.lstrip("0")]
    ends = [card for card in known if card.rsplit("-", 1)[-1].lstrip("0") == text.lstrip("0")]
    return (same or (ends if len(ends) == 1 else []) or [text])[0]


def group_card_of(state: RoomState, text: str) -> str:
    """Return the card of a group by its place in the list, its name, or the beginning of its name alone."""
    groups = list(groups_of(state))
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= len(groups):
        return group_card(groups[int(text) - 1])
    same = [group for group in groups if group.casefold() == text.casefold()]
    begun = [group for group in groups if text and group.casefold().startswith(text.casefold())]
    return group_card((same or (begun if len(begun) == 1 else []) or [text])[0])


def typed_card(state: RoomState, way: Way, text: str) -> str:
    """Return the card of what was typed, as the way of the round counts cards."""
    return group_card_of(state, text) if way is Way.GROUPS else card_of(state, text)


def card_name(card: str) -> str:
    """Return a card as the room calls it: its number, or the name of its group.

    Examples
    --------
    >>> card_name("012"), card_name("kelompok-Melati")
    ('012', 'Melati')
    """
    return group_of_card(card) or card


def group_list(state: RoomState, t: Translator) -> str:
    """Return the groups with their numbers and how many members each has, on one line."""
    named = [
        t("entry.group_card.listed", number=number, name=group, members=members)
        for number, (group, members) in enumerate(groups_of(state).items(), start=1)
    ]
    return t("entry.group_card.list", groups=named)
