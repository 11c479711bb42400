"""The workbook beside a report: form T-D.4, and every proposal with its reason."""

from __future__ import annotations

from pathlib import Path

from workbench.present.i18n import Translator
from workbench.present.workbook.book import Book
from workbench.present.workbook.forms import FormList, ranking_list_sheet, td4_sheet
from workbench.present.workbook.xlsx import xlsx_bytes
from workbench.publishing.forums import forums_of
from workbench.store.project_files import located
from workbench.store.session_folder import open_session
from workbench.store.source import Source

TD4 = "T-D.4"


def report_workbooks(folder: str, district: str, t: Translator) -> dict[str, bytes]:
    """Return the workbooks of a district by the ending of their name.

    The ranking as live formulas is an export of its own: it takes longer than the whole report.

    Parameters
    ----------
    folder, district : str
        As `workbench.reporting.open_report` takes them.
    t : Translator

    Returns
    -------
    dict of str to bytes
        One entry ``.xlsx``, none for a district without proposals; one for each pool that is ranked apart:
        ``-1.xlsx``, ``-2.xlsx``.
    """
    found = open_session(located(Path(folder)))
    opened = Source(found.session, found.rules, found.edited, found.resolution)
    if district and district not in opened.session.proposals.districts:
        return {}  # nobody asked for anything: there is no list to put into a workbook
    (forum,) = forums_of(opened, district)
    books = []
    for one in forum.lists.values():
        listed = FormList(one.session, one.outcome, one.decided, t)
        sheets = (td4_sheet(listed, TD4), ranking_list_sheet(listed, t("workbook.sheet.reasons")))
        books.append(Book(" ".join(listed.titles("ranking")), sheets, one.session.facts.date))
    if len(books) == 1:
        return {".xlsx": xlsx_bytes(books[0])}
    return {f"-{number}.xlsx": xlsx_bytes(book) for number, book in enumerate(books, start=1)}
