"""From an executed notebook to one self-contained page: its shown parts in order, nothing from outside."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from workbench.present.documents import Page, Section, html_page
from workbench.present.i18n import translator
from workbench.present.paper.pdf import can_write_pdf, pdf_bytes, warm_up_fonts
from workbench.reporting.report_paper import report_paper
from workbench.reporting.shown import HEADING, OUTCOME_TYPE, RECORD_TYPE, WORKBOOK_TYPE
from workbench.reporting.whole_files import write_whole

FINISH = "workbench.reporting.page:write_page"
"""The finish step of a report, as a batch is told it."""
OUTCOME_ENDING = ".hasil.json"
TOLD = ("district", "language", "digest", "outcome")
"""Figures of the record that the page tells to programs: what `verify` needs."""


def warm_up() -> None:
    """Do once, before the first report, what every report would do for the first time."""
    from workbench.reporting.rehearsal import rehearse_report

    rehearse_report()
    warm_up_fonts()


@dataclass(frozen=True)
class Executed:
    """What an executed notebook of a report shows.

    Attributes
    ----------
    record : mapping
        The report's figures.
    sections : tuple of Section
    outcome : str or None
        The published outcome.
    workbooks : mapping of str to bytes
        By the ending of their name.
    """

    record: Mapping[str, Any]
    sections: tuple[Section, ...]
    outcome: str | None
    workbooks: Mapping[str, bytes]


def read_executed(executed: Path) -> Executed:
    """Read an executed notebook.

    Raises
    ------
    ValueError
        When it shows no figures for the index: it is no report.
    """
    outputs = list(_outputs(json.loads(executed.read_text(encoding="utf-8"))))
    record = _first(outputs, RECORD_TYPE)
    if record is None:
        raise ValueError(f"{executed.name} shows no {RECORD_TYPE}")
    outcome, books = _first(outputs, OUTCOME_TYPE), _first(outputs, WORKBOOK_TYPE) or {}
    return Executed(
        record,
        tuple(_sections(outputs)),
        None if outcome is None else _text(outcome),
        {ending: base64.b64decode(book) for ending, book in books.items()},
    )


def _first(outputs: Sequence[Mapping[str, Any]], kind: str) -> Any:  # noqa: ANN401 - the types of JSON
    return next((output["data"][kind] for output in outputs if kind in output["data"]), None)


def write_page(executed: Path, target: Path, parameters: Mapping[str, Any]) -> None:
    """Write the page of a report and, beside it, what else is made of it.

    Parameters
    ----------
    executed : Path
        The executed notebook.
    target : Path
        The HTML file. The PDF (where it can be written), the workbook, the published outcome and the figures
        for the index go beside it (``.pdf``, ``.xlsx``, ``.hasil.json``, ``.json``).
    parameters : mapping
        The notebook's parameters; ``language`` decides the page's language.

    Raises
    ------
    ValueError
        When the notebook shows no figures for the index: it is no report.
    """
    found, t = read_executed(executed), translator(str(parameters.get("language", "id")))
    record = found.record
    page = Page(
        f"{record.get('title') or t('report.title')}: {record['name']}",
        record["subtitle"],
        record["mark"],
        record["source"],
        told={name: str(record[name]) for name in TOLD if name in record},
    )
    write_whole(target, html_page(page, found.sections, t))
    if found.outcome is not None:
        write_whole(target.with_suffix(OUTCOME_ENDING), found.outcome)
    if can_write_pdf():
        write_whole(target.with_suffix(".pdf"), pdf_bytes(report_paper(record, found.sections, t)))
    for ending, content in found.workbooks.items():
        write_whole(target.with_name(target.stem + ending), content)
    write_whole(target.with_suffix(".json"), json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def _outputs(notebook: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if "data" in output:
                yield output


def _sections(outputs: Iterable[Mapping[str, Any]]) -> Iterator[Section]:
    for output in outputs:
        heading = output.get("metadata", {}).get(HEADING, "")
        if heading:
            # The blocks were made, and escaped, by `present` in the notebook that this process has just run.
            yield Section(heading, (Markup(_text(output["data"]["text/html"])),))  # noqa: S704


def _text(written: str | Sequence[str]) -> str:
    """Return a text that a notebook may hold as a list of lines."""
    return written if isinstance(written, str) else "".join(written)
