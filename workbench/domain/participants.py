"""Participants, known by the number of their card alone; names live in a file of their own."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.domain.checks import duplicates, empty_cells, raise_if_any
from workbench.domain.columns import Column, Kind, conform
from workbench.errors import Problem

SEXES = ("female", "male")

COLUMNS = (
    Column("participant", Kind.CODE, required=True, filled=True),
    Column("sex", Kind.CHOICE, choices=SEXES),
    Column("region", Kind.REGION),
    Column("hamlet"),
    Column("constituency"),
    Column("group"),
    Column("voting_right", Kind.FLAG),
)
"""Attributes kept apart from scores: sex, village, hamlet, constituency (unsur), discussion group."""

IDENTITY_COLUMNS = (
    Column("key", Kind.CODE, required=True, filled=True),
    Column("name", required=True, filled=True),
    Column("position"),
    Column("institution"),
    Column("address"),
    Column("age", Kind.COUNT),
)
"""Identity file: card number or role (chair, speaker 1) to a person's name. No other table holds names."""


AGREED_CARD = "mufakat"
"""The card under which points stand that the forum agreed on directly."""
TALLY_CARD = "turus"
"""Cards without a person, one for each mark of a tally: ``turus-001``, ``turus-002``, ..."""


def is_bare_card(card: str) -> bool:
    """Tell whether a card stands for no person: a mark of a tally, or the forum as a whole.

    Examples
    --------
    >>> is_bare_card("turus-012"), is_bare_card("012")
    (True, False)
    """
    return card == AGREED_CARD or card.startswith(f"{TALLY_CARD}-")


def check(table: pd.DataFrame) -> list[Problem]:
    """Name every violated invariant of a table of participants, all at once."""
    return empty_cells(table, COLUMNS) + duplicates(table[table["participant"] != ""], ["participant"])


@dataclass(frozen=True)
class Participants:
    """The people who may score.

    Attributes
    ----------
    frame : DataFrame
        Index ``participant`` (card number as text); columns sex, region, hamlet, constituency, group,
        voting_right (missing counts as yes: most forums give every invited participant a card).
    """

    frame: pd.DataFrame

    @classmethod
    def from_table(cls, table: pd.DataFrame) -> Participants:
        """Check a table whose index is the row number a person sees, and return the value."""
        table = conform(table, COLUMNS)
        raise_if_any(check(table))
        return cls(table.set_index("participant"))

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def labels(self) -> pd.Index[str]:
        """The card numbers, in file order."""
        return self.frame.index
