"""How far a round is keyed in, and what became of a line; never what anybody gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbench.errors import InvalidInput, WorkbenchError
from workbench.present.problems import error_sentence
from workbench.room.counting import keyed_in, progress
from workbench.room.round import CARDED, Round, Way
from workbench.widgets.room_desk import Desk, refusal_sentence
from workbench.widgets.room_lines import DONE, WRONG


def recorded(desk: Desk, kind: str, body: Mapping[str, Any], show: Callable[[], object]) -> str:
    """Do an act of a line and return what to say beside it."""
    try:
        desk.room.act(kind, body, operator=desk.operator, channel="paper")
    except InvalidInput as error:
        return f"{WRONG} {short_error(error, desk)}"
    except WorkbenchError as error:
        desk.say(error_sentence(error, desk.t), wrong=True)  # too long to stand beside a line
        return f"{WRONG} {desk.t('entry.not_saved')}"
    if desk.said.wrong:
        desk.say("")  # what was wrong is over: the disk has room again
    show()
    return f"{DONE} {desk.t('entry.saved')}"


def short_error(error: InvalidInput, desk: Desk) -> str:
    """Return the first problem of a refusal, short enough to stand beside a line."""
    problem = error.problems[0]
    key = f"entry.problem.{problem.code}"
    if not desk.t.has(key):
        return refusal_sentence(error, desk.t)
    numbers = desk.numbers()
    named = (*problem.facts.get("missing", ()), *problem.facts.get("repeated", ()))
    shown = [str(numbers.get(label, label)) for label in named]
    return desk.t.with_facts(key, {**problem.facts, "value": problem.value, "numbers": shown})


def progress_sentence(desk: Desk, held: Round) -> str:
    """Say how far the entry is, in the things that its way counts."""
    counted, t = progress(held), desk.t
    if held.way in CARDED:
        words = "entry.progress.groups" if held.way is Way.GROUPS else "entry.progress"
        parts = [t(words, cards=counted.cards, begun=counted.begun, lines=counted.lines)]
        if counted.expected is not None:
            parts.append(t(f"{words}.of", expected=counted.expected))
    else:
        parts = [keyed_sentence(desk, held)]
    if held.double_entry:
        parts.append(
            t("entry.progress.double", differences=counted.differences, unconfirmed=counted.unconfirmed)
        )
    return " ".join(parts)


def keyed_sentence(desk: Desk, held: Round) -> str:
    """Say how many cards, lines, proposals, slips or groups are in, of how many."""
    found, t = keyed_in(held), desk.t
    unit = t(f"keyed.{found.unit}")
    if found.expected is None:
        return t("keyed.in", count=found.count, unit=unit)
    return t("keyed.in.of", count=found.count, expected=found.expected, unit=unit)
