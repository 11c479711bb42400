"""One stream of random numbers a topic, so that a change in one leaves the others as they were."""

from __future__ import annotations

from enum import IntEnum

import numpy as np


class Stream(IntEnum):
    """The topics that draw; the numbers are part of the seed and must not change."""

    PLACES = 1
    PROPOSALS = 2
    HISTORY = 3
    PEOPLE = 4
    BALLOTS = 5
    JUDGEMENTS = 6
    GATES = 7
    BUDGET = 8
    GEOMETRY = 9


def stream(seed: int, topic: Stream, part: int = 0) -> np.random.Generator:
    """Return the generator of one topic, and of one part of it such as a district.

    Examples
    --------
    >>> first = stream(1, Stream.PLACES).integers(1000)
    >>> bool(first == stream(1, Stream.PLACES).integers(1000))
    True
    """
    return np.random.default_rng([seed, int(topic), part])
