"""The needs of a survey by place, as numbers that may be told and as the lines of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.domain.survey import AnswerKind, Question
from workbench.engine.household_needs import ANSWERED, NeedsCounted, count_needs, shares_of
from workbench.store.survey.reading import PLACE_PARTS, Survey


@dataclass(frozen=True)
class NeedsAnswered:
    """What was counted of one question.

    Attributes
    ----------
    question : Question
    places, above : DataFrame
        Columns region, district, village, hamlet, by the labels of the counts; `above` are whole villages.
    counted : NeedsCounted
    """

    question: Question
    places: pd.DataFrame
    above: pd.DataFrame
    counted: NeedsCounted


def answered_needs(survey: Survey, asked: Sequence[Question] = ()) -> tuple[NeedsAnswered, ...]:
    """Count the answers to questions by place.

    Parameters
    ----------
    survey : Survey
    asked : sequence of Question
        Which; none: every question with choices that somebody answered, those of the place left out.
    """
    given = set(survey.answers.given["question"])
    wanted = asked or [
        question
        for question in survey.form.questions
        if question.path in given and question.path not in survey.place_paths
    ]
    table = survey.intake.table[list(PLACE_PARTS)]
    places = table.drop_duplicates().sort_values(list(PLACE_PARTS), kind="stable").reset_index(drop=True)
    above = places.assign(hamlet="").drop_duplicates().reset_index(drop=True)
    where = pd.Series(_labels(table, places), index=table.index)
    parents = pd.Series(_labels(places.assign(hamlet=""), above), index=places.index)
    found = []
    for question in wanted:
        named = survey.answers.named(question)
        exclusive = question.kind is AnswerKind.ONE and not question.repeat
        counted = count_needs(named, where, parents, exclusive=exclusive)
        found.append(NeedsAnswered(question, places, above, counted))
    return tuple(found)


def _labels(lines: pd.DataFrame, places: pd.DataFrame) -> list[int]:
    number = {tuple(line): label for label, line in enumerate(places.to_numpy().tolist())}
    return [number[tuple(line)] for line in lines.to_numpy().tolist()]


def needs_lines(needs: Sequence[NeedsAnswered]) -> Iterator[tuple[str, ...]]:
    """Yield a line for every place, question and choice: what is told is a number, what is not is empty."""
    for need in needs:
        shares = shares_of(need.counted.told)
        for label in need.places.index.tolist():
            place = need.places.loc[label]
            told = need.counted.told.loc[label]
            for choice in need.question.choices:
                share = shares.loc[label, choice.name]
                yield (
                    *(str(place[part]) for part in PLACE_PARTS),
                    need.question.path,
                    choice.name,
                    choice.shown,
                    written_count(told[choice.name]),
                    written_count(told[ANSWERED]),
                    "" if pd.isna(share) else str(percent(share)),
                )


def written_count(count: object) -> str:
    """Return a number as text; nothing where it is not told."""
    return "" if count is None or pd.isna(count) else str(int(count))  # type: ignore[call-overload]


def percent(share: float) -> int:
    """Return a share as whole percent, halves upwards.

    Examples
    --------
    >>> percent(0.125), percent(0.5)
    (13, 50)
    """
    return int(share * 100 + 0.5)
