"""The berita acara as a `Paper`: the agreement itself, then its annexes, each on its kind of sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from workbench.deliberation import Status, plano_of
from workbench.domain.minutes_text import MinutesText
from workbench.present.collecting_words import collecting_sentences
from workbench.present.i18n import Translator
from workbench.present.minutes.facts import BLANK, filled, minutes_facts
from workbench.present.minutes.groups import group_blocks
from workbench.present.minutes.lists import agreed_table, groups_table, not_agreed_table, otherwise_table
from workbench.present.minutes.material import Layout, Material, MinutesList
from workbench.present.minutes.people import (
    DOTS,
    attendance_table,
    delegates_table,
    representatives_table,
    signatures,
)
from workbench.present.minutes.rounds import round_blocks
from workbench.present.paper.document import (
    Block,
    Grid,
    Heading,
    Items,
    Paper,
    Paragraph,
    Part,
    Sheet,
    Signatory,
    Signatures,
    Terms,
)
from workbench.present.plano import plano_sentences, plano_tables
from workbench.present.pools import pool_name
from workbench.present.table import Table

MakeTable: TypeAlias = Callable[[MinutesList, str, Translator], Table]
SIGNED_ROW = 10
"""Millimetres of a line that a hand signs."""


def minutes_paper(material: Material, layout: Layout, t: Translator) -> Paper:
    """Return the berita acara with its annexes.

    Parameters
    ----------
    material : Material
    layout : Layout
    t : Translator
        Indonesian: official paper has one language.
    """
    facts = minutes_facts(material, t)
    write = _Writer(material, layout, facts, t)
    parts = [write.part(write.agreement(), layout.sheet), *write.annexes()]
    title = filled(material.text.texts["title"], facts).replace("\n", " ")
    return Paper(title, tuple(parts), "id", material.session.facts.date)


class _Writer:
    """Shares material, layout and facts between the parts of one paper."""

    def __init__(self, material: Material, layout: Layout, facts: Mapping[str, str], t: Translator) -> None:
        self.material, self.layout, self.facts, self.t = material, layout, facts, t

    @property
    def text(self) -> MinutesText:
        return self.material.text

    def said(self, name: str) -> str:
        return filled(self.text.texts[name], self.facts)

    def part(self, blocks: Iterator[Block] | Sequence[Block], sheet: Sheet) -> Part:
        mark = self.material.session.facts.data_mark
        number = self.t("minutes.number", number=self.facts["number"])
        return Part(
            tuple(blocks),
            sheet,
            header=f"{number}   {mark}".strip(),
            footer=self.t("minutes.digest_short", digest=self.material.digest[:16]),
            watermark="" if self.material.locked else self.t("minutes.draft"),
        )

    def agreement(self) -> Iterator[Block]:
        yield from self._title("title")
        if self.said("number"):
            yield Paragraph(self.said("number"), "center")
        yield Paragraph(self.said("opening"), "justify")
        yield Paragraph(self.said("heard"))
        facts = self.material.session.facts
        for name, entries in (
            ("speeches", facts.speeches),
            ("presentations", facts.presentations),
            ("responses", facts.responses),
        ):
            if self.said(name):
                yield Paragraph(self.said(name))
                yield Items(entries or (BLANK, BLANK))
        yield Paragraph(self.said("at"))
        yield Terms(tuple(self._meeting()))
        yield Paragraph(self.said("agree"), "center", "large", bold=True)
        yield Terms(
            tuple((clause.label, filled(clause.text, self.facts)) for clause in self.text.clauses),
            24,
            bold=True,
        )
        yield Paragraph(self.said("closing"), "justify")
        yield from signatures(self.material, self.facts)
        yield from self._signed_for_participants()
        yield from self._delegates()
        if facts.copies_to and self.said("copies"):
            yield Paragraph(self.said("copies"))
            yield Items(facts.copies_to)
        yield Paragraph(self.t("minutes.digest", digest=self.material.digest), size="small")
        if self.material.journal:
            yield Paragraph(self.t("minutes.journal", digest=self.material.journal), size="small")
        yield Paragraph(self.t("word.caveat"), size="small")

    def _title(self, name: str) -> Iterator[Block]:
        """Yield a title: its first line in the bookmarks, the other lines below it."""
        first, _, rest = self.said(name).partition("\n")
        yield Heading(first, 1, "center")
        if rest:
            yield Paragraph(rest, "center", "large", bold=True)

    def _meeting(self) -> Iterator[tuple[str, str]]:
        t, facts = self.t, self.facts
        yield t("minutes.when"), f"{facts['day']}, {facts['date']}"
        yield t("minutes.hours"), f"{facts['start']} \u2013 {facts['end']} {facts['zone']}"
        yield t("minutes.where"), facts["place"]
        yield t("minutes.who"), t("minutes.people", count=facts["present"])
        scored = collecting_sentences(self.material.session, t)
        if scored:
            yield t("minutes.scored"), " ".join(scored)

    def _signed_for_participants(self) -> Iterator[Block]:
        if self.text.representatives and self.said("representatives"):
            yield Heading(self.said("representatives"), 2, "center")
            yield Grid(representatives_table(self.material, self.t), SIGNED_ROW)

    def _delegates(self) -> Iterator[Block]:
        if self.material.delegates and self.said("delegates"):
            yield Heading(self.said("delegates"), 2, "center")
            yield Grid(delegates_table(self.material, "", self.t))

    def annexes(self) -> Iterator[Part]:
        across = self.layout.sheet.across
        yield self.part(self._attendance(), self.layout.sheet)
        yield self.part(self._by_list("annex_funded", (agreed_table, "")), across)
        waiting = partial(not_agreed_table, statuses=(Status.NOT_FUNDED, Status.RANKED))
        stuck = partial(not_agreed_table, statuses=(Status.NOT_RANKABLE,))
        named = (waiting, self.t("minutes.not_funded")), (stuck, self.t("minutes.not_rankable"))
        yield self.part(self._by_list("annex_not_funded", *named), across)
        yield self.part(self._groups(), across)
        moved = tuple(round_blocks(self.material, self.t))
        if moved:
            title = Heading(self.t("minutes.rounds"), 1, "center")
            yield self.part((title, *moved, *self._seen()), across)
        if self.layout.computed_annex:
            yield self.part(self._by_list("annex_computed", (otherwise_table, "")), across)

    def _by_list(self, name: str, *tables: tuple[MakeTable, str]) -> Iterator[Block]:
        yield from self._title(name)
        several = len(self.material.lists) > 1
        for pool, one in self.material.lists.items():
            if several:
                yield Heading(pool_name(pool, self.t), 2)
            for make, caption in tables:
                yield Grid(make(one, caption, self.t))
        yield from self._seen()

    def _seen(self) -> Iterator[Block]:
        """Yield the first signatures, which stand under every annex."""
        yield from signatures(self.material, self.facts)[:1]

    def _attendance(self) -> Iterator[Block]:
        yield from self._title("annex_attendance")
        meeting = tuple(self._meeting())[:3]
        agenda = self.said("attendance_agenda")
        yield Terms((*meeting, (self.t("minutes.agenda"), agenda)) if agenda else meeting)
        yield Grid(attendance_table(self.material, self.layout, self.t), SIGNED_ROW)
        seen = tuple(self.said("attendance_seen").split("\n"))
        yield Signatures((Signatory((), ""), Signatory(seen, self.material.name_of("head") or DOTS)))

    def _groups(self) -> Iterator[Block]:
        yield from self._title("annex_groups")
        yield Grid(groups_table(self.material, self.t))
        for pool, one in self.material.lists.items():
            yield from self._plano(pool, one)
        yield from group_blocks(self.material, self.t)
        yield from self._seen()

    def _plano(self, pool: str, one: MinutesList) -> Iterator[Block]:
        """Yield the orders that groups gave, merged on the plano sheet; nothing where they gave none."""
        proposals, t = one.session.proposals, self.t
        plano = plano_of(self.material.orders, proposals)
        if plano is None:
            return
        if len(self.material.lists) > 1:
            yield Heading(pool_name(pool, t), 2)
        yield from map(Paragraph, plano_sentences(plano, proposals, t))
        yield from (Grid(table) for table in plano_tables(plano, proposals, t))
