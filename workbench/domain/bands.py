"""Bands (golongan): names for parts of the score, declared for reading it; they change no rank."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.domain.checks import duplicates, empty_cells, problem_at, raise_if_any
from workbench.domain.columns import Column, Kind, conform
from workbench.errors import Problem

COLUMNS = (
    Column("band", required=True, filled=True),
    Column("lower", Kind.NUMBER, required=True, filled=True),
    Column("decimals", Kind.COUNT),
    Column("meaning"),
)
MOST_DECIMALS = 6


def check(table: pd.DataFrame) -> list[Problem]:
    """Name every violated invariant of a table of bands, all at once."""
    problems = empty_cells(table, COLUMNS) + duplicates(table[table["band"] != ""], ["band"])
    problems += duplicates(table[table["lower"].notna()], ["lower"], "band_threshold_repeated")
    wrong = ((table["decimals"] < 0) | (table["decimals"] > MOST_DECIMALS)).fillna(value=False)
    problems += [
        problem_at(row, "decimals_not_usable", "decimals", table["decimals"][row])
        for row in table.index[wrong]
    ]
    stated = table["decimals"].dropna().unique()
    if len(stated) > 1:
        values = ", ".join(str(number) for number in sorted(stated))
        problems.append(problem_at(None, "decimals_differ", "decimals", values))
    return problems


@dataclass(frozen=True)
class Bands:
    """The declared bands, the highest first.

    Attributes
    ----------
    frame : DataFrame
        Columns band, lower (the least score of the band, which belongs to it), decimals (the score is rounded
        to so many before it is placed; missing = not rounded), meaning.

    Examples
    --------
    >>> Bands.from_table(pd.DataFrame({"band": ["P2", "P1"], "lower": [65.0, 80.0]})).names
    ('P1', 'P2')
    """

    frame: pd.DataFrame

    @classmethod
    def from_table(cls, table: pd.DataFrame) -> Bands:
        """Check a table whose index is the row number a person sees, and return the value."""
        table = conform(table, COLUMNS)
        raise_if_any(check(table))
        return cls(table.sort_values("lower", ascending=False).reset_index(drop=True))

    @classmethod
    def empty(cls) -> Bands:
        """Return no bands: the score is read as it stands."""
        return cls.from_table(pd.DataFrame())

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def names(self) -> tuple[str, ...]:
        """The bands, the highest first."""
        return tuple(self.frame["band"])

    @property
    def decimals(self) -> int | None:
        """Decimals that the score is rounded to before it is placed; None where it is not rounded."""
        stated = self.frame["decimals"].dropna()
        return None if stated.empty else int(stated.iloc[0])
