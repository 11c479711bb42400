"""The import report: what was read, used and set aside, and what a person must still say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbench.domain.intake import Intake, ListKind
from workbench.errors import Problem
from workbench.present.documents import Page, Section, html_note, html_page, html_sentences, html_table
from workbench.present.i18n import Translator
from workbench.present.intake_tables import (
    columns_table,
    conversions_table,
    likeness_table,
    problems_table,
    remarks,
    rows_table,
    set_aside_values,
    totals_table,
)
from workbench.present.problems import problem_place, problem_sentence
from workbench.present.table import Table

NOT_READ = ("sheet_not_read", "sheet_hidden")
SHOWN_SHEETS = 5


def intake_page(intake: Intake, t: Translator, counted: Sequence[Section] = ()) -> str:
    """Return the report of one import as a self-contained page.

    Parameters
    ----------
    intake : Intake
    t : Translator
    counted : sequence of Section
        What was counted of it, shown behind the summary.
    """
    sections = [
        Section(t("intake.section.summary"), (html_sentences(summary(intake, t), lead=True),)),
        *_questions(intake, t),
        *counted,
        Section(t("intake.section.rows"), (html_table(rows_table(intake, t)),)),
        *_if(intake.totals, t("intake.section.totals"), lambda: totals_table(intake, t)),
        *_problems(intake.aside, t("intake.section.aside"), intake, t),
        *_problems(set_aside_values(intake), t("intake.section.values"), intake, t),
        *_if(len(intake.conversions), t("intake.section.conversions"), lambda: conversions_table(intake, t)),
        *_problems(intake.private, t("intake.section.private"), intake, t),
        *_if(intake.likenesses, t("intake.section.likeness"), lambda: likeness_table(intake, t)),
        *_problems(remarks(intake), t("intake.section.remarks"), intake, t),
        Section(t("intake.section.columns"), (html_table(columns_table(intake, t)),)),
    ]
    page = Page(
        title=t("intake.title", file=intake.file),
        subtitle=intake.layout or t("intake.kind.belum_dikenal"),
        footer=t("intake.edition", edition=intake.places.edition) if intake.places.edition else "",
        contents=False,
    )
    return html_page(page, sections, t)


def _if(condition: object, heading: str, make: Callable[[], Table]) -> list[Section]:
    return [Section(heading, (html_table(make()),))] if condition else []


def _problems(problems: tuple[Problem, ...], heading: str, intake: Intake, t: Translator) -> list[Section]:
    if not problems:
        return []
    return [Section(heading, (html_table(problems_table(intake, problems, heading, t)),))]


def _questions(intake: Intake, t: Translator) -> list[Section]:
    if not intake.questions:
        return []
    asked = [f"{problem_place(each, t)}: {problem_sentence(each, t)}" for each in intake.questions]
    blocks = (html_note(t("intake.questions_first")), html_sentences(asked))
    return [Section(t("intake.section.questions"), blocks)]


def summary(intake: Intake, t: Translator) -> list[str]:
    """Return the report in a few sentences, for the head of the page and for the terminal."""
    sentences = [
        t(
            "intake.recognised" if intake.layout else "intake.not_recognised",
            layout=intake.layout,
            kind=t(f"intake.kind.{intake.kind.value}"),
        )
    ]
    if households := intake.facts.get("households"):
        key = "survey.kept" if intake.kind is ListKind.SURVEY else "survey.proposals"
        facts = {"households": int(households), "proposals": len(intake.table), "aside": len(intake.aside)}
        sentences.append(t(key, **facts))
    elif intake.kind is not ListKind.UNKNOWN:
        sentences.append(
            t("intake.counts", read=intake.rows_read, used=len(intake.table), aside=len(intake.aside))
        )
    if intake.totals:
        wrong = sum(1 for check in intake.totals if not check.agrees)
        key = "intake.totals_differ" if wrong else "intake.totals_agree"
        sentences.append(t(key, count=len(intake.totals), wrong=wrong))
    sentences += _money(intake, t) + _places(intake, t) + _sheets(intake, t)
    if intake.private:
        columns = [each.column for each in intake.private]
        sentences.append(t("intake.private_left_out", columns=columns))
    if intake.likenesses:
        sentences.append(t("intake.likenesses", count=len(intake.likenesses)))
    if set_aside_values(intake):
        sentences.append(t("intake.values_not_used", count=len(set_aside_values(intake))))
    return sentences


def sheets_left_out(intake: Intake) -> list[str]:
    """Return the sheets that were not read, hidden ones too: nobody should look for their lines in vain."""
    return [str(each.value) for each in intake.problems if each.code in NOT_READ]


def _sheets(intake: Intake, t: Translator) -> list[str]:
    names = sheets_left_out(intake)
    if not names:
        return []
    more = len(names) - SHOWN_SHEETS
    key = "intake.sheets_left_out" if more <= 0 else "intake.sheets_left_out_more"
    return [t(key, sheets=names[:SHOWN_SHEETS], more=more)]


def _money(intake: Intake, t: Translator) -> list[str]:
    if "cost" not in intake.table:
        return []
    costs = intake.table["cost"].dropna()
    unpriced = len(intake.table) - len(costs)
    if not len(costs):
        return [t("intake.no_costs", unpriced=unpriced)]
    return [t("intake.costs", total=int(costs.sum()), priced=len(costs), unpriced=unpriced)]


def _places(intake: Intake, t: Translator) -> list[str]:
    use = intake.places
    named = use.by_code + use.by_name + use.district_only + use.asked
    if not named:
        return [t("intake.no_places")] if use.missing else []
    return [
        t(
            "intake.places",
            rate=use.rate,
            by_code=use.by_code,
            by_name=use.by_name + use.district_only,
            asked=use.asked,
            missing=use.missing,
            edition=use.edition,
        )
    ]
