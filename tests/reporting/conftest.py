"""Small templates and finish steps, and a batch call with the settings that tests share."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from workbench.reporting import lanes
from workbench.reporting.batch import run_batch
from workbench.reporting.jobs import BatchResult, Job
from workbench.reporting.papermill_engine import register
from workbench.reporting.report_task import ReportAnswer, ReportTask, run_report

FINISH_STEPS = """
import json

def page(notebook, html, parameters):
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    html.write_text("<p>" + json.dumps([parameters, len(cells)]) + "</p>", "utf-8")

def page_and_table(notebook, html, parameters):
    page(notebook, html, parameters)
    html.with_suffix(".csv").write_text("kode\\n", "utf-8")

def raises(notebook, html, parameters):
    html.write_text("half a page", "utf-8")
    raise OSError(28, "No space left on device")

def forgets(notebook, html, parameters):
    pass
"""

Cells = Sequence[str | tuple[str, str]]
WriteTemplate = Callable[..., Path]
RunReports = Callable[..., BatchResult]


def notebook_json(cells: Cells) -> str:
    """A notebook of code cells; a pair is a cell and its tag."""
    written = []
    for index, cell in enumerate(cells):
        source, tag = (cell, None) if isinstance(cell, str) else cell
        written.append(
            {
                "cell_type": "code",
                "id": f"cell-{index}",
                "source": source,
                "metadata": {"tags": [tag]} if tag else {},
                "outputs": [],
                "execution_count": None,
            }
        )
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": written, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    )


@pytest.fixture
def template(tmp_path: Path) -> WriteTemplate:
    """Write a template whose parameters cell is the first of the given cells."""

    def write(*cells: str | tuple[str, str], name: str = "templat.ipynb") -> Path:
        path = tmp_path / name
        path.write_text(notebook_json([(str(cells[0]), "parameters"), *cells[1:]]), encoding="utf-8")
        return path

    return write


@pytest.fixture
def finish_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name of a module with finish steps that workers can import."""
    folder = tmp_path / "modules"
    folder.mkdir()
    (folder / "finish_steps.py").write_text(FINISH_STEPS, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.syspath_prepend(folder)
    return "finish_steps"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return tmp_path / "laporan"


@pytest.fixture
def run_reports(reports: Path) -> RunReports:
    """Run a batch over one template: a report per name, the name as its parameter `kode`."""

    def run(notebook: Path, names: Sequence[str], **settings: object) -> BatchResult:
        finish = str(settings.pop("finish", ""))
        inputs = settings.pop("inputs", ())
        jobs = [
            Job(name, notebook, {"kode": name}, reports / f"{name}.ipynb", inputs, finish)  # type: ignore[arg-type]
            for name in names
        ]
        return run_batch(jobs, reports, **({"workers": 1} | settings))  # type: ignore[arg-type]

    return run


class LinkToThisProcess:
    """Stands for a worker where the worker is not what a test is about."""

    def __init__(self, *_: object) -> None:
        register()

    def ask(self, task: ReportTask) -> ReportAnswer:
        return run_report(task)

    def close(self) -> None:
        pass

    kill = close


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save the seconds that the start of a worker takes."""
    monkeypatch.setattr(lanes, "WorkerLink", LinkToThisProcess)


@pytest.fixture
def no_new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail when a process is started."""

    def refuse(*command: object, **_: object) -> None:
        raise AssertionError(f"a process was started: {command}")

    monkeypatch.setattr("subprocess.Popen", refuse)


def _outputs(notebook: Path) -> list[dict[str, object]]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [output for cell in cells for output in cell.get("outputs", ())]


@pytest.fixture
def outputs_of() -> Callable[[Path], list[dict[str, object]]]:
    """All outputs of all cells of an executed notebook, in order."""
    return _outputs


@pytest.fixture
def text_of() -> Callable[[Path], str]:
    """What an executed notebook printed."""

    def text(notebook: Path) -> str:
        streams = [output for output in _outputs(notebook) if output["output_type"] == "stream"]
        return "".join("".join(stream["text"]) for stream in streams)  # type: ignore[arg-type]

    return text
