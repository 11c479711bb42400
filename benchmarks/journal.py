"""Measure a day's journal: taken one by one and in commits of fifty, replayed, undone, against bare SQLite.

    python benchmarks/journal.py [FOLDER]

FOLDER lies on the disk to be measured (a temporary folder by default). 60 cards, 40 proposals, 8 criteria,
two rounds: 4,805 entries. Bare SQLite writes the same texts with the same settings and checks nothing. Each
figure but the writing is the least of several rounds.
"""

import itertools
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from workbench.domain.criteria import Criteria
from workbench.domain.facts import Facts
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.room.entries import Entry
from workbench.room.replay import after, replay, undoable
from workbench.room.session import session_of
from workbench.store.journal_check import verify_journal
from workbench.store.room import Room, open_room
from workbench.store.session_writing import write_session

PROPOSALS = [f"U-{number:02d}" for number in range(40)]
CRITERIA = [f"K{number}" for number in range(8)]
CARDS = [f"{number:03d}" for number in range(60)]


def session() -> Session:
    listed = pd.DataFrame({"proposal": PROPOSALS, "activity": PROPOSALS, "region": "99.01.01", "cost": 10**7})
    asked = pd.DataFrame(
        {"criterion": CRITERIA, "name": CRITERIA, "weight": 1.0, "scale_min": 1.0, "scale_max": 5.0}
    )
    return Session(
        facts=Facts(region="99.01.01"),
        proposals=Proposals.from_table(listed),
        criteria=Criteria.from_tables(asked),
        regions=Regions(pd.Series({"99": "A", "99.01": "B", "99.01.01": "C"}), "uji"),
        participants=Participants.from_table(pd.DataFrame({"participant": CARDS})),
    )


def lines(number: int) -> list[Entry]:
    return [
        Entry(
            "ballot_keyed",
            {
                "round": number,
                "participant": card,
                "proposal": label,
                "points": {
                    criterion: (len(card + label) + at) % 5 + 1 for at, criterion in enumerate(CRITERIA)
                },
            },
            f"{number}-{card}-{label}",
            channel="paper",
        )
        for card, label in itertools.product(CARDS, PROPOSALS)
    ]


def day(room: Room, batch: int) -> float:
    start = time.perf_counter()
    for number in (1, 2):
        room.act("round_opened", {"round": number, "way": "cards"})
        entries = lines(number)
        for at in range(0, len(entries), batch):
            receipts = room.deliver(entries[at : at + batch])
            assert not any(receipt.problems for receipt in receipts)
        room.act("round_closed", {"round": number})
    return time.perf_counter() - start


def bare(folder: Path, texts: list[str], batch: int) -> float:
    connection = sqlite3.connect(folder / f"bare-{batch}.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE entries (seq INTEGER PRIMARY KEY, body TEXT)")
    start = time.perf_counter()
    for at in range(0, len(texts), batch):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO entries (body) VALUES (?)", [(text,) for text in texts[at : at + batch]]
        )
        connection.execute("COMMIT")
    connection.close()
    return time.perf_counter() - start


def least(call, rounds: int = 5) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def measured(folder: Path) -> None:
    for batch in (1, 50):
        place = folder / f"musyawarah-{batch}"
        write_session(place, session(), Rules())
        with open_room(place, lambda: "") as room:
            seconds = day(room, batch)
            entries = [held.entry for held in room.entries()]
            state = room.state
        plain = bare(folder, [entry.content for entry in entries], batch)
        rate, ratio = len(entries) / seconds, seconds / plain
        print(f"write, {batch:2d} a commit   {rate:8.0f} entries/s   {ratio:5.1f} x bare SQLite")
    print(f"replay of {len(entries):,} entries   {least(lambda: replay(entries)) * 1000:6.0f} ms")
    print(f"session from the state     {least(lambda: session_of(state)) * 1000:6.0f} ms")
    print(f"check of the whole chain   {least(lambda: verify_journal(place), 2) * 1000:6.0f} ms")
    before = replay(entries[:-1])
    line = lines(2)[-1]
    told = Entry("line_corrected", {"round": 2, "card": CARDS[0], "proposal": PROPOSALS[0],
        "said": line.body["points"], "reason": "uji"}, "k")  # fmt: skip
    keyed = after(before, told.placed(99_999, "uji", ""))
    print(f"one more entry             {least(lambda: after(before, told)) * 1000:6.2f} ms")
    print(f"what can be undone         {least(lambda: undoable(keyed)) * 1000:6.2f} ms")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measured(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as place:
            measured(Path(place))
