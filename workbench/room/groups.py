"""Discussion groups as the list of participants states them, and the one card that each fills in."""

from __future__ import annotations

from workbench.domain.participants import group_card, is_bare_card
from workbench.errors import Problem
from workbench.room.acts import unknown
from workbench.room.round import Round, Way
from workbench.room.setting import rules_of
from workbench.room.state import RoomState


def groups_of(state: RoomState) -> dict[str, int]:
    """Return how many members of each group may vote, in the order in which the groups were registered.

    Examples
    --------
    >>> groups_of(RoomState())
    {}
    """
    sizes: dict[str, int] = {}
    for card, row in state.participants.rows.items():
        group = str(row.get("group", "")).strip()
        if group and row.get("voting_right") is not False and not is_bare_card(card):
            sizes[group] = sizes.get(group, 0) + 1
    return sizes


def small_groups(state: RoomState) -> tuple[str, ...]:
    """Name the groups with fewer members than may be told apart."""
    least = rules_of(state).minimum_group
    return tuple(group for group, members in groups_of(state).items() if members < least)


def cards_of(state: RoomState, way: Way) -> tuple[str, ...]:
    """Return the cards that a way takes lines of: of registered people, or of their groups."""
    if way is Way.GROUPS:
        return tuple(map(group_card, groups_of(state)))
    return tuple(state.participants.rows)


def known_problems(state: RoomState, held: Round, card: str) -> list[Problem]:
    """Name a card that nobody holds, or in a round by group no group."""
    code = "unknown_group_card" if held.way is Way.GROUPS else "unknown_participant"
    return unknown(code, "participant", [card], cards_of(state, held.way))


def card_problems(state: RoomState, held: Round, card: str) -> list[Problem]:
    """Name what speaks against a card: unknown, without a voting right, spoiled."""
    problems = known_problems(state, held, card)
    if not problems and state.participants.rows.get(card, {}).get("voting_right") is False:
        problems.append(Problem("no_voting_right", column="participant", value=card))
    if card in held.voided:
        problems.append(Problem("card_voided", column="participant", value=card))
    return problems
