"""Group sessions (sidang kelompok): what each discussed, who led it, and what it agreed in words."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.domain.columns import Column, Kind
from workbench.domain.region_codes import ancestor, level_of

COLUMNS = (
    Column("group", required=True, filled=True),
    Column("region", Kind.REGION),
    Column("subjects"),
    Column("chair"),
    Column("minute_taker"),
    Column("attended", Kind.COUNT),
    Column("result"),
)
"""Table of group sessions: persons by office, or by a key of the identity file; never a name."""


@dataclass(frozen=True)
class GroupSession:
    """One group session of one forum; whatever is empty is printed as a visible blank.

    Attributes
    ----------
    group : str
        As the forum calls it.
    subjects : tuple of str
        Fields (bidang) or agencies whose proposals it discussed.
    chair, minute_taker : str
        Office, or a key of the identity file.
    attended : int or None
    result : str
        What it agreed, in its own words.
    """

    group: str
    subjects: tuple[str, ...] = ()
    chair: str = ""
    minute_taker: str = ""
    attended: int | None = None
    result: str = ""

    def discusses(self, subject: str) -> bool:
        """Tell whether the proposals of a field or agency were this group's.

        Examples
        --------
        >>> GroupSession("Kelompok I", ("Ekonomi", "Dinas Sosial")).discusses("ekonomi")
        True
        """
        names = [name.casefold() for name in self.subjects or (self.group,)]
        return subject.strip().casefold() in names


def group_sessions(table: pd.DataFrame, region: str) -> tuple[GroupSession, ...]:
    """Return the group sessions of a forum, in the order of the table.

    Parameters
    ----------
    table : DataFrame
        Columns of `COLUMNS`; a line without region belongs to every forum of the folder.
    region : str
        Kode wilayah of the forum.
    """
    lines = table.loc[[not code or _holds(region, code) for code in table["region"]]]
    columns = (lines[column.name].tolist() for column in COLUMNS if column.name != "region")
    return tuple(
        GroupSession(
            group,
            tuple(part.strip() for part in subjects.split(";") if part.strip()),
            chair,
            minute_taker,
            None if pd.isna(attended) else int(attended),
            result,
        )
        for group, subjects, chair, minute_taker, attended, result in zip(*columns, strict=True)
    )


def _holds(region: str, code: str) -> bool:
    return bool(region) and ancestor(code, level_of(region)) == region
