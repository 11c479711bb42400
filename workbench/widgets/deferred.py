"""Work that may wait until the hand rests: run once after the last of many quick changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

REST = 0.25
"""Seconds without a further change."""


class Deferred:
    """Run the last given work after a rest; at once where no event loop runs, as in a batch.

    Examples
    --------
    >>> said = []
    >>> Deferred()(lambda: said.append("done"))
    >>> said
    ['done']
    """

    def __init__(self, rest: float = REST) -> None:
        self._rest = rest
        self._waiting: asyncio.TimerHandle | None = None

    def __call__(self, work: Callable[[], None]) -> None:
        """Take new work in place of what still waits."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            work()
            return
        self._waiting = loop.call_later(self._rest, work)
