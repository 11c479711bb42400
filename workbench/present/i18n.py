"""Sentences by key in Bahasa Indonesia (default) or English; the code itself carries no sentence."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from workbench.domain.facts import Facts
from workbench.domain.local_terms import forms_of, terms_of
from workbench.errors import UnknownMethod
from workbench.present.format import NumberStyle

LANGUAGES = ("id", "en")
DEFAULT_LANGUAGE = "id"
TERM = re.compile(r"\{(sebutan_\w+)\}", re.IGNORECASE)
"""The place of a local word in a sentence, see `workbench.domain.local_terms.TERMS`."""


class _Facts(string.Formatter):
    """Fill a sentence with facts, writing numbers the way its language does.

    ``{cost:rp}`` whole rupiah, ``{score:number}`` two decimals, ``{share:percent}``, ``{rank:count}``,
    ``{names:list}`` a joined list, ``{day:date}`` a long date.
    """

    def __init__(self, style: NumberStyle) -> None:
        self.style = style

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - facts are of any type
        if isinstance(value, str) and format_spec != "date":
            return value  # a fact that is text already stands as it is
        if format_spec:
            return self.style.written(value, format_spec)
        if isinstance(value, list | tuple):
            return self.style.written(value, "list")
        return str(value)


@dataclass(frozen=True)
class Translator:
    """The words of one language.

    Attributes
    ----------
    language : str
        ``id`` or ``en``.
    sentences : mapping
        Sentence by key, with ``{fact:kind}`` places.
    style : NumberStyle
    """

    language: str
    sentences: Mapping[str, str]
    style: NumberStyle

    def __call__(self, key: str, /, **facts: Any) -> str:  # noqa: ANN401
        """Return the sentence of a key with its facts filled in.

        Raises
        ------
        KeyError
            When the key has no sentence; a missing sentence is a defect, not something to hide.
        """
        return self.with_facts(key, facts)

    def with_facts(self, key: str, facts: Mapping[str, Any]) -> str:
        """Return the sentence of a key with the facts of a mapping, which may bear any name.

        Raises
        ------
        KeyError
            When the key has no sentence, or the mapping lacks a fact of it.
        """
        sentence = self.sentences[key]
        if "{" not in sentence and "}" not in sentence:  # most of the words beside a bar or in a table
            return sentence
        return _Facts(self.style).vformat(sentence, (), facts)

    def has(self, key: str) -> bool:
        """Tell whether a key has a sentence."""
        return key in self.sentences


@cache
def _sentences(language: str) -> Mapping[str, str]:
    # One language is one base file and one file for each further topic: id.json, id.edges.json, ...
    folder = resources.files("workbench.present").joinpath("locale")
    files = [file for file in folder.iterdir() if file.name.split(".")[0] == language]
    sentences: dict[str, str] = {}
    for file in sorted(files, key=lambda file: file.name):
        sentences |= json.loads(file.read_text(encoding="utf-8"))
    return sentences


@cache
def _worded(language: str, words: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Return the sentences with the places of local words filled, whatever facts they take later."""
    forms = {
        place: text.replace("{", "{{").replace("}", "}}")
        for term, word in words
        for place, text in forms_of(term, word).items()
    }
    return {
        key: TERM.sub(lambda found: forms[found[1]], text) if "ebutan_" in text.casefold() else text
        for key, text in _sentences(language).items()
    }


def translator(
    language: str = DEFAULT_LANGUAGE,
    labels: Mapping[str, str] | None = None,
    *,
    facts: Facts | None = None,
) -> Translator:
    """Return the translator of a language, with the words of a place.

    Parameters
    ----------
    language : {"id", "en"}
    labels : mapping, optional
        Sentences that are worded otherwise.
    facts : Facts, optional
        Of a session: what desa, kecamatan, dusun, their heads and agencies are called there.

    Raises
    ------
    UnknownMethod
        When there is no such language.

    Examples
    --------
    >>> translator("id")("word.rank")
    'Peringkat'
    """
    if language not in LANGUAGES:
        raise UnknownMethod(method=language, known=LANGUAGES)
    words = tuple(terms_of(facts or Facts()).items())
    sentences = _worded(language, words)
    return Translator(language, {**sentences, **labels} if labels else sentences, NumberStyle(language))


def worded(t: Translator, facts: Facts) -> Translator:
    """Return a translator that speaks with the words of a session's place.

    Examples
    --------
    >>> worded(translator("id"), Facts(word_village="nagari"))("word.no_village")
    'tanpa nagari'
    """
    return translator(t.language, facts=facts)
