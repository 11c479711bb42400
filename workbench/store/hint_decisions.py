"""What a person says about the hints of an import, written into the folder or into its journal.

A confirmed hint is a condition that is not met, a refused one a condition that is met (`domain.hint_gates`).
A refused history empties the two columns that it had filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from workbench.domain.ballots import Gates
from workbench.domain.checks import raise_if_any
from workbench.domain.hint_gates import HINT_GATES, HISTORY
from workbench.domain.proposals import Proposals
from workbench.domain.session import Session
from workbench.errors import Problem
from workbench.store.journal_format import has_journal
from workbench.store.room import Clock, open_room
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session

HISTORY_GATE = "riwayat usulan"
"""The name under which a history that an earlier list filled in is asked about."""
FILLED = ("times_proposed", "last_reason")


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint: the proposal, what is asked of it, what it is like, and what a person said.

    Attributes
    ----------
    proposal, activity, gate, note : str
    said : bool or None
        True: the hint is confirmed. None: nobody has said anything.
    """

    proposal: str
    activity: str
    gate: str
    note: str
    said: bool | None


@dataclass(frozen=True)
class Mark:
    """What a person says of one proposal: confirmed or refused; of which condition (empty: its only one)."""

    proposal: str
    confirmed: bool
    gate: str = ""
    note: str = ""


def hints_of(session: Session) -> tuple[Hint, ...]:
    """Return all hints of a session, in the order of its list."""
    activity = session.proposals.frame["activity"]
    lines = session.gates.frame
    lines = lines[lines["gate"].isin(set(HINT_GATES.values()))]
    found = [
        Hint(label, str(activity[label]), gate, note, None if pd.isna(passed) else not passed)
        for label, gate, note, passed in zip(
            lines["proposal"], lines["gate"], lines["note"], lines["passed"], strict=True
        )
    ]
    place = {label: number for number, label in enumerate(session.proposals.labels)}
    return tuple(sorted((*found, *_histories(session)), key=lambda hint: (place[hint.proposal], hint.gate)))


def _histories(session: Session) -> Iterable[Hint]:
    frame = session.proposals.frame
    for note in session.notes:
        label = str(note.facts.get("proposal", ""))
        if note.code != f"alike_{HISTORY}" or label not in frame.index:
            continue
        empty = bool(frame["times_proposed"].isna()[label]) and not frame["last_reason"][label]
        other = " ".join(str(note.facts.get(name, "")) for name in ("other", "other_text")).strip()
        said = False if empty else None
        yield Hint(label, note.value, HISTORY_GATE, f"{note.facts.get('other_list', '')}: {other}", said)


def decide_hints(folder: Path, marks: Sequence[Mark], clock: Clock, operator: str) -> tuple[Hint, ...]:
    """Write down what a person said; return the hints as they stand then.

    Where a room was opened on the folder every mark is an entry of its journal.

    Raises
    ------
    InvalidInput
        ``hint_unknown``, ``hint_ambiguous``: all at once; nothing is written.
    """
    opened = open_session(folder)
    chosen = _chosen(hints_of(opened.session), marks)
    if has_journal(folder):
        return _in_journal(folder, chosen, clock, operator)
    session = opened.session
    for mark, hint in chosen:
        session = (
            _without_history(session, mark) if hint.gate == HISTORY_GATE else _marked(session, mark, hint)
        )
    write_session(folder, session, opened.rules, opened.resolution)
    return hints_of(session)


def _chosen(hints: Sequence[Hint], marks: Sequence[Mark]) -> list[tuple[Mark, Hint]]:
    chosen: list[tuple[Mark, Hint]] = []
    problems: list[Problem] = []
    for mark in marks:
        found = [hint for hint in hints if hint.proposal == mark.proposal and mark.gate in ("", hint.gate)]
        gates = tuple(dict.fromkeys(hint.gate for hint in found))
        if not found:
            problems.append(Problem("hint_unknown", value=mark.proposal, facts={"gate": mark.gate}))
        elif len(gates) > 1:
            problems.append(Problem("hint_ambiguous", value=mark.proposal, facts={"gates": gates}))
        else:
            chosen.append((mark, found[0]))
    raise_if_any(problems)
    return chosen


def _marked(session: Session, mark: Mark, hint: Hint) -> Session:
    frame = session.gates.frame.copy()
    line = (frame["proposal"] == hint.proposal) & (frame["gate"] == hint.gate)
    frame.loc[line, "passed"] = not mark.confirmed
    frame.loc[line, "note"] = _note(mark, hint)
    return replace(session, gates=Gates(frame))


def _note(mark: Mark, hint: Hint) -> str:
    return "; ".join(filter(None, [hint.note, mark.note]))


def _without_history(session: Session, mark: Mark) -> Session:
    if mark.confirmed:
        return session
    frame = session.proposals.frame.copy()
    frame.loc[mark.proposal, "times_proposed"] = pd.NA
    frame.loc[mark.proposal, "last_reason"] = ""
    return replace(session, proposals=Proposals(frame))


def _in_journal(
    folder: Path, chosen: Sequence[tuple[Mark, Hint]], clock: Clock, operator: str
) -> tuple[Hint, ...]:
    room = open_room(folder, clock)
    try:
        for mark, hint in chosen:
            if hint.gate != HISTORY_GATE:
                body = {"proposal": hint.proposal, "gate": hint.gate, "passed": not mark.confirmed}
                room.act("gate_examined", {**body, "note": _note(mark, hint)}, operator=operator)
            elif not mark.confirmed:
                changes = {"times_proposed": None, "last_reason": ""}
                body = {"proposal": hint.proposal, "changes": changes, "reason": hint.note}
                room.act("proposal_changed", body, operator=operator)
    finally:
        room.close()
    return hints_of(open_session(folder).session)
