"""Reports on the machines of a dask cluster: inputs go out, files come back, a lost machine's work is redone.

The code is that of one laptop: every dask worker keeps warm workers of its own and asks them. Machines need
this package and nothing of the batch's disk. Loading this module loads dask; import it inside functions.
"""

from __future__ import annotations

import gc
import queue
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any

from distributed import Client, LocalCluster, WorkerPlugin, get_worker

from workbench.errors import InvalidValue
from workbench.reporting.batch_state import Digests
from workbench.reporting.jobs import FailureCode, FailureReason
from workbench.reporting.lanes import ask, attempts_of
from workbench.reporting.papermill_engine import ENGINE_NAME
from workbench.reporting.parcel import Delivery, Parcel, make_from, pack, unpack
from workbench.reporting.report_task import ReportAnswer, ReportTask, failed
from workbench.reporting.warm_worker import FORK_IS_SAFE
from workbench.reporting.worker_link import WorkerLink

PLUGIN = "musrenbang-laporan"
TICK_SECONDS = 0.2
"""How often the caller gets its turn while no report is ready."""
CONNECT_SECONDS = 15
WORKERS_SECONDS = 60.0
"""How long a scheduler may be without a single worker before the rest of the batch is given up."""
WAITING_PER_THREAD = 2
"""Reports that lie ready at each thread, so that none waits for the network and the memory holds them."""


class WarmWorkers(WorkerPlugin):
    """The warm workers of one dask worker: one for each of its threads, started at once.

    Parameters
    ----------
    papermill_engine : str
    preload : sequence of str
        Modules that the reports will need.
    """

    name = PLUGIN

    def __init__(self, papermill_engine: str, preload: Sequence[str]) -> None:
        self._mode = "fork" if papermill_engine == ENGINE_NAME else "inplace"
        self._preload = tuple(preload)

    def setup(self, worker: Any) -> None:  # noqa: ANN401 - dask's Worker
        """Begin on one dask worker."""
        self._mode = self._mode if FORK_IS_SAFE else "inplace"
        self._all = [WorkerLink(self._mode, self._preload) for _ in range(worker.state.nthreads)]
        self._idle: queue.SimpleQueue[WorkerLink] = queue.SimpleQueue()
        for link in self._all:
            link.start()
            self._idle.put(link)
        self._edition = Digests().package
        self._scratch = Path(worker.local_directory)

    def teardown(self, worker: Any) -> None:  # noqa: ANN401, ARG002 - dask's interface
        """End whatever still runs."""
        for link in self._all:
            link.kill()

    def make(self, parcel: Parcel) -> Delivery:
        """Make one report with the next idle warm worker."""
        if parcel.edition != self._edition:
            return Delivery(failed(parcel.task.name, FailureReason(FailureCode.OTHER_EDITION)), {})
        link = self._idle.get()
        try:
            make = partial(ask, link, attempts=attempts_of(self._mode))
            return make_from(parcel, make, self._scratch)
        finally:
            self._idle.put(link)


def make_remotely(parcel: Parcel) -> Delivery:
    """Make one report; runs on a dask worker."""
    plugin: Any = get_worker().plugins[PLUGIN]
    delivery: Delivery = plugin.make(parcel)
    return delivery


def cluster(
    scheduler: str | None, workers: int
) -> Callable[[Sequence[ReportTask], Sequence[str]], ClusterCrew]:
    """Return what `run_batch` takes as `hire`.

    Parameters
    ----------
    scheduler : str or None
        Address of a running scheduler, for example ``tcp://10.0.0.5:8786``; None starts one of this machine.
    workers : int
        Workers of this machine; an existing scheduler has its own.

    Raises
    ------
    InvalidValue
        ``scheduler_unreachable`` or ``scheduler_without_workers``, when it is called.
    """
    return partial(ClusterCrew, scheduler=scheduler, workers=workers)


class ClusterCrew:
    """Work through tasks on a dask cluster (the interface of `Crew`)."""

    def __init__(
        self, tasks: Sequence[ReportTask], preload: Sequence[str], scheduler: str | None, workers: int
    ) -> None:
        self._waiting = deque(tasks)
        self._edition = Digests().package
        self._running: dict[Any, ReportTask] = {}
        self._done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._opened = ExitStack()
        with ExitStack() as stack:
            self._client: Any = _client(stack, scheduler, workers)
            self._client.register_plugin(WarmWorkers(tasks[0].papermill_engine, preload))
            self._opened = stack.pop_all()

    def answers(self) -> Iterator[ReportAnswer | None]:
        """Yield answers as they come, and None now and then while waiting."""
        last_seen = time.monotonic()
        while self._waiting or self._running:
            threads = self._threads()
            if threads:
                last_seen = time.monotonic()
            elif time.monotonic() - last_seen > WORKERS_SECONDS:
                yield from self._given_up()
                return
            self._send(threads * WAITING_PER_THREAD)
            yield self._next()

    def stop(self) -> None:
        """Cancel what still runs and let go of the cluster."""
        self._waiting.clear()
        with suppress(Exception):  # the scheduler may have gone
            self._client.cancel(list(self._running), force=True)
            self._client.unregister_worker_plugin(PLUGIN)
        self._running.clear()
        self._opened.close()

    def _threads(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except OSError:
            return 0  # the scheduler does not answer; it may come back

    def _send(self, room: int) -> None:
        while self._waiting and len(self._running) < room:
            task = self._waiting.popleft()
            parcel = pack(task, self._edition)
            future = self._client.submit(make_remotely, parcel, pure=False, key=f"{PLUGIN}-{task.name}")
            self._running[future] = task
            future.add_done_callback(self._done.put)

    def _next(self) -> ReportAnswer | None:
        try:
            future = self._done.get(timeout=TICK_SECONDS)
        except queue.Empty:
            return None
        task = self._running.pop(future)
        try:
            return unpack(future.result(timeout=WORKERS_SECONDS), Path(task.folder))
        except TimeoutError:
            self._waiting.append(task)  # its machine went with the finished files: the report is made anew
            return None
        except Exception as error:  # noqa: BLE001 - a worker's failure may be anything; the rest goes on
            reason = FailureReason(FailureCode.PROCESS_DIED, type(error).__name__, str(error))
            return failed(task.name, reason)

    def _given_up(self) -> Iterator[ReportAnswer]:
        for task in (*self._running.values(), *self._waiting):
            yield failed(task.name, FailureReason(FailureCode.NO_WORKERS))


def _client(stack: ExitStack, scheduler: str | None, workers: int) -> Any:  # noqa: ANN401 - dask's Client
    """Connect, and wait for the first worker; what was opened is closed with the stack."""
    where: Any = scheduler
    if scheduler is None:
        # The reports run in processes of their own; the cluster needs none, and so no port.
        where = stack.enter_context(
            LocalCluster(  # type: ignore[no-untyped-call] # dask's
                n_workers=workers, threads_per_worker=1, processes=False, dashboard_address=None
            )
        )
    # A client that could not connect closes itself when it is collected. Collected while the next one starts
    # its loop, it would wait for ever for the lock that the starting one holds.
    gc.collect()
    try:
        client: Any = Client(where, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
        stack.enter_context(client)
    except (OSError, ValueError) as error:
        raise InvalidValue("scheduler_unreachable", address=str(scheduler)) from error
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError as error:
        raise InvalidValue("scheduler_without_workers", address=str(scheduler)) from error
    return client
