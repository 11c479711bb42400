"""Reports in parallel: one lane per worker, all fed from one queue of tasks."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Protocol

from workbench.reporting.jobs import FailureCode, FailureReason
from workbench.reporting.report_task import ReportAnswer, ReportTask, failed
from workbench.reporting.worker_link import WorkerDiedError, WorkerLink

TICK_SECONDS = 0.1
"""How often the caller gets its turn while no report is ready, to notice Ctrl-C or a wish to stop."""


class Crew(Protocol):
    """Those who make the reports of a batch, on this machine or on others."""

    def answers(self) -> Iterator[ReportAnswer | None]:
        """Yield answers as they come, and None now and then while waiting."""

    def stop(self) -> None:
        """End whatever still runs, and wait until it is gone."""


class Lanes:
    """Work through tasks on several workers of this machine.

    Parameters
    ----------
    tasks : sequence of ReportTask
        In the order in which they are begun.
    preload : sequence of str
        Modules that the workers load first.
    workers : int
        How many workers run beside each other.
    mode : str
        Mode of the workers.
    """

    def __init__(self, tasks: Sequence[ReportTask], preload: Sequence[str], workers: int, mode: str) -> None:
        self._waiting = deque(tasks)
        self._attempts = attempts_of(mode)
        self._links = [WorkerLink(mode, preload) for _ in range(min(workers, len(tasks)))]
        self._finished: queue.SimpleQueue[ReportAnswer | BaseException | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, args=(link,), daemon=True) for link in self._links
        ]

    def answers(self) -> Iterator[ReportAnswer | None]:
        """Yield answers as they come, and None now and then while waiting."""
        for thread in self._threads:
            thread.start()
        open_lanes = len(self._threads)
        while open_lanes:
            try:
                item = self._finished.get(timeout=TICK_SECONDS)
            except queue.Empty:
                yield None
                continue
            if isinstance(item, BaseException):
                raise item
            if item is None:
                open_lanes -= 1
            else:
                yield item

    def stop(self) -> None:
        """End all workers and the reports that they run, and wait until they are gone."""
        self._waiting.clear()
        for link in self._links:
            link.kill()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    def _run(self, link: WorkerLink) -> None:
        try:
            while (task := self._next()) is not None:
                self._finished.put(ask(link, task, self._attempts))
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            self._finished.put(error)
        finally:
            link.close()
            self._finished.put(None)

    def _next(self) -> ReportTask | None:
        try:
            return self._waiting.popleft()
        except IndexError:
            return None


def attempts_of(mode: str) -> int:
    """Return how often a worker of a mode is asked for one report."""
    return 2 if mode == "fork" else 1


def ask(link: WorkerLink, task: ReportTask, attempts: int) -> ReportAnswer:
    """Ask a worker; where reports are forks, a worker's death is not the report's fault: ask again."""
    for attempt in range(1, attempts + 1):
        try:
            return link.ask(task)
        except WorkerDiedError as error:
            reason = _reason(error)
            if error.hung or attempt == attempts:
                break
    return failed(task.name, reason)


def _reason(error: WorkerDiedError) -> FailureReason:
    if error.hung:
        return FailureReason(FailureCode.DEADLINE_EXCEEDED)
    return FailureReason(
        FailureCode.PROCESS_DIED, "ProcessDied", f"status {error.status}", traceback=error.last_words
    )
