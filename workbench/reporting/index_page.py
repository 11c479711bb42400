"""The index of a kabupaten's reports: totals, failures, and the proposals that name no district."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from workbench.domain.session import Session
from workbench.present.documents import Page, Section, html_page, html_paragraph, html_sentences, html_table
from workbench.present.i18n import Translator
from workbench.present.tables import (
    ColumnSpec,
    Table,
    data_quality_counts_table,
    data_quality_table,
)

INDEX = "index.html"
APART = "tanpa_kecamatan.html"
COUNTS = ("proposals", "ranked", "funded", "not_funded", "unpriced", "not_rankable", "notes")
AMOUNTS = ("room", "spent", "left")


@dataclass(frozen=True)
class Failure:
    """A report that could not be made: code and name of the district, the reason in words."""

    code: str
    name: str
    reason: str


def read_records(folder: Path, names: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Read the figures of the finished reports, by district code."""
    records = {}
    for code in names:
        path = folder / f"{code}.json"
        if path.exists():
            records[code] = json.loads(path.read_text(encoding="utf-8"))
    return records


def write_index(
    folder: Path,
    overview: Session,
    records: Mapping[str, Mapping[str, Any]],
    failures: Sequence[Failure],
    t: Translator,
) -> Path:
    """Write the index page and the page of proposals without a district.

    Parameters
    ----------
    folder : Path
        Where the reports lie.
    overview : Session
        Facts of the whole list, with the proposals that name no district and the notes about the list.
    records : mapping of district code to figures
    failures : sequence of Failure
    t : Translator

    Returns
    -------
    Path
        The index page.
    """
    facts = overview.facts
    title = t("index.title")
    head = Page(title, facts.region_name, facts.data_mark, facts.data_source)
    apart = replace(head, title=t("index.no_district"), contents=False)
    listed = Section(t("index.no_district"), (_link(INDEX, t("index.back")), _apart(overview, t)))
    (folder / APART).write_text(html_page(apart, [listed], t), encoding="utf-8")
    sections = [
        Section(t("index.table"), (html_paragraph(_intro(records, t)), html_table(_table(records, t)))),
        Section(t("index.failed"), (_failed(failures, t),)),
        Section(t("index.no_district"), _pointer(len(overview.proposals), t)),
        Section(t("index.source_quality"), _quality(overview, t)),
    ]
    path = folder / INDEX
    path.write_text(html_page(head, sections, t), encoding="utf-8")
    return path


def _intro(records: Mapping[str, Mapping[str, Any]], t: Translator) -> str:
    total = {name: sum(record[name] for record in records.values()) for name in ("proposals", "funded")}
    rooms = [record["room"] for record in records.values() if record["room"] is not None]
    if not rooms:
        return t("index.intro_no_ceiling", districts=len(records), **total)
    spent = sum(record["spent"] for record in records.values())
    return t("index.intro", districts=len(records), spent=spent, room=sum(rooms), **total)


def _table(records: Mapping[str, Mapping[str, Any]], t: Translator) -> Table:
    columns = (
        ColumnSpec("code", t("column.code")),
        ColumnSpec("report", t("column.report")),
        *(ColumnSpec(name, t(f"index.column.{name}"), "right") for name in (*COUNTS, *AMOUNTS)),
    )
    rows = tuple(_row(code, record, t) for code, record in sorted(records.items()))
    sums: dict[str, Any] = {name: sum(r[name] for r in records.values()) for name in COUNTS}
    for name in AMOUNTS:
        known = [r[name] for r in records.values() if r[name] is not None]
        sums[name] = sum(known) if known else None
    total = ("", t("index.total"), *_figures(sums, t))
    return Table(t("index.table"), columns, rows, total=total)


def _row(code: str, record: Mapping[str, Any], t: Translator) -> tuple[str, ...]:
    link = Markup('<a href="{}.html">{}</a>').format(code, record["name"])
    return (code, link, *_figures(record, t))


def _figures(record: Mapping[str, Any], t: Translator) -> tuple[str, ...]:
    counts = (t.style.count(record[name]) for name in COUNTS)
    return (*counts, *(t.style.count(record[name]) for name in AMOUNTS))


def _failed(failures: Sequence[Failure], t: Translator) -> Markup:
    if not failures:
        return html_paragraph(t("index.failed_none"))
    return html_sentences([f"{failure.name} ({failure.code}): {failure.reason}" for failure in failures])


def _pointer(count: int, t: Translator) -> tuple[Markup, ...]:
    if not count:
        return (html_paragraph(t("index.no_district_none")),)
    return (html_paragraph(t("index.no_district_intro", count=count)), _link(APART, t("index.open")))


def _link(target: str, words: str) -> Markup:
    return Markup('<p><a href="{}">{}</a></p>').format(target, words)


def _apart(overview: Session, t: Translator) -> Markup:
    fields = ("stage", "activity", "location", "agency")
    columns = tuple(ColumnSpec(name, t(f"column.{name}")) for name in ("proposal_code", *fields))
    frame = overview.proposals.frame[list(fields)]
    rows = tuple((str(label), *line) for label, line in zip(frame.index, frame.to_numpy(), strict=True))
    count = len(rows)
    note = t("index.no_district_intro", count=count) if count else t("index.no_district_none")
    return html_table(Table(t("index.no_district"), columns, rows, note=note))


def _quality(overview: Session, t: Translator) -> tuple[Markup, ...]:
    if not overview.notes:
        return (html_paragraph(t("report.data_clean")),)
    counts = data_quality_counts_table(overview.notes, t)
    return (html_table(counts), html_table(data_quality_table(overview.notes, t)))
