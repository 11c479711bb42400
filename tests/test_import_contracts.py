from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def copy(project_root: Path, tmp_path: Path) -> Path:
    """Return a copy of the package, so that a forbidden import can be tried without touching the house."""
    shutil.copytree(
        project_root / "workbench",
        tmp_path / "workbench",
        ignore=shutil.ignore_patterns("__pycache__", "_data"),
    )
    shutil.copy(project_root / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    if not program.exists():
        pytest.skip("import-linter is not installed")
    return subprocess.run(
        [program, "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_house_keeps_its_contracts(copy):
    found = lint(copy)
    assert found.returncode == 0, found.stdout
    assert "0 broken" in found.stdout


@pytest.mark.parametrize(
    ("module", "line", "named"),
    [
        ("engine/gates.py", "import ipywidgets", "ipywidgets"),
        ("engine/gates.py", "from workbench.store.manifest import digest", "workbench.store"),
        ("domain/facts.py", "from pathlib import Path", "pathlib"),
        ("store/source.py", "from workbench.present.i18n import translator", "workbench.present"),
    ],
)
def test_a_forbidden_import_is_caught_by_name(copy, module, line, named):
    path = copy / "workbench" / module
    future = "from __future__ import annotations\n"
    text = path.read_text(encoding="utf-8")
    assert text.count(future) == 1
    path.write_text(text.replace(future, f"{future}\n{line}\n"), encoding="utf-8")
    found = lint(copy)
    assert found.returncode != 0
    said = found.stdout
    assert "BROKEN" in said
    module_name = "workbench." + module.removesuffix(".py").replace("/", ".")
    assert f"{module_name} -> {named}" in said
