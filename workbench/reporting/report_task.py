"""One report inside a worker: run the template, finish it, publish it whole or not at all."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from workbench.reporting.batch_state import file_digest
from workbench.reporting.jobs import FailureCode, FailureReason, JobStatus
from workbench.reporting.papermill_engine import ENGINE_NAME

PART_FOLDER = ".part"
FAILED_FOLDER = "gagal"
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
LONGEST_NAME = 100

Finish = Callable[[Path, Path, dict[str, Any]], object]


@dataclass(frozen=True)
class ReportTask:
    """What a worker is told, one JSON line.

    Attributes
    ----------
    folder : str
        The batch's folder; targets lie below it, unfinished work in ``.part``, failed notebooks in ``gagal``.
    papermill_engine : str
        ``"workbench"`` or ``"nbclient"``.
    deadline_seconds : float or None
        Time after which the report is given up.
    shown_paths : mapping of str to str
        For parameters that are paths, the text that the published notebook shows: from the batch's folder
        where they lie below it. So a report reads the same wherever it was made, and can be run again there.
    """

    name: str
    notebook: str
    parameters: Mapping[str, Any]
    folder: str
    target_notebook: str
    target_html: str
    finish: str = ""
    papermill_engine: str = ENGINE_NAME
    deadline_seconds: float | None = None
    shown_paths: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the fields as JSON takes them."""
        return asdict(self) | {"parameters": dict(self.parameters)}


@dataclass(frozen=True)
class ReportAnswer:
    """What a worker answers, one JSON line; `files` are relative to the batch's folder."""

    name: str
    status: JobStatus
    seconds: float = 0.0
    files: Mapping[str, str] = field(default_factory=dict)
    reason: FailureReason | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the fields as JSON takes them."""
        return asdict(self)

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> ReportAnswer:
        """Build an answer from its JSON fields."""
        reason = fields["reason"]
        if reason is not None:
            reason = FailureReason(**reason | {"code": FailureCode(reason["code"])})
        status = JobStatus(fields["status"])
        return cls(fields["name"], status, fields["seconds"], fields["files"], reason)


def failed(name: str, reason: FailureReason, seconds: float = 0.0) -> ReportAnswer:
    """Return the answer for a report that failed."""
    return ReportAnswer(name, JobStatus.FAILED, seconds, {}, reason)


def safe_file_name(name: str) -> str:
    """Return a name as one that every file system takes, different names staying different.

    Examples
    --------
    >>> safe_file_name("32.02.01"), safe_file_name("a/b: c"), safe_file_name("..")
    ('32.02.01', 'a%2Fb%3A%20c', '%2E%2E')
    """
    safe = quote(name, safe=" ", errors="surrogatepass").replace(" ", "%20").replace("~", "%7E")
    if not safe.strip("."):
        safe = safe.replace(".", "%2E")
    if len(safe) > LONGEST_NAME:
        import hashlib

        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
        safe = f"{safe[:LONGEST_NAME]}-{digest[:16]}"
    return safe


class _StageError(Exception):
    """Carries the reason out of the stage that failed."""

    def __init__(self, reason: FailureReason) -> None:
        self.reason = reason
        super().__init__(reason.message)


def run_report(task: ReportTask) -> ReportAnswer:
    """Make one report.

    The files appear under their final names by renaming, each whole. When a cell raises, the notebook as far
    as it ran is kept in the folder of failures.
    """
    started = time.perf_counter()
    part = Path(task.folder, PART_FOLDER, f"{safe_file_name(task.name)}-{os.getpid()}")
    executed = part / "notebook" / Path(task.target_notebook).name
    html = part / "html" / Path(task.target_html).name
    try:
        executed.parent.mkdir(parents=True)
        html.parent.mkdir()
        _execute(task, executed)
        _finish(task, executed, html)
        files = _publish(task, executed, html.parent)
    except _StageError as error:
        return failed(task.name, error.reason, time.perf_counter() - started)
    except OSError as error:
        return failed(task.name, _reason(FailureCode.NOT_WRITTEN, error), time.perf_counter() - started)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return ReportAnswer(task.name, JobStatus.WRITTEN, time.perf_counter() - started, files)


def _reason(code: FailureCode, error: BaseException) -> FailureReason:
    text = "".join(traceback.format_exception(error))
    return FailureReason(code, type(error).__name__, str(error), traceback=COLOURS.sub("", text))


def _literal_path(path: str | Path) -> str:
    # papermill fills in {parameters} in paths; a brace in the name of a folder is only a brace
    return str(path).replace("{", "{{").replace("}", "}}")


def _execute(task: ReportTask, executed: Path) -> None:
    import nbformat
    import papermill

    try:
        notebook = papermill.execute_notebook(
            _literal_path(task.notebook),
            _literal_path(executed),
            parameters=dict(task.parameters),
            engine_name=task.papermill_engine,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
        )
    except papermill.PapermillExecutionError as error:
        _keep_failed(task, executed)
        raise _StageError(_cell_reason(error)) from error
    except OSError:
        raise
    except (
        Exception
    ) as error:  # whatever the engine's own failure is, this report is named and the rest goes on
        raise _StageError(_reason(FailureCode.ENGINE_RAISED, error)) from error
    _without_places(notebook, task)
    nbformat.write(notebook, executed)  # type: ignore[no-untyped-call] # nbformat's


def _without_places(notebook: Any, task: ReportTask) -> None:  # noqa: ANN401 - papermill carries no types
    """Write names instead of paths: the report is the same wherever it was made."""
    from papermill.parameterize import parameterize_notebook

    notebook.metadata.papermill.update(
        input_path=Path(task.notebook).name, output_path=Path(task.target_notebook).name
    )
    if task.shown_paths:
        shown = {**task.parameters, **task.shown_paths}
        notebook.metadata.papermill.parameters = shown
        worded = parameterize_notebook(notebook, shown, kernel_name="python3", language="python")
        for cell, written in zip(notebook.cells, worded.cells, strict=True):
            if "injected-parameters" in cell.metadata.get("tags", []):
                cell.source = written.source


def _cell_reason(error: Any) -> FailureReason:  # noqa: ANN401 - papermill carries no types
    return FailureReason(
        FailureCode.CELL_RAISED,
        error.ename,
        error.evalue,
        error.exec_count,
        error.source,
        COLOURS.sub("", "\n".join(error.traceback)),
    )


def _keep_failed(task: ReportTask, executed: Path) -> None:
    folder = Path(task.folder, FAILED_FOLDER)
    folder.mkdir(exist_ok=True)
    executed.replace(folder / f"{safe_file_name(task.name)}.ipynb")


def _finish(task: ReportTask, executed: Path, html: Path) -> None:
    if not task.finish:
        return
    try:
        module, _, function = task.finish.partition(":")
        finish: Finish = getattr(importlib.import_module(module), function)
        finish(executed, html, dict(task.parameters))
        html.stat()
    except Exception as error:  # a finish step may raise anything; this report is named and the rest goes on
        _keep_failed(task, executed)
        raise _StageError(_reason(FailureCode.FINISH_RAISED, error)) from error


def _publish(task: ReportTask, executed: Path, finished: Path) -> dict[str, str]:
    """Rename every file to its final place; return their digests by path relative to the folder."""
    base = Path(task.target_html).parent
    moves = {executed: Path(task.target_notebook)} | {
        path: base / path.relative_to(finished) for path in sorted(finished.rglob("*")) if path.is_file()
    }
    digests = {
        target.relative_to(task.folder).as_posix(): file_digest(part) for part, target in moves.items()
    }
    for part, target in moves.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        part.replace(target)
    return digests
