"""What stands in a survey's sheets beside its answers, and which questions of its form do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pandas as pd

from workbench.domain.survey import AnswerKind, SurveyForm
from workbench.errors import Problem, Severity
from workbench.store.intake.privacy import person_columns, person_notes, unconfirmed
from workbench.store.survey.headers import VERSIONS
from workbench.store.survey.sheets import SurveySheet


def left_out(sheet: SurveySheet, confirmed: Sequence[str]) -> Iterator[Problem]:
    """Point out the columns that lead to a person or a house; none of them is ever read."""
    for position, header in sheet.columns.private.items():
        count = sum(1 for _, cells in sheet.rows if sheet.cell(cells, position))
        if count:
            yield Problem(
                "survey_column_left_out", Severity.NOTE, sheet.grid.file, sheet.grid.sheet,
                sheet.header_row, header, facts={"total": count},
            )  # fmt: skip
    cells = body_of(sheet)
    found = unconfirmed(person_columns(cells), confirmed)
    yield from person_notes(cells, found, sheet.grid.file, sheet.grid.sheet, sheet.header_row)


def body_of(sheet: SurveySheet) -> pd.DataFrame:
    """Return the cells of a sheet by header, without the columns of the system."""
    hidden = {*sheet.columns.private, *sheet.columns.system.values()}
    columns = {
        header: [sheet.cell(cells, position) for _, cells in sheet.rows]
        for position, header in enumerate(sheet.headers)
        if header and position not in hidden
    }
    return pd.DataFrame(columns, index=[row for row, _ in sheet.rows], dtype="str")


def other_versions(main: SurveySheet, form: SurveyForm) -> Iterator[Problem]:
    """Tell of answers that were given on another edition of the form."""
    position = main.columns.found(*VERSIONS)
    counts = Counter(text for _, cells in main.rows if (text := main.cell(cells, position)))
    place = {"file": main.grid.file, "sheet": main.grid.sheet}
    if form.version and (form.version in counts or len(counts) == 1):
        for version, count in counts.items():
            if version != form.version:
                facts = {"total": count, "form_version": form.version}
                yield Problem("survey_other_version", Severity.NOTE, value=version, facts=facts, **place)  # type: ignore[arg-type]
    elif len(counts) > 1:
        facts = {"versions": tuple(counts), "total": len(counts)}
        yield Problem("survey_several_versions", Severity.NOTE, facts=facts, **place)  # type: ignore[arg-type]


def missing_questions(sheets: Sequence[SurveySheet], form: SurveyForm, file: str) -> Iterator[Problem]:
    """Tell of questions of the form that no sheet holds, but for those left out on purpose."""
    held = {path for sheet in sheets for path in (*sheet.columns.answers, *sheet.columns.split)}
    private = {header.casefold() for sheet in sheets for header in sheet.columns.private.values()}
    for question in form.questions:
        if question.path not in held and question.kind is not AnswerKind.LEFT_OUT:
            if question.name.casefold() in private or question.name in ("start", "end", "today"):
                continue
            yield Problem("survey_question_missing", Severity.NOTE, file=file, value=question.path,
                          facts={"label": question.shown})  # fmt: skip


def unclear_headers(sheets: Sequence[SurveySheet]) -> Iterator[Problem]:
    """Tell of columns that fit several questions, or none."""
    for sheet in sheets:
        place = {"file": sheet.grid.file, "sheet": sheet.grid.sheet, "row": sheet.header_row}
        for code, headers in (
            ("survey_header_unclear", sheet.columns.unclear),
            ("survey_header_unknown", sheet.columns.unknown),
        ):
            for header in headers.values():
                yield Problem(code, Severity.NOTE, column=header, value=header, **place)  # type: ignore[arg-type]
