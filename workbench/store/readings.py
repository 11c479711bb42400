"""One written value, read: what it means, or why it cannot be used and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from workbench.errors import Severity

NO_FACTS: Mapping[str, Any] = MappingProxyType({})


class Reading(NamedTuple):
    """What became of one text.

    Attributes
    ----------
    value : object
        The value, of the Python type of its kind; None where nothing can be used.
    code : str
        The message; empty where there is nothing to say.
    severity : Severity
        Error: not used. Note: used, and a person should know how.
    facts : mapping
        For the sentence; ``suggestion`` is what a person may write instead, where that is certain enough.
    """

    value: object = None
    code: str = ""
    severity: Severity = Severity.ERROR
    facts: Mapping[str, Any] = NO_FACTS


def refused(code: str, suggestion: object = None, **facts: object) -> Reading:
    """Return a reading without value.

    Examples
    --------
    >>> refused("number_unreadable", 12).facts
    {'suggestion': '12'}
    """
    if suggestion is not None:
        facts["suggestion"] = str(suggestion)
    return Reading(None, code, Severity.ERROR, facts)


def noted(value: object, code: str, **facts: object) -> Reading:
    """Return a reading that is used, with something a person should know.

    Examples
    --------
    >>> noted(1200, "whole_number_with_decimals").severity.value
    'note'
    """
    return Reading(value, code, Severity.NOTE, facts)
