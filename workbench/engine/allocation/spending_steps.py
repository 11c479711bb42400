"""How value rises with money in parts of a plan, and the price at which the parts just spend a ceiling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.engine.allocation.plan_lists import PlanList
from workbench.engine.allocation.rows import Floats, Integers


@dataclass(frozen=True)
class Steps:
    """The upper hull of what a part can reach: at least so much is spent, then steps of falling rates.

    Attributes
    ----------
    least : int
        Rupiah.
    spent : array of int64
        Rupiah of every step.
    rates : array of float
        Value per rupiah of every step.
    """

    least: int
    spent: Integers
    rates: Floats


def steps_of_items(values: Integers, costs: Integers) -> Steps:
    """Return items as steps, each alone.

    Examples
    --------
    >>> steps_of_items(np.array([6, 1]), np.array([2, 0])).rates.tolist()
    [3.0]
    """
    paid = (costs > 0) & (values > 0)
    return Steps(0, costs[paid], values[paid] / costs[paid])


def steps_of(listed: PlanList) -> Steps:
    """Return the upper hull of a list of plans, whose money and value rise.

    Examples
    --------
    >>> from workbench.engine.allocation.plan_lists import with_or_without
    >>> steps_of(with_or_without(0, 2, 6, 0.0)).rates.tolist()
    [3.0]
    """
    hull: list[tuple[int, int]] = []
    for corner in zip(listed.spent.tolist(), listed.total.tolist(), strict=True):
        while len(hull) > 1 and _under(hull[-2], hull[-1], corner):
            hull.pop()
        hull.append(corner)
    corners = np.array(hull, dtype=np.int64)
    rises = np.diff(corners, axis=0)
    return Steps(int(corners[0, 0]), rises[:, 0], rises[:, 1] / rises[:, 0])


def break_price(parts: Sequence[Steps], room: int) -> float:
    """Return the value per rupiah of the step that no longer fits; 0 where all fit.

    Examples
    --------
    >>> break_price([steps_of_items(np.array([6, 4, 1]), np.array([2, 2, 1]))], 3)
    2.0
    """
    spent = np.concatenate([one.spent for one in parts])
    rates = np.concatenate([one.rates for one in parts])
    order = np.argsort(-rates, kind="stable")
    reached = sum(one.least for one in parts) + np.cumsum(spent[order])
    place = int(np.searchsorted(reached, room, side="right"))
    return float(rates[order[place]]) if place < order.size else 0.0


def _under(first: tuple[int, int], middle: tuple[int, int], last: tuple[int, int]) -> bool:
    return (middle[1] - first[1]) * (last[0] - middle[0]) <= (last[1] - middle[1]) * (middle[0] - first[0])
