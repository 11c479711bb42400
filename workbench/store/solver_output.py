"""Hold back what a solver writes past Python: stray lines must reach neither a notebook nor a terminal."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from workbench.engine.allocation.program import SolverSettings

_ONE_AT_A_TIME = threading.RLock()
"""The process has one standard output, so two threads may not turn it away at the same time."""
STREAMS = (1, 2)
"""File descriptors of standard output and standard error."""


@contextmanager
def held_back() -> Iterator[None]:
    """Send the process's standard output and error to a temporary file while the context lasts.

    Made for `workbench.engine.allocation.program.SolverSettings.around`. What Python itself has written
    before is flushed first, so that it is not lost. Where the process has no standard output (a program
    without a console), nothing is done.
    """
    with _ONE_AT_A_TIME:
        _flush()
        with tempfile.TemporaryFile() as aside:
            kept = [(stream, copy) for stream in STREAMS if (copy := _copy_of(stream)) is not None]
            try:
                for stream, _ in kept:
                    os.dup2(aside.fileno(), stream)
                yield
            finally:
                _flush()
                for stream, copy in kept:
                    os.dup2(copy, stream)
                    os.close(copy)


def _copy_of(stream: int) -> int | None:
    try:
        return os.dup(stream)
    except OSError:
        return None


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # none, broken or closed
            stream.flush()


QUIET = SolverSettings(around=held_back)
"""How an edge runs the solver of an exact plan: nothing of it reaches the screen."""
