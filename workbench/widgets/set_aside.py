"""Long pauses of the memory's collector kept away from the hand that moves a slider."""

from __future__ import annotations

import asyncio
import gc

from workbench.widgets.deferred import Deferred

REST = 1.5
"""Seconds after which a panel that was just made stands on the screen and the hand is still reading."""


def set_aside() -> None:
    """Collect once, and let the collector pass over all that is left from now on.

    A page is made of a few hundred thousand objects that stay as long as it does. Python looks through all of
    them now and again, which takes about a tenth of a second, mostly in the middle of a drag; afterwards it
    only looks at what came later. What was set aside before and is used no more is freed here.

    Examples
    --------
    >>> set_aside()
    >>> gc.get_freeze_count() > 0
    True
    >>> gc.unfreeze()
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class SetAside:
    """Set a page's objects aside once it has rested; a batch has no loop, and no hand that would wait."""

    def __init__(self, rest: float = REST) -> None:
        self._later = Deferred(rest)

    def __call__(self) -> None:
        """Begin the rest anew: something was just made."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return
        self._later(set_aside)
