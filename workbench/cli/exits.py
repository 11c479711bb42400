"""Exit codes of the ``workbench`` command, and how refused input is shown."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any

import click

from workbench.errors import InvalidInput, Problem, WorkbenchError
from workbench.present.i18n import Translator
from workbench.present.problems import error_sentence, file_sentence, problem_place, problem_sentence


class Exit(IntEnum):
    """What the exit code says."""

    DONE = 0
    FAILED = 1
    """Finished, but something failed: a reference case, a report."""
    MISUSED = 2
    """A wrong command line, or a kind of case that is not supported."""
    REFUSED = 3
    """The input has problems that a person must mend first; nothing was computed."""


SHOWN_ROWS = 5
"""Rows that one and the same problem names beside its first, before it only counts them."""


def problem_record(problem: Problem, t: Translator) -> dict[str, Any]:
    """Return a problem as a JSON object: its place, its code, its facts and its sentence."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "facts": {name: plain(value) for name, value in problem.facts.items()},
        "message": problem_sentence(problem, t),
    }


def plain(value: object) -> Any:  # noqa: ANN401 - the types of JSON
    """Return a value that JSON can hold."""
    if isinstance(value, tuple | list):
        return [plain(entry) for entry in value]
    return value if isinstance(value, str | int | float | bool | type(None)) else str(value)


def emit_json(content: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


@contextmanager
def refusals(t: Translator, *, as_json: bool) -> Iterator[None]:
    """Show refused input as one report and exit with its code, never with a traceback.

    A file or folder that the computer does not give or take (no permission, a full disk, a table that Excel
    holds open) is refused input too.
    """
    try:
        yield
    except InvalidInput as error:
        if as_json:
            emit_json({"problems": [problem_record(problem, t) for problem in error.problems]})
        else:
            _say_problems(error, t)
        sys.exit(Exit.REFUSED)
    except WorkbenchError as error:
        if as_json:
            emit_json({"error": error.code, "message": error_sentence(error, t)})
        else:
            click.echo(error_sentence(error, t), err=True)
        sys.exit(Exit.REFUSED)
    except BrokenPipeError:
        raise  # whoever read the output has gone; click ends quietly
    except OSError as error:
        facts = {"path": str(error.filename or ""), "reason": error.strerror or type(error).__name__}
        message = file_sentence(error, "", t)
        if as_json:
            emit_json({"error": "file_refused", "message": message, **facts})
        else:
            click.echo(message, err=True)
        sys.exit(Exit.REFUSED)


def refuse_to_replace(folder: Path, t: Translator, *, force: bool) -> None:
    """Exit before a folder that holds something is written over, unless that is asked for."""
    if not force and folder.is_dir() and any(folder.iterdir()):
        click.echo(t("cli.folder_not_empty", path=folder), err=True)
        sys.exit(Exit.REFUSED)


def _say_problems(error: InvalidInput, t: Translator) -> None:
    click.echo(t("cli.problems", count=len(error.problems)), err=True)
    for number, alike in enumerate(_alike(error.problems), 1):
        first, others = alike[0], [str(problem.row) for problem in alike[1:]]
        click.echo(f"{number}. {problem_place(first, t)}\n   {problem_sentence(first, t)}", err=True)
        if others:
            key = "cli.same_problem" if len(others) <= SHOWN_ROWS else "cli.same_problem_more"
            facts = {"rows": ", ".join(others[:SHOWN_ROWS]), "more": len(others) - SHOWN_ROWS}
            click.echo("   " + t(key, **facts), err=True)
    click.echo(t("cli.remedy_hint"), err=True)


def _alike(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Put problems that differ by their row alone together: one deleted proposal is one thing to mend."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for place, problem in enumerate(problems):
        alone = place if problem.row is None else None
        where = (problem.file, problem.sheet, problem.column)
        facts = repr(sorted(problem.facts.items()))
        groups.setdefault((alone, problem.code, where, problem.value, facts), []).append(problem)
    return list(groups.values())
