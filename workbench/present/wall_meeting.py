"""Pages of the meeting itself: agenda and clock, rules read aloud, list of proposals, voting, attendance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.deliberation.attendance import Attendance
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.present import svg
from workbench.present.deliberation_words import attendance_sentences
from workbench.present.i18n import Translator
from workbench.present.places import village_names
from workbench.present.rules import rules_sentences
from workbench.present.surfaces import ACCENT, INK, PAPER
from workbench.present.wall import LINES, WIDTH, WallPage, paged, paragraph, sentence_pages
from workbench.present.wall_table import WallColumn, WallRow, table_pages


@dataclass(frozen=True)
class AgendaItem:
    """One part of the meeting.

    Attributes
    ----------
    name : str
    state : {"done", "now", "next"}
    """

    name: str
    state: str


def agenda_pages(
    title: str, items: Sequence[AgendaItem], t: Translator, note: str = ""
) -> tuple[WallPage, ...]:
    """Return what has been done, what is going on and what follows; marked by words and by signs."""
    columns = (WallColumn(t("wall.agenda.head")), WallColumn("", 260))
    rows = [
        WallRow((item.name, t(f"wall.agenda.{item.state}")), "strong" if item.state == "now" else "")
        for item in items
    ]
    return table_pages(title, columns, rows, note)


def curtain_page(session: Session, t: Translator) -> WallPage:
    """Return the page that stands while nothing is to be shown."""
    facts = session.facts
    where = " · ".join(
        part for part in (facts.region_name, t.style.date(facts.date) if facts.date else "") if part
    )
    # the name of a forum is often longer than a title can be, and this page has room for all of it
    body = [paragraph(facts.forum or t("wall.forum"), "middle"), paragraph(facts.place), paragraph(where)]
    if facts.data_mark:
        body.append(paragraph(facts.data_mark))
    return WallPage(facts.region_name or t("wall.forum"), "".join(body), t("wall.caveat"))


def covered_page(title: str, t: Translator) -> WallPage:
    """Return the page that waits for the key which reveals what stands behind it."""
    body = "".join((paragraph(" "), paragraph(" "), paragraph(t("wall.covered"), "middle")))
    return WallPage(title, body, t("wall.covered.note"))


def rules_pages(rules: Rules, t: Translator) -> tuple[WallPage, ...]:
    """Return the rules as sentences to be read aloud before anything is scored."""
    return sentence_pages(t("wall.rules"), rules_sentences(rules, t), t("wall.rules.note"))


def money_page(session: Session, t: Translator) -> WallPage:
    """Return the ceiling, what is bound, and what is left for priorities."""
    budget = session.budget
    ceiling = budget.ceiling()
    if ceiling is None:
        return WallPage(t("wall.money"), paragraph(t("wall.money.none")))
    lines = [t("wall.money.ceiling", amount=ceiling)]
    if budget.earmarked():
        lines.append(t("wall.money.earmarked", amount=budget.earmarked()))
    body = "".join(paragraph(line) for line in (*lines, t("wall.money.room")))
    return WallPage(
        t("wall.money"), body + paragraph(t.style.rupiah(budget.room()), "big"), t("wall.money.note")
    )


def criteria_pages(
    session: Session, weights: Mapping[str, float] | None, t: Translator
) -> tuple[WallPage, ...]:
    """Return the criteria with their weights; None where the weights are not settled yet."""
    columns = (
        WallColumn(t("wall.criterion")),
        WallColumn(t("wall.scale"), 200),
        WallColumn(t("wall.weight"), 180, number=True),
    )
    rows = [
        WallRow(
            (
                str(line["name"]),
                t("wall.scale.range", low=float(line["scale_min"]), high=float(line["scale_max"])),
                t("wall.weight.open") if weights is None else t.style.percent(weights.get(str(label))),
            )
        )
        for label, line in session.criteria.frame.iterrows()
    ]
    return table_pages(t("wall.criteria"), columns, rows, t("wall.criteria.note"))


def list_pages(
    session: Session, labels: Iterable[str], numbers: Mapping[str, int], t: Translator, title: str = ""
) -> tuple[WallPage, ...]:
    """Return the proposals with the numbers that stand on the cards."""
    frame, villages = session.proposals.frame, village_names(session, t)
    columns = (
        WallColumn(t("wall.number"), 90, number=True),
        WallColumn(t("wall.proposal")),
        WallColumn(t("wall.village"), 280),
        WallColumn(t("wall.cost"), 200, number=True),
    )
    rows = [
        WallRow(
            (
                str(numbers[label]),
                str(frame["activity"][label]),
                str(villages[label]),
                t.style.short_rupiah(None if frame["cost"].isna()[label] else int(frame["cost"][label])),
            )
        )
        for label in labels
    ]
    return table_pages(title or t("wall.list"), columns, rows, empty=t("wall.list.empty"))


def voting_page(
    number: int, count: int, expected: int | None, t: Translator, *, unit: str = "cards", opened: bool = True
) -> WallPage:
    """Return how many cards (or lines, slips, groups) are in, and never what they say.

    Parameters
    ----------
    number : int
        Of the round.
    count : int
        Those with at least one answer.
    expected : int or None
        All there are; None where nobody knows, and then no bar is drawn.
    unit : str
        What is counted, as in `workbench.room.counting.Keyed`.
    opened : bool
        Whether the round is open or closed.
    """
    title = t("wall.voting.open" if opened else "wall.voting.closed", number=number)
    note = t("wall.voting.secret" if opened else "wall.voting.closed.note")
    named = paragraph(t("wall.voting.in", unit=t(f"keyed.{unit}")), "middle")
    if not expected:
        return WallPage(title, paragraph(t.style.count(count), "huge") + named, note)
    said = t("keyed.in.of", count=count, expected=expected, unit=t(f"keyed.{unit}"))
    share = min(count / expected, 1.0)
    bar = svg.document(
        WIDTH,
        64,
        said,
        [
            svg.element("rect", x=2, y=4, width=WIDTH - 4, height=56, fill=PAPER, stroke=INK, stroke_width=4),
            svg.element("rect", x=2, y=4, width=(WIDTH - 4) * share, height=56, fill=ACCENT),
        ],
    )
    figures = paragraph(t("wall.voting.figures", count=count, expected=expected), "huge")
    return WallPage(title, figures + named + bar, note)


def attendance_pages(
    attendance: Attendance, t: Translator, hamlets: Mapping[str, int] | None = None
) -> tuple[WallPage, ...]:
    """Return who is here, as facts that block nothing; by hamlet where that is recorded."""
    said = list(attendance_sentences(attendance, t))
    if hamlets:
        parts = [t("wall.attendance.hamlet", name=name, people=people) for name, people in hamlets.items()]
        said.insert(-1, t("wall.attendance.hamlets", parts=parts))
    return sentence_pages(t("wall.attendance"), said)


def plain_list_pages(title: str, lines: Sequence[str], note: str = "") -> tuple[WallPage, ...]:
    """Return short lines, one below the other."""
    return tuple(
        WallPage(title, "".join(paragraph(line) for line in page), note)
        for page in paged([(line, 1) for line in lines], LINES)
    )
