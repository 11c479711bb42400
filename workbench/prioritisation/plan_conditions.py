"""From the tables of a session to the conditions of an exact plan, and to what is committed beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pandas as pd

from workbench.domain.conditions import EACH, LIMITS, SCOPE, Counted, Demand, labels_of, limit_of
from workbench.domain.session import Session
from workbench.engine.allocation.conditions import (
    AtMostOne,
    Condition,
    Count,
    CountShare,
    GroupCeiling,
    GroupFloor,
    MoneyShare,
    Requires,
    ShareOf,
)
from workbench.errors import InvalidInput, Problem
from workbench.prioritisation.ceiling_conditions import ceiling_conditions
from workbench.prioritisation.plan_groups import NO, YES, PlanGroups

Where = dict[str, str]


@dataclass(frozen=True)
class PlanConditions:
    """What an exact plan must keep.

    Attributes
    ----------
    conditions : tuple of Condition
        For `workbench.engine.allocation.best_plan`.
    groups : DataFrame of categories by proposal
        What the conditions refer to; a category without proposals is a group all the same.
    legal : mapping of name of a condition to str
        Its legal basis, where the table states one.
    """

    conditions: tuple[Condition, ...]
    groups: pd.DataFrame
    legal: Mapping[str, str] = field(default_factory=dict)


def committed_of(session: Session, competing: pd.Index) -> Mapping[str, str]:
    """Return the committed proposals with the name of the line that commits them.

    Raises
    ------
    InvalidInput
        ``committed_not_competing`` names each one that has no rank or no cost: nothing can be taken from the
        ceiling for it.
    """
    held: dict[str, str] = {}
    frame = _of_year(session)
    for name, text in _lines(frame, Demand.COMMITTED, "condition", "proposals"):
        held |= {label: name for label in labels_of(text) if label in session.proposals.labels}
    missing = [label for label in held if label not in competing]
    if missing:
        raise InvalidInput(
            Problem(
                "committed_not_competing", column="proposals", value=label, facts={"condition": held[label]}
            )
            for label in missing
        )
    return MappingProxyType(held)


def conditions_of(session: Session, groups: PlanGroups) -> PlanConditions:
    """Return the conditions of the exact plan: lines of ``batasan.csv``, and of the ceiling.

    Parameters
    ----------
    session : Session
        Of one list.
    groups : PlanGroups
        Of its competing proposals.
    """
    frame = _of_year(session)
    names, bound = Names(), session.budget.earmarked()
    stated = [with_bound(condition, bound) for condition in state_lines(frame, groups, names)]
    stated += ceiling_conditions(session, groups, names)
    return PlanConditions(tuple(stated), groups_held(frame, groups, stated), MappingProxyType(names.legal))


def state_lines(frame: pd.DataFrame, groups: PlanGroups, names: Names) -> list[Condition]:
    """Return the conditions that lines of ``batasan.csv`` state; ceilings of years are none of them."""
    stated: list[Condition] = []
    for at, line in frame.iterrows():
        stated += STATED.get(line["demand"], _nothing)(line, groups, names, str(at))
    return stated


def groups_held(frame: pd.DataFrame, groups: PlanGroups, stated: Sequence[Condition]) -> pd.DataFrame:
    """Return the groups that conditions refer to; `frame` holds all lines that they come from."""
    listed = _listed_columns(frame, groups)
    held = pd.concat([groups.frame, listed], axis="columns") if len(listed.columns) else groups.frame
    used = _groups_named(stated)
    return pd.DataFrame(
        {name: _categories(held[name], used.get(str(name), set())) for name in held}, index=held.index
    )


class Names:
    """Names that occur once, and their legal basis; lives only while conditions are stated."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.legal: dict[str, str] = {}

    def own(self, name: str, legal_basis: str = "") -> str:
        """Return a name that nothing else bears."""
        found, number = name, 2
        while found in self.used:
            found, number = f"{name} ({number})", number + 1
        self.used.add(found)
        if legal_basis:
            self.legal[found] = legal_basis
        return found


def _of_year(session: Session) -> pd.DataFrame:
    return session.conditions.of_year(session.facts.plan_year).frame


def _lines(frame: pd.DataFrame, demand: Demand, *columns: str) -> Iterator[tuple[str, ...]]:
    held = frame[frame["demand"] == demand]
    yield from zip(*(held[column] for column in columns), strict=True)


def _nothing(line: pd.Series, groups: PlanGroups, names: Names, at: str) -> list[Condition]:  # noqa: ARG001
    return []


def _limits(line: pd.Series, groups: PlanGroups, names: Names, at: str) -> list[Condition]:
    state = COUNTED[line["counted"]]
    bound = {str(line["demand"]): limit_of(line["limit"])}
    return [
        state(names.own(name, line["legal_basis"]), where, bound)
        for name, where in scopes_of(line, groups, at)
    ]


def scopes_of(line: pd.Series, groups: PlanGroups, at: str) -> Iterator[tuple[str, Where]]:
    """Yield the name and the groups of every condition that a line states."""
    fixed: Where = {
        column: groups.key(column, line[column]) for column in SCOPE if line[column] not in ("", EACH)
    }
    if not pd.isna(line["womens_proposal"]):
        fixed["womens_proposal"] = YES if line["womens_proposal"] else NO
    if line["proposals"]:
        fixed[f"line {at}"] = YES
    each = [column for column in SCOPE if line[column] == EACH]
    if not each:
        yield str(line["condition"]), fixed
        return
    for found in groups.each(each):
        said = ", ".join(groups.name(column, group) for column, group in found.items())
        yield f"{line['condition']}: {said}", fixed | found


def _count(name: str, where: Where, bound: Mapping[str, Fraction]) -> Condition:
    sides: dict[str, Any] = {side: int(limit) for side, limit in bound.items()}
    return Count(name, where, **sides)


def _money(name: str, where: Where, bound: Mapping[str, Fraction]) -> Condition:
    if "at_least" in bound:
        return GroupFloor(name, int(bound["at_least"]), where)
    return GroupCeiling(name, int(bound["at_most"]), where)


def _of_ceiling(name: str, where: Where, bound: Mapping[str, Any]) -> Condition:
    return MoneyShare(name, where, **bound)


def _of_spent(name: str, where: Where, bound: Mapping[str, Any]) -> Condition:
    return MoneyShare(name, where, **bound, of=ShareOf.SPENT)


def _of_funded(name: str, where: Where, bound: Mapping[str, Any]) -> Condition:
    return CountShare(name, where, **bound)


COUNTED: Mapping[str, Callable[[str, Where, Mapping[str, Any]], Condition]] = MappingProxyType(
    {
        Counted.PROPOSALS.value: _count,
        Counted.RUPIAH.value: _money,
        Counted.CEILING_SHARE.value: _of_ceiling,
        Counted.SPENT_SHARE.value: _of_spent,
        Counted.FUNDED_SHARE.value: _of_funded,
    }
)
"""How a limit is stated, by what it counts."""


def _requires(line: pd.Series, groups: PlanGroups, names: Names, at: str) -> list[Condition]:  # noqa: ARG001
    """State what a proposal needs; one whose need does not compete here cannot be funded."""
    found: list[Condition] = []
    for label in labels_of(line["proposals"]):
        for needed in labels_of(line["needs"]):
            if label not in groups.frame.index:
                continue
            name = names.own(line["condition"], line["legal_basis"])
            known = needed in groups.frame.index
            found.append(
                Requires(name, label, needed) if known else Count(name, {"proposal": label}, at_most=0)
            )
    return found


def _only_one(line: pd.Series, groups: PlanGroups, names: Names, at: str) -> list[Condition]:  # noqa: ARG001
    listed = tuple(
        label for label in dict.fromkeys(labels_of(line["proposals"])) if label in groups.frame.index
    )
    if len(listed) < 2:
        return []
    return [AtMostOne(names.own(line["condition"], line["legal_basis"]), listed)]


STATED: Mapping[str, Callable[[pd.Series, PlanGroups, Names, str], list[Condition]]] = MappingProxyType(
    {
        **{demand.value: _limits for demand in LIMITS},
        Demand.REQUIRES.value: _requires,
        Demand.ONLY_ONE.value: _only_one,
    }
)
"""How a line is stated, by what it asks for."""


def with_bound(condition: Condition, bound: int) -> Condition:
    """Count the earmarked money in shares of the ceiling: a share is one of the whole ceiling."""
    if bound and isinstance(condition, MoneyShare) and condition.of is ShareOf.CEILING:
        return MoneyShare(
            condition.name, condition.where, condition.at_least, condition.at_most, condition.of, bound=bound
        )
    return condition


def _listed_columns(frame: pd.DataFrame, groups: PlanGroups) -> pd.DataFrame:
    """Return a column for every limit that lists its proposals."""
    lines = frame[frame["demand"].isin([*LIMITS, Demand.YEAR_CEILING]) & (frame["proposals"] != "")]
    columns = {}
    for at, text in lines["proposals"].items():
        listed = set(labels_of(text))
        columns[f"line {at}"] = [YES if label in listed else NO for label in groups.frame.index]
    return pd.DataFrame(columns, index=groups.frame.index)


def _groups_named(conditions: Sequence[Condition]) -> dict[str, set[str]]:
    named: dict[str, set[str]] = {}
    for condition in conditions:
        for column, group in getattr(condition, "where", {}).items():
            named.setdefault(column, set()).add(group)
    return named


def _categories(column: pd.Series, named: set[str]) -> pd.Categorical:
    written = column.to_list()
    place = {name: at for at, name in enumerate(sorted({*written, *named}))}
    codes = [place[name] for name in written]
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(place), dtype="str"))
