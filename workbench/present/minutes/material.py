"""What a berita acara is made of: the forum, its lists as decided, its words, and names when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from workbench.deliberation import DecidedList, RoundChanges
from workbench.domain.group_sessions import GroupSession
from workbench.domain.minutes_text import MinutesText
from workbench.domain.orders import Orders
from workbench.domain.participants import IDENTITY_COLUMNS
from workbench.domain.session import Session
from workbench.present.paper.document import A4, Sheet
from workbench.prioritisation import Outcome
from workbench.room.counted_rounds import CountedRounds


@dataclass(frozen=True)
class MinutesList:
    """One list that was ranked on its own, with the forum's decisions laid over it.

    Where points were given in more than one round it says what the last one moved.
    """

    session: Session
    outcome: Outcome
    decided: DecidedList
    changes: RoundChanges | None = None


def no_names() -> pd.DataFrame:
    """Return an identity table that knows nobody."""
    return pd.DataFrame({column.name: [] for column in IDENTITY_COLUMNS}, dtype="str").set_index("key")


@dataclass(frozen=True)
class Material:
    """Everything that a berita acara says.

    Attributes
    ----------
    session : Session
        The whole forum.
    lists : mapping of pool to MinutesList
        One entry with an empty name where pools are ranked together.
    text : MinutesText
    locked : bool
        Whether the decisions are final; a draft is marked on every sheet.
    digest : str
        Hash of the outcome file that lies beside the paper.
    journal : str
        Closing hash of the room's journal; empty where no room was opened.
    delegates : tuple of str
        Cards of the chosen delegates of this forum.
    orders : Orders or None
        What discussion groups put in order.
    group_sessions : tuple of GroupSession
        As recorded; a subject that none of them names is printed with blanks.
    counted : CountedRounds or None
        What a further counting round of the room counted anew.
    names : DataFrame
        Index ``key`` (card number or role); empty unless a person asked for names.
    """

    session: Session
    lists: Mapping[str, MinutesList]
    text: MinutesText
    locked: bool
    digest: str
    journal: str = ""
    delegates: tuple[str, ...] = ()
    names: pd.DataFrame = field(default_factory=no_names)
    orders: Orders | None = None
    group_sessions: tuple[GroupSession, ...] = ()
    counted: CountedRounds | None = None

    def name_of(self, key: str) -> str:
        """Return the name behind a key; empty text where it is not known or was not asked for."""
        return str(self.names["name"][key]) if key in self.names.index else ""


@dataclass(frozen=True)
class Layout:
    """How the paper is laid out.

    Attributes
    ----------
    sheet : Sheet
        Of the upright pages; annexes lie across where their form is wide.
    attendance_rows : int
        Blank lines of the attendance list; 0 prints the participants of the session and a few blank lines.
    computed_annex : bool
        Whether the computed ranks that the forum decided otherwise stand in an annex of their own.
    """

    sheet: Sheet = A4
    attendance_rows: int = 0
    computed_annex: bool = False
