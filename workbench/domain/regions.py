"""Administrative regions: kode wilayah ``PP.KK.CC.DDDD`` and the list they are checked against.

Province (PP), regency or city (KK), district = kecamatan (CC), village = desa or kelurahan (DDDD); the
levels and the dots are those of Kepmendagri 300.2.2-2138/2025 and its predecessors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import pandas as pd

from workbench.domain.checks import problem_at, raise_if_any
from workbench.errors import Problem

CODE_PATTERN = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)


class Level(IntEnum):
    """Level of a region, by the number of groups in its code."""

    PROVINCE = 1
    REGENCY = 2
    DISTRICT = 3
    VILLAGE = 4


def is_region_code(text: str) -> bool:
    """Tell whether the text has the form of a kode wilayah.

    Examples
    --------
    >>> is_region_code("73.02.01.2001"), is_region_code("73.2.1")
    (True, False)
    """
    return CODE_PATTERN.fullmatch(text) is not None


def level_of(code: str) -> Level:
    """Return the level of a well-formed code.

    Examples
    --------
    >>> level_of("73.02.01").name
    'DISTRICT'
    """
    return Level(code.count(".") + 1)


def ancestor(code: str, level: Level) -> str:
    """Return the code of the region at the given level that holds this one; empty if the code is coarser.

    Examples
    --------
    >>> ancestor("73.02.01.2001", Level.DISTRICT), ancestor("73.02", Level.DISTRICT)
    ('73.02.01', '')
    """
    parts = code.split(".")
    return ".".join(parts[:level]) if len(parts) >= level else ""


def lies_in(codes: pd.Series[str], region: str) -> pd.Series[bool]:
    """Tell for each code whether it is the region itself or lies inside it.

    Examples
    --------
    >>> lies_in(pd.Series(["73.02.01.2001", "73.02.011"]), "73.02.01").tolist()
    [True, False]
    """
    return (codes == region) | codes.str.startswith(region + ".")


@dataclass(frozen=True)
class Regions:
    """A list of regions of one edition.

    Attributes
    ----------
    names : Series of str
        Name by code; the index is unique and sorted.
    edition : str
        The decree or source that the codes come from; stored with every outcome.
    """

    names: pd.Series[str]
    edition: str

    def __post_init__(self) -> None:
        codes = self.names.index
        wrong = [code for code in codes.to_list() if not is_region_code(code)]
        problems = [problem_at(None, "region_code_malformed", "region", code) for code in wrong]
        problems += [
            problem_at(None, "duplicate_id", "region", code) for code in codes[codes.duplicated()].unique()
        ]
        raise_if_any(problems)
        if not codes.is_monotonic_increasing:
            object.__setattr__(self, "names", self.names.sort_index())

    def __contains__(self, code: str) -> bool:
        return code in self.names.index

    def name(self, code: str) -> str:
        """Return the name of a region, or the code itself where the list does not hold it."""
        return str(self.names.get(code, code))

    def children(self, code: str) -> pd.Series[str]:
        """Return the regions one level below, name by code, in code order."""
        inside = self.names[self.names.index.str.startswith(code + ".")]
        return inside[inside.index.str.count(r"\.") == code.count(".") + 1]

    def joined(self, other: Regions) -> Regions:
        """Return both lists as one; the other list's names win, and both editions are named."""
        names = pd.concat([self.names[~self.names.index.isin(other.names.index)], other.names])
        editions = [edition for edition in (self.edition, other.edition) if edition]
        return Regions(names, " + ".join(dict.fromkeys(editions)))

    def around(self, codes: Iterable[str]) -> Regions:
        """Return the regencies that the codes lie in, whole, with their provinces; the rest is left out."""
        regencies = {ancestor(code, Level.REGENCY) or code for code in codes if code}
        wanted = tuple(f"{regency}." for regency in sorted(regencies))
        above = self.names.index.isin({part for code in regencies for part in (code, code[:2])})
        inside = self.names.index.str.startswith(wanted) if wanted else above
        return Regions(self.names[above | inside], self.edition)

    def check(self, table: pd.DataFrame, column: str) -> list[Problem]:
        """Name every code of a table that is malformed or not in the list; empty codes are not judged.

        Parameters
        ----------
        table : DataFrame
            The index is the row number a person sees.
        column : str
            The column of codes.
        """
        codes = table[column].fillna("")
        problems = []
        unlisted = codes[(codes != "") & ~codes.isin(self.names.index)]
        for row, code in unlisted.items():
            if is_region_code(code):
                problems.append(problem_at(row, "region_code_unknown", column, code, edition=self.edition))
            else:
                problems.append(problem_at(row, "region_code_malformed", column, code))
        return problems
