"""The ranking workbook of one list: live where a sheet can compute it, plain numbers where it cannot."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.present.i18n import Translator
from workbench.present.rules import rules_sentences
from workbench.present.workbook.book import Book, Field, Sheet
from workbench.present.workbook.ceiling import ceiling_sheet
from workbench.present.workbook.forms import FormList, ranking_list_sheet
from workbench.present.workbook.ranking import (
    LIVE_SCORINGS,
    MOST_LIVE,
    Frame,
    can_be_live,
    few_people,
    values_sheet,
    weights_sheet,
)
from workbench.present.workbook.scores import scores_sheet

COMPLETE = "workbench export FOLDER --isi peringkat --lengkap"


def ranking_book(one: FormList) -> Book:
    """Return the workbook of one list.

    Formulas need the values behind every score, so a list with scores of few people has none; the complete
    copy has them, and says on its first sheet that it is not for publication.

    Parameters
    ----------
    one : FormList
    """
    t = one.t
    title = " ".join(one.titles("ranking"))
    frame = Frame.of(one.outcome, one.session, t)
    live = (
        (ceiling_sheet(frame), scores_sheet(frame), values_sheet(frame), weights_sheet(frame))
        if _is_live(one)
        else ()
    )
    sheets = (_read_sheet(one, t), *live, ranking_list_sheet(one, t("workbook.sheet.reasons")))
    return Book(title, sheets, one.session.facts.date)


def _is_live(one: FormList) -> bool:
    return can_be_live(one.outcome) and (one.complete or not one.outcome.withheld)


def _read_sheet(one: FormList, t: Translator) -> Sheet:
    rows = tuple((line,) for line in _said(one, t))
    return Sheet(
        t("workbook.sheet.read"), (Field(t("workbook.sheet.read"), 110),), rows, one.titles("ranking")
    )


def _said(one: FormList, t: Translator) -> Iterator[str]:
    if _is_live(one):
        yield from few_people(one.outcome, one.t)
        yield from (t(f"workbook.read.{part}") for part in ("cells", "equal", "steps"))
    elif one.outcome.rules.scoring not in LIVE_SCORINGS:
        yield t("workbook.live.method")
    elif len(one.outcome.table) > MOST_LIVE:
        yield t("workbook.live.many", most=MOST_LIVE)
    else:
        yield t("workbook.read.withheld", count=len(one.outcome.withheld), command=COMPLETE)
    yield t("workbook.read.private")
    yield t("word.caveat")
    yield from rules_sentences(one.outcome.rules, t)
