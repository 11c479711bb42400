"""Participants, known by the number of their card alone; names live in a file of their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
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
GROUP_CARD = "kelompok"
"""Cards that a discussion group fills in together: ``kelompok-Melati``, ..."""


def is_bare_card(card: str) -> bool:
    """Tell whether a card stands for no one person: a mark of a tally, a group, or the forum as a whole.

    Examples
    --------
    >>> is_bare_card("turus-012"), is_bare_card("kelompok-Melati"), is_bare_card("012")
    (True, True, False)
    """
    return card == AGREED_CARD or card.startswith((f"{TALLY_CARD}-", f"{GROUP_CARD}-"))


def group_card(group: str) -> str:
    """Return the card that a discussion group fills in together.

    Examples
    --------
    >>> group_card("Melati"), group_of_card("kelompok-Melati"), group_of_card("012")
    ('kelompok-Melati', 'Melati', '')
    """
    return f"{GROUP_CARD}-{group}"


def group_of_card(card: str) -> str:
    """Return the group that filled a card in together; empty where it is no group's."""
    start = f"{GROUP_CARD}-"
    return card.removeprefix(start) if card.startswith(start) else ""


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

    def cards_of_groups(self, minimum: int) -> frozenset[str]:
        """Return the cards of the groups with at least a minimum of members who may vote.

        What such a group wrote down together is nobody's own; the card of a smaller one is guarded like a
        person's.
        """
        frame = self.frame
        one_person = np.array([not is_bare_card(str(card)) for card in frame.index], dtype=bool)
        voting = frame["voting_right"].fillna(value=True).astype(bool)
        sizes = frame.loc[voting & one_person & (frame["group"] != ""), "group"].value_counts()
        return frozenset(group_card(str(group)) for group in sizes.index[sizes >= minimum])
