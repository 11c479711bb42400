"""The plano table: what the orders of discussion groups come to, smallest sum of ranks first."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.orders import Orders
from workbench.domain.proposals import Proposals
from workbench.engine.influence import MINIMUM_SIZE
from workbench.engine.rankings import MergedOrder, merge_group_orders
from workbench.errors import InvalidValue


@dataclass(frozen=True, eq=False)
class Plano:
    """Orders as they were given, and merged where they can be.

    Attributes
    ----------
    orders : Orders
    merged : MergedOrder or None
        None where somebody left a place empty, or where fewer than five persons gave orders.
    gaps : tuple of (giver, proposal)
        The places that are empty.
    """

    orders: Orders
    merged: MergedOrder | None
    gaps: tuple[tuple[str, str], ...] = ()

    @property
    def too_few(self) -> bool:
        """Whether persons gave the orders, and too few of them to show anything."""
        return not self.orders.by_group and len(self.orders.places) < MINIMUM_SIZE


def merged_orders(orders: Orders) -> Plano:
    """Merge orders by the sum of ranks; what groups gave everybody saw, what persons gave is only summed.

    Examples
    --------
    >>> import pandas as pd
    >>> sheet = pd.DataFrame({"a": [1.0, 2.0], "b": [2.0, 1.0], "c": [3.0, 3.0]}, index=["g1", "g2"])
    >>> merged_orders(Orders(sheet, pd.Series(1.0, index=sheet.index), by_group=True)).merged.sums.to_dict()
    {'a': 3.0, 'b': 3.0, 'c': 6.0}
    """
    unmerged = Plano(orders, None)
    if unmerged.too_few:
        return unmerged
    try:
        return Plano(orders, merge_group_orders(orders.places, orders.weights))
    except InvalidValue as error:
        return Plano(orders, None, error.facts["gaps"])


def plano_of(orders: Orders | None, proposals: Proposals) -> Plano | None:
    """Return the plano table of one list; None where nobody put any of its proposals in order."""
    own = None if orders is None else orders.among(proposals.labels)
    return None if own is None else merged_orders(own)
