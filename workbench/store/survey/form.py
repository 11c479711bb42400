"""The form of a survey (XLSForm): its questions in their groups, and what each may be answered with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from workbench.domain.survey import AnswerKind, Choice, Question, SurveyForm
from workbench.errors import InvalidInput, Problem
from workbench.store.grids import Grid
from workbench.store.intake.sources import read_sheets
from workbench.store.survey.choice_files import choices_beside
from workbench.store.survey.form_rows import FormRow, form_rows, header_of

NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {"survey": (("type",), ("name", "value")), "choices": (("list_name", "list"), ("name", "value"))}
)
"""Headers that a sheet of a form cannot do without; either of a pair."""
LEFT_OUT = ("geopoint", "geotrace", "geoshape", "image", "audio", "video", "file", "background-audio")
WITHOUT_ANSWER = ("note", "start-geopoint", "audit", "xml-external", "csv-external")
SELECTS: Mapping[str, AnswerKind] = MappingProxyType(
    {
        "select_one": AnswerKind.ONE,
        "select one": AnswerKind.ONE,
        "select_multiple": AnswerKind.SEVERAL,
        "select multiple": AnswerKind.SEVERAL,
        "select all that apply": AnswerKind.SEVERAL,
        "rank": AnswerKind.SEVERAL,
    }
)
FROM_FILE: Mapping[str, AnswerKind] = MappingProxyType(
    {"select_one_from_file": AnswerKind.ONE, "select_multiple_from_file": AnswerKind.SEVERAL}
)
OTHER = "other"
OWN_WORDS = Choice(OTHER, ("Lainnya", "Other"))
"""The choice that ``or_other`` adds."""


@dataclass
class _Reading:
    """What is open while the rows of a form are read from top to bottom."""

    path: Path
    language: str
    lists: Mapping[str, tuple[Choice, ...]]
    open: list[tuple[str, int, tuple[str, ...]]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    repeats: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def fault(self, code: str, row: int, value: str, **facts: object) -> None:
        self.problems.append(
            Problem(code, file=self.path.name, sheet="survey", row=row, value=value, facts=facts)
        )


def read_form(path: Path) -> SurveyForm:
    """Read the form of a survey.

    Raises
    ------
    InvalidInput
        Everything that is wrong with it, at once: a sheet or column that is missing, a list of choices that
        is not there, a name that is used twice, a group that is not closed.
    """
    grids = {grid.sheet.strip().casefold(): grid for grid in read_sheets(path)}
    problems = _missing_parts(path.name, grids)
    if problems:
        raise InvalidInput(problems)
    settings = _settings(grids.get("settings"))
    language = settings["default_language"] if settings else ""
    survey = form_rows(grids["survey"], language)
    choices = form_rows(grids["choices"], language) if "choices" in grids else []
    lists, problems = _lists(choices, path.name)
    reading = _Reading(path, language, lists, problems=problems)
    for row in survey:
        _read_row(row, reading)
    for name, number, _ in reading.open:
        reading.fault("form_group_open", number, name)
    if not reading.questions:
        reading.problems.append(Problem("form_without_questions", file=path.name, sheet="survey"))
    if reading.problems:
        raise InvalidInput(reading.problems)
    title = settings["form_title"] if settings else ""
    version = settings["version"] if settings else ""
    return SurveyForm(
        title or path.stem,
        version,
        tuple(reading.questions),
        MappingProxyType(reading.repeats),
        tuple(reading.notes),
    )


def _missing_parts(file: str, grids: Mapping[str, Grid]) -> list[Problem]:
    """Name the sheets and columns that the form lacks; choices are only needed where a question asks."""
    if "survey" not in grids:
        sheets = tuple(grid.sheet for grid in grids.values())
        return [Problem("form_sheet_missing", file=file, value="survey", facts={"found": sheets})]
    return [
        Problem("form_column_missing", file=file, sheet=grids[sheet].sheet, row=1, column=" / ".join(options))
        for sheet, columns in NEEDED.items()
        if sheet in grids
        for options in columns
        if not header_of(grids[sheet]) & set(options)
    ]


def _settings(grid: Grid | None) -> FormRow | None:
    rows = form_rows(grid, "") if grid is not None else []
    return rows[0] if rows else None


def _lists(rows: Sequence[FormRow], file: str) -> tuple[dict[str, tuple[Choice, ...]], list[Problem]]:
    lists: dict[str, dict[str, Choice]] = {}
    problems = []
    for row in rows:
        name, choice = row["list_name"] or row["list"], row["name"] or row["value"]
        if not name or not choice:
            continue
        known = lists.setdefault(name, {})
        if choice in known:
            facts = {"list": name}
            place = {"file": file, "sheet": "choices", "row": row.row, "value": choice}
            problems.append(Problem("form_choice_repeated", facts=facts, **place))  # type: ignore[arg-type]
        known.setdefault(choice, Choice(choice, row.labels))
    return {name: tuple(known.values()) for name, known in lists.items()}, problems


def _read_row(row: FormRow, reading: _Reading) -> None:
    words = row["type"].replace("_group", " group").replace("_repeat", " repeat").split()
    told = " ".join(words).casefold()
    if not told or told in WITHOUT_ANSWER:
        return
    if told in ("begin group", "begin repeat"):
        _opened(row, told.endswith("repeat"), reading)
    elif told in ("end group", "end repeat"):
        if reading.open:
            reading.open.pop()
        else:
            reading.fault("form_group_unopened", row.row, row["type"])
    else:
        _asked(row, told, reading)


def _opened(row: FormRow, is_repeat: bool, reading: _Reading) -> None:  # noqa: FBT001 - what the row says
    name = row["name"] or row["value"]
    reading.open.append((name, row.row, row.labels))
    if is_repeat:
        reading.repeats[name] = row.labels


def _asked(row: FormRow, told: str, reading: _Reading) -> None:
    name = row["name"] or row["value"]
    if not name:
        reading.fault("form_question_unnamed", row.row, row["type"])
        return
    kind, choices, other, listed_in = _answered_with(row, told, reading)
    around = tuple((group, *labels) for group, _, labels in reading.open)
    repeat = next((group for group, _, _ in reversed(reading.open) if group in reading.repeats), "")
    question = Question(name, kind, row.labels, around, repeat, choices, other, listed_in)
    if question.path in reading.rows:
        reading.fault("form_name_repeated", row.row, name, first_row=reading.rows[question.path])
        return
    reading.rows[question.path] = row.row
    reading.questions.append(question)


def _answered_with(
    row: FormRow, told: str, reading: _Reading
) -> tuple[AnswerKind, tuple[Choice, ...], bool, str]:
    """Return the kind of an answer, its choices, whether one of one's own counts, and the file of choices."""
    if told.split(maxsplit=1)[0] in FROM_FILE:
        return _from_file(row, reading)
    begin = next((word for word in SELECTS if told.startswith(f"{word} ")), "")
    if not begin:
        kind = AnswerKind.LEFT_OUT if told in LEFT_OUT else AnswerKind.TEXT
        return kind, (), False, ""
    rest = row["type"].split()[len(begin.split()) :]
    rest = rest[1:] if rest[:1] == ["from"] else rest
    name, other = rest[0] if rest else "", bool({"or_other", "or_specify"} & set(rest))
    choices = reading.lists.get(name, ())
    if not choices:
        known = tuple(reading.lists)
        reading.fault("form_list_unknown", row.row, name, question=row["name"] or row["value"], known=known)
    if other and OTHER not in {choice.name for choice in choices}:
        choices = (*choices, OWN_WORDS)
    return SELECTS[begin], choices, other, ""


def _from_file(row: FormRow, reading: _Reading) -> tuple[AnswerKind, tuple[Choice, ...], bool, str]:
    """Read the choices of a file beside the form; without it the answers are read as they were written."""
    words = row["type"].split()
    told, other = words[1] if len(words) > 1 else "", "or_other" in words
    choices, problem = choices_beside(reading.path, told, row["parameters"], reading.language)
    if problem is not None:
        facts = {**problem.facts, "question": row["name"] or row["value"]}
        place = replace(problem, file=reading.path.name, sheet="survey", row=row.row, value=told, facts=facts)
        reading.notes.append(place)
        return AnswerKind.TEXT, (), False, told
    if other and OTHER not in {choice.name for choice in choices}:
        choices = (*choices, OWN_WORDS)
    return FROM_FILE[words[0].casefold()], choices, other, told
