"""What a plan must keep, and the bands that a score is read in: set by the forum as whole tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from workbench.domain import bands, conditions
from workbench.domain.condition_checks import check, check_conditions
from workbench.errors import Problem, Severity
from workbench.room.acts import LATE_REASON, Act, unexplained
from workbench.room.bodies import Field, check_record, listed
from workbench.room.entries import Entry
from workbench.room.state import RoomState
from workbench.room.tables import Table, frame_of
from workbench.room.values import proposals_of


def _mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _refuse_conditions(state: RoomState, entry: Entry) -> Iterable[Problem]:
    lines = entry.body["lines"]
    problems = [found for line in lines for found in check_record(line, conditions.COLUMNS, extras=False)]
    if not problems:
        frame = frame_of(Table().numbered(lines), conditions.COLUMNS)
        found = check(frame) + check_conditions(frame, proposals_of(state))
        problems = [problem for problem in found if problem.severity is Severity.ERROR]
    return [*problems, *unexplained(state, entry.body)]


def _set_conditions(state: RoomState, entry: Entry) -> RoomState:
    return replace(state, conditions=Table().numbered(entry.body["lines"]))


def _refuse_bands(state: RoomState, entry: Entry) -> Iterable[Problem]:
    lines = entry.body["lines"]
    problems = [found for line in lines for found in check_record(line, bands.COLUMNS, extras=False)]
    if not problems:
        problems = bands.check(frame_of(Table().numbered(lines), bands.COLUMNS))
    return [*problems, *unexplained(state, entry.body)]


def _set_bands(state: RoomState, entry: Entry) -> RoomState:
    return replace(state, bands=Table().numbered(entry.body["lines"]))


_LINES = (Field("lines", listed(_mapping)), LATE_REASON)

ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "conditions_set": Act(_LINES, _refuse_conditions, _set_conditions),
        "bands_set": Act(_LINES, _refuse_bands, _set_bands),
    }
)
