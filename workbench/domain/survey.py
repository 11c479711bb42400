"""A household survey: the questions of its form, and what every household answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from workbench.errors import Problem


class AnswerKind(StrEnum):
    """What an answer to a question is."""

    ONE = "select_one"
    SEVERAL = "select_multiple"
    TEXT = "text"
    """Everything that is written or measured: text, numbers, dates, calculations."""
    LEFT_OUT = "left_out"
    """A place on earth, a picture, a recording: never read."""


@dataclass(frozen=True)
class Choice:
    """One answer that a question offers: its name in the form, and its labels, the one shown first."""

    name: str
    labels: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """What a person reads."""
        return next(filter(None, self.labels), self.name)


@dataclass(frozen=True)
class Question:
    """One question of a form.

    Attributes
    ----------
    name : str
        As the form calls it.
    kind : AnswerKind
    labels : tuple of str
        The one shown first, then those of other languages.
    groups : tuple of tuple of str
        For each group around it, from outside: its name, then its labels.
    repeat : str
        The innermost repeat that it stands in; empty: once for each household.
    choices : tuple of Choice
    other : bool
        Whether an answer of one's own may be written beside the choices.
    listed_in : str
        The file that lists the choices; empty where the form itself does.
    """

    name: str
    kind: AnswerKind
    labels: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    repeat: str = ""
    choices: tuple[Choice, ...] = ()
    other: bool = False
    listed_in: str = ""

    @property
    def shown(self) -> str:
        """What a person reads."""
        return next(filter(None, self.labels), self.name)

    @property
    def path(self) -> str:
        """The name with the groups around it, which no other question of the form has.

        Examples
        --------
        >>> Question("air", AnswerKind.TEXT, groups=(("rumah", "Rumah"),)).path
        'rumah/air'
        """
        return "/".join([*(group[0] for group in self.groups), self.name])


@dataclass(frozen=True)
class SurveyForm:
    """The form that a survey was made with.

    Attributes
    ----------
    title, version : str
    questions : tuple of Question
    repeats : mapping of repeat name to its labels
    notes : tuple of Problem
        What a person should know: a file of choices that does not stand beside the form.
    """

    title: str
    version: str
    questions: tuple[Question, ...]
    repeats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class SurveyAnswers:
    """What the households answered, each counted once.

    Attributes
    ----------
    households : DataFrame
        Index: a running number; columns sheet, row, and one for each text answer that was asked for.
    given : DataFrame
        Columns household, question (path), choice (name): one line for every choice that a household named,
        however often it named it. A household without a line did not answer: missing, never zero.
    """

    households: pd.DataFrame
    given: pd.DataFrame

    def named(self, question: Question) -> pd.DataFrame:
        """Return which household named which choice of a question: True or False by household and choice.

        Examples
        --------
        >>> question = Question("air", AnswerKind.SEVERAL, choices=(Choice("sumur"), Choice("sungai")))
        >>> given = pd.DataFrame({"household": [1], "question": ["air"], "choice": ["sumur"]})
        >>> SurveyAnswers(pd.DataFrame(index=[0, 1]), given).named(question).to_dict("index")
        {1: {'sumur': True, 'sungai': False}}
        """
        mine = self.given[self.given["question"] == question.path]
        pairs = set(zip(mine["household"], mine["choice"], strict=True))
        who = sorted(map(int, mine["household"].unique()))
        columns = {choice.name: [(each, choice.name) in pairs for each in who] for choice in question.choices}
        return pd.DataFrame(columns, index=pd.Index(who, dtype="int64"), dtype="bool")
