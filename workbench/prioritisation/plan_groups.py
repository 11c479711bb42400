"""The groups that conditions speak about: village, field, agency; case and blanks do not count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from workbench.domain.conditions import SCOPE, plain
from workbench.domain.region_codes import Level, ancestor
from workbench.domain.session import Session

YES, NO = "true", "false"


@dataclass(frozen=True)
class PlanGroups:
    """The groups of the competing proposals.

    Attributes
    ----------
    frame : DataFrame of str by proposal
        Columns of `SCOPE`, ``district``, ``womens_proposal`` and ``proposal``; names as they are compared.
    names : mapping of column to mapping of group to str
        How a group is called in the list.
    villages : Series of str by proposal
        Of every proposal of the list, competing or not: the code of its village, or the name where there is
        none.
    """

    frame: pd.DataFrame
    names: Mapping[str, Mapping[str, str]]
    villages: pd.Series

    def key(self, column: str, cell: str) -> str:
        """Return the group that a cell means."""
        key = plain(cell)
        return self._village(key) if column == "village" else key

    def name(self, column: str, group: str) -> str:
        """Return what a group is called."""
        return self.names.get(column, {}).get(group, group)

    def each(self, columns: Iterable[str]) -> list[dict[str, str]]:
        """Return every combination of groups that occurs in some columns, sorted."""
        held = self.frame[list(columns)].drop_duplicates()
        held = held[(held != "").all(axis="columns")]
        lines: list[dict[str, str]] = held.sort_values(list(held.columns)).to_dict("records")  # type: ignore[assignment]
        return lines

    def _village(self, key: str) -> str:
        known = self.names["village"]
        if key in known:
            return key
        return next((code for code, name in known.items() if plain(name) == key), key)


def groups_of(session: Session, competing: pd.Index) -> PlanGroups:
    """Return the groups of the proposals of a session.

    Parameters
    ----------
    session : Session
    competing : Index
        The proposals that the frame is about.
    """
    everything = session.proposals.frame
    villages = _villages(everything)
    written = {column: everything[column].to_list() for column in SCOPE} | {"village": villages.to_list()}
    compared = {column: [plain(name) for name in written[column]] for column in SCOPE}
    at = everything.index.get_indexer(competing)
    women = everything["womens_proposal"].to_list()
    region = everything["region"].to_list()
    columns = {column: [compared[column][row] for row in at] for column in SCOPE}
    columns["district"] = [ancestor(region[row], Level.DISTRICT) for row in at]
    columns["womens_proposal"] = [_said(women[row]) for row in at]
    columns["proposal"] = [str(label) for label in competing]
    held = pd.DataFrame(columns, index=competing, dtype="str")
    names = {
        column: MappingProxyType(dict(zip(compared[column], written[column], strict=True)))
        for column in SCOPE
        if column != "village"
    }
    called = {
        plain(key): name or session.regions.name(key)
        for key, name in zip(villages, everything["village"], strict=True)
    }
    return PlanGroups(held, MappingProxyType({**names, "village": MappingProxyType(called)}), villages)


def _said(flag: object) -> str:
    return "" if pd.isna(flag) else YES if flag else NO  # type: ignore[call-overload]  # a cell


def _villages(frame: pd.DataFrame) -> pd.Series:
    codes = [ancestor(code, Level.VILLAGE) for code in frame["region"]]
    named = [code or text for code, text in zip(codes, frame["village"], strict=True)]
    return pd.Series(named, index=frame.index, dtype="str")
