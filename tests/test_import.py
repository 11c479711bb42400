from __future__ import annotations

import subprocess
import sys

import pytest


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def loaded_after(statement: str, *modules: str) -> list[str]:
    code = f"{statement}\nimport sys\nprint(*[name for name in {modules!r} if name in sys.modules])"
    return run(code).split()


def test_importing_the_package_loads_nothing_heavy():
    heavy = (
        "pandas",
        "numpy",
        "scipy",
        "matplotlib",
        "ipywidgets",
        "papermill",
        "openpyxl",
        "workbench.engine",
    )
    assert loaded_after("import workbench", *heavy) == []


def test_the_calculation_loads_no_solver_and_no_drawing():
    heavy = ("matplotlib", "scipy.optimize", "ipywidgets", "papermill", "openpyxl", "IPython")
    assert loaded_after("from workbench import prioritise", *heavy) == []


def test_every_promised_name_is_there():
    assert run("import workbench as w; print(all(getattr(w, name) for name in w.__all__))") == "True"
    assert (
        run("from workbench import prioritise; print(prioritise.__module__)")
        == "workbench.prioritisation.prioritise"
    )


def test_a_name_that_is_not_there_is_refused():
    import workbench

    with pytest.raises(AttributeError, match="nothing_of_that_name"):
        workbench.nothing_of_that_name  # noqa: B018 - the access is the test


def test_importing_changes_nothing_in_the_process():
    code = (
        "import logging, sys\n"
        "before = (list(logging.root.handlers), logging.root.level, sys.excepthook)\n"
        "import workbench.prioritisation, workbench.store.source\n"
        "print(before == (list(logging.root.handlers), logging.root.level, sys.excepthook))"
    )
    assert run(code) == "True"
