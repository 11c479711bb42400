"""Pages of what the last round moved: words, middle and rank before and now; never who moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from workbench.deliberation import RoundChanges
from workbench.domain.session import Session
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.rounds_words import asked_again, level_word, ranks
from workbench.present.wall import WallPage, sentence_pages
from workbench.present.wall_agreement import SIGNS
from workbench.present.wall_table import WallColumn, WallRow, table_pages


def round_pages(
    found: RoundChanges, session: Session, numbers: Mapping[str, int], t: Translator
) -> tuple[WallPage, ...]:
    """Return what was asked again, before and now, and then whether another round would help.

    Parameters
    ----------
    found : RoundChanges
    session : Session
        Of the same list.
    numbers : mapping of label to number
        As on the cards.
    t : Translator
    """
    title = t("wall.rounds", round=found.round_number)
    columns = (
        WallColumn(t("wall.proposal")),
        WallColumn(t("wall.spread"), 360, lines=3),
        WallColumn(t("wall.rounds.middle"), 190),
        WallColumn(t("wall.rank"), 150),
    )
    rows = [
        WallRow(
            (
                _named(str(label), session, numbers, t),
                _words(line, t),
                _middles(line, t),
                ranks(line, t),
            ),
            "" if line["consensus"] else "strong",
        )
        for label, line in asked_again(found).iterrows()
    ]
    note = t("wall.rounds.note.tally" if found.counted else "wall.rounds.note")
    said = [*_verdict(found, t), *_left_open(found, session, numbers, t)]
    return (
        *table_pages(title, columns, rows, note, empty=t("wall.rounds.none")),
        *sentence_pages(title, said, t("wall.rounds.caveat")),
    )


def _named(label: str, session: Session, numbers: Mapping[str, int], t: Translator) -> str:
    return t("wall.named", number=numbers[label], name=str(session.proposals.frame["activity"][label]))


def _words(line: pd.Series, t: Translator) -> str:
    """Return the word of either round with its sign; which criterion of a tally it is, the page names."""
    before, now = (
        f"{SIGNS.get(str(line[f'level_{when}']), '')} {level_word(line, when, t)}".strip()
        for when in ("before", "now")
    )
    return t("rounds.turned", before=before, now=now)


def _middles(line: pd.Series, t: Translator) -> str:
    values = (100 * float(line[f"median_{when}"]) for when in ("before", "now"))
    before, now = (EMPTY if pd.isna(value) else t.style.number(value, 0) for value in values)
    return now if before == now else t("rounds.turned", before=before, now=now)


def _verdict(found: RoundChanges, t: Translator) -> Iterator[str]:
    asked = asked_again(found)
    agreed = int(asked["consensus"].astype(bool).sum())
    yield t("wall.rounds.agreed", round=found.round_number, asked=len(asked), agreed=agreed)
    yield t(f"rounds.stop.{found.decision.value}", most=found.rule.most_rounds)
    for name in ("counted", "grouped"):
        if getattr(found, name):
            yield t(f"wall.rounds.{name}")


def _left_open(
    found: RoundChanges, session: Session, numbers: Mapping[str, int], t: Translator
) -> Iterator[str]:
    for name, labels in (("another_way", found.another_way), ("too_few", found.too_few)):
        if labels:
            names = [_named(label, session, numbers, t) for label in labels if label in numbers]
            yield t(f"wall.rounds.{name}", names=names)
