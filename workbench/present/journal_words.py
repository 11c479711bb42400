"""What a replay of a journal leads to, in words; nothing of an open round but how many are in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from itertools import groupby

from workbench.present.i18n import Translator
from workbench.present.problems import problem_sentence
from workbench.room.counting import progress
from workbench.room.rehearsal import Words
from workbench.room.round import Round
from workbench.room.state import RoomState, SetAside


def state_sentences(state: RoomState, t: Translator) -> tuple[str, ...]:
    """Return where a room stands: list, people, rounds, decisions, what waits."""
    listed, gone = len(state.listed), len(state.departures)
    sentences = [
        t("journal.listed", listed=listed, gone=gone),
        t("journal.people", people=len(state.participants.rows)),
        *(round_sentence(held, t) for held in state.rounds.values()),
        t("journal.decisions", count=len(state.decisions)),
    ]
    if state.to_score:
        sentences.append(t("journal.to_score", names=sorted(state.to_score)))
    if state.undone:
        sentences.append(t("journal.undone", count=len(state.undone)))
    sentences.append(t("journal.locked" if state.locked else "journal.draft"))
    return tuple(sentences)


def round_sentence(held: Round, t: Translator) -> str:
    """Return a round in one sentence: its way, its proposals, and how many are in."""
    found = progress(held)
    facts = {
        "number": held.number,
        "way": t(f"way.{held.way.value}"),
        "proposals": len(held.proposals),
        "lines": found.lines,
    }
    return t("journal.round_open" if held.is_open else "journal.round_closed", **facts)


def conflict_sentences(conflicts: tuple[SetAside, ...], t: Translator) -> Iterator[str]:
    """Yield a sentence for the entries that were set aside for one and the same reason."""
    said = [(problem_sentence(held.problems[0], t), held.entry.request) for held in conflicts]
    for sentence, group in groupby(sorted(said), key=lambda pair: pair[0]):
        requests = [request for _, request in group]
        yield t("journal.conflict", sentence=sentence, count=len(requests), requests=requests[:10])


def rehearsal_words(t: Translator) -> Words:
    """Return what a rehearsal writes in the place of people's words."""
    return Words(**{entry.name: t(f"rehearse.{entry.name}") for entry in fields(Words)})
