"""Reading a template notebook without running it: its cells and the modules that it loads."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

from workbench.errors import InvalidInput, Problem

REPORT_TEMPLATE = "laporan_kecamatan.ipynb"


def template_cells(notebook: Path) -> list[dict[str, Any]]:
    """Return the cells of a template.

    Raises
    ------
    InvalidInput
        ``template_unreadable``: not there, not JSON, or not a notebook of format 4.
    """
    try:
        content = json.loads(notebook.read_text(encoding="utf-8"))
        return [dict(cell) for cell in content["cells"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise unreadable(notebook, error) from error


def template_sections(notebook: Path) -> list[str]:
    """Return the parts of a report that a template shows, in its order."""
    cells = [cell for cell in template_cells(notebook) if cell.get("cell_type") == "code"]
    return [name for cell in cells for name in re.findall(r"report\.(\w+)\(\)", "".join(cell["source"]))]


def unreadable(notebook: Path, error: Exception) -> InvalidInput:
    """Return the error for a template that cannot be understood."""
    return InvalidInput([Problem("template_unreadable", file=notebook.name, facts={"error": str(error)})])


def template_imports(notebook: Path) -> set[str]:
    """Return what the template's code cells import by plain statements, as far as it can be a module.

    What is loaded beforehand is for speed alone: cells that cannot be parsed are passed over, and a name
    imported from a package is listed as if it were a module of it.
    """
    modules: set[str] = set()
    for cell in template_cells(notebook):
        if cell.get("cell_type") != "code":
            continue
        try:
            statements = ast.parse(_plain_lines(cell)).body
        except SyntaxError:
            continue
        for statement in statements:
            if isinstance(statement, ast.Import):
                modules.update(alias.name for alias in statement.names)
            elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
                modules.add(statement.module)
                modules.update(f"{statement.module}.{alias.name}" for alias in statement.names)
    return modules


def _plain_lines(cell: dict[str, Any]) -> str:
    lines = "".join(cell.get("source", "")).splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(("%", "!")))
