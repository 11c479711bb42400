"""Run reference cases and compare what comes out with what is published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from workbench.errors import WorkbenchError
from workbench.selftest import (
    agreement_cases,
    allocation_cases,
    budget_rules_cases,
    counting_cases,
    degenerate_cases,
    election_cases,
    pairwise_cases,
    scoring_cases,
)
from workbench.selftest.comparison import differences
from workbench.selftest.refusals import REFUSED, refusal

Adapter = Callable[[Mapping[str, Any]], Mapping[str, Any]]

KINDS: Mapping[str, Adapter] = MappingProxyType(
    {
        **pairwise_cases.KINDS,
        **scoring_cases.KINDS,
        **degenerate_cases.KINDS,
        **agreement_cases.KINDS,
        **counting_cases.KINDS,
        **allocation_cases.KINDS,
        **budget_rules_cases.KINDS,
        **election_cases.KINDS,
    }
)
"""From the kind of a case to the function that computes it; each documents the inputs it expects."""


class Status(StrEnum):
    """What became of a case."""

    PASSED = "passed"
    FAILED = "failed"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True)
class CaseResult:
    """One case and what became of it.

    Attributes
    ----------
    case, kind, source : str
        Its id, kind and where the published answer stands.
    status : Status
    differences : tuple of str
        Each place where the answer differs: path, expected, found.
    """

    case: str
    kind: str
    source: str
    status: Status
    differences: tuple[str, ...] = ()


def run_cases(cases: Iterable[Mapping[str, Any]]) -> tuple[CaseResult, ...]:
    """Run cases in their order.

    Parameters
    ----------
    cases : iterable of mapping
        Each with id, kind, inputs, expected, tol (default 0) and source.

    Examples
    --------
    >>> expected = {"weights": [0.75, 0.25]}
    >>> case = {"id": "x", "kind": "rank_order_centroid", "inputs": {"n": 2}, "expected": expected}
    >>> run_cases([case])[0].status.value
    'passed'
    """
    return tuple(run_case(case) for case in cases)


def run_case(case: Mapping[str, Any]) -> CaseResult:
    """Run one case; an input that the engine refuses is a difference, not a crash.

    A refusal is an answer too: a case may expect ``{"error": code, ...}``, or
    ``{"error": true}`` for whatever reason.
    """
    name, kind, source = (str(case.get(key, "")) for key in ("id", "kind", "source"))
    if kind not in KINDS:
        return CaseResult(name, kind, source, Status.UNSUPPORTED)
    lacking = [key for key in ("inputs", "expected") if key not in case]
    if lacking:
        return CaseResult(name, kind, source, Status.FAILED, (f"missing: {', '.join(lacking)}",))
    try:
        found = _answer(KINDS[kind], case)
        wrong = differences(case, found)
        if wrong and REFUSED in found:
            wrong = (f"refused: {dict(found)!r}", *wrong)
    except Exception as error:  # noqa: BLE001 - cases come from outside: what breaks one must not stop the rest
        wrong = (f"{type(error).__name__}: {error}",)
    return CaseResult(name, kind, source, Status.FAILED if wrong else Status.PASSED, wrong)


def _answer(adapter: Adapter, case: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        return adapter(case["inputs"])
    except WorkbenchError as error:
        if isinstance(case["expected"], Mapping) and REFUSED in case["expected"]:
            return refusal(error)
        raise
