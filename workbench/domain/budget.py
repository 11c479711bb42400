"""The ceiling (pagu): whole rupiah, per region, agency, field and source, less what is earmarked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from workbench.domain.checks import empty_cells, negative_amounts
from workbench.domain.columns import Column, Kind, conform
from workbench.domain.regions import lies_in
from workbench.errors import Problem


class LineKind(StrEnum):
    """What a line of the budget says."""

    CEILING = "ceiling"
    """Money that may be given to proposals."""
    EARMARK = "earmark"
    """Money inside the ceiling that is bound before the ranking starts (alokasi wajib)."""
    AT_LEAST = "at_least"
    """At least this much must go to the scope of the line."""
    AT_MOST = "at_most"
    """At most this much may go to the scope of the line."""


COLUMNS = (
    Column("region", Kind.REGION),
    Column("agency"),
    Column("field"),
    Column("pool"),
    Column("source"),
    Column("kind", Kind.CHOICE, choices=tuple(LineKind)),
    Column("amount", Kind.RUPIAH, required=True, filled=True),
    Column("note"),
)


def check(table: pd.DataFrame) -> list[Problem]:
    """Name every violated invariant of a budget table, all at once."""
    return empty_cells(table, COLUMNS) + negative_amounts(table, COLUMNS)


@dataclass(frozen=True)
class Budget:
    """The lines of the ceiling.

    Attributes
    ----------
    frame : DataFrame
        Columns region (empty = the whole session), agency, field, pool, source, kind, amount (whole rupiah),
        note.

    Examples
    --------
    >>> lines = pd.DataFrame({"region": ["73.02.01"], "amount": [500], "kind": ["ceiling"]})
    >>> Budget.from_table(lines).ceiling()
    500
    """

    frame: pd.DataFrame

    @classmethod
    def from_table(cls, table: pd.DataFrame) -> Budget:
        """Conform a table and return the value; `check` is for the door."""
        table = conform(table, COLUMNS)
        return cls(
            table.assign(kind=table["kind"].replace("", LineKind.CEILING.value)).reset_index(drop=True)
        )

    @classmethod
    def empty(cls) -> Budget:
        """Return a budget that says nothing: no ceiling is not a ceiling of zero."""
        return cls.from_table(pd.DataFrame())

    def within(self, region: str) -> Budget:
        """Return the lines of a region and what lies in it, and those for the whole session but the ceiling.

        The ceiling of the whole session is not a district's own, so it stays behind.
        """
        inside = lies_in(self.frame["region"], region)
        common = (self.frame["region"] == "") & (self.frame["kind"] != LineKind.CEILING)
        return Budget(self.frame[inside | common].reset_index(drop=True))

    def of_pool(self, pool: str) -> Budget:
        """Return the lines of a pool, as those of a list of its own; ``""``: the lines that name none."""
        return Budget(self.frame[self.frame["pool"] == pool].assign(pool="").reset_index(drop=True))

    def _broad(self, kind: LineKind) -> pd.Series[int] | None:
        lines = self.frame[self.frame["kind"] == kind]
        if lines.empty:
            return None
        depth = [code.count(".") if code else -1 for code in lines["region"]]
        highest = min(depth)  # finer regions lie inside: their lines would count twice
        scopes = zip(lines["agency"], lines["field"], lines["pool"], strict=True)
        top = np.array([level == highest for level in depth])
        whole = top & np.array([not any(scope) for scope in scopes])
        return lines["amount"][whole if whole.any() else top]

    def ceiling(self) -> int | None:
        """Return the total ceiling in rupiah; None when no ceiling was given.

        Lines without agency, field and pool are the total; where only finer lines exist (a district by agency
        matrix), the total is their sum.
        """
        amounts = self._broad(LineKind.CEILING)
        return None if amounts is None else sum(int(amount) for amount in amounts)

    def earmarked(self) -> int:
        """Return what is bound before the ranking starts, in rupiah."""
        lines = self.frame.loc[self.frame["kind"] == LineKind.EARMARK, "amount"]
        return sum(int(amount) for amount in lines)

    def room(self) -> int | None:
        """Return the ceiling less what is earmarked: the money that priorities compete for."""
        ceiling = self.ceiling()
        return None if ceiling is None else ceiling - self.earmarked()

    def with_ceiling(self, region: str, amount: int) -> Budget:
        """Return the budget with one ceiling in place of all ceilings given before."""
        others = self.frame[self.frame["kind"] != LineKind.CEILING]
        line = pd.DataFrame({"region": [region], "kind": [LineKind.CEILING.value], "amount": [amount]})
        return Budget.from_table(pd.concat([others, conform(line, COLUMNS)], ignore_index=True))
