"""Lines of the ceiling that only an exact plan can keep: finer ceilings, and money at least or at most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

import pandas as pd

from workbench.domain.budget import LineKind
from workbench.domain.session import Session
from workbench.engine.allocation.conditions import Condition, GroupCeiling, GroupFloor
from workbench.prioritisation.plan_groups import PlanGroups

COLUMNS: Mapping[str, str] = MappingProxyType(
    {"agency": "agency", "field": "field", "pool": "pool", "source": "funding_source"}
)
"""Columns of the budget that name a group, and the column of the groups that they mean."""
DEEP = MappingProxyType({2: "district", 3: "village"})
"""What a code of a region names, by its number of dots."""


class Namer(Protocol):
    """Gives names that occur once."""

    def own(self, name: str, legal_basis: str = "") -> str:
        """Return a name that nothing else bears."""


def finer(session: Session) -> pd.Series:
    """Tell of each line of the budget whether it speaks about less than the whole list."""
    frame = session.budget.frame
    scoped = (frame[list(_columns(frame))] != "").any(axis="columns")
    return scoped | frame["region"].map(lambda code: _inside(code, session.facts.region)).astype(bool)


def ceiling_conditions(session: Session, groups: PlanGroups, names: Namer) -> list[Condition]:
    """Return the conditions that lines of the budget state beside the ceiling itself.

    A finer ceiling is lowered by what is earmarked inside it. A ceiling of a group without proposals binds
    nothing and is left out; money that must go to such a group stays, so that the clash is named.
    """
    frame = session.budget.frame
    found: list[Condition] = []
    for (_, line), apart in zip(frame.iterrows(), finer(session), strict=True):
        kind = LineKind(line["kind"])
        if kind is LineKind.EARMARK or (kind is LineKind.CEILING and not apart):
            continue
        where = _where(line, session, groups)
        present = all(group in set(groups.frame[column]) for column, group in where.items())
        if not present and kind is not LineKind.AT_LEAST:
            continue
        bound = _earmarked_inside(frame, line) if kind is LineKind.CEILING else 0
        found.append(STATED[kind](names.own(_name(line, session)), int(line["amount"]) - bound, where))
    return found


STATED: Mapping[LineKind, Callable[[str, int, dict[str, str]], Condition]] = MappingProxyType(
    {
        LineKind.CEILING: GroupCeiling,
        LineKind.AT_MOST: GroupCeiling,
        LineKind.AT_LEAST: GroupFloor,
    }
)
"""The condition of each kind of line."""


def _columns(frame: pd.DataFrame) -> Mapping[str, str]:
    """Return the columns that narrow a line: where all money has one source, its name narrows nothing."""
    sources = set(frame.loc[frame["kind"] == LineKind.CEILING, "source"])
    return COLUMNS if len(sources) > 1 else {name: COLUMNS[name] for name in COLUMNS if name != "source"}


def _inside(code: str, region: str) -> bool:
    return bool(code) and code != region and (not region or code.startswith(f"{region}."))


def _where(line: pd.Series, session: Session, groups: PlanGroups) -> dict[str, str]:
    columns = _columns(session.budget.frame)
    where = {meant: groups.key(meant, line[column]) for column, meant in columns.items() if line[column]}
    column = DEEP.get(line["region"].count("."))
    if column and _inside(line["region"], session.facts.region):
        where[column] = line["region"]
    return where


def _name(line: pd.Series, session: Session) -> str:
    """Return what a line is called: what it says itself, else what it speaks about."""
    parts = [line[column] for column in COLUMNS if line[column]]
    if _inside(line["region"], session.facts.region):
        parts.insert(0, session.regions.name(line["region"]))
    return str(line["note"]) or ", ".join(parts) or str(line["kind"])


def _earmarked_inside(frame: pd.DataFrame, line: pd.Series) -> int:
    held = frame[frame["kind"] == LineKind.EARMARK]
    for column in ("region", *COLUMNS):
        if line[column]:
            held = held[held[column] == line[column]]
    return sum(int(amount) for amount in held["amount"])
