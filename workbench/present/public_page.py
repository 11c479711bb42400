"""The page for the notice board and the portal: what was agreed and why, no names, checkable by its hash."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from workbench.deliberation import Status
from workbench.domain.session import Session
from workbench.present.ceiling_line import ceiling_line
from workbench.present.decided_words import decided_sentences
from workbench.present.documents import (
    Page,
    Section,
    html_figure,
    html_note,
    html_page,
    html_paragraph,
    html_sentences,
    html_subheading,
    html_table,
)
from workbench.present.i18n import Translator
from workbench.present.minutes.lists import agreed_table, not_agreed_table, otherwise_table
from workbench.present.minutes.material import MinutesList
from workbench.present.pools import pool_name
from workbench.present.rules import rules_sentences
from workbench.present.table import Table, columns_of, rows_of

Blocks: TypeAlias = Callable[[MinutesList, Translator], Iterator[Markup]]
QR_SCALE = 4


@dataclass(frozen=True)
class PublicForum:
    """What is published of a forum.

    Attributes
    ----------
    session : Session
    lists : mapping of pool to MinutesList
    locked : bool
        Whether the forum's decisions are final.
    file : str
        Name of the published outcome file.
    digest : str
        Its hash, which stands on the page in letters and as QR.
    """

    session: Session
    lists: Mapping[str, MinutesList]
    locked: bool
    file: str
    digest: str


def public_page(forum: PublicForum, t: Translator) -> str:
    """Return one self-contained page; the same forum gives the same bytes.

    Parameters
    ----------
    forum : PublicForum
    t : Translator

    Returns
    -------
    str
        HTML that asks no other host for anything. Nothing of a person stands in it: no name, no card, no
        figure about a group of the room.
    """
    facts = forum.session.facts
    year = t("public.year", year=facts.plan_year) if facts.plan_year else ""
    day = t.style.date(facts.date) if facts.date else ""
    place = " \u00b7 ".join(part for part in (facts.region_name, year, day) if part)
    page = Page(
        t("public.title"),
        subtitle=place,
        mark=facts.data_mark,
        source=facts.data_source,
        facts={t("public.state"): t("public.final" if forum.locked else "public.draft")},
        footer=t("public.footer", edition=forum.session.regions.edition),
    )
    return html_page(page, tuple(_sections(forum, t)), t)


def _sections(forum: PublicForum, t: Translator) -> Iterator[Section]:
    state = () if forum.locked else (html_note(t("public.draft_note")),)
    yield Section(t("public.summary"), (*state, *_by_list(forum, t, _summary)), "ringkasan")
    yield Section(t("public.line"), tuple(_by_list(forum, t, _line)), "garis-pagu")
    yield Section(t("public.agreed"), tuple(_by_list(forum, t, _agreed)), "disepakati", new_page=True)
    yield Section(t("public.not_agreed"), tuple(_by_list(forum, t, _waiting)), "belum", new_page=True)
    if any(one.decided.table["overridden"].any() for one in forum.lists.values()):
        yield Section(t("public.otherwise"), tuple(_by_list(forum, t, _otherwise)), "diputuskan-lain")
    first = next(iter(forum.lists.values()))
    said = html_sentences(rules_sentences(first.outcome.rules, t))
    yield Section(t("public.rules"), (html_table(_weights(first, t)), said), "aturan")
    yield Section(t("public.check"), tuple(_check(forum, t)), "periksa")


def _by_list(forum: PublicForum, t: Translator, make: Blocks) -> Iterator[Markup]:
    for pool, one in forum.lists.items():
        if len(forum.lists) > 1:
            yield html_subheading(pool_name(pool, t))
        yield from make(one, t)


def _summary(one: MinutesList, t: Translator) -> Iterator[Markup]:
    counted = {Status(status): len(one.decided.with_status(status)) for status in Status}
    said = t(
        "public.counts",
        proposals=len(one.decided.table),
        funded=counted[Status.FUNDED],
        waiting=counted[Status.NOT_FUNDED] + counted[Status.RANKED],
        stuck=counted[Status.NOT_RANKABLE],
    )
    yield html_sentences((said, *decided_sentences(one.decided, one.session, t)), lead=True)
    yield html_note(t("word.caveat"))


def _line(one: MinutesList, t: Translator) -> Iterator[Markup]:
    yield html_figure(ceiling_line(one.outcome, one.session, t), t("public.line_note"))


def _agreed(one: MinutesList, t: Translator) -> Iterator[Markup]:
    yield html_table(agreed_table(one, t("public.agreed"), t))


def _waiting(one: MinutesList, t: Translator) -> Iterator[Markup]:
    for key, statuses in (
        ("minutes.not_funded", (Status.NOT_FUNDED, Status.RANKED)),
        ("minutes.not_rankable", (Status.NOT_RANKABLE,)),
    ):
        yield html_table(not_agreed_table(one, t(key), t, statuses))


def _otherwise(one: MinutesList, t: Translator) -> Iterator[Markup]:
    yield html_table(otherwise_table(one, t("public.otherwise"), t))


def _weights(one: MinutesList, t: Translator) -> Table:
    names = one.session.criteria.frame["name"]
    rows = [
        (str(names[str(label)]), t.style.percent(float(share), 1))
        for label, share in one.outcome.scoring.weights.items()
    ]
    columns = columns_of(t, ("criterion", "left", 70), ("weight", "right", 30))
    return Table(t("public.weights"), columns, rows_of(rows))


def _check(forum: PublicForum, t: Translator) -> Iterator[Markup]:
    yield html_paragraph(t("public.check_file", file=forum.file))
    yield html_paragraph(forum.digest)
    yield html_figure(qr_svg(forum.digest), t("public.qr"), t("public.qr"))
    yield html_sentences(
        tuple(t(f"public.check.{way}", file=forum.file) for way in ("windows", "unix", "holder"))
    )


def qr_svg(digest: str) -> str:
    """Return the QR of a hash as SVG, with the word that says which hash it is."""
    import segno

    return str(segno.make(f"sha256:{digest}", error="m", micro=False).svg_inline(scale=QR_SCALE))
