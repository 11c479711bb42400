"""What a line of keys means: digits of a card, counts of a tally, numbers of proposals; pure, no widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.engine.rankings import choices_required
from workbench.present.i18n import Translator
from workbench.room.estimate import DIGIT_SECONDS, LINE_SECONDS, Pace

BLANK = "-"
"""Stands for a field that was left empty on the card; it is not zero."""


def read_points(text: str, criteria: Sequence[str]) -> dict[str, float | None] | None:
    """Return the points of one line of a card; None where the number of fields does not fit.

    Digits stand side by side, one for each criterion; points of two digits need blanks between them.

    Examples
    --------
    >>> read_points("45-", ["K1", "K2", "K3"])
    {'K1': 4.0, 'K2': 5.0, 'K3': None}
    >>> read_points("10 7", ["K1", "K2"]), read_points("4", ["K1", "K2"])
    ({'K1': 10.0, 'K2': 7.0}, None)
    """
    parts = text.replace(",", " ").split()
    fields = parts if len(parts) > 1 or len(criteria) == 1 else list(text.strip())
    if len(fields) != len(criteria) or not all(field == BLANK or _is_whole(field) for field in fields):
        return None
    return {
        label: None if field == BLANK else float(field) for label, field in zip(criteria, fields, strict=True)
    }


def read_counts(text: str, scale: Sequence[int]) -> dict[str, int] | None:
    """Return how many gave each value of the scale, lowest first; None where a count is missing.

    Examples
    --------
    >>> read_counts("0 2 5 3 1", range(1, 6))
    {'1': 0, '2': 2, '3': 5, '4': 3, '5': 1}
    """
    fields = text.replace(",", " ").split()
    if len(fields) != len(scale) or not all(map(_is_whole, fields)):
        return None
    return {str(value): int(field) for value, field in zip(scale, fields, strict=True)}


def read_count(text: str) -> int | None:
    """Return a plain count."""
    return int(text) if _is_whole(text.strip()) else None


def read_order(text: str, by_number: Mapping[str, str]) -> list[list[str]] | None:
    """Return an order of proposals, best first; ``=`` joins those that share a place.

    Examples
    --------
    >>> read_order("3 1=2", {"1": "a", "2": "b", "3": "c"})
    [['c'], ['a', 'b']]
    """
    levels = [level.split("=") for level in text.replace(",", " ").split()]
    if not levels or any(number not in by_number for level in levels for number in level):
        return None
    return [[by_number[number] for number in level] for level in levels]


def read_choices(text: str, by_number: Mapping[str, str], wanted: int) -> list[str] | None:
    """Return the proposals that one slip names; None unless they are as many as wanted, and all different.

    Examples
    --------
    >>> read_choices("3 1 2", {"1": "a", "2": "b", "3": "c"}, 3)
    ['c', 'a', 'b']
    >>> read_choices("1 1 2", {"1": "a", "2": "b"}, 3) is None
    True
    """
    numbers = text.replace(",", " ").split()
    if len(numbers) != wanted or len(set(numbers)) != wanted or not set(numbers) <= set(by_number):
        return None
    return [by_number[number] for number in numbers]


def read_ordered(text: str, by_number: Mapping[str, str], most: int) -> list[str] | None:
    """Return the proposals of a preference slip, the most wanted first; None where a number is wrong.

    Examples
    --------
    >>> read_ordered("3 1", {"1": "a", "2": "b", "3": "c"}, 3)
    ['c', 'a']
    >>> read_ordered("3 3", {"1": "a", "2": "b", "3": "c"}, 3) is None
    True
    """
    numbers = text.replace(",", " ").split()
    return read_choices(text, by_number, len(numbers)) if 0 < len(numbers) <= most else None


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def choices_of(proposals: int) -> int:
    """Return how many proposals each delegate chooses (3, 5 or 7), never more than there are."""
    return min(choices_required(proposals), proposals)


def pace_sentence(pace: Pace | None, criteria: int, t: Translator) -> str:
    """Say what the estimate rests on: an assumption, or what this room showed.

    Examples
    --------
    >>> from workbench.present.i18n import translator
    >>> pace_sentence(Pace(64, 3, 3.2), 3, translator("en"))
    'Measured in this room: 3.2 seconds a line, from 64 lines.'
    """
    if pace is None:
        return t("round.pace.assumed", seconds=LINE_SECONDS + DIGIT_SECONDS * criteria)
    return t("round.pace.measured", seconds=pace.line_seconds(criteria), lines=pace.lines)
