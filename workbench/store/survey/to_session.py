"""A survey in a session folder: what households propose as proposals, what they need as columns of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from workbench.domain import proposals as domain
from workbench.domain.columns import conform
from workbench.domain.intake import Intake, ListKind
from workbench.domain.proposals import Proposals
from workbench.domain.session import Session
from workbench.domain.survey import AnswerKind, Question
from workbench.engine.household_needs import SMALLEST, shares_of
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.header_matching import normalise
from workbench.store.headers import load_headers
from workbench.store.intake.privacy import masked
from workbench.store.survey.answers import Answers
from workbench.store.survey.counted import NeedsAnswered, answered_needs, percent, written_count
from workbench.store.survey.reading import PLACE_PARTS, Survey

BEHIND = "rumah_tangga_pengusul"
"""Column of how many households stand behind a proposal; empty where fewer than five do."""
HOUSEHOLDS = "_rumah_tangga"
"""Ending of the column of the number of households beside a column of shares."""
SOURCE = "Survei rumah tangga"


def proposals_of(survey: Survey, question: Question) -> Intake:
    """Return what the households proposed in answer to a question as a list of proposals.

    Answers of the same words in the same place are one proposal with its number of households; nothing that
    is only alike is joined.
    """
    lines = _proposed(survey, question)
    where = survey.intake.table[list(PLACE_PARTS)]
    lines = lines.join(where, on="household")
    lines = lines[lines["key"] != ""]
    groups = lines.groupby([*PLACE_PARTS, "key"], sort=False, dropna=False)
    first = groups.first().reset_index()
    behind = groups["household"].nunique().to_numpy()
    order = first.assign(number=range(len(first))).sort_values([*PLACE_PARTS, "number"], kind="stable").index
    first, behind = first.loc[order].reset_index(drop=True), behind[order]
    width = max(3, len(str(len(first))))
    table = pd.DataFrame(
        {
            "proposal": [f"S{number:0{width}d}" for number in range(1, len(first) + 1)],
            "activity": first["text"].map(masked),
            "region": first["region"],
            "village": first["village"],
            "district": first["district"],
            "hamlet": first["hamlet"],
            "source": SOURCE,
        },
        index=first.index,
    )
    table = conform(table, domain.COLUMNS).assign(
        **{BEHIND: [str(count) if count >= SMALLEST else "" for count in behind]}
    )
    few = int((behind < SMALLEST).sum())
    notes = []
    if few:
        facts = {"total": few, "smallest": SMALLEST}
        notes.append(Problem("survey_few_households", Severity.NOTE, file=survey.intake.file, facts=facts))
    return replace(
        survey.intake,
        kind=ListKind.PROPOSALS,
        table=table,
        origin=first[["sheet", "row"]],
        problems=(*survey.intake.problems, *notes),
    )


def _proposed(survey: Survey, question: Question) -> pd.DataFrame:
    """Return what each household proposed: household, key (what makes it the same), text, sheet, row."""
    if question.kind is AnswerKind.TEXT:
        lines = survey.texts(question)
        return lines.assign(
            key=lines["text"].map(normalise), text=lines["text"].map(lambda text: " ".join(text.split()))
        )
    given = survey.answers.given
    mine = given[given["question"] == question.path].join(survey.answers.households, on="household")
    labels = {choice.name: choice.shown for choice in question.choices}
    order = [choice.name for choice in question.choices]
    mine = mine.assign(key=mine["choice"], text=mine["choice"].map(labels))
    return mine.sort_values("choice", key=lambda names: names.map(order.index), kind="stable")


@dataclass(frozen=True)
class NeedColumn:
    """A column of the proposals that a survey fills: its name, the question, and the choice that it counts.

    An empty choice: the one that the proposal itself names in its column of the question's name.
    """

    name: str
    question: Question
    choice: str = ""


def need_column(survey: Survey, told: str, file: str) -> NeedColumn:
    """Read ``air_bersih=kebutuhan/air_bersih``: name of the column, question, choice (name or label).

    Raises
    ------
    InvalidInput
        ``survey_column_unreadable``, ``survey_question_unknown``, ``survey_choice_unknown``.
    """
    name, _, rest = told.partition("=")
    if not normalise(name) or not rest.strip():
        raise InvalidInput([Problem("survey_column_unreadable", file=file, value=told)])
    question, choice = _question_and_choice(survey, rest.strip(), file)
    if question.kind not in (AnswerKind.ONE, AnswerKind.SEVERAL):
        raise InvalidInput([Problem("survey_question_without_choices", file=file, value=question.path)])
    return NeedColumn(normalise(name), question, choice)


def _question_and_choice(survey: Survey, told: str, file: str) -> tuple[Question, str]:
    before, slash, after = told.rpartition("/")
    if slash:
        try:
            question = survey.question(before, file)
        except InvalidInput:
            question = None
        if question is not None:
            named = Answers(question).read(after).choices
            if len(named) != 1:
                known = tuple(choice.name for choice in question.choices)
                facts = {"question": question.path, "known": known}
                raise InvalidInput([Problem("survey_choice_unknown", file=file, value=after, facts=facts)])
            return question, named[0]
    return survey.question(told, file), ""


def with_need_columns(
    session: Session, survey: Survey, columns: Sequence[NeedColumn]
) -> tuple[Session, list[Problem]]:
    """Give proposals the share of the households of their place that named a need, in whole percent.

    Beside each column stands the number of households. A proposal whose place the survey does not tell gets
    nothing: missing is never zero.

    Raises
    ------
    InvalidInput
        A column bears a name of the workbench.
    """
    headers = load_headers().tables["proposals"].fields
    reserved = {*headers, *headers.values()}
    wrong = [Problem("survey_column_reserved", value=each.name) for each in columns if each.name in reserved]
    if wrong:
        raise InvalidInput(wrong)
    frame = session.proposals.frame
    filled: dict[str, list[str]] = {}
    problems = []
    for column in columns:
        need = answered_needs(survey, [column.question])[0]
        told = [_told(line, column, need) for _, line in frame.iterrows()]
        filled[column.name] = [share for share, _ in told]
        filled[f"{column.name}{HOUSEHOLDS}"] = [count for _, count in told]
        lacking = tuple(str(label) for label, (share, _) in zip(frame.index, told, strict=True) if not share)
        if lacking:
            facts = {"total": len(lacking), "lacking": lacking}
            problems.append(
                Problem(
                    "survey_nothing_told",
                    Severity.NOTE,
                    file=survey.intake.file,
                    column=column.name,
                    facts=facts,
                )
            )
    proposals = Proposals(frame.assign(**filled))
    return replace(session, proposals=proposals), problems


def _told(line: pd.Series, column: NeedColumn, need: NeedsAnswered) -> tuple[str, str]:
    """Return the share and the number of households of a proposal's place; empty where nothing is told."""
    choice = column.choice
    if not choice:
        named = Answers(column.question).read(str(line.get(normalise(column.question.name), ""))).choices
        choice = named[0] if len(named) == 1 else ""
    place = _place_of(line, need)
    if not choice or place is None:
        return "", ""
    told = need.counted.told if place[0] else need.counted.above
    share = float(shares_of(told)[choice][place[1]])
    return ("", "") if math.isnan(share) else (str(percent(share)), written_count(told[choice][place[1]]))


def _place_of(line: pd.Series, need: NeedsAnswered) -> tuple[bool, int] | None:
    """Return where a proposal lies: its hamlet where the survey asked there, else its whole village."""
    hamlet = normalise(str(line["hamlet"]))
    here = need.places[need.places["region"] == line["region"]]
    same = here.index[here["hamlet"].map(normalise) == hamlet].tolist() if hamlet and len(here) else []
    whole = need.above.index[need.above["region"] == line["region"]].tolist()
    if line["region"] and len(same) == 1:
        return True, same[0]
    return (False, whole[0]) if line["region"] and len(whole) == 1 else None
