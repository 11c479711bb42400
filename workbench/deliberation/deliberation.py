"""From a session and its outcome to what the room thinks together, and who is not heard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.deliberation.answers import Answers, answers_of, personal_values
from workbench.deliberation.attendance import Attendance, attendance_of
from workbench.deliberation.blocks import blocks_of
from workbench.deliberation.concordance import UnitAgreement, agreement_of_units
from workbench.deliberation.group_cards import group_cards_of
from workbench.deliberation.groupings import GROUP, groupings_of
from workbench.deliberation.readings import Distinction, GroupReading, group_reading, silent_reading
from workbench.deliberation.recalculation import Recalculation
from workbench.deliberation.spreads import Spreads, spreads_of, told_by_medians
from workbench.deliberation.tallies import tally_of
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.influence import MINIMUM_SIZE, Release, release
from workbench.prioritisation import Outcome


@dataclass(frozen=True, eq=False)
class Deliberation:
    """What the cards say beyond the outcome. It holds no person's answer, and no group below the minimum.

    Attributes
    ----------
    minimum : int
        Fewest people behind any figure about a part of the room; never below five.
    scored_by : int
        People whose cards count; 0 where the session has none, and then everything but attendance is empty,
        and the spread of what a tally counted or groups wrote down together.
    spreads : Spreads or None
    agreement : tuple of UnitAgreement
        The room, then its discussion groups.
    readings : tuple of GroupReading
        One for each grouping that the list of participants states.
    attendance : Attendance
    groups : int
        Groups whose one card counts: each is one voice, however many members it has.
    small_groups : int
        Those of them with fewer members than the minimum.
    """

    minimum: int
    scored_by: int
    spreads: Spreads | None
    agreement: tuple[UnitAgreement, ...]
    readings: tuple[GroupReading, ...]
    attendance: Attendance
    groups: int = 0
    small_groups: int = 0

    @property
    def has_cards(self) -> bool:
        """Whether anybody's card counts."""
        return self.scored_by > 0


def deliberate(
    session: Session,
    rules: Rules,
    outcome: Outcome,
    expected: Iterable[str] = (),
    solving: SolverSettings | None = None,
) -> Deliberation:
    """Read agreement, the two readings, influence and attendance out of a session.

    Parameters
    ----------
    session, rules
        As for `prioritise`.
    outcome : Outcome
        Of exactly these.
    expected : iterable of str
        Constituencies that such a forum should have.
    solving : SolverSettings, optional
        As for `prioritise`.

    Returns
    -------
    Deliberation
        Equal inputs give equal bytes; the order of the files does not matter.
    """
    minimum = max(rules.minimum_group, MINIMUM_SIZE)
    answers = answers_of(session, rules, outcome)
    attendance = attendance_of(session, rules, expected)
    tally = tally_of(session, rules, outcome)
    personal = personal_values(answers, session, outcome)
    groups = group_cards_of(session, rules, outcome, minimum)
    known = len(answers) or len(tally.proposals) or len(groups.answers)
    spreads = spreads_of(answers, personal, tally, groups, session, minimum) if known else None
    spreads = spreads and spreads.without(told_by_medians(outcome))
    heard = len(groups.answers.people)
    if not len(answers):
        return Deliberation(minimum, 0, spreads, (), (), attendance, heard, groups.small)
    released = release(groupings_of(session, answers.people), minimum)
    again = Recalculation(session, rules, outcome, answers, solving)
    return Deliberation(
        minimum=minimum,
        scored_by=len(answers.people),
        spreads=spreads,
        agreement=agreement_of_units(personal, released.shown.get(GROUP), minimum),
        readings=tuple(_readings(released, again, answers)),
        attendance=attendance,
        groups=heard,
        small_groups=groups.small,
    )


def _readings(released: Release, again: Recalculation, answers: Answers) -> Iterator[GroupReading]:
    ranked = len(again.ranked)
    apart = {name: cells for name, cells in released.shown.items() if cells.shows_groups}
    blocks = blocks_of(answers, apart, again.rules.aggregation) if ranked else {}
    for name in released.shown:
        yield (
            group_reading(name, blocks[name], again)
            if name in blocks
            else silent_reading(name, Distinction.ONE_CELL, ranked)
        )
    yield from (silent_reading(name, Distinction.WITHHELD, ranked) for name in released.withheld)
