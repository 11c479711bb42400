"""Words that stand for yes and no, plus and minus, or one of a column's choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from rapidfuzz import fuzz, process

from workbench.store.readings import Reading, refused

CLOSE_ENOUGH = 75.0
"""Likeness (0 to 100) from which a word or a header is suggested."""

YES = ("ya", "y", "iya", "true", "benar", "1", "v", "\u2713", "\u221a", "yes")
NO = ("tidak", "tdk", "false", "salah", "0", "no", "bukan")
MET = (*YES, "+", "memenuhi", "terpenuhi", "memenuhi syarat", "ada")
NOT_MET = (*NO, "-", "\u2212", "\u2013", "tidak memenuhi", "belum memenuhi", "tidak terpenuhi", "tidak ada")
FLAG_WORDS: Mapping[str, bool] = MappingProxyType({**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)})
SIGN_WORDS: Mapping[str, bool] = MappingProxyType(
    {**dict.fromkeys(MET, True), **dict.fromkeys(NOT_MET, False)}
)


def plain_word(text: str) -> str:
    """Return a word without case and surplus blanks or underscores.

    Examples
    --------
    >>> plain_word(" Makin  Besar_baik ")
    'makin besar baik'
    """
    return " ".join(text.replace("_", " ").split()).casefold()


def read_flag(text: str) -> Reading:
    """Read yes or no.

    Examples
    --------
    >>> read_flag("Ya").value, read_flag("mungkin").facts["allowed"]
    (True, ('ya', 'tidak'))
    """
    value = FLAG_WORDS.get(plain_word(text))
    return refused("flag_unreadable", allowed=("ya", "tidak")) if value is None else Reading(value)


def read_sign(text: str) -> Reading:
    """Read plus or minus, or their words.

    Examples
    --------
    >>> read_sign("+").value, read_sign("Tidak memenuhi").value
    (True, False)
    """
    value = SIGN_WORDS.get(plain_word(text))
    return refused("sign_unreadable", allowed=("+", "-")) if value is None else Reading(value)


def choice_reader(names: Sequence[str], words: Mapping[str, Sequence[str]]) -> Callable[[str], Reading]:
    """Return the reader of a column of choices.

    Parameters
    ----------
    names : sequence of str
        The English names of the choices; they are understood as well.
    words : mapping of choice name to words
        The first word of each is the one that is written.

    Examples
    --------
    >>> read = choice_reader(("female", "male"), {"female": ("P", "perempuan"), "male": ("L",)})
    >>> read("Perempuan").value, read("x").facts["allowed"]
    ('female', ('P', 'L'))
    """
    meaning = {plain_word(word): name for name in names for word in (name, *words.get(name, ()))}
    written = {name: next(iter(words.get(name, ())), name) for name in names}

    def read(text: str) -> Reading:
        word = plain_word(text)
        if word in meaning:
            return Reading(meaning[word])
        found = process.extractOne(word, meaning.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
        suggestion = written[meaning[found[0]]] if found else None
        return refused("unknown_choice", suggestion, allowed=tuple(written.values()))

    return read
