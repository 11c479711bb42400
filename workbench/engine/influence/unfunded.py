"""Strong proposals of groups that are not funded, and what funding them would displace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.engine.influence.cells import Cells
from workbench.engine.influence.orders import places
from workbench.engine.influence.voices import Aggregation, heard
from workbench.errors import InvalidValue, same_labels


@dataclass(frozen=True)
class StrongUnfunded:
    """A proposal among a group's first that is not funded.

    Attributes
    ----------
    group : str
        Name of the cell.
    proposal : label
    place_in_group, place_in_room : int
    cost : int
        Rupiah.
    displaced : tuple of labels
        Funded proposals that would have to go, the lowest place of the room first, so that it fits; empty
        when the money left is enough.
    freed : int
        Their cost together, rupiah.
    fits : bool
        False when it would not fit even alone: then nothing is displaced.
    """

    group: str
    proposal: object
    place_in_group: int
    place_in_room: int
    cost: int
    displaced: tuple[object, ...]
    freed: int
    fits: bool


def strong_unfunded(
    cells: Cells,
    aggregation: Aggregation,
    room_places: pd.Series,
    funded: Iterable[object],
    costs: pd.Series,
    budget: int,
    top: int = 3,
) -> tuple[StrongUnfunded, ...]:
    """List for every cell the proposals of its first three that are not funded.

    Each is looked at by itself. To make room, funded proposals go from the lowest place upwards until it
    fits; then those that need not go after all come back, the highest first.

    Parameters
    ----------
    cells : Cells
    aggregation : Aggregation
        Gives the order of each cell alone; a tie at the last of the first places lets all tied ones in.
    room_places : Series by proposal
        Place in the room's result, 1 is best.
    funded : iterable of labels
    costs : Series by proposal
        Whole rupiah, not negative.
    budget : int
        Ceiling in rupiah.
    top : int

    Returns
    -------
    tuple of StrongUnfunded
        By cell, then place in it; empty when nothing may be shown apart.

    Raises
    ------
    LabelMismatch
        When places, costs and the aggregation's proposals differ.
    InvalidValue
        ``not_whole_rupiah``, ``unknown_proposal``, ``over_budget`` when the funded ones cost more than there
        is.

    Examples
    --------
    >>> from workbench.engine.influence.cells import safe_cells
    >>> points = pd.DataFrame({"well": [5.0] * 9 + [1.0] * 5, "road": [4.0] * 9 + [5.0] * 5})
    >>> cells = safe_cells(pd.Series(["east"] * 9 + ["west"] * 5))
    >>> listed = strong_unfunded(cells, lambda voices: voices @ points, pd.Series({"well": 2, "road": 1}),
    ...                          ["road"], pd.Series({"well": 30, "road": 80}), 100, top=1)
    >>> listed[0].group, listed[0].proposal, listed[0].displaced
    ('east', 'well', ('road',))
    """
    if not cells.shows_groups:
        return ()
    scores = heard(aggregation, cells.indicators())
    same_labels("places of proposals", scores.columns, room_places.index)
    same_labels("costs of proposals", scores.columns, costs.index)
    money = _whole(costs)
    chosen = set(funded)
    if not chosen <= set(money):
        raise InvalidValue("unknown_proposal", proposals=tuple(sorted(map(str, chosen - set(money)))))
    spent = sum(money[label] for label in chosen)
    if spent > budget:
        raise InvalidValue("over_budget", spent=spent, budget=budget)
    room = dict(zip(room_places.index, room_places.to_numpy(), strict=True))
    lowest_first = sorted(chosen, key=lambda label: (-room[label], str(label)))
    listed = []
    for cell, row in zip(scores.index, places(scores.to_numpy()), strict=True):
        for number in np.lexsort((np.arange(len(row)), row)):
            label = scores.columns[number]
            if row[number] <= top and label not in chosen:
                displaced = _displaced(money[label], budget - spent, lowest_first, money)
                listed.append(
                    StrongUnfunded(
                        group=str(cell),
                        proposal=label,
                        place_in_group=int(row[number]),
                        place_in_room=int(room[label]),
                        cost=money[label],
                        displaced=displaced,
                        freed=sum(money[gone] for gone in displaced),
                        fits=money[label] <= budget,
                    )
                )
    return tuple(listed)


def _displaced(
    cost: int, left: int, lowest_first: list[object], money: dict[object, int]
) -> tuple[object, ...]:
    gone: list[object] = []
    for label in lowest_first:
        if left >= cost:
            break
        gone.append(label)
        left += money[label]
    if left < cost:
        return ()
    for label in list(reversed(gone)):
        if left - money[label] >= cost:
            gone.remove(label)
            left -= money[label]
    return tuple(gone)


def _whole(costs: pd.Series) -> dict[object, int]:
    values = costs.to_numpy()
    bad = [
        str(label)
        for label, value in zip(costs.index, values, strict=True)
        if pd.isna(value) or int(value) != value or value < 0
    ]
    if bad:
        raise InvalidValue("not_whole_rupiah", proposals=tuple(sorted(bad)))
    return {label: int(value) for label, value in zip(costs.index, values, strict=True)}
