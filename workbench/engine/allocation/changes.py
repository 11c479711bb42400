"""Changes that would fund a proposal, and how each is made."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
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
    ballots = needs.with_ballots()
    paid = equal_shares(
        ballots, needs.costs, needs.ceiling, needs.utility, committed=needs.committed, tie_key=needs.tie_key
    ).paid
    column = int(np.flatnonzero(ballots.columns == proposal)[0])
    points = ballots.to_numpy(copy=True)
    used = paid.tolist()
    people = ballots.index.tolist()
    others = np.flatnonzero(points[:, column] <= 0).tolist()
    others.sort(key=lambda row: (used[row], label_key(people[row])))
    points[others[:amount], column] = 1
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
