"""Compare what a kind of case returns with what is published, place by place.

Answers are numbers by position. Where a case names its items, its expected answer may stand under those
names, and positions may be given as names.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from numbers import Real
from typing import Any

from workbench.selftest.refusals import REFUSED

LABELS = (
    "labels",
    "names",
    "items",
    "criteria",
    "alts",
    "alternatives",
    "attributes",
    "proposals",
    "order",
    "n",
)
"""Inputs that may name items, in the order in which positions are read by them."""


def differences(case: Mapping[str, Any], found: Mapping[str, Any]) -> tuple[str, ...]:
    """Return each place where an answer differs: its path, what was expected, what was found.

    Examples
    --------
    >>> case = {"inputs": {"labels": ["need", "cost"]}, "expected": {"weights": {"cost": 0.25}}}
    >>> differences(case, {"weights": [0.75, 0.25]})
    ()
    """
    comparison = _Comparison(float(case.get("tol") or 0), tuple(_namings(case["inputs"])))
    return (*comparison.differences("", case["expected"], found),)


def _namings(inputs: Mapping[str, Any]) -> Iterator[list[str]]:
    named = [inputs[key] for key in LABELS if isinstance(inputs.get(key), list | tuple | Mapping)]
    for given in (*named, *(one for one in inputs.values() if isinstance(one, Mapping))):
        labels = [str(label) for label in given]
        if labels and len(set(labels)) == len(labels):
            yield labels


class _Comparison:
    """The tolerance and the names of one case."""

    def __init__(self, tol: float, namings: Sequence[Sequence[str]]) -> None:
        self.tol = tol
        self.namings = namings

    def differences(self, path: str, expected: Any, found: Any) -> Iterator[str]:  # noqa: ANN401 - JSON values
        if isinstance(expected, Mapping):
            yield from self._of_mapping(path, expected, found)
        elif isinstance(expected, list | tuple):
            yield from self._of_list(path, expected, found)
        elif not self._same(path, expected, found):
            tol = (
                "" if isinstance(expected, bool) or not isinstance(expected, Real) else f" (tol {self.tol:g})"
            )
            yield f"{path or '.'}: {expected!r} != {found!r}{tol}"

    def _of_mapping(self, path: str, expected: Mapping[str, Any], found: Any) -> Iterator[str]:  # noqa: ANN401
        found = self._by_name(expected, found)
        if not isinstance(found, Mapping):
            yield f"{path or '.'}: {expected!r} != {found!r}"
            return
        for key, value in expected.items():
            if key not in found:
                yield f"{path}.{key}: missing"
            else:
                yield from self.differences(f"{path}.{key}", value, found[key])

    def _by_name(self, expected: Mapping[str, Any], found: Any) -> Any:  # noqa: ANN401
        """Put a list under the names of the case that the expected answer uses."""
        if isinstance(found, list | tuple):
            for labels in self.namings:
                if len(labels) == len(found) and set(expected) <= set(labels):
                    return dict(zip(labels, found, strict=True))
        return found

    def _of_list(self, path: str, expected: Sequence[Any], found: Any) -> Iterator[str]:  # noqa: ANN401
        found = _listed(found, len(expected))
        if not isinstance(found, list | tuple) or len(found) != len(expected):
            yield f"{path or '.'}: {expected!r} != {found!r}"
            return
        for place, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from self.differences(f"{path}[{place}]", one, other)

    def _same(self, path: str, expected: Any, found: Any) -> bool:  # noqa: ANN401
        if path == f".{REFUSED}" and expected is True:
            return bool(found)
        if isinstance(expected, str) and isinstance(found, int) and not isinstance(found, bool):
            return any(found < len(labels) and labels[found] == expected for labels in self.namings)
        if isinstance(expected, bool) or not isinstance(expected, int | float):
            return bool(_labels(found, expected) == expected)
        return _close(expected, found, self.tol)


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
