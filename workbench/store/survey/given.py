"""What every household answered to every question, with a record of what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from workbench.domain.intake import CONVERSION_COLUMNS, Confidence
from workbench.domain.suggestions import suggested
from workbench.domain.survey import AnswerKind, Question, SurveyForm
from workbench.errors import Problem, Severity
from workbench.store.intake.privacy import masked
from workbench.store.survey.answers import MISSING, Answers, read_mark
from workbench.store.survey.sheets import Homes, SurveySheet


@dataclass
class Findings:
    """What was found while the answers were read."""

    conversions: list[tuple[object, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read: set[tuple[str, str, str]] = field(default_factory=set)

    def is_first(self, place: Problem) -> bool:
        """Tell whether a text was not yet read in this column: a text is recorded once, not by household."""
        known = len(self.read)
        self.read.add((place.sheet, place.column, place.value))
        return len(self.read) > known

    def frame(self) -> pd.DataFrame:
        """Return the conversions as a table."""
        return pd.DataFrame(self.conversions, columns=list(CONVERSION_COLUMNS))


def read_given(
    sheets: Sequence[SurveySheet], homes: Homes, form: SurveyForm, findings: Findings
) -> pd.DataFrame:
    """Return a line for every choice that a household named: household, question, choice."""
    lines: dict[tuple[int, str, str], None] = {}
    for sheet in sheets:
        for question in form.questions:
            if question.kind not in (AnswerKind.ONE, AnswerKind.SEVERAL):
                continue
            for home, choices in _of_sheet(sheet, question, homes, findings):
                lines |= {(home, question.path, choice): None for choice in choices}
    return pd.DataFrame(list(lines), columns=["household", "question", "choice"])


def read_texts(sheets: Sequence[SurveySheet], homes: Homes, question: Question) -> pd.DataFrame:
    """Return the written answers to a question as they stand: household, text, sheet, row."""
    lines = [
        (homes.of_row[sheet.grid.sheet, row], text, sheet.grid.sheet, row)
        for sheet in sheets
        for position in [sheet.columns.answers.get(question.path)]
        if position is not None
        for row, cells in sheet.rows
        if (sheet.grid.sheet, row) in homes.of_row
        and (text := sheet.cell(cells, position)).casefold() not in MISSING
    ]
    return pd.DataFrame(lines, columns=["household", "text", "sheet", "row"])


def _of_sheet(
    sheet: SurveySheet, question: Question, homes: Homes, findings: Findings
) -> Iterator[tuple[int, tuple[str, ...]]]:
    whole, split = sheet.columns.answers.get(question.path), sheet.columns.split.get(question.path, {})
    if whole is None and not split:
        return
    reader = Answers(question)
    for row, cells in sheet.rows:
        home = homes.of_row.get((sheet.grid.sheet, row))
        if home is None:
            continue
        place = Problem("", Severity.SET_ASIDE, sheet.grid.file, sheet.grid.sheet, row)
        marked = _marked(sheet, cells, split, place, findings)
        if whole is None:
            choices = tuple(choice for choice in reader.order if marked.get(choice))
            if not choices and False in marked.values():
                findings.problems.append(
                    replace(place, code="survey_nothing_named", severity=Severity.NOTE, column=question.shown)
                )
        else:
            place = replace(place, column=sheet.headers[whole], value=sheet.cell(cells, whole))
            choices = _told(reader, marked, place, findings)
        if choices:
            yield home, choices


def _marked(
    sheet: SurveySheet,
    cells: Sequence[str],
    split: Mapping[str, int],
    place: Problem,
    findings: Findings,
) -> dict[str, bool]:
    """Return what the columns of the single choices say."""
    found = {}
    for choice, position in split.items():
        text = sheet.cell(cells, position)
        try:
            mark = read_mark(text)
        except ValueError:
            header = sheet.headers[position]
            findings.problems.append(
                replace(place, code="survey_mark_unknown", column=header, value=masked(text))
            )
            continue
        if mark is not None:
            found[choice] = mark
    return found


def _told(reader: Answers, marked: dict[str, bool], place: Problem, findings: Findings) -> tuple[str, ...]:
    """Return the choices of a cell; what no choice explains, and what its columns contradict, is named."""
    answer = reader.read(place.value)
    labels = {choice.name: choice.shown for choice in reader.question.choices}
    for text in answer.unknown:
        facts = {"question": reader.question.shown, **suggested(text, labels)}
        if "suggestion" in facts:
            facts["suggestion"] = labels[str(facts["suggestion"])]
        findings.problems.append(
            replace(place, code="survey_answer_unknown", value=masked(text), facts=facts)
        )
    named = {choice for choice, mark in marked.items() if mark}
    if marked and not answer.unknown and named != set(answer.choices) & set(marked):
        facts = {"marked": tuple(labels[choice] for choice in reader.order if choice in named)}
        findings.problems.append(replace(place, code="survey_columns_disagree", facts=facts))
        return ()
    shown = ", ".join(labels[choice] for choice in answer.choices)
    if answer.choices and shown != place.value and findings.is_first(place):
        findings.conversions.append(
            (place.row, place.sheet, place.column, place.value, shown, "choice_label",
             Confidence.CERTAIN.value)
        )  # fmt: skip
    return answer.choices
