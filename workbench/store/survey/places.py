"""Where each household lives: which questions ask for it, and what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from workbench.domain.local_terms import HAMLET_WORDS, LEVEL_WORDS
from workbench.domain.region_codes import Level
from workbench.domain.survey import AnswerKind, Question
from workbench.store.header_matching import normalise

FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "district": LEVEL_WORDS[Level.DISTRICT],
        "village": LEVEL_WORDS[Level.VILLAGE],
        "hamlet": HAMLET_WORDS,
    }
)
"""Parts of a place, and the words of a question that asks for it."""
AROUND = frozenset(
    ("nama", "kode", "pilih", "asal", "atau", "di", "responden", "rumah", "tangga", "wilayah", "lokasi",
     "tempat", "tinggal", "anda", "bapak", "ibu", "q", "a")
)  # fmt: skip
"""Words that may stand beside them without changing what is asked."""
REGION_CODES = frozenset(("kode_wilayah", "kode_desa", "kode_kelurahan", "kode_kemendagri"))


def place_questions(questions: Iterable[Question], told: Mapping[str, str]) -> dict[str, Question]:
    """Return the question that asks for each part of a place: as a person told, else by its words.

    Parameters
    ----------
    questions : iterable of Question
    told : mapping of part (code, district, village, hamlet) to path of a question

    Examples
    --------
    >>> asked = Question("q1", AnswerKind.ONE, ("Nama Nagari",))
    >>> place_questions([asked], {})["village"].name
    'q1'
    """
    found: dict[str, Question] = {}
    for question in questions:
        if question.repeat or question.kind not in (AnswerKind.ONE, AnswerKind.TEXT):
            continue
        part = next((part for part, path in told.items() if path == question.path), "") or _part(question)
        if part and (told.get(part, question.path) == question.path):
            found.setdefault(part, question)
    return found


def _part(question: Question) -> str:
    for text in (question.name, *question.labels):
        plain = normalise(text)
        if plain in REGION_CODES:
            return "code"
        words = set(plain.split("_"))
        for part, names in FIELDS.items():
            if words & set(names) and words <= {*names, *AROUND}:
                return part
    return ""
