"""What is wrong with an input and what to do about it, from a code and its facts."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Mapping
from string import Formatter
from types import MappingProxyType
from typing import Any

from workbench.errors import InvalidInput, Problem, WorkbenchError
from workbench.present.clash import clash_sentence
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator

LONGEST_VALUE = 80
"""Characters of an offending value that a sentence repeats."""
MOST_NAMES = 10
"""Names that a sentence lists before it only counts them."""
FACT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "really": "file_kind",
        "remedy": "file_remedy",
        "person_kind": "person_kind",
        "list_kind": "intake.kind",
        "appears": "intake.seen",
        "wanted_kind": "intake.kind",
        "budget_rule": "budgeting.rule",
    }
)
"""Facts that are codes themselves, and where their words stand."""

OWN_SENTENCES: Mapping[str, Callable[[WorkbenchError, Translator], str]] = MappingProxyType(
    {"conditions_clash": clash_sentence}
)
"""Errors whose facts are told in sentences of their own."""


class _Facts(dict[str, Any]):
    """Facts of one message; what it does not know is a dash, so that one lacking fact hides nothing else."""

    def __missing__(self, _: str) -> str:
        return EMPTY


def problem_sentence(problem: Problem, t: Translator) -> str:
    """Return what is wrong, the facts that help to find it, and the remedy.

    A code without words of its own gets those of ``problem.other``, which name the code.

    Examples
    --------
    >>> from workbench.present.i18n import translator
    >>> problem = Problem("amount_with_unit", column="prakiraan_biaya", value="Rp.100 jt")
    >>> problem_sentence(problem, translator("en")).split(". ")[-1]
    'Write digits without abbreviation, for example 100000000.'
    """
    code = problem.code if t.has(f"problem.{problem.code}") else "other"
    facts = _facts(problem, t)
    keys = [f"problem.{code}", *_clauses(code, problem, t), f"remedy.{code}"]
    return " ".join(t.with_facts(key, facts) for key in keys)


def problem_place(problem: Problem, t: Translator) -> str:
    """Return where the problem is, as a person finds it: file, sheet, row, column."""
    parts = [
        t(f"place.{name}", **{name: value})
        for name, value in (
            ("file", problem.file),
            ("sheet", problem.sheet),
            ("row", problem.row),
            ("column", column_word(problem, t)),
        )
        if value not in ("", None)
    ]
    return ", ".join(parts) or t("place.input")


def column_word(problem: Problem, t: Translator) -> str:
    """Return the header of the problem's column; a bare field of the domain goes by its usual header."""
    if not problem.file and t.has(f"field.{problem.column}"):
        return t(f"field.{problem.column}")
    return problem.column


def problem_lines(problems: Iterable[Problem], t: Translator) -> tuple[str, ...]:
    """Return one line for each problem: place, then sentence."""
    return tuple(f"{problem_place(problem, t)}: {problem_sentence(problem, t)}" for problem in problems)


def error_sentence(error: WorkbenchError, t: Translator) -> str:
    """Return what an error means; an invalid input names every problem on a line of its own.

    Examples
    --------
    >>> from workbench.errors import NoFeasiblePlan
    >>> from workbench.present.i18n import translator
    >>> error_sentence(NoFeasiblePlan(), translator("en")).split(". ")[0]
    'No set of proposals meets all limits of the ceiling'
    """
    if isinstance(error, InvalidInput):
        head = t("error.invalid_input", count=len(error.problems))
        return "\n".join([head, *problem_lines(error.problems, t)])
    if error.code in OWN_SENTENCES:
        return OWN_SENTENCES[error.code](error, t)
    key = f"error.{error.code}"
    head = t.with_facts(key, _Facts(error.facts)) if t.has(key) else t("error.other", code=error.code)
    told = {name for _, name, _, _ in Formatter().parse(t.sentences[key]) if name} if t.has(key) else set()
    details = "; ".join(_details({name: v for name, v in error.facts.items() if name not in told}, t))
    return f"{head} {t('error.details', details=details)}" if details else head


DISK = {
    errno.ENOSPC: "full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "full",
    errno.EFBIG: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.ENOENT: "gone",
    errno.ENAMETOOLONG: "long_name",
    errno.EIO: "fails",
}
"""What a disk's refusal means, in words that a person can act on."""


def file_sentence(error: OSError, path: object, t: Translator) -> str:
    """Return why a file could not be read or written, never in the words of the operating system alone.

    Examples
    --------
    >>> from workbench.present.i18n import translator
    >>> file_sentence(OSError(errno.ENOSPC, "No space left on device"), "D:/rapat", translator("en"))
    '“D:/rapat”: the disk is full. What was recorded before is safe. Make room, then try again.'
    """
    name = str(error.filename or path) or t("disk.target")
    kind = DISK.get(error.errno or 0)
    if kind:
        return t(f"disk.{kind}", path=name)
    return t("cli.file_refused", path=name, reason=error.strerror or type(error).__name__)


def _facts(problem: Problem, t: Translator) -> _Facts:
    facts = _Facts(problem.facts)
    for name, words in FACT_WORDS.items():
        if name in facts and t.has(f"{words}.{facts[name]}"):
            facts[name] = t(f"{words}.{facts[name]}")
    facts |= {name: _listed(value, t) for name, value in facts.items() if isinstance(value, list | tuple)}
    value = problem.value if len(problem.value) <= LONGEST_VALUE else problem.value[:LONGEST_VALUE] + "…"
    place = {
        "value": value,
        "column": column_word(problem, t),
        "row": problem.row,
        "problem_code": problem.code,
    }
    return _Facts(facts | place)


def _clauses(code: str, problem: Problem, t: Translator) -> Iterator[str]:
    """Name the clauses of the facts that have one: the code's own first, else that of the fact."""
    for name in sorted(problem.facts):
        own, common = f"problem.{code}.{name}", f"problem_fact.{name}"
        if problem.facts[name] not in (None, "", ()) and (t.has(own) or t.has(common)):
            yield own if t.has(own) else common


def _listed(values: list[Any] | tuple[Any, ...], t: Translator) -> list[str]:
    names = [
        " / ".join(map(str, value)) if isinstance(value, list | tuple) else str(value) for value in values
    ]
    if len(names) <= MOST_NAMES:
        return names
    return [*names[:MOST_NAMES], t("word.others", count=len(names) - MOST_NAMES)]


def _details(facts: Mapping[str, Any], t: Translator) -> Iterator[str]:
    for name, value in facts.items():
        if value in (None, "", ()):
            continue
        word = t(f"fact.{name}") if t.has(f"fact.{name}") else name.replace("_", " ")
        written = ", ".join(_listed(value, t)) if isinstance(value, list | tuple) else str(value)
        yield f"{word}: {written}"
