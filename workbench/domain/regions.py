"""Administrative regions: the list that their codes are checked against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from workbench.domain.checks import problem_at, raise_if_any
from workbench.domain.region_codes import Level, ancestor, is_region_code
from workbench.errors import Problem


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
        if not len(self.names):  # an empty list has no texts by which pandas would know its index
            object.__setattr__(self, "names", pd.Series(index=pd.Index([], dtype="str"), dtype="str"))
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
