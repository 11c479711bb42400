"""What a batch is asked to do and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

ParameterValue = str | int | float | bool | None | Sequence[Any]


@dataclass(frozen=True)
class Job:
    """One report: a template with its parameters, and where the result goes.

    Attributes
    ----------
    name : str
        Unique in the batch, for example the code of the kecamatan.
    notebook : Path
        The template; it has a cell tagged ``parameters``.
    parameters : mapping of str to value
        Codes are texts and stay texts. A `Path` becomes its absolute text; to a worker on another machine the
        file or folder itself is sent.
    target_notebook : Path
        Where the executed notebook goes; below the batch's folder.
    inputs : sequence of Path or str
        Files or folders whose content, or digests (texts), that decide whether the report is made again.
    finish : str
        ``"module:function"`` that the worker calls as
        ``function(executed_notebook_path, target_html_path, parameters)``; empty for none. Further files that
        it leaves in the folder of ``target_html_path`` are published beside the HTML.
    target_html : Path or None
        Where the finish step's result goes; the notebook's name with ``.html`` when not given.
    paths : tuple of str
        The parameters that are paths; those that are given as a `Path` need not be named.
    """

    name: str
    notebook: Path
    parameters: Mapping[str, ParameterValue | Path]
    target_notebook: Path
    inputs: Sequence[Path | str] = ()
    finish: str = ""
    target_html: Path | None = None
    paths: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        paths = tuple(n for n, value in self.parameters.items() if isinstance(value, Path) or n in self.paths)
        values = {
            name: str(value.absolute()) if isinstance(value, Path) else value
            for name, value in self.parameters.items()
        }
        object.__setattr__(self, "paths", paths)
        object.__setattr__(self, "parameters", MappingProxyType(values))
        object.__setattr__(self, "notebook", self.notebook.absolute())
        object.__setattr__(self, "target_notebook", self.target_notebook.absolute())
        html = self.target_html or self.target_notebook.with_suffix(".html")
        object.__setattr__(self, "target_html", html.absolute())
        object.__setattr__(
            self, "inputs", tuple(item.absolute() if isinstance(item, Path) else item for item in self.inputs)
        )


class JobStatus(StrEnum):
    """What happened to a job."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    NOT_RUN = "not_run"
    """The batch was stopped before its turn came."""


class FailureCode(StrEnum):
    """Why a report failed; `present` has the sentence."""

    CELL_RAISED = "cell_raised"
    ENGINE_RAISED = "engine_raised"
    """The notebook could not be run at all, for example because its kernel did not start."""
    FINISH_RAISED = "finish_raised"
    NOT_WRITTEN = "not_written"
    """The report was made but could not be stored, for example on a full disk."""
    PROCESS_DIED = "process_died"
    DEADLINE_EXCEEDED = "deadline_exceeded"
    OTHER_EDITION = "other_edition"
    """The machine that was asked has another edition of this package; its report would not be ours."""
    NO_WORKERS = "no_workers"
    """All machines that were to make reports have gone."""


@dataclass(frozen=True)
class FailureReason:
    """Why a report failed and where.

    Attributes
    ----------
    error, message : str
        Name and text of the exception; for a dead process its status.
    cell : int or None
        Execution count of the cell that raised, as the kept notebook shows it.
    source, traceback : str
        The cell's code and the traceback without colours.
    """

    code: FailureCode
    error: str = ""
    message: str = ""
    cell: int | None = None
    source: str = ""
    traceback: str = ""


@dataclass(frozen=True)
class JobResult:
    """What came of one job.

    Attributes
    ----------
    seconds : float
        Time in the worker; for an unchanged report the time it took when it was made.
    files : mapping of str to str
        Published files (relative to the batch's folder, ``/`` between parts) and their SHA-256.
    reason : FailureReason or None
        Given exactly when the status is ``failed``.
    outdated : bool
        True when it failed and the files of an earlier run are still there.
    """

    name: str
    status: JobStatus
    seconds: float = 0.0
    files: Mapping[str, str] = field(default_factory=dict)
    reason: FailureReason | None = None
    outdated: bool = False


@dataclass(frozen=True)
class BatchProgress:
    """Counts after one more job is done, and that job's result."""

    total: int
    done: int
    written: int
    unchanged: int
    failed: int
    latest: JobResult


@dataclass(frozen=True)
class BatchResult:
    """What came of a batch, one result per job in the order of the jobs."""

    jobs: tuple[JobResult, ...]
    seconds: float

    def count(self, status: JobStatus) -> int:
        """Return how many jobs ended so."""
        return sum(job.status is status for job in self.jobs)

    @property
    def failures(self) -> tuple[JobResult, ...]:
        """The jobs that failed."""
        return tuple(job for job in self.jobs if job.status is JobStatus.FAILED)

    @property
    def complete(self) -> bool:
        """True when every report stands there, written now or unchanged."""
        return all(job.status in (JobStatus.WRITTEN, JobStatus.UNCHANGED) for job in self.jobs)
