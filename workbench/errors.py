"""The error tree of the workbench: codes and facts, no sentences for people.

::

    WorkbenchError            code + facts
    |-- InvalidInput          one or more `Problem`s of a file or table, all at once
    |-- LabelMismatch         two labelled tables do not carry the same labels
    |-- InvalidValue          an argument outside what a method is defined for
    |-- DisconnectedJudgements  pairwise answers that do not link all items
    |-- NoFeasiblePlan        the conditions of an allocation contradict each other
    |-- UnknownMethod         a name that no registry holds
    `-- JournalRefused        the journal cannot be read or written; the facts say what is safe

`present` turns a code and its facts into an Indonesian or English sentence; the English ``str(error)`` is for
developers and names subject, value, rule and remedy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Severity(StrEnum):
    """How much a problem weighs."""

    ERROR = "error"
    """The input cannot be used until a person mends it."""
    SET_ASIDE = "set_aside"
    """The row is listed apart and not used; the rest goes on."""
    NOTE = "note"
    """The value is used as it stands; a person should know."""


@dataclass(frozen=True)
class Problem:
    """One problem of an input, with the place where a person finds it.

    Attributes
    ----------
    code : str
        Name of the message, for example ``"amount_not_a_number"``.
    file, sheet, column : str
        Where; empty when it does not apply.
    row : int or None
        Row as the spreadsheet numbers it (the first line of the file is 1).
    value : str
        The offending text exactly as it stands in the file.
    facts : mapping
        Whatever else the sentence needs, for example ``{"suggestion": "100000000"}``.
    """

    code: str
    severity: Severity = Severity.ERROR
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.file,
                self.sheet and f"sheet {self.sheet}",
                "" if self.row is None else f"row {self.row}",
                self.column and f"column {self.column}",
            )
            if part
        )
        facts = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{place or 'input'}: {self.code} {self.value!r}" + (f" ({facts})" if facts else "")


class WorkbenchError(Exception):
    """Base of every error that this product raises on purpose."""

    code = "workbench_error"

    def __init__(self, code: str | None = None, **facts: Any) -> None:  # noqa: ANN401 - facts are of any type
        self.code = code or type(self).code
        self.facts: Mapping[str, Any] = MappingProxyType(facts)
        super().__init__(self.code, dict(facts))

    def __str__(self) -> str:
        facts = "; ".join(f"{name}: {value!r}" for name, value in self.facts.items())
        return f"{self.code}: {facts}" if facts else self.code


class InvalidInput(WorkbenchError):  # noqa: N818 - the word is the field's, not "Error"
    """Every problem that was found in an input, collected before raising once."""

    code = "invalid_input"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(None, count=len(self.problems))

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class LabelMismatch(WorkbenchError):  # noqa: N818
    """Two tables that must carry the same labels do not."""

    code = "label_mismatch"

    def __init__(self, what: str, missing: Iterable[object], unexpected: Iterable[object]) -> None:
        super().__init__(
            None,
            what=what,
            missing=tuple(sorted(map(str, missing))),
            unexpected=tuple(sorted(map(str, unexpected))),
        )


class InvalidValue(WorkbenchError):  # noqa: N818
    """An argument lies outside what the method is defined for."""

    code = "invalid_value"


class DisconnectedJudgements(WorkbenchError):  # noqa: N818
    """Pairwise answers fall apart into components that nothing compares (Bozoki, Fulop & Ronyai 2010)."""

    code = "disconnected_judgements"


class NoFeasiblePlan(WorkbenchError):  # noqa: N818
    """No set of proposals meets all conditions of the allocation."""

    code = "no_feasible_plan"


class UnknownMethod(WorkbenchError):  # noqa: N818
    """A method name that no registry holds; the facts list the names it does hold."""

    code = "unknown_method"


class JournalRefused(WorkbenchError):  # noqa: N818
    """The journal cannot be read or written: the disk is full, the folder is closed, bytes are damaged.

    The code says why; the facts say how many entries are safe.
    """

    code = "journal_refused"


def same_labels(what: str, left: Iterable[object], right: Iterable[object]) -> None:
    """Raise `LabelMismatch` unless both sides hold the same set of labels.

    Parameters
    ----------
    what : str
        What is being joined, for the message.
    left, right : iterable of labels
        The expected labels, and the labels found.

    Raises
    ------
    LabelMismatch
        Lists what is missing on the right and what is unexpected there.

    Examples
    --------
    >>> same_labels("weights", ["a", "b"], ["b", "a"])
    """
    if left is right:
        return
    expected, found = set(left), set(right)
    if expected != found:
        raise LabelMismatch(what, expected - found, found - expected)
