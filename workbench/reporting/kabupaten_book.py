"""All reports of a kabupaten as one PDF with contents, made anew only when a report changed."""

from __future__ import annotations

from collections.abc import Sequence
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


def write_book(folder: Path, codes: Sequence[str], facts: Facts, working: Path, t: Translator) -> Path | None:
    """Write the reports that lie in a folder into one PDF.

    Parameters
    ----------
    folder : Path
        Of the reports.
    codes : sequence of str
        Districts in their order; those whose report is missing are left out.
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
    notebooks = [path for code in codes if (path := folder / f"{code}.ipynb").is_file()]
    if not notebooks:
        return None
    target = folder / BOOK
    state = MadeFrom(working / STATE, (target,))
    made_from = state.key(t.language, facts, notebooks)
    if state.stand(made_from):
        return target
    found = [read_executed(path) for path in notebooks]
    papers = [report_paper(report.record, report.sections, t) for report in found]
    title = t("book.title", region=facts.region_name or facts.region)
    subtitle = t("book.subtitle", count=len(papers), year=facts.plan_year or t("word.unknown"))
    write_whole(target, pdf_bytes(book(papers, title, subtitle, t)))
    state.note(made_from)
    return target
