"""The report of a district whose pools are ranked apart: each section once for every pool, never mixed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workbench.present.documents import html_paragraph, html_subheading, html_table
from workbench.present.i18n import Translator
from workbench.present.pools import pool_name, pool_sentences
from workbench.prioritisation import PooledOutcome
from workbench.reporting.report import DistrictReport, notes_of
from workbench.reporting.report_workbook import Workbooks
from workbench.reporting.result_section import Result, card_table, digests_of
from workbench.reporting.shown import Record, Shown
from workbench.store.session_folder import OpenedSession

SUMMED = (
    "proposals", "ranked", "funded", "not_funded", "unpriced", "not_rankable", "ceiling", "room", "spent",
    "left",
)  # fmt: skip
"""Figures of the index that are the sums of those of the pools; history and notes are the whole list's."""


@dataclass(frozen=True)
class PooledReport:
    """The sections of `DistrictReport`, by pool.

    Attributes
    ----------
    opened : OpenedSession
        The whole district.
    parts : mapping of pool to DistrictReport
    outcome : PooledOutcome
    t : Translator
    """

    opened: OpenedSession
    parts: Mapping[str, DistrictReport]
    outcome: PooledOutcome
    t: Translator

    @property
    def _first(self) -> DistrictReport:
        return next(iter(self.parts.values()))

    def heading(self) -> Shown:
        """Show which district this is."""
        return self._first.heading()

    def summary(self) -> Shown:
        """Show the result in words: what is ranked apart, then each pool."""
        shown = self._by_pool("summary")
        said = tuple(html_paragraph(sentence) for sentence in pool_sentences(self.outcome, self.t))
        return Shown(shown.heading, (*said, *shown.blocks))

    def rules(self) -> Shown:
        """Show the rules, which hold for every pool."""
        return self._first.rules()

    def card(self) -> Shown:
        """Show what an analyst needs to recompute this report."""
        return Shown(self.t("report.card"), (html_table(card_table(self.result(), self.t)),))

    def result(self) -> Result:
        """Give the outcome of all pools, so that it can be computed again."""
        return self._result

    @cached_property
    def _result(self) -> Result:
        return Result(self.opened, self.outcome)

    def workbook(self) -> Workbooks:
        """Give a workbook for each pool, numbered in their order."""
        books = [book for part in self.parts.values() for book in part.workbook().content.values()]
        if len(books) == 1:
            return Workbooks({".xlsx": books[0]})
        return Workbooks({f"-{number}.xlsx": book for number, book in enumerate(books, start=1)})

    def record(self) -> Record:
        """Give the index page the figures of the district: the sums of its pools."""
        records = [part.record().content for part in self.parts.values()]
        sums = {name: _sum([record[name] for record in records]) for name in SUMMED}
        own = {"notes": len(notes_of(self.opened)), **digests_of(self.result())}
        return Record({**records[0], **sums, **own})

    def __getattr__(self, section: str) -> Callable[[], Shown]:
        """Return any other section of `DistrictReport`, shown once for every pool."""
        if section.startswith("_") or not callable(getattr(DistrictReport, section, None)):
            raise AttributeError(section)
        return lambda: self._by_pool(section)

    def _by_pool(self, section: str) -> Shown:
        heading, blocks = "", []
        for pool, part in self.parts.items():
            shown: Shown = getattr(part, section)()
            if shown.blocks:
                heading = heading or shown.heading
                blocks += [html_subheading(pool_name(pool, self.t)), *shown.blocks]
        return Shown(heading, tuple(blocks))


def _sum(figures: list[Any]) -> int | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None
