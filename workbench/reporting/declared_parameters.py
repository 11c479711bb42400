"""The parameters that a template declares, and the refusal of all others.

papermill only warns of an unknown parameter and then makes the report with the default: a report of the wrong
kecamatan that looks right.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from workbench.errors import InvalidInput, Problem
from workbench.reporting.jobs import Job
from workbench.reporting.template import template_cells, unreadable

UNKNOWN_DEFAULT = object()
"""A default that is computed, so that its type is not known without running the cell."""

ALLOWED = (str, bool, int, float, type(None), list, tuple)


def declared_parameters(notebook: Path) -> dict[str, object]:
    """Return the names that the cell tagged ``parameters`` assigns, with their literal defaults.

    Parameters
    ----------
    notebook : Path
        A template in notebook format 4.

    Returns
    -------
    dict
        Name to default; `UNKNOWN_DEFAULT` where it is not a literal.

    Raises
    ------
    InvalidInput
        ``template_unreadable``, or ``parameters_cell_missing``.
    """
    declared = _declared(template_cells(notebook), notebook)
    if declared is None:
        raise InvalidInput([Problem("parameters_cell_missing", file=notebook.name)])
    return declared


def _declared(cells: Iterable[Mapping[str, Any]], notebook: Path) -> dict[str, object] | None:
    for cell in cells:
        if cell.get("cell_type") == "code" and "parameters" in cell.get("metadata", {}).get("tags", ()):
            return dict(_assignments("".join(cell["source"]), notebook))
    return None


def refuse_undeclared(nb: Any) -> None:  # noqa: ANN401 - nbformat's NotebookNode, which carries no types
    """Raise where papermill put in a parameter that the notebook does not declare; papermill only warns.

    Raises
    ------
    InvalidInput
        ``parameter_unknown`` for each (facts: declared).
    """
    records = nb.metadata.get("papermill", {})
    given = records.get("parameters", {})
    file = Path(records.get("input_path") or "").name
    declared = _declared(nb.cells, Path(file)) or {}
    facts = {"declared": sorted(declared)}
    unknown = [name for name in given if name not in declared]
    if unknown:
        raise InvalidInput(
            Problem("parameter_unknown", file=file, value=name, facts=facts) for name in unknown
        )


def _assignments(source: str, notebook: Path) -> Iterator[tuple[str, object]]:
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise unreadable(notebook, error) from error
    for statement in body:
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    yield target.id, _literal(statement.value)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield statement.target.id, _literal(statement.value)


def _literal(node: ast.expr | None) -> object:
    if node is None:
        return UNKNOWN_DEFAULT
    try:
        return ast.literal_eval(node)
    except ValueError:
        return UNKNOWN_DEFAULT


def refuse_wrong_parameters(jobs: Iterable[Job]) -> None:
    """Raise, naming every parameter of every job that its template does not declare or that changed its type.

    Raises
    ------
    InvalidInput
        ``parameter_unknown`` (facts: job, declared), ``parameter_wrong_type`` (facts: job, parameter,
        expected, found; a code that became a number is caught here), and those of `declared_parameters`.
    """
    declared: dict[Path, Mapping[str, object]] = {}
    problems: list[Problem] = []
    for job in jobs:
        if job.notebook not in declared:
            declared[job.notebook] = declared_parameters(job.notebook)
        problems.extend(_problems(job, declared[job.notebook]))
    if problems:
        raise InvalidInput(problems)


def _problems(job: Job, declared: Mapping[str, object]) -> Iterator[Problem]:
    file = job.notebook.name
    for name, value in job.parameters.items():
        if name not in declared:
            facts = {"job": job.name, "declared": sorted(declared)}
            yield Problem("parameter_unknown", file=file, value=name, facts=facts)
        elif not _fits(value, declared[name]):
            facts = {
                "job": job.name,
                "parameter": name,
                "expected": type(declared[name]).__name__,
                "found": type(value).__name__,
            }
            yield Problem("parameter_wrong_type", file=file, value=str(value), facts=facts)


def _fits(value: object, default: object) -> bool:
    if not isinstance(value, ALLOWED):
        return False
    if default is UNKNOWN_DEFAULT or default is None or value is None:
        return True
    return _kind(value) == _kind(default)


def _kind(value: object) -> str:
    kinds = {list: "list", tuple: "list", int: "number", float: "number"}
    return kinds.get(type(value), type(value).__name__)
