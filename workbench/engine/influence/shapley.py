"""Exact Shapley influence of groups on the room's order."""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

import numpy as np
import pandas as pd

from workbench.engine.influence.cells import Cells
from workbench.engine.influence.orders import distances_to
from workbench.engine.influence.voices import Aggregation, Floats, heard, one_person_one_voice
from workbench.errors import InvalidValue, same_labels

MOST_GROUPS = 10


@dataclass(frozen=True, eq=False)
class ShapleyInfluence:
    """How much of the final order each cell's voice brings about.

    Attributes
    ----------
    table : DataFrame, cells x (people, head_share, influence, share, ratio)
        ``influence``: Shapley value of the cell; ``share``: its part of all influence; ``ratio``: share /
        head share, 1 when a cell weighs as much as its heads. A negative influence pulls away from the final
        order. Empty when nothing may be shown apart; ``share`` is NaN when the final order ties everything.
    total : float
        Sum of the influences: how far the final order is from no order at all.
    """

    table: pd.DataFrame
    total: float


def shapley_influence(
    cells: Cells, aggregation: Aggregation, weights: pd.Series | None = None
) -> ShapleyInfluence:
    """Share the final order out among the cells (Shapley 1953), over all 2^g coalitions.

    The worth of a coalition is the share of pairs that it orders as the whole room does, pairs tied by one of
    the two counting half; nobody at all ties everything. A cell's influence is what it adds to that worth,
    averaged over all orders in which cells may arrive.

    Parameters
    ----------
    cells : Cells
        Two to ten.
    aggregation : Aggregation
        Asked once, with one row a coalition.
    weights : Series by participant, optional

    Raises
    ------
    InvalidValue
        ``too_many_groups`` above ten.
    LabelMismatch
        When weights do not belong to the participants of the cells.

    Examples
    --------
    >>> from workbench.engine.influence.cells import safe_cells
    >>> points = pd.DataFrame({"well": [5.0] * 10, "road": [1.0] * 10})
    >>> cells = safe_cells(pd.Series(["east"] * 5 + ["west"] * 5))
    >>> shapley_influence(cells, lambda voices: voices @ points).table["share"].to_dict()
    {'east': 0.5, 'west': 0.5}
    """
    columns = ["people", "head_share", "influence", "share", "ratio"]
    if not cells.shows_groups:
        return ShapleyInfluence(pd.DataFrame(columns=columns, dtype="float64"), float("nan"))
    count = len(cells.sizes)
    if count > MOST_GROUPS:
        raise InvalidValue("too_many_groups", groups=count, maximum=MOST_GROUPS)
    base = one_person_one_voice(cells) if weights is None else weights.astype("float64")
    same_labels("weights of participants", cells.members.index, base.index)
    values = shapley_values(_worths(cells, aggregation, base), count)
    head_share = (cells.sizes / cells.sizes.sum()).to_numpy(dtype="float64")
    total = float(values.sum())
    share = values / total if total > 0 else np.full(count, np.nan)
    figures = (cells.sizes, head_share, values, share, share / head_share)
    table = pd.DataFrame(dict(zip(columns, figures, strict=True)), index=cells.names)
    return ShapleyInfluence(table, total)


def shapley_values(worths: Floats, players: int) -> Floats:
    """Give every player's Shapley value from the worths of all coalitions.

    Takes an array of 2^players worths; bit b of the position says whether player b takes part.

    Examples
    --------
    >>> shapley_values(np.array([0.0, 1.0, 3.0, 6.0]), 2).tolist()
    [2.0, 4.0]
    """
    coalitions = np.arange(1 << players)
    size = np.bitwise_count(coalitions)
    ways = [factorial(others) * factorial(players - others - 1) for others in range(players)]
    chance = np.array(ways) / factorial(players)
    values = np.empty(players)
    for player in range(players):
        without = coalitions[(coalitions >> player) & 1 == 0]
        gains = worths[without | (1 << player)] - worths[without]
        values[player] = chance[size[without]] @ gains
    return values


def _worths(cells: Cells, aggregation: Aggregation, base: pd.Series) -> Floats:
    count = len(cells.sizes)
    taking_part = (np.arange(1 << count)[:, None] >> np.arange(count)) & 1
    apart = cells.indicators()
    voices = (taking_part @ apart.to_numpy()) * base.loc[apart.columns].to_numpy()
    scores = heard(aggregation, pd.DataFrame(voices, columns=apart.columns)).to_numpy(copy=True)
    # Nobody orders nothing, whatever an aggregation makes of an empty room.
    scores[0] = 0.0
    return 1.0 - distances_to(scores, scores[-1])
