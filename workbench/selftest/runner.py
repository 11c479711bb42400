"""Run reference cases and compare what comes out with what is published."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from numbers import Real
from types import MappingProxyType
from typing import Any

from workbench.errors import WorkbenchError
from workbench.selftest import agreement_cases, allocation_cases, pairwise_cases, scoring_cases

Adapter = Callable[[Mapping[str, Any]], Mapping[str, Any]]

KINDS: Mapping[str, Adapter] = MappingProxyType(
    {
        **pairwise_cases.KINDS,
        **scoring_cases.KINDS,
        **agreement_cases.KINDS,
        **allocation_cases.KINDS,
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

    A refusal is an answer too: a case may expect ``{"error": code, ...}``.
    """
    name, kind, source = (str(case.get(key, "")) for key in ("id", "kind", "source"))
    if kind not in KINDS:
        return CaseResult(name, kind, source, Status.UNSUPPORTED)
    lacking = [key for key in ("inputs", "expected") if key not in case]
    if lacking:
        return CaseResult(name, kind, source, Status.FAILED, (f"missing: {', '.join(lacking)}",))
    try:
        found = _answer(KINDS[kind], case)
        differences = (*_differences("", case["expected"], found, float(case.get("tol") or 0)),)
        if differences and "error" in found:
            differences = (f"refused: {dict(found)!r}", *differences)
    except Exception as error:  # noqa: BLE001 - cases come from outside: what breaks one must not stop the rest
        differences = (f"{type(error).__name__}: {error}",)
    return CaseResult(name, kind, source, Status.FAILED if differences else Status.PASSED, differences)


def _answer(adapter: Adapter, case: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        return adapter(case["inputs"])
    except WorkbenchError as error:
        if isinstance(case["expected"], Mapping) and "error" in case["expected"]:
            return {"error": error.code, **error.facts}
        raise


def _differences(path: str, expected: Any, found: Any, tol: float) -> Iterable[str]:  # noqa: ANN401 - JSON values
    if isinstance(expected, Mapping):
        yield from _differences_of_mapping(path, expected, found, tol)
    elif isinstance(expected, list | tuple):
        yield from _differences_of_list(path, expected, found, tol)
    elif isinstance(expected, bool) or not isinstance(expected, int | float):
        if _labels(found, expected) != expected:
            yield f"{path or '.'}: {expected!r} != {found!r}"
    elif not _close(expected, found, tol):
        yield f"{path or '.'}: {expected!r} != {found!r} (tol {tol:g})"


def _differences_of_mapping(path: str, expected: Mapping[str, Any], found: Any, tol: float) -> Iterable[str]:  # noqa: ANN401
    if not isinstance(found, Mapping):
        yield f"{path or '.'}: {expected!r} != {found!r}"
        return
    for key, value in expected.items():
        if key not in found:
            yield f"{path}.{key}: missing"
        else:
            yield from _differences(f"{path}.{key}", value, found[key], tol)


def _differences_of_list(path: str, expected: Any, found: Any, tol: float) -> Iterable[str]:  # noqa: ANN401
    found = _listed(found, len(expected))
    if not isinstance(found, list | tuple) or len(found) != len(expected):
        yield f"{path or '.'}: {expected!r} != {found!r}"
        return
    for place, (one, other) in enumerate(zip(expected, found, strict=True)):
        yield from _differences(f"{path}[{place}]", one, other, tol)


def _listed(found: Any, count: int) -> Any:  # noqa: ANN401 - JSON values
    """Split labels joined to one text ("NCKM", "p1,p2"); numbers under labels count in their order."""
    if isinstance(found, Mapping):
        return list(found.values())
    if not isinstance(found, str):
        return found
    return found.split(",") if "," in found or count == 1 else list(found)


def _labels(found: Any, expected: Any) -> Any:  # noqa: ANN401 - JSON values
    """Join a list of labels the way an expected text has them joined."""
    if not isinstance(expected, str) or not isinstance(found, list | tuple):
        return found
    mark = next((mark for mark in (",", ">") if mark in expected), "")
    return mark.join(map(str, found))


def _close(expected: float, found: object, tol: float) -> bool:
    if isinstance(found, bool) or not isinstance(found, Real):
        return False
    value = float(found)
    if not (math.isfinite(expected) and math.isfinite(value)):
        return value == expected or (math.isnan(expected) and math.isnan(value))
    return abs(value - expected) <= tol + 1e-12 * abs(expected)
