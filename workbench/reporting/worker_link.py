"""The near end of a worker: starts it, asks it, replaces it when it dies, grows old or hangs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO

import workbench
from workbench.reporting.report_task import ReportAnswer, ReportTask

REPORTS_BEFORE_REPLACEMENT = 25
"""How many reports a worker without forks makes before a fresh one takes its place."""
GRACE_SECONDS = 60.0
"""Time beyond a report's deadline: a worker that loads its libraries on a slow disk is not hanging."""
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""Reports run beside each other; one more thread inside each would only be in the way."""


class WorkerDiedError(Exception):
    """The worker ended without an answer.

    Attributes
    ----------
    status : int or None
        Exit status as `subprocess` gives it.
    last_words : str
        The end of what it wrote to its error output.
    hung : bool
        True when it was ended here because its report passed the deadline.
    """

    def __init__(self, status: int | None, last_words: str, *, hung: bool) -> None:
        self.status, self.last_words, self.hung = status, last_words, hung
        super().__init__(f"status {status}")


class WorkerLink:
    """One worker process at a time, started when first asked or by `start`.

    Parameters
    ----------
    mode : str
        ``"fork"`` or ``"inplace"``, as `workbench.reporting.warm_worker` knows them.
    preload : sequence of str
        Modules that the reports will need.
    """

    def __init__(self, mode: str, preload: Sequence[str] = ()) -> None:
        self._mode, self._preload = mode, tuple(preload)
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._answered = 0
        self._hung = False
        self._closed = False
        self._guard = threading.Lock()

    def start(self) -> None:
        """Start the worker before it is asked, so that it loads its libraries in the meantime."""
        self._running()

    def ask(self, task: ReportTask) -> ReportAnswer:
        """Send a task and wait for its answer.

        Raises
        ------
        WorkerDiedError
            The worker ended first; the next task starts a new one.
        """
        process = self._running()
        watch = self._watch(task.deadline_seconds)
        try:
            line = _exchange(process, json.dumps(task.as_json()).encode("ascii") + b"\n")
        finally:
            if watch is not None:
                watch.cancel()
        if not line.endswith(b"\n"):
            raise self._death()
        self._answered += 1
        if self._mode != "fork" and self._answered >= REPORTS_BEFORE_REPLACEMENT:
            self._end_gently()
        return ReportAnswer.from_json(json.loads(line))

    def close(self) -> None:
        """End the worker by ending its input."""
        with self._guard:
            self._closed = True
        self._end_gently()

    def kill(self) -> None:
        """End the worker and the report that it runs at once; may be called from another thread."""
        with self._guard:
            self._closed = True
            _kill_group(self._process)

    def _running(self) -> subprocess.Popen[bytes]:
        with self._guard:
            if self._closed:
                raise WorkerDiedError(None, "", hung=False)
            if self._process is None:
                self._answered, self._hung = 0, False
                self._process, self._errors = _start(self._mode, self._preload)
            return self._process

    def _watch(self, deadline: float | None) -> threading.Timer | None:
        if deadline is None:
            return None
        first = self._answered == 0
        patience = deadline + (GRACE_SECONDS if self._mode == "fork" or first else 0.0)
        watch = threading.Timer(patience, self._give_up)
        watch.daemon = True
        watch.start()
        return watch

    def _give_up(self) -> None:
        with self._guard:
            self._hung = True
            _kill_group(self._process)

    def _death(self) -> WorkerDiedError:
        with self._guard:
            process, errors = self._process, self._errors
            self._process = self._errors = None
        if process is None or errors is None:
            return WorkerDiedError(None, "", hung=self._hung)
        _kill_group(process)  # a child of the dead worker may live on
        status = process.wait()
        errors.seek(max(0, errors.seek(0, os.SEEK_END) - 2000))
        last_words = errors.read().decode("utf-8", "replace")
        _close_pipes(process, errors)
        return WorkerDiedError(status, last_words, hung=self._hung)

    def _end_gently(self) -> None:
        with self._guard:
            process, errors = self._process, self._errors
            self._process = self._errors = None
        if process is None or errors is None:
            return
        with suppress(BrokenPipeError):
            _stream(process.stdin).close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            _kill_group(process)
            process.wait()
        _close_pipes(process, errors)


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:  # pragma: no cover - every worker is started with pipes
        raise ValueError("the worker has no pipe")
    return stream


def _start(mode: str, preload: Sequence[str]) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    # -P: a file in the caller's folder that is called like a module of Python must not take its place
    command = [sys.executable, "-P", "-m", "workbench.reporting.warm_worker", "--mode", mode]
    command += ["--preload", *preload]
    root = str(Path(workbench.__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    environment = os.environ | {"PYTHONPATH": path} | dict.fromkeys(ONE_THREAD, "1")
    # A session of its own: Ctrl-C in the terminal reaches only us, and worker and report end together.
    with ExitStack() as stack:
        errors = stack.enter_context(tempfile.TemporaryFile())
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment,
            start_new_session=True,
        )
        stack.pop_all()  # the file lives as long as the worker
    return process, errors


def _exchange(process: subprocess.Popen[bytes], request: bytes) -> bytes:
    try:
        _stream(process.stdin).write(request)
        _stream(process.stdin).flush()
        return _stream(process.stdout).readline()
    except (BrokenPipeError, ValueError):
        return b""


def _kill_group(process: subprocess.Popen[bytes] | None) -> None:
    if process is None:
        return
    if sys.platform == "win32":
        process.kill()
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _close_pipes(process: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
    for stream in (process.stdin, process.stdout, errors):
        if stream is not None:
            with suppress(BrokenPipeError):
                stream.close()
