"""Changes that would fund a proposal, and how each is made."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.engine.allocation.completions import equal_shares
from workbench.engine.allocation.money import label_key, priced
from workbench.engine.allocation.points import whole_points
from workbench.engine.allocation.readings import Needs


class ChangeKind(StrEnum):
    """What would have to be different."""

    COST_LESS = "cost_less"
    SCORE_MORE = "score_more"
    SUPPORT_MORE = "support_more"
    CEILING_MORE = "ceiling_more"


def cheaper(needs: Needs, proposal: Hashable, amount: int) -> Needs:
    """Return the needs with a proposal that costs less."""
    price = priced(needs.costs)
    price[proposal] -= amount
    return replace(needs, costs=pd.Series(price))


def better_scored(needs: Needs, proposal: Hashable, amount: int) -> Needs:
    """Return the needs with a proposal that has some units of score more."""
    units = dict(zip(needs.scores.index.tolist(), whole_points(needs.scores).units.tolist(), strict=True))
    units[proposal] += amount
    return replace(needs, scores=pd.Series(units))


def more_supported(needs: Needs, proposal: Hashable, amount: int) -> Needs:
    """Return the needs with so many more supporters, those first whose shares are least used."""
    return supported_by(needs, proposal, next_supporters(needs, proposal, shares_used(needs))[:amount])


def shares_used(needs: Needs) -> list[float]:
    """Return by participant how much of an equal share is used before any completion."""
    paid = equal_shares(
        needs.with_ballots(),
        needs.costs,
        needs.ceiling,
        needs.utility,
        committed=needs.committed,
        tie_key=needs.tie_key,
    ).paid
    return [float(amount) for amount in paid.tolist()]


def next_supporters(needs: Needs, proposal: Hashable, used: Sequence[float]) -> list[int]:
    """Return the rows of those who do not support a proposal, the least used share first.

    Examples
    --------
    >>> ballots = pd.DataFrame({"a": [1, 1, 0], "b": [0, 1, 0]})
    >>> needs = Needs(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 4, "b": 6}), 9, ballots)
    >>> next_supporters(needs, "b", shares_used(needs))
    [2, 0]
    """
    ballots = needs.with_ballots()
    people = ballots.index.tolist()
    others = np.flatnonzero(ballots[proposal].to_numpy() <= 0).tolist()
    return sorted(others, key=lambda row: (used[row], label_key(people[row])))


def supported_by(needs: Needs, proposal: Hashable, rows: Sequence[int]) -> Needs:
    """Return the needs with some more supporters."""
    ballots = needs.with_ballots()
    points = ballots.to_numpy(copy=True)
    points[list(rows), int(np.flatnonzero(ballots.columns == proposal)[0])] = 1
    return replace(needs, ballots=pd.DataFrame(points, ballots.index, ballots.columns))


def richer(needs: Needs, proposal: Hashable, amount: int) -> Needs:  # noqa: ARG001 - one signature for all
    """Return the needs with a higher ceiling."""
    return replace(needs, ceiling=needs.ceiling + amount)


CHANGES: Mapping[ChangeKind, Callable[[Needs, Hashable, int], Needs]] = MappingProxyType(
    {
        ChangeKind.COST_LESS: cheaper,
        ChangeKind.SCORE_MORE: better_scored,
        ChangeKind.SUPPORT_MORE: more_supported,
        ChangeKind.CEILING_MORE: richer,
    }
)
"""How each kind of change is made."""
