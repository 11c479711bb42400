"""The report of a district on A4: the page's sections, the summary with its picture on the first sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from workbench.present.documents import Section
from workbench.present.i18n import Translator
from workbench.present.paper.document import (
    A4,
    Block,
    Contents,
    Heading,
    Paper,
    Paragraph,
    Part,
    Sheet,
    joined,
)
from workbench.present.paper.from_page import paper_blocks

FIRST_SHEET = 2
"""Sections that stand together on the first sheet: the summary and the ceiling line."""
MARGIN = 14


def report_paper(record: Mapping[str, Any], sections: Sequence[Section], t: Translator) -> Paper:
    """Return the report as paper.

    Parameters
    ----------
    record : mapping
        The report's figures.
    sections : sequence of Section
        As the page shows them.
    t : Translator
    """
    title = f"{record.get('title') or t('report.title')}: {record['name']}"
    head: list[Block] = [Heading(title), Paragraph(str(record["subtitle"]), size="large")]
    if record["source"]:
        head.append(Paragraph(t("paper.source_line", source=record["source"]), size="small"))
    first = [*head, *(block for section in sections[:FIRST_SHEET] for block in _blocks(section))]
    rest = [block for section in sections[FIRST_SHEET:] for block in _blocks(section)]
    parts = [_part(first, A4, title, record), *([_part(rest, A4.across, title, record)] if rest else [])]
    return Paper(title, tuple(parts), t.language, str(record.get("date") or ""))


def book(papers: Sequence[Paper], title: str, subtitle: str, t: Translator) -> Paper:
    """Return the reports of a kabupaten as one paper, with a list of contents in front.

    Parameters
    ----------
    papers : sequence of Paper
        At least one.
    title, subtitle : str
        Of the whole.
    t : Translator
    """
    whole = joined(title, papers)
    front = (Paragraph(title, size="title", bold=True), Paragraph(subtitle, size="large"))
    first = Part((*front, Contents(t("word.contents"))), A4, title, margin=MARGIN)
    return replace(whole, parts=(first, *whole.parts))


def _part(blocks: Sequence[Block], sheet: Sheet, title: str, record: Mapping[str, Any]) -> Part:
    header = "  \u00b7  ".join(filter(None, (title, str(record["mark"]))))
    footer = f"SHA-256 {record['outcome']}" if record.get("outcome") else ""
    return Part(tuple(blocks), sheet, header, footer, margin=MARGIN)


def _blocks(section: Section) -> list[Block]:
    return [Heading(section.heading, level=2), *paper_blocks("".join(section.blocks))]
