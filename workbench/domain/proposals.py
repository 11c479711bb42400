"""Proposals (usulan): what villages ask for, with the columns of the official forms."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.domain.checks import duplicates, empty_cells, negative_amounts, problem_at, raise_if_any
from workbench.domain.columns import Column, Kind, conform
from workbench.domain.region_codes import Level, ancestor, is_region_code
from workbench.domain.regions import lies_in
from workbench.errors import Problem

PROPOSED_ON = "tanggal_usul"
"""Further column of the day on which a proposal was made, where a list has one; an ISO date as text."""
COLUMNS = (
    Column("proposal", Kind.CODE, required=True, filled=True),
    Column("year", Kind.COUNT),
    Column("region", Kind.REGION, required=True),
    Column("village"),
    Column("district"),
    Column("hamlet"),
    Column("field"),
    Column("activity", required=True, filled=True),
    Column("problem"),
    Column("location"),
    Column("volume"),
    Column("unit"),
    Column("cost", Kind.RUPIAH, required=True),
    Column("funding_source"),
    Column("agency"),
    Column("proposer"),
    Column("source"),
    Column("womens_proposal", Kind.FLAG),
    Column("beneficiaries", Kind.COUNT),
    Column("beneficiaries_male", Kind.COUNT),
    Column("beneficiaries_female", Kind.COUNT),
    Column("poor_households", Kind.COUNT),
    Column("self_help", Kind.RUPIAH),
    Column("pool"),
    Column("times_proposed", Kind.COUNT),
    Column("last_reason"),
    Column("stage"),
    Column("parent", Kind.CODE),
    Column("regional_priority"),
    Column("regional_objective"),
    Column("program"),
    Column("activity_target"),
)
"""Columns of a proposal. The last four, `agency`, `volume`, `cost` make form T-D.4 (Permendagri 86/2017)."""


def check(table: pd.DataFrame) -> list[Problem]:
    """Name every violated invariant of a table of proposals, all at once.

    Parameters
    ----------
    table : DataFrame
        Conformed to `COLUMNS`; the index is the row number a person sees.
    """
    problems = empty_cells(table, COLUMNS)
    problems += duplicates(table[table["proposal"] != ""], ["proposal"])
    problems += negative_amounts(table, COLUMNS)
    codes = table["region"]
    malformed = codes[(codes != "") & ~codes.map(is_region_code).astype(bool)]
    problems += [problem_at(row, "region_code_malformed", "region", code) for row, code in malformed.items()]
    own = (table["parent"] != "") & (table["parent"] == table["proposal"])
    problems += [problem_at(row, "own_parent", "parent", table["parent"][row]) for row in table.index[own]]
    return problems + _circles(table[~own])


def _circles(table: pd.DataFrame) -> list[Problem]:
    """Name every row whose line of parents leads back to itself."""
    linked = table[(table["proposal"] != "") & table["parent"].isin(table["proposal"])]
    parents = dict(zip(linked["proposal"], linked["parent"], strict=True))
    seen: set[str] = set()
    circling: set[str] = set()
    for start in parents:
        path: list[str] = []
        above = start
        while above in parents and above not in seen:
            seen.add(above)
            path.append(above)
            above = parents[above]
        if above in path:
            circling.update(path[path.index(above) :])
    rows = linked[linked["proposal"].isin(circling)]
    return [problem_at(row, "parent_cycle", "parent", parent) for row, parent in rows["parent"].items()]


@dataclass(frozen=True)
class Proposals:
    """A checked list of proposals.

    Attributes
    ----------
    frame : DataFrame
        Index ``proposal`` (unique text), in the order of the file; columns of `COLUMNS` but the first, then
        whatever further columns the file has. Cost and self_help are whole rupiah, missing = unpriced.

    Raises
    ------
    InvalidInput
        Names every broken invariant.

    Examples
    --------
    >>> record = {"proposal": "U-1", "activity": "Jembatan", "region": "73.02.01", "cost": 5}
    >>> Proposals.from_table(pd.DataFrame([record])).frame.loc["U-1", "cost"]
    np.int64(5)
    """

    frame: pd.DataFrame

    @classmethod
    def from_table(cls, table: pd.DataFrame) -> Proposals:
        """Check a table whose index is the row number a person sees, and return the value."""
        table = conform(table, COLUMNS)
        raise_if_any(check(table))
        return cls(table.set_index("proposal"))

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def labels(self) -> pd.Index[str]:
        """The proposal codes, in file order."""
        return self.frame.index

    @property
    def districts(self) -> tuple[str, ...]:
        """Codes of the districts (kecamatan) that proposals lie in, sorted."""
        codes = {ancestor(code, Level.DISTRICT) for code in self.frame["region"].unique()}
        return tuple(sorted(codes - {""}))

    def within(self, region: str) -> Proposals:
        """Return the proposals that lie in a region."""
        return Proposals(self.frame[lies_in(self.frame["region"], region)])

    def without_district(self) -> Proposals:
        """Return the proposals whose code names no district, so that none of them disappears."""
        coarse = self.frame["region"].str.count(r"\.") < Level.DISTRICT - 1
        return Proposals(self.frame[coarse])

    def at_stage(self, stage: str) -> Proposals:
        """Return the proposals of one stage; an empty stage means all of them."""
        return Proposals(self.frame[self.frame["stage"] == stage]) if stage else self
