"""Tables of doubt: places and money in so many of a hundred recalculations, and intervals of weights."""

from __future__ import annotations

import math
from typing import Any

from workbench.domain.session import Session
from workbench.present.doubt_words import hundred_cell
from workbench.present.explanations import move_sentence
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.score_words import withheld_word
from workbench.present.table import Table, columns_of, rows_of
from workbench.prioritisation import Outcome
from workbench.robustness import Robustness
from workbench.robustness.recalculated import Recalculation
from workbench.robustness.stability import Stability

AROUND = 8
"""Proposals on each side of the line that are shown."""
SOURCES = ("joint", "people", "weights", "rounding")


def near_line_table(found: Robustness, outcome: Outcome, session: Session, t: Translator) -> Table:
    """Return the proposals around the line: in how many of a hundred recalculations each is funded.

    The sources of doubt stand in columns of their own; the last column says what would move the proposal.
    Without a ceiling the first ranks are shown, and how often each is first.
    """
    labels = _around(found, outcome)
    activity = session.proposals.frame["activity"]
    sources = [getattr(found, name) for name in SOURCES]
    rows = [
        (
            t.style.count(int(outcome.table["rank"][label])),
            str(activity[label]),
            t(f"standing.{outcome.table['standing'][label]}"),
            _places(found.joint, label, t),
            *(hundred_cell(_share(source, label), t) for source in sources),
            move_sentence(label, found, outcome, session, t) or _unmoved(label, outcome, t),
        )
        for label in labels
    ]
    funded = found.joint is not None and found.joint.funded is not None
    columns = columns_of(
        t,
        ("rank", "right", 6),
        ("activity", "left", 24),
        ("standing", "left", 10),
        ("places", "right", 9),
        *((f"of_hundred_{name}", "right", 7) for name in SOURCES),
        ("move", "left", 23),
    )
    caption = t("table.near_line" if funded else "table.near_line.first")
    note = t("table.near_line.note", draws=found.draws)
    return Table(caption, columns, rows_of(rows), note=note)


def weight_intervals_table(found: Stability, session: Session, t: Translator) -> Table:
    """Return for each criterion how far its weight may move before something changes."""
    names = session.criteria.frame["name"]
    rows = [
        (
            str(names[str(label)]),
            t.style.percent(line["weight"], 1),
            _interval(line["first_lower"], line["first_upper"], t),
            _interval(line["funded_lower"], line["funded_upper"], t) if found.funds else EMPTY,
        )
        for label, line in found.intervals.to_dict("index").items()
    ]
    columns = columns_of(
        t,
        ("criterion", "left", 40),
        ("weight_now", "right", 14),
        ("first_holds", "right", 23),
        ("funded_holds", "right", 23),
    )
    return Table(t("table.weight_intervals"), columns, rows_of(rows), note=t("table.weight_intervals.note"))


def _unmoved(label: str, outcome: Outcome, t: Translator) -> str:
    return withheld_word(outcome, t) if label in outcome.withheld else EMPTY


def _around(found: Robustness, outcome: Outcome) -> list[str]:
    """Return the labels around the last funded rank, in rank order."""
    lines = outcome.table[outcome.table["rank"].notna()]
    funded = [place for place, standing in enumerate(lines["standing"]) if standing == "funded"]
    if found.joint is None or found.joint.funded is None or not funded:
        return [str(label) for label in lines.index[: 2 * AROUND]]
    last = funded[-1]
    return [str(label) for label in lines.index[max(0, last + 1 - AROUND) : last + 1 + AROUND]]


def _share(source: Recalculation | None, label: str) -> float | None:
    if source is None:
        return None
    if source.funded is None:
        return float(source.band(1, 1)[label])
    return float(source.funded[label])


def _places(source: Recalculation | None, label: str, t: Translator) -> str:
    if source is None:
        return EMPTY
    place: Any = source.places.loc[label]
    best, worst = t.style.count(int(place["best"])), t.style.count(int(place["worst"]))
    return best if best == worst else f"{best}\u2013{worst}"


def _interval(lower: float, upper: float, t: Translator) -> str:
    """Return both ends; words where an end would tell a withheld score."""
    if math.isnan(lower) and math.isnan(upper):
        return t("score.few")
    ends = (t("score.few") if math.isnan(end) else t.style.percent(end, 1) for end in (lower, upper))
    return "\u2013".join(ends)
