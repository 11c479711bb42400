"""Which district each row of a table belongs to, and whose rows a problem stands in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from workbench.domain.region_codes import CODE_PATTERN, Level, ancestor
from workbench.domain.regions import Regions
from workbench.errors import Problem
from workbench.store.grids import RawTable

TOO_LONG = "row_too_long"
"""The problem of a row whose cells may stand under other headers than their own."""

Faults = Mapping[str, tuple[Problem, ...]]
"""Problems by the code of the district in whose rows they stand."""


@dataclass(frozen=True, eq=False)
class DistrictRows:
    """The rows of one table by district.

    Attributes
    ----------
    raw : RawTable
    districts : Series of str
        Code of the district by row; empty where it is not told.
    deciding : frozenset of str
        Headers of the columns that tell it: a fault in one of them leaves it open.
    listed : Regions
        Codes that are not in this list tell nothing.
    """

    raw: RawTable
    districts: pd.Series[str]
    deciding: frozenset[str]
    listed: Regions

    def blamed(self, problem: Problem) -> frozenset[str]:
        """Return the districts in whose rows a problem stands; none where that cannot be told."""
        if problem.column in self.deciding or problem.row is None:
            return frozenset()
        if problem.code == TOO_LONG:
            return self._written_in(problem)
        rows = {problem.row, problem.facts.get("first_row", problem.row)}
        found = frozenset(str(self.districts.get(row, "")) for row in rows)
        return frozenset() if "" in found else found

    def without(self, districts: Collection[str]) -> RawTable:
        """Return the table without the rows of some districts, and without what was said of these rows."""
        gone = set(self.districts.index[self.districts.isin(list(districts))])
        body = self.raw.body[~self.raw.body.index.isin(list(gone))]
        return replace(
            self.raw, body=body, notes=tuple(note for note in self.raw.notes if note.row not in gone)
        )

    def _written_in(self, problem: Problem) -> frozenset[str]:
        """Return the one district whose code stands anywhere in a row; none where several do, or none."""
        cells = [*map(str, self.raw.body.loc[problem.row]), *problem.value.split("; ")]
        codes = {ancestor(cell, Level.DISTRICT) for cell in cells if CODE_PATTERN.fullmatch(cell)}
        found = frozenset(code for code in codes if code in self.listed)
        return found if len(found) == 1 else frozenset()


def districts_of(codes: pd.Series[str], listed: Regions) -> pd.Series[str]:
    """Return the district that each code lies in; empty where the list does not hold it.

    Examples
    --------
    >>> listed = Regions(pd.Series({"73.02.01": "Kindang"}), "contoh")
    >>> districts_of(pd.Series(["73.02.01.2001", "73.02", "99.01.01"]), listed).tolist()
    ['73.02.01', '', '']
    """
    found = codes.fillna("").map(lambda code: ancestor(str(code), Level.DISTRICT))
    return found.where(found.isin(listed.names.index), "").astype("str")


def blamed_of_all(problems: Iterable[Problem], tables: Iterable[DistrictRows]) -> Faults | None:
    """Return all problems by district; nothing where one of them belongs to none.

    A problem in rows of two districts, such as one code used by both, is a problem of both.
    """
    places = {(table.raw.file, table.raw.sheet): table for table in tables}
    found: dict[str, tuple[Problem, ...]] = {}
    for problem in problems:
        table = places.get((problem.file, problem.sheet))
        districts = frozenset[str]() if table is None else table.blamed(problem)
        if not districts:
            return None
        for district in districts:
            found[district] = (*found.get(district, ()), problem)
    return {district: tuple(sorted(found[district], key=_row)) for district in sorted(found)}


def _row(problem: Problem) -> tuple[str, str, int]:
    return problem.file, problem.sheet, problem.row or 0
