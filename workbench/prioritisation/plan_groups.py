"""The groups that conditions speak about: village, field, agency; case and blanks do not count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from workbench.domain.conditions import SCOPE, plain
from workbench.domain.regions import Level, ancestor
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
    frame = everything.assign(village=villages).loc[competing]
    columns = {column: frame[column].map(plain) for column in SCOPE}
    women = frame["womens_proposal"].map({True: YES, False: NO}).astype(object)
    held = pd.DataFrame(columns, index=competing).astype("str")
    held = held.assign(
        district=[ancestor(code, Level.DISTRICT) for code in frame["region"]],
        womens_proposal=women.where(women.notna(), "").astype("str"),
        proposal=competing.astype("str"),
    )
    names = {
        column: MappingProxyType(dict(zip(everything[column].map(plain), everything[column], strict=True)))
        for column in SCOPE
        if column != "village"
    }
    called = {
        plain(key): name or session.regions.name(key)
        for key, name in zip(villages, everything["village"], strict=True)
    }
    return PlanGroups(held, MappingProxyType({**names, "village": MappingProxyType(called)}), villages)


def _villages(frame: pd.DataFrame) -> pd.Series:
    codes = [ancestor(code, Level.VILLAGE) for code in frame["region"]]
    named = [code or text for code, text in zip(codes, frame["village"], strict=True)]
    return pd.Series(named, index=frame.index, dtype="str")
