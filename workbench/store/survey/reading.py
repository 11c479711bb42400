"""An export and its form as a survey that is understood, or the questions that a person must answer first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from workbench.domain.intake import ColumnUse, Confidence, Intake, ListKind, PlaceUse, SheetUse
from workbench.domain.region_codes import Level, is_region_code
from workbench.domain.regions import Regions
from workbench.domain.survey import AnswerKind, Question, SurveyAnswers, SurveyForm
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.intake.places import place_rows
from workbench.store.intake.privacy import masked, person_columns, unconfirmed
from workbench.store.intake.sources import read_sheets
from workbench.store.regions import shipped_regions
from workbench.store.survey.form import read_form
from workbench.store.survey.given import Findings, read_given, read_texts
from workbench.store.survey.notes import body_of, left_out, missing_questions, other_versions, unclear_headers
from workbench.store.survey.places import place_questions
from workbench.store.survey.sheets import Homes, SurveySheet, hang_repeats, households, survey_sheets

PLACE_COLUMNS = ("code", "district", "village", "hamlet")
PLACE_PARTS = ("region", "district", "village", "hamlet")
"""Columns of `Survey.intake.table`."""


@dataclass(frozen=True)
class SurveyAsked:
    """What a person said about a survey beforehand.

    Attributes
    ----------
    region : str
        Kode wilayah that all its places lie in.
    places : mapping of part (code, district, village, hamlet) to a question
    confirmed : tuple of str
        Headers that are read although they look like numbers of persons.
    """

    region: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Survey:
    """A survey as it was understood.

    Attributes
    ----------
    intake : Intake
        Its `table` has one line for each household: region, district, village, hamlet.
    form : SurveyForm
    answers : SurveyAnswers
    sheets : tuple of SurveySheet
    homes : Homes
    regions : Regions
    place_paths : frozenset of str
        Questions that were read as places.
    """

    intake: Intake
    form: SurveyForm
    answers: SurveyAnswers
    sheets: tuple[SurveySheet, ...]
    homes: Homes
    regions: Regions
    place_paths: frozenset[str] = frozenset()

    def question(self, told: str, file: str) -> Question:
        """Return the question that a person means; raises as `question_of`."""
        return question_of(self.form, told, file)

    def texts(self, question: Question) -> pd.DataFrame:
        """Return the written answers to a question: household, text, sheet, row."""
        return read_texts(self.sheets, self.homes, question)


def question_of(form: SurveyForm, told: str, file: str) -> Question:
    """Return the question that a person means, by path, name or label.

    Raises
    ------
    InvalidInput
        ``survey_question_unknown``: there is none, or there are several.
    """
    plain = told.strip().casefold()
    for key in (lambda q: [q.path], lambda q: [q.name], lambda q: q.labels):
        hits = [each for each in form.questions if plain in {text.casefold() for text in key(each)}]
        if len(hits) == 1:
            return hits[0]
    known = tuple(each.path for each in form.questions)
    raise InvalidInput([Problem("survey_question_unknown", file=file, value=told, facts={"known": known})])


def read_survey(
    path: Path, form_path: Path, asked: SurveyAsked | None = None, regions: Regions | None = None
) -> Survey:
    """Read a survey with its form.

    Parameters
    ----------
    path, form_path : Path
    asked : SurveyAsked, optional
    regions : Regions, optional
        The list of regions; the shipped one if not given.

    Returns
    -------
    Survey
        Its `intake` accounts for every sheet, row, column and answer.

    Raises
    ------
    InvalidInput
        The form cannot be used, or no sheet holds one of its questions.
    """
    asked = asked or SurveyAsked()
    form = read_form(form_path)
    told = {part: question_of(form, name, form_path.name).path for part, name in asked.places.items()}
    sheets, notes = survey_sheets(read_sheets(path), form, asked.confirmed)
    if not sheets:
        facts = {"form": form_path.name, "known": tuple(each.shown for each in form.questions)}
        raise InvalidInput([Problem("survey_not_of_form", file=path.name, facts=facts)])
    homes, findings = Homes(), Findings()
    kept = households(sheets[0], homes)
    hang_repeats(sheets, homes)
    given = read_given(sheets, homes, form, findings)
    lines = pd.DataFrame(
        {"sheet": sheets[0].grid.sheet, "row": [row for _, row, _ in kept]},
        index=pd.Index([number for number, _, _ in kept], dtype="int64"),
    )
    answers = SurveyAnswers(lines, given)
    regions = regions or shipped_regions()
    table, places, place_notes = _placed(sheets[0], homes, answers, form, told, asked.region, regions)
    private = [note for sheet in sheets for note in left_out(sheet, asked.confirmed)]
    problems = [
        *form.notes,
        *notes,
        *other_versions(sheets[0], form),
        *missing_questions(sheets, form, path.name),
        *unclear_headers(sheets),
        *findings.problems,
        *place_notes,
    ]
    intake = Intake(
        file=path.name,
        kind=ListKind.SURVEY,
        layout=form.title,
        sheets=tuple(map(_sheet_use, sheets)),
        columns=tuple(use for sheet in sheets for use in _uses(sheet)),
        table=table,
        origin=lines,
        facts={"households": str(len(lines))},
        conversions=findings.frame(),
        places=places,
        aside=tuple(homes.aside),
        private=tuple(private),
        problems=tuple(problems),
        raw_rows=MappingProxyType(_raw_rows(sheets, [*homes.aside, *findings.problems], asked.confirmed)),
    )
    where = {question.path for question in place_questions(form.questions, told).values()}
    return Survey(intake, form, answers, tuple(sheets), homes, regions, frozenset(where))


def _placed(
    main: SurveySheet,
    homes: Homes,
    answers: SurveyAnswers,
    form: SurveyForm,
    told: Mapping[str, str],
    inside: str,
    regions: Regions,
) -> tuple[pd.DataFrame, PlaceUse, list[Problem]]:
    """Return where each household lives, and what was found while the places were matched."""
    asked = place_questions(form.questions, told)
    held = {**main.columns.answers}
    asked = {part: question for part, question in asked.items() if question.path in held}
    index = answers.households.index
    texts = pd.DataFrame("", index=index, columns=list(PLACE_COLUMNS), dtype="str")
    for part, question in asked.items():
        texts[part] = (
            _shown(question, answers, read_texts((main,), homes, question)).reindex(index).fillna("")
        )
    coded = texts["village"].map(_is_code).astype(bool)
    texts["code"] = texts["code"].where(~coded, texts["village"])
    lines = answers.households
    headers = {part: main.headers[held[question.path]] for part, question in asked.items()}
    where = texts.assign(
        sheet=lines["sheet"],
        row=lines["row"],
        header_code=headers.get("code", headers.get("village", "")),
        header_name=headers.get("village", headers.get("district", "")),
    )
    placed = place_rows(where, regions, inside, main.grid.file)
    problems = list(placed.problems)
    if not asked:
        problems.append(Problem("survey_without_places", Severity.NOTE, file=main.grid.file))
    table = texts.drop(columns="code").assign(region=placed.codes)
    return table[list(PLACE_PARTS)], placed.use, problems


def _shown(question: Question, answers: SurveyAnswers, texts: pd.DataFrame) -> pd.Series[str]:
    """Return the answers to the question of a place: the label of the choice, or its name if it is a code."""
    if question.kind is AnswerKind.TEXT:
        return texts.set_index("household")["text"]
    names = {
        choice.name: choice.name if _is_code(choice.name) else choice.shown for choice in question.choices
    }
    mine = answers.given[answers.given["question"] == question.path]
    return mine.set_index("household")["choice"].map(names).astype("str")


def _is_code(text: str) -> bool:
    return is_region_code(text) and text.count(".") >= Level.DISTRICT - 1


def _sheet_use(sheet: SurveySheet) -> SheetUse:
    rows = MappingProxyType({"usulan": len(sheet.rows)})
    return SheetUse(sheet.grid.sheet, (sheet.header_row, sheet.header_row), rows, MappingProxyType({}))


def _uses(sheet: SurveySheet) -> Iterator[ColumnUse]:
    paths = {position: path for path, position in sheet.columns.answers.items()}
    paths |= {
        position: f"{path}/{choice}"
        for path, split in sheet.columns.split.items()
        for choice, position in split.items()
    }
    for position, header in enumerate(sheet.headers):
        if not header:
            continue
        filled = sum(1 for _, cells in sheet.rows if sheet.cell(cells, position))
        how = "header" if position in paths else "not_used"
        how = "person_survey" if position in sheet.columns.private else how
        how = "survey_system" if position in sheet.columns.system.values() else how
        yield ColumnUse(header, paths.get(position, ""), how, Confidence.CERTAIN, filled)


def _raw_rows(
    sheets: Sequence[SurveySheet], problems: Sequence[Problem], confirmed: Sequence[str]
) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return the cells of the rows that something is wrong with, without what leads to a person."""
    wanted = {(problem.sheet, problem.row) for problem in problems}
    raw: dict[tuple[str, int], tuple[str, ...]] = {}
    for sheet in sheets:
        people = {*unconfirmed(person_columns(body_of(sheet)), confirmed)}
        hidden = {
            *sheet.columns.private,
            *(place for place, header in enumerate(sheet.headers) if header in people),
        }
        raw[sheet.grid.sheet, 0] = sheet.headers
        for row, cells in sheet.rows:
            if (sheet.grid.sheet, row) in wanted:
                raw[sheet.grid.sheet, row] = tuple(
                    "" if place in hidden else masked(sheet.cell(cells, place))
                    for place in range(len(sheet.headers))
                )
    return raw
