"""The text of one answer as the choices that it names, whether the export wrote names or labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbench.domain.survey import AnswerKind, Choice, Question
from workbench.store.header_matching import normalise
from workbench.store.survey.form_rows import plain_label

MISSING = frozenset({"", "n/a", "na", "#n/a", "null", "none", "nan", "-"})
"""Texts that mean that nobody answered, unless a choice is called so."""
YES = frozenset({"1", "1,0", "1.0", "true", "ya", "yes", "benar"})
NO = frozenset({"0", "0,0", "0.0", "false", "tidak", "no", "salah"})
PARTS = re.compile(r"\s*[;|\n]\s*|\s*,\s+")


@dataclass(frozen=True)
class Answer:
    """The choices that a text names, in the order of the form, and the rest that no choice explains."""

    choices: tuple[str, ...]
    unknown: tuple[str, ...] = ()


class Answers:
    """Reads the answers to one question."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.order = [choice.name for choice in question.choices]
        self.names = {choice.name.casefold(): choice.name for choice in question.choices}
        self.labels = _labels(question.choices)
        self.longest = max((key.count("_") + 1 for key in self.labels), default=1)

    def read(self, text: str) -> Answer:
        """Return what a cell names; nothing where it is blank or says that it is."""
        bare = text.strip()
        whole = self._one(bare)
        if whole:
            return Answer((whole,))
        if bare.casefold() in MISSING:
            return Answer(())
        if self.question.kind is AnswerKind.ONE:
            return Answer((), (bare,))
        return self._several(bare)

    def _one(self, text: str) -> str:
        return self.names.get(text.casefold(), "") or self.labels.get(_key(text), "")

    def _several(self, text: str) -> Answer:
        parts = [part for part in PARTS.split(text) if part]
        if len(parts) > 1 and all(map(self._one, parts)):
            return self._ordered(map(self._one, parts))
        words = text.split()
        if all(word.casefold() in self.names for word in words):
            return self._ordered(self.names[word.casefold()] for word in words)
        return self._by_labels(words)

    def _by_labels(self, words: list[str]) -> Answer:
        """Cut a line of words into labels, the longest that fits first; exports part labels by a blank."""
        found, unknown, start = [], [], 0
        while start < len(words):
            for end in range(min(len(words), start + 2 * self.longest), start, -1):
                if choice := self._one(" ".join(words[start:end]).strip(",;")):
                    found.append(choice)
                    start = end
                    break
            else:
                unknown.append(words[start])
                start += 1
        answer = self._ordered(found)
        return Answer(answer.choices, (" ".join(unknown),) if unknown else ())

    def _ordered(self, names: Iterable[str]) -> Answer:
        named = set(names)
        return Answer(tuple(name for name in self.order if name in named))


def _labels(choices: Iterable[Choice]) -> Mapping[str, str]:
    """Return the choices by label; a label of two choices names none of them."""
    found: dict[str, set[str]] = {}
    for choice in choices:
        for label in filter(None, choice.labels):
            found.setdefault(_key(label), set()).add(choice.name)
    return {label: next(iter(names)) for label, names in found.items() if len(names) == 1}


def _key(text: str) -> str:
    return normalise(plain_label(text)) or text.casefold()


def read_mark(text: str) -> bool | None:
    """Return whether a column of one choice says yes; None where it says nothing.

    Raises
    ------
    ValueError
        The cell is neither.

    Examples
    --------
    >>> read_mark("1"), read_mark("FALSE"), read_mark("n/a")
    (True, False, None)
    """
    plain = text.strip().casefold()
    if plain in MISSING:
        return None
    if plain in YES:
        return True
    if plain in NO:
        return False
    raise ValueError(text)
