"""The workbook beside a report: summary, form T-D.4, every proposal with its parts and reason, the weights.

It is made of the outcome that the notebook holds already: nothing is opened or computed a second time.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.deliberation import decided_list
from workbench.domain.resolution import Resolution
from workbench.domain.session import Session
from workbench.present.gates_table import gates_tables
from workbench.present.i18n import Translator
from workbench.present.rules import rules_sentences
from workbench.present.summary import summary_sentences
from workbench.present.table import Table
from workbench.present.workbook.book import Book, Field, Sheet
from workbench.present.workbook.forms import FormList, ranking_list_sheet, td4_sheet
from workbench.present.workbook.ranking import Frame, weights_sheet
from workbench.present.workbook.xlsx import xlsx_bytes
from workbench.prioritisation import Outcome
from workbench.reporting.shown import WORKBOOK_TYPE

TD4 = "T-D.4"
SENTENCE_WIDTH, CELL_WIDTH, NAME_WIDTH = 110, 22, 44


@dataclass(frozen=True)
class Workbooks:
    """The workbooks of a district by the ending of their name; the notebook carries their bytes.

    Attributes
    ----------
    content : mapping of str to bytes
        One entry ``.xlsx``, none for a district without proposals; one for each pool that is ranked apart:
        ``-1.xlsx``, ``-2.xlsx``.
    """

    content: Mapping[str, bytes]

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        written = {ending: base64.b64encode(book).decode("ascii") for ending, book in self.content.items()}
        return {WORKBOOK_TYPE: written, "text/plain": ", ".join(written)}


def report_workbook(
    session: Session, outcome: Outcome, resolution: Resolution | None, t: Translator
) -> bytes:
    """Return the workbook of one list.

    The ranking as live formulas is an export of its own: it takes longer than the whole report.

    Parameters
    ----------
    session, outcome
        The outcome and the session it was computed from.
    resolution : Resolution or None
        What the forum decided.
    t : Translator
    """
    own = None if resolution is None else resolution.of(session.proposals.labels)
    listed = FormList(session, outcome, decided_list(outcome, own), t)
    return xlsx_bytes(Book(" ".join(listed.titles("ranking")), tuple(_sheets(listed)), session.facts.date))


def _sheets(listed: FormList) -> Iterator[Sheet]:
    t, outcome, session = listed.t, listed.outcome, listed.session
    yield _summary(listed)
    yield td4_sheet(listed, TD4)
    yield ranking_list_sheet(listed, t("workbook.sheet.ranking"))
    if len(outcome.measures.columns):
        yield weights_sheet(Frame.of(outcome, session, t))
    if len(session.gates.frame):
        for number, table in enumerate(gates_tables(outcome, session, t), start=1):
            yield _as_sheet(table, f"{t('workbook.sheet.gates')} {number}")


def _summary(listed: FormList) -> Sheet:
    """Return what the report says first, and the rules: the ceiling and its conditions are among them."""
    t, name = listed.t, listed.t("workbook.sheet.summary")
    said = (
        *summary_sentences(listed.outcome, listed.session, t),
        "",
        t("report.rules"),
        *rules_sentences(listed.outcome.rules, t),
    )
    fields = (Field(name, SENTENCE_WIDTH),)
    return Sheet(name, fields, tuple((line,) for line in said), listed.titles("ranking"))


def _as_sheet(table: Table, name: str) -> Sheet:
    widths = [NAME_WIDTH if at < 2 else CELL_WIDTH for at in range(len(table.columns))]
    fields = tuple(Field(column.label, width) for column, width in zip(table.columns, widths, strict=True))
    notes = (table.note,) if table.note else ()
    return Sheet(name, fields, table.rows, (table.caption,), notes=notes)
