"""What a misspelt code probably means; only ever suggested, never put in its place."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

CLOSE_ENOUGH = 0.75
"""Likeness (0 to 1) from which a code or a name is suggested."""


def suggested(written: str, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the facts that help to mend a misspelt code.

    Parameters
    ----------
    written : str
        What stands in the file.
    names : mapping of code to name
        What there is; a name written in place of its code is recognised.

    Returns
    -------
    dict
        ``suggestion`` where one code is closest, ``candidates`` where several are equally close, nothing
        where none is close.

    Examples
    --------
    >>> suggested("k 1", {"K1": "Mendesak", "K2": "Manfaat"})
    {'suggestion': 'K1'}
    >>> suggested("Mandesak", {"K1": "Mendesak", "K2": "Manfaat"})
    {'suggestion': 'K1'}
    >>> suggested("K12", {"K1": "", "K2": ""})
    {'candidates': ('K1', 'K2')}
    """
    likeness = {code: max(_alike(written, code), _alike(written, name)) for code, name in names.items()}
    best = max(likeness.values(), default=0.0)
    if best < CLOSE_ENOUGH:
        return {}
    closest = tuple(sorted(code for code, value in likeness.items() if value == best))
    return {"suggestion": closest[0]} if len(closest) == 1 else {"candidates": closest}


def _alike(written: str, known: str) -> float:
    return SequenceMatcher(None, _plain(written), _plain(known), autojunk=False).ratio()


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
