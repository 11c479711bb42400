"""A batch of reports: checked, resumable, parallel; one report's failure is its own.

The one entry is `run_batch`. Loading this module loads neither pandas nor papermill, so a batch in which
nothing changed is over in the time that it takes to read the files.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from workbench.errors import InvalidValue, UnknownMethod
from workbench.reporting.batch_state import BatchState, Digests, MadeReport, input_size
from workbench.reporting.declared_parameters import refuse_wrong_parameters
from workbench.reporting.folder_lock import locked
from workbench.reporting.jobs import (
    BatchProgress,
    BatchResult,
    FailureCode,
    FailureReason,
    Job,
    JobResult,
    JobStatus,
)
from workbench.reporting.lanes import Crew, Lanes
from workbench.reporting.papermill_engine import ENGINE_NAME
from workbench.reporting.report_task import (
    FAILED_FOLDER,
    PART_FOLDER,
    ReportAnswer,
    ReportTask,
    safe_file_name,
)
from workbench.reporting.template import template_imports

WARM_UP = "warm_up"
"""A function of this name in the module of a finish step is called once by a worker with several reports."""
FORK_IS_SAFE = sys.platform.startswith("linux")

ENGINES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "warm": ("fork" if FORK_IS_SAFE else "inplace", ENGINE_NAME),
        "inprocess": ("inplace", ENGINE_NAME),
        "nbclient": ("inplace", "nbclient"),
    }
)
"""Name of an engine to the mode of the workers and the papermill engine that they use."""

Progress = Callable[[BatchProgress], object]
Hire = Callable[[Sequence[ReportTask], Sequence[str]], Crew]
"""From tasks, and the modules that they need, to those who make them."""


def run_batch(  # noqa: PLR0913 - each is a choice of the person who runs it
    jobs: Sequence[Job],
    folder: Path,
    *,
    workers: int | None = None,
    engine: str = "warm",
    progress: Progress = lambda _: None,
    deadline_seconds: float | None = 600.0,
    force: bool = False,
    stop_event: threading.Event | None = None,
    hire: Hire | None = None,
) -> BatchResult:
    """Make the reports that are missing or out of date.

    Parameters
    ----------
    jobs : sequence of Job
        Their targets lie below `folder`; names and targets are unique.
    folder : Path
        Holds the reports, the record of what was made from what, and ``gagal/`` with the executed notebook
        (when a cell or the finish step raised) and the reason (JSON) of each report that failed.
    workers : int, optional
        Reports made at the same time; the number of usable cores when not given.
    engine : {"warm", "inprocess", "nbclient"}
        Forks of a warm worker (where forking is safe), a worker without forks, or a kernel per report.
    progress : callable
        Gets a `BatchProgress` after each report, in the calling thread.
    deadline_seconds : float, optional
        A report that takes longer is ended and named.
    force : bool
        Make all reports again.
    stop_event : Event, optional
        When set, running reports are ended and the rest is not run.
    hire : callable, optional
        Who makes the reports instead of `workers` of this machine, for example
        `workbench.reporting.cluster.cluster`.

    Returns
    -------
    BatchResult
        One result per job in the order of the jobs. A call after an interruption completes the rest.

    Raises
    ------
    InvalidInput
        Parameters that a template does not declare, or a template that cannot be read; nothing has run then.
    InvalidValue
        ``job_not_unique``, ``target_outside_folder``, ``folder_in_use``, ``workers_not_positive``.
    UnknownMethod
        The engine is none of the three.
    KeyboardInterrupt
        After the workers have been ended; finished reports are recorded.
    """
    started = time.perf_counter()
    folder = folder.absolute()
    _check(jobs, folder, engine, workers)
    refuse_wrong_parameters(jobs)
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        batch = _Batch(jobs, folder, progress)
        todo = batch.skip_unchanged(force=force)
        if todo:
            mode, papermill_engine = ENGINES[engine]
            # The longest first: no worker is left alone with a long report at the end.
            order = sorted(todo, key=input_size, reverse=True)
            tasks = [_task(job, folder, papermill_engine, deadline_seconds) for job in order]
            hire = hire or partial(Lanes, workers=workers or usable_cores(), mode=mode)
            batch.make(hire(tasks, _preload(todo, workers or usable_cores())), stop_event)
    return BatchResult(batch.results(), time.perf_counter() - started)


def usable_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _check(jobs: Sequence[Job], folder: Path, engine: str, workers: int | None) -> None:
    if engine not in ENGINES:
        raise UnknownMethod(method=engine, known=sorted(ENGINES))
    if workers is not None and workers < 1:
        raise InvalidValue("workers_not_positive", workers=workers)
    names = [job.name for job in jobs]
    targets = [target for job in jobs for target in _targets(job)]
    for what, values in (("name", names), ("target", [os.path.normcase(target) for target in targets])):
        twice = sorted(value for value, count in Counter(values).items() if count > 1)
        if twice:
            raise InvalidValue("job_not_unique", what=what, values=twice)
    outside = [str(target) for target in targets if not target.is_relative_to(folder) or ".." in target.parts]
    if outside:
        raise InvalidValue("target_outside_folder", folder=str(folder), targets=outside)


def _targets(job: Job) -> list[Path]:
    return [job.target_notebook] + ([job.target_html] if job.target_html is not None else [])


def _task(job: Job, folder: Path, papermill_engine: str, deadline_seconds: float | None) -> ReportTask:
    return ReportTask(
        name=job.name,
        notebook=str(job.notebook),
        parameters=dict(job.parameters),
        folder=str(folder),
        target_notebook=str(job.target_notebook),
        target_html=str(job.target_html),
        finish=job.finish,
        papermill_engine=papermill_engine,
        deadline_seconds=deadline_seconds,
        shown_paths={name: _shown(Path(str(job.parameters[name])), folder) for name in job.paths},
    )


def _shown(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def _preload(jobs: Sequence[Job], workers: int) -> list[str]:
    """Return what workers load first, and what they do first when each will make several reports."""
    templates = {job.notebook for job in jobs}
    finish = {job.finish.partition(":")[0] for job in jobs if job.finish}
    warm = {f"{module}:{WARM_UP}" for module in finish if len(jobs) > workers}
    return sorted(finish.union(warm, *(template_imports(template) for template in templates)))


class _Batch:
    """The results so far, and the folder in which they lie."""

    def __init__(self, jobs: Sequence[Job], folder: Path, progress: Progress) -> None:
        self._jobs = {job.name: job for job in jobs}
        self._folder, self._progress = folder, progress
        self._state = BatchState(folder)
        digests = Digests()
        self._keys = {job.name: digests.key(job) for job in jobs}
        self._results: dict[str, JobResult] = {}

    def results(self) -> tuple[JobResult, ...]:
        return tuple(self._results.get(name, JobResult(name, JobStatus.NOT_RUN)) for name in self._jobs)

    def skip_unchanged(self, *, force: bool) -> list[Job]:
        """Note the reports that stand as they are; return the other jobs."""
        if not force:
            for made in self._state.unchanged(self._keys, self._folder):
                self._note(JobResult(made.name, JobStatus.UNCHANGED, made.seconds, made.files))
        return [job for name, job in self._jobs.items() if name not in self._results]

    def make(self, lanes: Crew, stop_event: threading.Event | None) -> None:
        """Take the answers of all lanes; leave no worker and no unfinished file behind, whatever happens."""
        self._clear_leftovers()
        try:
            for answer in lanes.answers():
                if stop_event is not None and stop_event.is_set():
                    break
                if answer is not None:
                    self._note(self._settled(answer))
        finally:
            lanes.stop()
            shutil.rmtree(self._folder / PART_FOLDER, ignore_errors=True)
            with suppress(OSError):
                self._state.compact()

    def _clear_leftovers(self) -> None:
        shutil.rmtree(self._folder / PART_FOLDER, ignore_errors=True)
        for name in self._keys.keys() - self._results.keys():
            for ending in (".ipynb", ".json"):
                self._failure_file(name, ending).unlink(missing_ok=True)
        with suppress(OSError):  # not there, or other failures are still kept in it
            (self._folder / FAILED_FOLDER).rmdir()

    def _failure_file(self, name: str, ending: str) -> Path:
        return self._folder / FAILED_FOLDER / (safe_file_name(name) + ending)

    def _settled(self, answer: ReportAnswer) -> JobResult:
        """Record a report that was written; keep the reason of one that was not."""
        result = JobResult(answer.name, answer.status, answer.seconds, answer.files, answer.reason)
        if result.reason is None:
            made = MadeReport(result.name, self._keys[result.name], result.files, result.seconds)
            try:
                self._state.record(made)
            except OSError as error:
                reason = FailureReason(FailureCode.NOT_WRITTEN, type(error).__name__, str(error))
                result = replace(result, status=JobStatus.FAILED, reason=reason)
        if result.reason is not None:
            result = replace(
                result, outdated=any(target.exists() for target in _targets(self._jobs[result.name]))
            )
            self._keep_reason(result)
        return result

    def _keep_reason(self, result: JobResult) -> None:
        path = self._failure_file(result.name, ".json")
        with suppress(OSError):  # a full disk: the reason is in the result
            path.parent.mkdir(exist_ok=True)
            part = path.with_suffix(".part")
            part.write_text(json.dumps(asdict(result), ensure_ascii=False, indent=1), encoding="utf-8")
            part.replace(path)

    def _note(self, result: JobResult) -> None:
        self._results[result.name] = result
        counts = Counter(done.status for done in self._results.values())
        self._progress(
            BatchProgress(
                total=len(self._jobs),
                done=len(self._results),
                written=counts[JobStatus.WRITTEN],
                unchanged=counts[JobStatus.UNCHANGED],
                failed=counts[JobStatus.FAILED],
                latest=result,
            )
        )
