"""A refused input as the answer of a case."""

from __future__ import annotations

from typing import Any

from workbench.errors import InvalidInput, WorkbenchError

REFUSED = "error"
"""Key of a refusal; a case that expects it to be true accepts whatever the input was refused for."""


def refusal(error: WorkbenchError) -> dict[str, Any]:
    """Return a refusal with its facts, under the code of its problems where all have one.

    Examples
    --------
    >>> refusal(WorkbenchError("weights_all_zero", criteria=("a", "b")))
    {'error': 'weights_all_zero', 'criteria': ('a', 'b')}
    """
    codes = {problem.code for problem in error.problems} if isinstance(error, InvalidInput) else {error.code}
    return {REFUSED: codes.pop() if len(codes) == 1 else error.code, **error.facts}
