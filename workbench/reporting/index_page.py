"""The index of a kabupaten's reports: totals, failures, and the proposals that name no district."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from workbench.domain.session import Session
from workbench.errors import Problem
from workbench.present.documents import (
    Page,
    Section,
    html_note,
    html_page,
    html_paragraph,
    html_sentences,
    html_table,
)
from workbench.present.i18n import Translator
from workbench.present.tables import (
    ColumnSpec,
    Table,
    data_quality_counts_table,
    data_quality_table,
    faulty_rows_table,
)
from workbench.reporting.recapitulation_sections import Regency, recapitulation_sections
from workbench.reporting.whole_files import write_whole

INDEX = "index.html"
OPEN_FOLDER = "terbuka"
"""Folder of the pages that any web host may serve."""
APART = "tanpa_kecamatan.html"
COUNTS = ("proposals", "ranked", "funded", "not_funded", "unpriced", "not_rankable", "notes")
AMOUNTS = ("room", "spent", "left")
NEED_CEILING = ("funded", "not_funded", "unpriced")


@dataclass(frozen=True)
class Failure:
    """A report that could not be made: code and name of the district, the reason in words.

    Attributes
    ----------
    problems : tuple of Problem
        What a person must mend in its rows, every one.
    """

    code: str
    name: str
    reason: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Told:
    """What the index says about the making of the reports.

    Attributes
    ----------
    failures : sequence of Failure
    outdated : frozenset of str
        Districts whose report is older than its input.
    """

    failures: Sequence[Failure]
    outdated: frozenset[str] = frozenset()


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
    told: Told,
    regency: Regency,
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
    told : Told
    regency : Regency
        The districts side by side.
    t : Translator

    Returns
    -------
    Path
        The index page.
    """
    facts = overview.facts
    title = t("index.title")
    head = Page(title, facts.region_name, facts.data_mark, facts.data_source, searched=True)
    apart = replace(head, title=t("index.no_district"), contents=False)
    listed = Section(t("index.no_district"), (_link(INDEX, t("index.back")), _apart(overview, t)))
    write_whole(folder / APART, html_page(apart, [listed], t))
    summary, *others = recapitulation_sections(regency, t)
    sections = [
        summary,
        Section(t("index.table"), tuple(_districts(records, told.outdated, t))),
        *others,
        Section(t("index.failed"), tuple(_failed(told.failures, t))),
        Section(t("index.open_pages"), (_link(f"{OPEN_FOLDER}/index.html", t("index.open_pages_link")),)),
        Section(t("index.no_district"), _pointer(len(overview.proposals), t)),
        Section(t("index.source_quality"), _quality(overview, t)),
    ]
    path = folder / INDEX
    write_whole(path, html_page(head, sections, t))
    return path


def _districts(
    records: Mapping[str, Mapping[str, Any]], outdated: frozenset[str], t: Translator
) -> Iterator[Markup]:
    yield html_paragraph(_intro(records, t))
    old = [str(record["name"]) for code, record in sorted(records.items()) if code in outdated]
    if old:
        yield html_note(t("index.outdated_note", names=old))
    yield html_table(_table(records, outdated, t))


def _intro(records: Mapping[str, Mapping[str, Any]], t: Translator) -> str:
    total = {name: sum(record[name] for record in records.values()) for name in ("proposals", "funded")}
    rooms = [record["room"] for record in records.values() if record["room"] is not None]
    if not rooms:
        return t("index.intro_no_ceiling", districts=len(records), **total)
    return t("index.intro", districts=len(records), spent=_sum(records, "spent"), room=sum(rooms), **total)


def _table(records: Mapping[str, Mapping[str, Any]], outdated: frozenset[str], t: Translator) -> Table:
    figures = _figures_shown(records)
    columns = (
        ColumnSpec("code", t("column.code")),
        ColumnSpec("report", t("column.report")),
        *(ColumnSpec(name, t(f"index.column.{name}"), "right") for name in figures),
    )
    rows = tuple(
        (code, _report_link(code, record, outdated, t), *_written(record, figures, t))
        for code, record in sorted(records.items())
    )
    sums = {name: _sum(records, name) for name in figures}
    return Table(t("index.table"), columns, rows, total=("", t("index.total"), *_written(sums, figures, t)))


def _report_link(code: str, record: Mapping[str, Any], outdated: frozenset[str], t: Translator) -> Markup:
    mark = f" ({t('index.outdated')})" if code in outdated else ""
    return Markup('<a href="{}.html">{}</a>{}').format(code, record["name"], mark)


def _figures_shown(records: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the columns that say something: without any ceiling, nothing is funded and nothing falls."""
    if any(record["room"] is not None for record in records.values()):
        return (*COUNTS, *AMOUNTS)
    return tuple(name for name in COUNTS if name not in NEED_CEILING)


def _sum(records: Mapping[str, Mapping[str, Any]], name: str) -> int | None:
    known = [record[name] for record in records.values() if record[name] is not None]
    return sum(known) if known else None


def _written(record: Mapping[str, Any], figures: Sequence[str], t: Translator) -> tuple[str, ...]:
    return tuple(t.style.count(record[name]) for name in figures)


def _failed(failures: Sequence[Failure], t: Translator) -> Iterator[Markup]:
    if not failures:
        yield html_paragraph(t("index.failed_none"))
        return
    yield html_sentences([f"{failure.name} ({failure.code}): {failure.reason}" for failure in failures])
    for failure in failures:
        if failure.problems:
            title = t("index.faulty_rows", name=failure.name, code=failure.code)
            yield html_table(faulty_rows_table(failure.problems, title, t))


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
