"""Whether this machine's engine gives the published answers: checked once a process, told on every card."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class EngineCheck:
    """How many reference cases the engine answered as published, and the names of those it did not."""

    passed: int
    failed: tuple[str, ...]


@cache
def engine_check() -> EngineCheck:
    """Run the reference cases that ship with the package.

    Examples
    --------
    >>> engine_check().failed
    ()
    """
    from workbench.selftest.runner import Status, run_cases

    file = resources.files("workbench.selftest").joinpath("cases.json")
    results = run_cases(json.loads(file.read_text(encoding="utf-8")))
    failed = tuple(result.case for result in results if result.status is not Status.PASSED)
    return EngineCheck(len(results) - len(failed), failed)
