"""Rooms on disk: a small village folder, opened, rehearsed, killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

from tests.room.rooms import session
from tests.room.words import WORDS
from workbench.domain.rules import Rules
from workbench.room.rehearsal import rehearsal
from workbench.room.replay import replay
from workbench.store.room import Room, open_room
from workbench.store.session_writing import write_session


def clock() -> str:
    return "2026-02-03T09:00:00+07:00"


def village(folder: Path) -> Path:
    write_session(folder, session(), Rules())
    return folder


def opened(folder: Path) -> Room:
    return open_room(village(folder), clock)


def play(room: Room, seed: int, told: Callable[[str], object] = lambda _: None) -> None:
    """Deliver a rehearsal from its start; what was taken before is only acknowledged again."""
    start = replay([room.entries()[0].entry])
    for entry in rehearsal(start, seed, WORDS):
        (receipt,) = room.deliver([entry])
        assert not receipt.problems, receipt.problems
        told(entry.request)


def in_child(work: Callable[[int], None]) -> tuple[int, int]:
    """Run work in a forked process and return its id and the end of the pipe that it tells through."""
    read, write = os.pipe()
    child = os.fork()
    if child:
        os.close(write)
        return child, read
    os.close(read)
    try:
        work(write)
    finally:
        os.kill(os.getpid(), signal.SIGKILL)  # no clean-up of the test's own process
    raise AssertionError
