"""The score that may be shown, or the words in its place: whatever a person reads goes through here.

Of a proposal that few people scored the total is their own, so it is withheld everywhere, together with the
totals that would tell it (`workbench.prioritisation.disclosure`). Where that is so of the whole list it is
said once above it; in the cells a sign stands for that sentence.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.prioritisation import Outcome


def score_word(outcome: Outcome, label: Hashable, t: Translator) -> str:
    """Return the score of a proposal as a cell says it; words where it is withheld, a dash where none exists.

    Parameters
    ----------
    outcome : Outcome
    label : str
        A proposal of its table.
    t : Translator
    """
    name = str(label)
    if outcome.ranking_of(name) is None:
        return EMPTY
    return (
        withheld_word(outcome, t) if name in outcome.withheld else t.style.number(outcome.score_shown(name))
    )


def score_cell(outcome: Outcome, label: str, t: Translator) -> float | str | None:
    """Return the score for the cell of a workbook: a number, the words in its place, or nothing."""
    shown = outcome.score_shown(label)
    if shown is None and label in outcome.withheld and outcome.ranking_of(label) is not None:
        return withheld_word(outcome, t)
    return shown


def withheld_word(outcome: Outcome, t: Translator) -> str:
    """Return what stands in the place of a withheld figure."""
    return t("score.room" if outcome.shows_no_score else "score.few")


def withheld_note(outcome: Outcome, shown: Iterable[Hashable], t: Translator) -> str:
    """Say why scores are withheld among some proposals and what to do; empty where all are shown."""
    withheld = [label for label in map(str, shown) if label in outcome.withheld and outcome.ranking_of(label)]
    if not withheld:
        return ""
    kind = "room" if outcome.shows_no_score else "few"
    return t(f"score.note.{kind}", count=len(withheld), minimum=outcome.rules.minimum_group)


def noted(note: str, outcome: Outcome, shown: Iterable[Hashable], t: Translator) -> str:
    """Return the note below a table with `withheld_note` behind it."""
    return " ".join(filter(None, (note, withheld_note(outcome, shown, t))))


def room_note(outcome: Outcome, t: Translator) -> str:
    """Say above a whole list that no score in it is shown; empty where some are."""
    return withheld_note(outcome, outcome.table.index, t) if outcome.shows_no_score else ""
