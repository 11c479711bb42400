"""All reports of a kabupaten as one PDF with contents, made anew only when a report changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from workbench.domain.facts import Facts
from workbench.present.i18n import Translator
from workbench.present.paper.pdf import pdf_bytes
from workbench.reporting.made_from import MadeFrom
from workbench.reporting.page import read_executed
from workbench.reporting.report_paper import book, report_paper
from workbench.reporting.whole_files import write_whole

BOOK = "laporan.pdf"
STATE = "buku.txt"


def write_book(
    folder: Path, names: Mapping[str, str], facts: Facts, working: Path, t: Translator
) -> Path | None:
    """Write the reports that lie in a folder into one PDF.

    Parameters
    ----------
    folder : Path
        Of the reports.
    names : mapping of district code to name
        All districts; those whose report is missing are named on the first sheet.
    facts : Facts
        Of the whole list.
    working : Path
        Where it is noted what the book was made from.
    t : Translator

    Returns
    -------
    Path or None
        None where there is no report.

    Raises
    ------
    WorkbenchError
        ``pdf_extra_missing`` where PDF cannot be written.
    """
    notebooks = [path for code in sorted(names) if (path := folder / f"{code}.ipynb").is_file()]
    if not notebooks:
        return None
    target = folder / BOOK
    state = MadeFrom(working / STATE, (target,))
    missing = sorted(name for code, name in names.items() if folder / f"{code}.ipynb" not in notebooks)
    made_from = state.key(t.language, (facts, missing), notebooks)
    if state.stand(made_from):
        return target
    found = [read_executed(path) for path in notebooks]
    papers = [report_paper(report.record, report.sections, t) for report in found]
    title = t("book.title", region=facts.region_name or facts.region)
    subtitle = t("book.subtitle", count=len(papers), year=facts.plan_year or t("word.unknown"))
    subtitle += f". {t('book.missing', names=missing)}" if missing else ""
    write_whole(target, pdf_bytes(book(papers, title, subtitle, t)))
    state.note(made_from)
    return target
