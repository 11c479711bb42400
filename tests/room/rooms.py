"""Small rooms: a village with five proposals, two judged criteria and a ceiling."""

from __future__ import annotations

from itertools import count

import pandas as pd

from workbench.domain.budget import Budget
from workbench.domain.criteria import Criteria
from workbench.domain.facts import Facts
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.room.entries import Entry
from workbench.room.opening import opening_body
from workbench.room.replay import after
from workbench.room.state import EMPTY, RoomState

VILLAGE = "73.02.01.2001"
PROPOSALS = ("U-1", "U-2", "U-3", "U-4", "U-5")
CARDS = ("001", "002", "003", "004")
CRITERIA = ("K1", "K2")


def session(criteria: pd.DataFrame | None = None) -> Session:
    listed = pd.DataFrame(
        {
            "proposal": PROPOSALS,
            "activity": [f"Kegiatan {label}" for label in PROPOSALS],
            "region": VILLAGE,
            "cost": [40_000_000, 30_000_000, 20_000_000, 10_000_000, 5_000_000],
            "volume": "1",
        }
    )
    asked = pd.DataFrame(
        {
            "criterion": CRITERIA,
            "name": ["Mendesak", "Manfaat"],
            "weight": [2.0, 1.0],
            "scale_min": 1.0,
            "scale_max": 5.0,
        }
    )
    people = pd.DataFrame(
        {
            "participant": CARDS,
            "sex": ["female", "male", "female", "male"],
            "hamlet": ["Lor", "Lor", "Kidul", "Kidul"],
            "constituency": ["Tani", "BPD", "Tani", "PKK"],
        }
    )
    return Session(
        facts=Facts(forum="Musrenbang Desa", level="desa", region=VILLAGE),
        proposals=Proposals.from_table(listed),
        criteria=Criteria.from_tables(asked if criteria is None else criteria),
        regions=Regions(pd.Series({"73": "A", "73.02": "B", "73.02.01": "C", VILLAGE: "D"}), "uji"),
        participants=Participants.from_table(people),
        budget=Budget.from_table(pd.DataFrame({"region": [VILLAGE], "amount": [60_000_000]})),
    )


class Meeting:
    """Acts one after the other, with request ids and logical time counted by itself."""

    def __init__(self, start: Session | None = None, rules: Rules | None = None) -> None:
        self._numbers = count(1)
        self.state: RoomState = EMPTY
        self.entries: list[Entry] = []
        self.act("room_opened", opening_body(start or session(), rules or Rules()))

    def entry(self, kind: str, body: dict | None = None, **place) -> Entry:
        number = next(self._numbers)
        return Entry(kind, body or {}, f"r{number:04d}", **place).placed(number, "uji", "")

    def act(self, kind: str, body: dict | None = None, **place) -> RoomState:
        entry = self.entry(kind, body, **place)
        self.state = after(self.state, entry)
        self.entries.append(entry)
        return self.state

    def key(self, card: str, proposal: str, *points: float | None, number: int = 1, **place) -> RoomState:
        said = dict(zip(CRITERIA, points, strict=True))
        body = {"round": number, "participant": card, "proposal": proposal, "points": said}
        return self.act("ballot_keyed", body, **({"channel": "paper"} | place))

    def score(self, number: int = 1, cards: tuple[str, ...] = CARDS) -> RoomState:
        """Open a round, let everyone score everything by a fixed pattern, and close it."""
        self.act("round_opened", {"round": number, "way": "cards"})
        for at, card in enumerate(cards):
            for place, label in enumerate(self.state.rounds[number].proposals):
                self.key(card, label, 1 + (at + place) % 5, 1 + (2 * place) % 5, number=number)
        return self.act("round_closed", {"round": number})
