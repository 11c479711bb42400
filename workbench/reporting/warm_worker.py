"""The warm worker: everything is loaded once, every report is a fork of that state.

``python -m workbench.reporting.warm_worker`` reads one `ReportTask` as JSON per line, answers one
`ReportAnswer` as JSON per line, and ends with its input. Nothing a report does reaches the next one, no
socket is opened, and a report that dies or hangs costs only itself.

Forking is safe on Linux. Elsewhere (and with ``--mode inplace``) the reports run one after another in the
worker, which puts back what they change; whoever started it replaces it every few reports.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import os
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from types import MappingProxyType
from typing import BinaryIO

from workbench.reporting.jobs import FailureCode, FailureReason
from workbench.reporting.report_task import ReportAnswer, ReportTask, failed, run_report

FORK_IS_SAFE = sys.platform.startswith("linux")
LOOK_AGAIN_SECONDS = 0.5
"""How often a waiting worker looks whether whoever started it is still there."""

MakeReport = Callable[[ReportTask], ReportAnswer]

PRELOADED = (
    "numpy",
    "pandas",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib.font_manager",
    "matplotlib_inline.backend_inline",
    "papermill",
    "workbench.reporting.report_shell",
)


def forked(task: ReportTask, channels: Sequence[int] = ()) -> ReportAnswer:
    """Make one report in a child of this process; name it when the child dies or passes its deadline.

    The child closes its copies of `channels`: whoever started this worker would otherwise not see it die.
    """
    started = time.monotonic()
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python warns of threads at a fork; those of the libraries sleep
        child = os.fork()
    if child == 0:
        for descriptor in (reader, *channels):
            os.close(descriptor)
        _child(task, writer)
    os.close(writer)
    try:
        line, reason = _wait(child, reader, task.deadline_seconds)
    finally:
        os.close(reader)
    if reason is not None:
        return failed(task.name, reason, time.monotonic() - started)
    return ReportAnswer.from_json(json.loads(line))


def _child(task: ReportTask, writer: int) -> None:
    status = 1
    try:
        answer = json.dumps(run_report(task).as_json()) + "\n"
        with os.fdopen(writer, "wb") as stream:
            stream.write(answer.encode("ascii"))
        status = 0
    finally:
        os._exit(status)


def _wait(child: int, reader: int, deadline: float | None) -> tuple[bytes, FailureReason | None]:
    import select

    end = time.monotonic() + (deadline if deadline is not None else float("inf"))
    starter, received = os.getppid(), b""
    while not received.endswith(b"\n"):
        patience = min(LOOK_AGAIN_SECONDS, max(0.0, end - time.monotonic()))
        if select.select([reader], [], [], patience)[0]:
            piece = os.read(reader, 1 << 16)
            if not piece:
                return b"", _death(os.waitpid(child, 0)[1])
            received += piece
        elif os.getppid() != starter:
            _kill(child)
            sys.exit(1)
        elif time.monotonic() >= end:
            _kill(child)
            return b"", FailureReason(FailureCode.DEADLINE_EXCEEDED, message=f"{deadline:g} s")
    os.waitpid(child, 0)
    return received, None


def _kill(child: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _death(status: int) -> FailureReason:
    return FailureReason(
        FailureCode.PROCESS_DIED, "ProcessDied", f"status {os.waitstatus_to_exitcode(status)}"
    )


MODES: Mapping[str, Callable[[Sequence[int]], MakeReport]] = MappingProxyType(
    {"fork": lambda channels: partial(forked, channels=channels), "inplace": lambda _: run_report}
)
"""How a report is made, given the descriptors of the worker's own channels."""


def preload(modules: Iterable[str]) -> None:
    """Load what every report needs; a module that cannot be loaded is left to the report that wants it.

    ``module:function`` is called, too: what is done there is done once, not in every fork.
    """
    # Loading jsonschema's grammar for international addresses costs two seconds and nothing here needs it.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    # A setting of the caller's would reach the notebooks, which then show no figure; "agg" is set without it.
    os.environ.pop("MPLBACKEND", None)
    importlib.import_module("matplotlib").use("agg")
    for module in (*PRELOADED, *modules):
        with suppress(Exception):
            name, _, function = module.partition(":")
            loaded = importlib.import_module(name)
            if function:
                getattr(loaded, function)()
    _rehearse()


def _rehearse() -> None:
    """Draw one figure in one shell: what the libraries load only at first use is then loaded, too."""
    from workbench.reporting.papermill_engine import register
    from workbench.reporting.report_shell import report_shell

    register()
    with report_shell() as shell:
        figure = "import matplotlib.pyplot as plt\nplt.figure(figsize=(1, 1)).text(0, 0, '1')"
        shell.run_cell(figure)  # type: ignore[no-untyped-call] # IPython's


def _own_channels() -> tuple[BinaryIO, BinaryIO]:
    """Keep both channels to ourselves: reports find an empty input, and their prints go where errors go."""
    sys.stdout.flush()
    tasks, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return os.fdopen(tasks, "rb"), os.fdopen(answers, "wb")


def serve(lines: Iterable[bytes], answers: BinaryIO, make: MakeReport) -> None:
    """Answer every task line until there are no more."""
    for line in lines:
        answer = make(ReportTask(**json.loads(line)))
        answers.write(json.dumps(answer.as_json()).encode("ascii") + b"\n")
        answers.flush()


def main(arguments: list[str] | None = None) -> None:
    """Serve reports until the input ends."""
    parser = argparse.ArgumentParser(prog="python -m workbench.reporting.warm_worker", description=__doc__)
    parser.add_argument("--mode", choices=sorted(MODES), default="fork" if FORK_IS_SAFE else "inplace")
    parser.add_argument("--preload", nargs="*", default=[], metavar="MODULE")
    given = parser.parse_args(arguments)
    tasks, answers = _own_channels()
    preload(given.preload)
    gc.collect()
    gc.freeze()  # a child that collects garbage would otherwise copy every page that it looks at
    with suppress(BrokenPipeError):
        serve(tasks, answers, MODES[given.mode]((tasks.fileno(), answers.fileno())))


if __name__ == "__main__":
    main()
