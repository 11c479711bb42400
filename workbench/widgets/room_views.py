"""What each view of the wall holds, from the state of the room alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workbench.deliberation.attendance import Attendance, quorum_of
from workbench.errors import WorkbenchError
from workbench.present.deliberation_words import expected_constituencies, no_readings_sentence
from workbench.present.i18n import Translator
from workbench.present.pools import pool_name
from workbench.present.wall import WallPage, sentence_pages
from workbench.present.wall_agreement import agreement_pages, reading_pages, spread_pages
from workbench.present.wall_meeting import (
    AgendaItem,
    agenda_pages,
    attendance_pages,
    covered_page,
    criteria_pages,
    curtain_page,
    list_pages,
    money_page,
    rules_pages,
    voting_page,
)
from workbench.present.wall_result import (
    apart_pages,
    ceiling_page,
    decision_pages,
    ranking_pages,
    simulation_pages,
)
from workbench.prioritisation.listed import listed
from workbench.room.attendance import room_attendance
from workbench.room.counting import keyed_in
from workbench.room.setting import STEPS, rules_of
from workbench.room.showing import Shown
from workbench.room.state import RoomState
from workbench.widgets.room_changes import change_pages
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_growing import growing_pages
from workbench.widgets.room_moved import moved_pages
from workbench.widgets.room_pair_page import pair_page
from workbench.widgets.room_spread import no_spread
from workbench.widgets.room_sureness import sureness_pages, wall_doubts
from workbench.widgets.room_what_if import trial_bench

Pages = tuple[WallPage, ...]


def wall_pages(desk: Desk, shown: Shown) -> Pages:
    """Return the pages of what is shown; a view that cannot be drawn yet says why in one sentence."""
    try:
        pages = VIEWS[shown.view](desk, shown)
    except WorkbenchError:
        return sentence_pages(desk.t(f"wall.view.{shown.view}"), [desk.t("wall.not_yet")])
    if shown.covered and pages:
        return (covered_page(pages[0].title, desk.t), *pages)
    return pages or sentence_pages(desk.t(f"wall.view.{shown.view}"), [desk.t("wall.nothing")])


def voters(state: RoomState) -> int:
    """Return how many registered cards may vote and are not marked absent."""
    present = state.attended.present
    return sum(
        row.get("voting_right") is not False and present.get(card, True)
        for card, row in state.participants.rows.items()
    )


def _curtain(desk: Desk, _: Shown) -> Pages:
    return (curtain_page(desk.session(), desk.t),)


def agenda_items(state: RoomState, t: Translator) -> tuple[AgendaItem, ...]:
    """Return the steps with where the meeting stands."""
    at = STEPS.index(state.step) if state.step in STEPS else 0
    return tuple(
        AgendaItem(t(f"step.{name}"), "done" if place < at else "now" if place == at else "next")
        for place, name in enumerate(STEPS)
    )


def _agenda(desk: Desk, _: Shown) -> Pages:
    facts, t = desk.state.facts, desk.t
    start = (
        t("wall.agenda.start", time=facts["start"], zone=facts.get("zone", "")) if facts.get("start") else ""
    )
    return agenda_pages(t("wall.view.agenda"), agenda_items(desk.state, t)[:7], t, start)


def attendance(desk: Desk) -> Attendance:
    """Return who is here, from the heads counted at the door or the cards marked present."""
    found = room_attendance(desk.state)
    level = str(desk.state.facts.get("level", ""))
    expected = desk.state.attended.expected or expected_constituencies(desk.t)
    here = {name.casefold() for name in found.constituencies}
    return Attendance(
        present=found.present,
        advisers=0,
        quorum=found.quorum,
        quorum_rule=quorum_of(rules_of(desk.state), level),
        women=found.women,
        missing=tuple(name for name in expected if name.casefold() not in here),
        recorded=any(found.constituencies),
    )


def _attendance(desk: Desk, _: Shown) -> Pages:
    if not attendance(desk).present:
        return sentence_pages(desk.t("wall.attendance"), [desk.t("people.none_marked")])
    hamlets = {name: count for name, count in room_attendance(desk.state).hamlets.items() if name}
    return attendance_pages(attendance(desk), desk.t, hamlets)


def _rules(desk: Desk, _: Shown) -> Pages:
    return rules_pages(desk.calculated().rules, desk.t)


def _money(desk: Desk, _: Shown) -> Pages:
    return (money_page(desk.session(), desk.t),)


def _criteria(desk: Desk, _: Shown) -> Pages:
    session = desk.session()
    try:
        weights = {str(k): float(v) for k, v in desk.calculated().first[1].weights.values.items()}
    except WorkbenchError:
        return criteria_pages(session, None, desk.t)
    return criteria_pages(session, weights, desk.t)


def _list(desk: Desk, _: Shown) -> Pages:
    return list_pages(desk.session(), desk.state.listed, desk.numbers(), desk.t)


def _voting(desk: Desk, _: Shown) -> Pages:
    state = desk.state
    held = state.open_round or (state.rounds[max(state.rounds)] if state.rounds else None)
    if held is None:
        return ()
    found = keyed_in(held)
    expected = found.expected
    if expected is None and found.unit in ("cards", "slips"):
        expected = voters(state)
    return (voting_page(held.number, found.count, expected, desk.t, unit=found.unit, opened=held.is_open),)


def _pair(desk: Desk, shown: Shown) -> Pages:
    return (pair_page(desk, shown.details),)


def _growing(desk: Desk, _: Shown) -> Pages:
    return growing_pages(desk)


def _of_lists(draw: Callable[[Desk, str], Pages]) -> Callable[[Desk, Shown], Pages]:
    def pages(desk: Desk, _: Shown) -> Pages:
        return tuple(page for pool in desk.calculated().lists for page in draw(desk, pool))

    return pages


def _spread(desk: Desk, pool: str) -> Pages:
    session, _ = desk.calculated().lists[pool]
    found, missing = desk.deliberated()[pool], no_spread(desk)
    if found.spreads is None and missing:
        return sentence_pages(desk.t("wall.view.spread"), [missing])
    return spread_pages(found, session, desk.numbers(), desk.t)


def _agreement(desk: Desk, pool: str) -> Pages:
    found, missing = desk.deliberated()[pool], no_spread(desk)
    if found.spreads is None and missing:
        return sentence_pages(desk.t("wall.agreement"), [missing])
    return agreement_pages(found, desk.t)


def _ranking(desk: Desk, pool: str) -> Pages:
    found = desk.calculated()
    session, outcome = found.lists[pool]
    name = pool_name(pool, desk.t) if len(found.lists) > 1 else ""
    doubt = wall_doubts(desk).get(pool)
    return (
        *ranking_pages(outcome, session, desk.numbers(), desk.t, name, doubt),
        *sureness_pages(desk, pool),
    )


def _ceiling(desk: Desk, pool: str) -> Pages:
    session, outcome = desk.calculated().lists[pool]
    return (ceiling_page(outcome, session, desk.t, wall_doubts(desk).get(pool)),)


def _apart(desk: Desk, pool: str) -> Pages:
    session, outcome = desk.calculated().lists[pool]
    return apart_pages(outcome, session, desk.numbers(), desk.t)


def _decisions(desk: Desk, _: Shown) -> Pages:
    found = desk.calculated()
    session, outcome = found.first
    if len(found.lists) > 1:
        session, outcome = found.session, found.first[1]
    return decision_pages(found.resolution, outcome, session, desk.numbers(), desk.t)


def _readings(desk: Desk, shown: Shown) -> Pages:
    wanted = shown.details.get("grouping", "")
    pages: list[WallPage] = []
    for pool, deliberation in desk.deliberated().items():
        session, _ = desk.calculated().lists[pool]
        for reading in deliberation.readings:
            if not wanted or reading.name == wanted:
                pages += reading_pages(reading, session, desk.numbers(), desk.t)
    missing = [no_readings_sentence(found, desk.t) for found in desk.deliberated().values()]
    return tuple(pages) or sentence_pages(desk.t("wall.view.readings"), list(dict.fromkeys(missing)))


def _rounds(desk: Desk, _: Shown) -> Pages:
    return moved_pages(desk) or sentence_pages(desk.t("wall.view.rounds"), [desk.t("wall.rounds.none")])


def _changes(desk: Desk, _: Shown) -> Pages:
    return change_pages(desk)


def _simulation(desk: Desk, shown: Shown) -> Pages:
    t = desk.t
    session, outcome = desk.calculated().first
    tried = trial_bench(desk).listed(shown.details)
    changes = []
    if shown.details.get("ceiling") is not None:
        changes.append(t("wall.simulation.ceiling", ceiling=int(shown.details["ceiling"])))
    weights = shown.details.get("weights") or {}
    if weights:
        names = session.criteria.frame["name"]
        parts = [
            t("wall.simulation.weight", name=str(names[label]), weight=float(value) / 100)
            for label, value in weights.items()
        ]
        changes.append(t("wall.simulation.weights", weights=parts))
    return simulation_pages(listed(outcome), tried, session, changes, t)


VIEWS: Mapping[str, Callable[[Desk, Shown], Pages]] = MappingProxyType(
    {
        "curtain": _curtain,
        "agenda": _agenda,
        "attendance": _attendance,
        "rules": _rules,
        "money": _money,
        "criteria": _criteria,
        "list": _list,
        "voting": _voting,
        "pair": _pair,
        "growing": _growing,
        "spread": _of_lists(_spread),
        "agreement": _of_lists(_agreement),
        "ranking": _of_lists(_ranking),
        "ceiling": _of_lists(_ceiling),
        "apart": _of_lists(_apart),
        "readings": _readings,
        "changes": _changes,
        "rounds": _rounds,
        "decisions": _decisions,
        "simulation": _simulation,
    }
)
"""How each view is drawn; the same names as `workbench.room.showing.VIEWS`."""
