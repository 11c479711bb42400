"""Conditions (batasan) of the plan: ceilings, shares, counts, dependencies, exclusions, commitments.

Each line has a name that is read aloud, and its legal basis where it has one. No share of any regulation
stands in code: they change every year and come from a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import pandas as pd

from workbench.domain.columns import Column, Kind, conform
from workbench.domain.proposals import Proposals


class Demand(StrEnum):
    """What a line asks for."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    REQUIRES = "requires"
    """A proposal only together with another."""
    ONLY_ONE = "only_one"
    """At most one of several: exclusions, phases, the same work in full and in part."""
    COMMITTED = "committed"
    """Funded before anything else; its cost comes off the ceiling first."""
    YEAR_CEILING = "year_ceiling"
    """The ceiling of one year, for a plan over several years."""


class Counted(StrEnum):
    """What a limit counts."""

    PROPOSALS = "proposals"
    RUPIAH = "rupiah"
    CEILING_SHARE = "ceiling_share"
    SPENT_SHARE = "spent_share"
    FUNDED_SHARE = "funded_share"


SHARES = (Counted.CEILING_SHARE, Counted.SPENT_SHARE, Counted.FUNDED_SHARE)
LIMITS = (Demand.AT_LEAST, Demand.AT_MOST)
ONLY_PLANNED = (*LIMITS, Demand.REQUIRES, Demand.ONLY_ONE)
"""What only an exact plan can keep; commitments hold under every rule."""
EACH = "*"
"""In a cell that names a group: one condition for each group of the list."""

COLUMNS = (
    Column("condition", required=True, filled=True),
    Column("demand", Kind.CHOICE, required=True, filled=True, choices=tuple(Demand)),
    Column("counted", Kind.CHOICE, choices=tuple(Counted)),
    Column("limit"),
    Column("village"),
    Column("field"),
    Column("agency"),
    Column("funding_source"),
    Column("pool"),
    Column("proposer"),
    Column("womens_proposal", Kind.FLAG),
    Column("proposals"),
    Column("needs"),
    Column("year", Kind.COUNT),
    Column("legal_basis"),
    Column("note"),
)
SCOPE = ("village", "field", "agency", "funding_source", "pool", "proposer")
"""Columns that name a group of proposals; with `womens_proposal` they say where a limit holds."""


@dataclass(frozen=True)
class Conditions:
    """The conditions of a session.

    Attributes
    ----------
    frame : DataFrame
        Columns of `COLUMNS`. `limit` is text: digits for rupiah and proposals, ``"1/5"`` for shares.

    Examples
    --------
    >>> line = {"condition": "Satu tiap desa", "demand": "at_least", "counted": "proposals", "limit": "1",
    ...         "village": "*"}
    >>> Conditions.from_table(pd.DataFrame([line])).named("at_least")
    ('Satu tiap desa',)
    """

    frame: pd.DataFrame

    @classmethod
    def from_table(cls, table: pd.DataFrame) -> Conditions:
        """Conform a table and return the value; `workbench.domain.condition_checks` is for the door."""
        return cls(conform(table, COLUMNS).reset_index(drop=True))

    @classmethod
    def empty(cls) -> Conditions:
        """Return no conditions."""
        return cls.from_table(pd.DataFrame())

    def __len__(self) -> int:
        return len(self.frame)

    def named(self, *demands: str) -> tuple[str, ...]:
        """Return the names of the lines that ask for something."""
        return tuple(self.frame.loc[self.frame["demand"].isin(demands), "condition"].tolist())

    def among(self, proposals: Proposals) -> Conditions:
        """Return the lines that speak about a part of the list.

        A line that names a village, a proposer, or proposals of another part belongs there. A line about a
        field, an agency or a source of money holds in every part. The ceiling of a year may name a district.
        """
        frame = self.frame
        of_district = (frame["demand"] == Demand.YEAR_CEILING) & frame["village"].isin(proposals.districts)
        labels = set(proposals.labels)
        lists = [labels_of(text) for text in frame["proposals"]]
        kept = pd.Series([not listed or bool(labels & set(listed)) for listed in lists], index=frame.index)
        for column, names in (("village", village_names(proposals)), ("proposer", _names(proposals))):
            cells = frame[column].map(plain)
            own = of_district if column == "village" else False
            kept &= cells.isin(["", EACH]) | cells.isin(list(names)) | own
        return Conditions(frame[kept].reset_index(drop=True))

    def of_pool(self, pool: str) -> Conditions:
        """Return the lines that hold in a pool ranked on its own: those that name it, and no pool."""
        held = self.frame[self.frame["pool"].isin(["", EACH, pool])]
        return Conditions(held.assign(pool="").reset_index(drop=True))

    def without_common_years(self, *columns: str) -> Conditions:
        """Return all but the ceilings of years that leave one of these columns empty.

        Where several lists are planned, such a ceiling is no list's own: given to each it would be spent
        more than once.
        """
        unnamed = (self.frame[list(columns)] == "").any(axis="columns")
        common = (self.frame["demand"] == Demand.YEAR_CEILING) & unnamed
        return Conditions(self.frame[~common].reset_index(drop=True))

    def of_year(self, year: int | None) -> Conditions:
        """Return the lines of a year and those without one; all of them where no year is planned."""
        if year is None:
            return self
        years = self.frame["year"]
        held = years.isna() | (years == year).fillna(value=False)
        return Conditions(self.frame[held | (self.frame["demand"] == Demand.YEAR_CEILING)])


def plain(name: object) -> str:
    """Return a name as it is compared: blanks and case do not count.

    Examples
    --------
    >>> plain(" Air  Bersih ")
    'air bersih'
    """
    return " ".join(str(name).split()).casefold()


def labels_of(text: str) -> tuple[str, ...]:
    """Return the codes that a cell lists, separated by commas or semicolons.

    Examples
    --------
    >>> labels_of("U-1, U-2")
    ('U-1', 'U-2')
    """
    return tuple(part.strip() for part in text.replace(";", ",").split(",") if part.strip())


def limit_of(text: str) -> Fraction:
    """Return a limit as an exact number; the door has refused what is none.

    Examples
    --------
    >>> limit_of("1/5")
    Fraction(1, 5)
    """
    return Fraction(text)


def village_names(proposals: Proposals) -> frozenset[str]:
    """Return what a village may be called in a cell: its code, or its name in the list."""
    frame = proposals.frame
    return frozenset(map(plain, {*frame["region"], *frame["village"]} - {""}))


def _names(proposals: Proposals) -> frozenset[str]:
    return frozenset(map(plain, set(proposals.frame["proposer"]) - {""}))
