"""A refused input as the answer of a case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from workbench.errors import InvalidInput, InvalidValue, WorkbenchError

REFUSED = "error"
"""Key of a refusal; a case that expects it to be true accepts whatever the input was refused for."""

TOLD = ("code", "row", "column", "value")
"""What is told of each problem of an input."""


def refusal(error: WorkbenchError) -> dict[str, Any]:
    """Return a refusal with its facts, under the code of its problems where all have one.

    Examples
    --------
    >>> refusal(WorkbenchError("weights_all_zero", criteria=("a", "b")))
    {'error': 'weights_all_zero', 'criteria': ('a', 'b')}
    """
    if not isinstance(error, InvalidInput):
        return {REFUSED: error.code, **error.facts}
    codes = {problem.code for problem in error.problems}
    listed = [{name: getattr(problem, name) for name in TOLD} for problem in error.problems]
    return {REFUSED: codes.pop() if len(codes) == 1 else error.code, **error.facts, "problems": listed}


def or_refusal(
    adapter: Callable[[Mapping[str, Any]], dict[str, Any]], inputs: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what an adapter answers, or its refusal."""
    try:
        return adapter(inputs)
    except WorkbenchError as error:
        return refusal(error)


def known_keys(given: Mapping[str, Any], known: Collection[str]) -> None:
    """Raise ``unknown_input`` for keys that nothing would read: a misspelt one would change the answer.

    Examples
    --------
    >>> known_keys({"cost": 1, "bugdet": 2}, ("cost", "budget"))
    Traceback (most recent call last):
    workbench.errors.InvalidValue: unknown_input: unknown: ('bugdet',); known: ('cost', 'budget')
    """
    unknown = tuple(str(key) for key in given if key not in known)
    if unknown:
        raise InvalidValue("unknown_input", unknown=unknown, known=tuple(known))
