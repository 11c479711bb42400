"""Pages of what the room thinks together: spread of each proposal in words, agreement, two readings."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workbench.deliberation import (
    GROUP,
    PERSON,
    WHOLE_ROOM,
    Deliberation,
    Distinction,
    GroupReading,
    UnitAgreement,
)
from workbench.domain.session import Session
from workbench.present import svg
from workbench.present.deliberation_words import (
    CHANCE_LEVEL,
    LEVELS,
    grouped_sentences,
    groups_alone,
    reading_sentences,
    strength_word,
)
from workbench.present.i18n import Translator
from workbench.present.surfaces import ACCENT_LIGHT, INK, PAPER, WARM_GREY
from workbench.present.wall import WallPage, sentence_pages
from workbench.present.wall_table import WallColumn, WallRow, table_pages

SIGNS = {"uniform": "\u2261", "fairly_varied": "\u2248", "varied": "\u2260", "too_few_answers": "\u00b7"}
"""A sign beside the word, so that it is recognised from the last row."""
ORDER = ("varied", "fairly_varied", "uniform", "too_few_answers")
STRIP, TALL, TICKS = 230, 40, 5


def spread_pages(
    found: Deliberation, session: Session, numbers: Mapping[str, int], t: Translator
) -> tuple[WallPage, ...]:
    """Return the spread of every scored proposal in words, the most disputed first.

    Nothing of a proposal is drawn that fewer than the minimum of people answered, and the order does not
    tell the ranking.
    """
    tallied = _of_which(found, session)
    columns = (
        WallColumn(t("wall.number"), 90, number=True),
        WallColumn(t("wall.proposal")),
        WallColumn(t("wall.strip"), STRIP + 16),
        WallColumn(t("wall.spread"), 420 if tallied else 330),  # a tally names a criterion too
    )
    overall = pd.DataFrame() if found.spreads is None else found.spreads.overall
    quartiles = {str(label): line for label, line in overall.iterrows()}
    labels = sorted(
        map(str, overall.index), key=lambda label: (ORDER.index(overall["level"][label]), numbers[label])
    )
    rows = [
        WallRow(
            (
                str(numbers[label]),
                str(session.proposals.frame["activity"][label]),
                " ",
                _level(quartiles[label], tallied.get(label, ""), t),
            ),
            "strong" if overall["level"][label] == "varied" else "",
            {2: _strip(quartiles[label], t)},
        )
        for label in labels
    ]
    if groups_alone(found):
        note = t("wall.spread.note.groups", groups=found.groups)
    else:
        note = t("wall.spread.note.tallied" if tallied else "wall.spread.note", minimum=found.minimum)
    return table_pages(t("wall.spread.title"), columns, rows, note, empty=t("deliberation.no_cards"))


def _of_which(found: Deliberation, session: Session) -> dict[str, str]:
    """Return the criterion that a tallied proposal is drawn by; nothing of the others."""
    if found.spreads is None:
        return {}
    criteria, names = found.spreads.overall["most_varied"], session.criteria.frame["name"]
    return {label: str(names[criteria[label]]) if criteria[label] else "" for label in found.spreads.tallied}


def _level(line: pd.Series, criterion: str, t: Translator) -> str:
    word = f"{SIGNS[line['level']]} {t('deliberation.level.' + line['level'])}"
    if not criterion or line["level"] == "uniform":
        return word
    return t("wall.spread.criterion", level=word, criterion=criterion)


def _strip(line: pd.Series, t: Translator) -> str:
    """Draw the scale, the middle half of the room as a band, the median as a mark; no single answer."""
    ticks = [
        svg.element("line", x1=x, x2=x, y1=6, y2=TALL - 6, stroke=WARM_GREY, stroke_width=1)
        for x in (4 + (STRIP - 8) * number / (TICKS - 1) for number in range(TICKS))
    ]
    if pd.isna(line["median"]):
        return svg.document(STRIP, TALL, t("wall.strip.none"), ticks)
    low, middle, high = (
        4 + (STRIP - 8) * float(line[name]) for name in ("lower_quartile", "median", "upper_quartile")
    )
    band = {"x": low, "y": 10, "width": max(high - low, 3), "height": TALL - 20}
    mark = {"x": middle - 3, "y": 4, "width": 6, "height": TALL - 8}
    drawn = [
        *ticks,
        svg.element("rect", **band, fill=ACCENT_LIGHT, stroke=INK, stroke_width=1),
        svg.element("rect", **mark, fill=INK, stroke=PAPER, stroke_width=1),
    ]
    return svg.document(STRIP, TALL, t("wall.strip.alt"), drawn)


def agreement_pages(found: Deliberation, t: Translator) -> tuple[WallPage, ...]:
    """Return how far the room agrees: a sentence that is read aloud first, its number after it."""
    if found.spreads is None:
        return sentence_pages(t("wall.agreement"), [t("deliberation.no_cards")])
    counts = found.spreads.overall["level"].value_counts()
    parts = [
        t(_agreed_key(level, found), count=int(counts[level])) for level in LEVELS if counts.get(level, 0)
    ]
    sentences = [
        t("wall.agreed.proposals", scored=len(found.spreads.overall), parts=parts),
        *([t("wall.agreed.tallied")] if found.spreads.tallied else []),
        *grouped_sentences(found, t),
        *(sentence for unit in found.agreement for sentence in _agreed(unit, found.minimum, t)),
    ]
    return sentence_pages(t("wall.agreement"), sentences, t("wall.agreement.note"))


def _agreed_key(level: str, found: Deliberation) -> str:
    few = level == "too_few_answers" and groups_alone(found)
    return "wall.agreed.proposals.too_few_groups" if few else f"wall.agreed.proposals.{level}"


def _agreed(unit: UnitAgreement, minimum: int, t: Translator) -> tuple[str, ...]:
    name = t("deliberation.room") if unit.unit == WHOLE_ROOM else unit.unit
    facts = {"unit": name, "people": unit.people, "complete": unit.complete, "scored": unit.scored}
    if unit.concordance is None or unit.chance is None:
        return (t(f"wall.agreed.{unit.why_not}", **facts, minimum=minimum),)
    known = unit.chance.p <= CHANCE_LEVEL
    word = strength_word(unit.concordance.w) if known else "like_chance"
    return t(f"wall.agreed.{word}", **facts), t("wall.agreed.number", **facts, w=unit.concordance.w)


def reading_pages(
    reading: GroupReading, session: Session, numbers: Mapping[str, int], t: Translator
) -> tuple[WallPage, ...]:
    """Return one person one voice beside one group one voice, by rank; crossings of the line in words."""
    title = t("wall.readings", grouping=t(f"deliberation.grouping.{reading.name}"))
    if reading.distinction is not Distinction.SHOWN:
        return sentence_pages(title, reading_sentences(reading, session, t))
    columns = (
        WallColumn(t("wall.proposal")),
        WallColumn(t("wall.reading.person"), 160, number=True),
        WallColumn(t("wall.reading.group"), 190, number=True),
        WallColumn(t("wall.reading.change"), 330),
    )
    names = session.proposals.frame["activity"]
    rows = [
        WallRow(
            (
                t("wall.named", number=numbers[str(label)], name=str(names[str(label)])),
                t.style.count(int(line[PERSON])),
                t.style.count(int(line[GROUP])),
                _change(str(label), int(line["places_gained"]), reading, t),
            ),
            "strong" if label in {*reading.enters, *reading.leaves} else "",
        )
        for label, line in reading.ranks.iterrows()
    ]
    return table_pages(title, columns, rows, t("wall.readings.note"))


def _change(label: str, gained: int, reading: GroupReading, t: Translator) -> str:
    if label in reading.enters:
        return t("wall.reading.enters")
    if label in reading.leaves:
        return t("wall.reading.leaves")
    if gained == 0:
        return t("wall.reading.same")
    return t("wall.reading.up" if gained > 0 else "wall.reading.down", places=abs(gained))
