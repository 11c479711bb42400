"""The weights of groups at which the first places change hands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.influence.cells import Cells
from workbench.engine.influence.orders import places
from workbench.engine.influence.voices import ALL, Aggregation, Floats, heard
from workbench.errors import InvalidValue, same_labels

FINEST = 0.001
"""How closely a weight is searched where it cannot be calculated."""
COLUMNS = [
    "weight",
    *("lower", "lower_leaves", "lower_enters"),
    *("upper", "upper_leaves", "upper_enters"),
]


@dataclass(frozen=True, eq=False)
class FlipWeights:
    """For every cell: how far its weight may go before the selection changes.

    Attributes
    ----------
    table : DataFrame, cells x columns
        ``weight`` (share now), ``lower`` and ``upper`` (nearest shares below and above at which the selection
        changes, the others keeping their proportions; NaN when it never does on that side), and for each side
        who would leave and enter: ``lower_leaves``, ``lower_enters``, ``upper_leaves``, ``upper_enters``.
        Empty when nothing may be shown apart.
    selected : tuple of labels
        Proposals on the first places now, in label order.
    tied : bool
        Whether the last selected and the first left out are tied now: any change of weight flips it.
    """

    table: pd.DataFrame
    selected: tuple[object, ...]
    tied: bool


def flip_weights(
    cells: Cells, aggregation: Aggregation, selected_count: int, weights: pd.Series | None = None
) -> FlipWeights:
    """Find, exactly, the weight of each cell at which another proposal enters the first places.

    For rules whose scores are the weighted mean of the cells' own scores (mean scores, Borda's mean points of
    complete rankings): there the lead of one proposal over another is linear in one cell's share and crosses
    zero at one point.

    Parameters
    ----------
    cells : Cells
    aggregation : Aggregation
        Additive; checked against the room as a whole.
    selected_count : int
        How many first places; 1 asks about the winner.
    weights : Series by cell, optional
        Stakeholder weights, not negative; only their proportions count. Numbers of people when left out.

    Raises
    ------
    LabelMismatch
        When weights and cells differ.
    InvalidValue
        ``invalid_weights``, ``invalid_selected_count``, ``incomplete_table``, ``not_additive``.

    Examples
    --------
    >>> from workbench.engine.influence.cells import safe_cells
    >>> points = pd.DataFrame({"well": [3.0] * 5 + [1.0] * 5, "road": [1.0] * 5 + [2.0] * 5})
    >>> cells = safe_cells(pd.Series(["east"] * 5 + ["west"] * 5))
    >>> flip = flip_weights(cells, lambda voices: voices @ points, selected_count=1)
    >>> flip.selected, round(flip.table.loc["west", "upper"].item(), 4)
    (('well',), 0.6667)
    """
    shares = _shares(cells, weights)
    scores = _own_scores(cells, aggregation, shares, selected_count)
    values, names = scores.to_numpy(), scores.columns
    place = places((shares.to_numpy() @ values)[None, :])[0]
    order = np.argsort(place, kind="stable")
    inside, outside = order[:selected_count], order[selected_count:]
    rows = [
        _nearest_flips(values[row], _others(values, shares.to_numpy(), row), share, inside, outside, names)
        for row, share in enumerate(shares if cells.shows_groups else [])
    ]
    return FlipWeights(
        table=pd.DataFrame(rows, index=shares.index[: len(rows)], columns=COLUMNS),
        selected=tuple(names[sorted(inside)]),
        tied=bool(place[inside].max() >= place[outside].min()),
    )


def searched_flip_weights(
    cells: Cells, aggregation: Aggregation, selected_count: int, weights: pd.Series | None = None
) -> FlipWeights:
    """Search, for any rule, the weight of each cell at which another proposal enters the first places.

    Every share from where it stands to 0 and to 1 is tried in steps of one percent, and the step in which the
    selection first changes is halved to a thousandth. Two changes inside one percent that undo one another
    are not seen.

    Parameters
    ----------
    cells, aggregation, selected_count, weights
        As for `flip_weights`; the aggregation may be any.

    Raises
    ------
    LabelMismatch, InvalidValue
        As `flip_weights`, but for ``not_additive`` and ``incomplete_table``.

    Examples
    --------
    >>> from workbench.engine.influence.cells import safe_cells
    >>> points = pd.DataFrame({"well": [3.0] * 5 + [1.0] * 5, "road": [1.0] * 5 + [2.0] * 5})
    >>> cells = safe_cells(pd.Series(["east"] * 5 + ["west"] * 5))
    >>> found = searched_flip_weights(cells, lambda voices: voices @ points, selected_count=1)
    >>> round(found.table.loc["west", "upper"].item(), 3)
    0.667
    """
    shares = _shares(cells, weights)
    search = _Search(cells, aggregation, shares, selected_count)
    now = search.selections(np.array([shares.iloc[0]]), 0)[0]
    rows = [search.row(position, now) for position in range(len(shares) if cells.shows_groups else 0)]
    return FlipWeights(
        table=pd.DataFrame(rows, index=shares.index[: len(rows)], columns=COLUMNS),
        selected=tuple(sorted(now.chosen, key=str)),
        tied=now.tied,
    )


@dataclass(frozen=True)
class _Selection:
    """Who stands on the first places, and whether the last of them is tied with the first outside."""

    chosen: frozenset[object]
    tied: bool


@dataclass(frozen=True, eq=False)
class _Search:
    """What does not change during a search."""

    cells: Cells
    aggregation: Aggregation
    shares: pd.Series
    selected_count: int

    def selections(self, tried: Floats, position: int) -> list[_Selection]:
        """Return who is selected when one cell has each of some shares, the others in proportion."""
        given = self.shares.to_numpy()
        rest = np.delete(given, position)
        others = rest / rest.sum() if rest.sum() > 0 else np.full(len(rest), 1 / len(rest))
        weights = np.insert(np.outer(1 - tried, others), position, tried, axis=1)
        voices = weights / self.cells.sizes.to_numpy() @ self.cells.indicators().to_numpy()
        scores = heard(self.aggregation, pd.DataFrame(voices, columns=self.cells.members.index))
        count = self.selected_count
        if not 1 <= count < scores.shape[1]:
            raise InvalidValue("invalid_selected_count", selected_count=count, proposals=scores.shape[1])
        selections = []
        for place in np.nan_to_num(places(scores.to_numpy()), nan=np.inf):
            order = np.argsort(place, kind="stable")
            chosen = frozenset(scores.columns[order[:count]])
            selections.append(_Selection(chosen, bool(place[order[count - 1]] == place[order[count]])))
        return selections

    def row(self, position: int, now: _Selection) -> dict[str, object]:
        """Return the nearest change below and above the share of one cell."""
        share = float(self.shares.iloc[position])
        answer: dict[str, object] = {"weight": share}
        for side, end in (("lower", 0.0), ("upper", 1.0)):
            at, other = self._nearest(position, now, share, end)
            left, entered = (
                sorted(some, key=str) for some in (now.chosen - other.chosen, other.chosen - now.chosen)
            )
            answer[side] = at
            answer[f"{side}_leaves"] = left[0] if left else None
            answer[f"{side}_enters"] = entered[0] if entered else None
        return answer

    def _nearest(self, position: int, now: _Selection, share: float, end: float) -> tuple[float, _Selection]:
        steps = max(1, int(np.ceil(abs(end - share) * 100)))
        tried = np.linspace(share, end, steps + 1)
        found = self.selections(tried, position)
        changed = [number for number, one in enumerate(found) if one.chosen != now.chosen]
        if not changed:
            return float("nan"), now
        other, far, near = found[changed[0]], tried[changed[0]], tried[max(0, changed[0] - 1)]
        while abs(far - near) > FINEST:
            middle = (far + near) / 2
            (one,) = self.selections(np.array([middle]), position)
            if one.chosen == now.chosen:
                near = middle
            else:
                other, far = one, middle
        return float(far), other


def _shares(cells: Cells, weights: pd.Series | None) -> pd.Series:
    given = cells.sizes if weights is None else weights
    same_labels("weights of cells", cells.names, given.index)
    shares = given.loc[cells.names].astype("float64")
    if not np.isfinite(shares).all() or (shares < 0).any() or shares.sum() <= 0:
        raise InvalidValue("invalid_weights", weights={str(k): float(v) for k, v in shares.items()})
    return shares / shares.sum()


def _own_scores(
    cells: Cells, aggregation: Aggregation, shares: pd.Series, selected_count: int
) -> pd.DataFrame:
    """Scores of every cell alone, after checking that their weighted mean is the room's score."""
    # Every row weighs as much as the room, for rules that add up instead of taking the mean.
    apart = cells.indicators().div(cells.sizes, axis=0) * len(cells.members)
    room = apart.mul(shares, axis=0).sum(axis=0)
    scores = heard(aggregation, pd.concat([apart, room.to_frame(ALL).T]))
    if not 1 <= selected_count < scores.shape[1]:
        raise InvalidValue("invalid_selected_count", selected_count=selected_count, proposals=scores.shape[1])
    values = scores.to_numpy()
    if np.isnan(values).any():
        raise InvalidValue("incomplete_table", subject="scores of cells")
    if not np.allclose(shares.to_numpy() @ values[:-1], values[-1], rtol=1e-7, atol=1e-9):
        raise InvalidValue("not_additive", subject="aggregation")
    return scores.iloc[:-1]


def _others(values: Floats, shares: Floats, row: int) -> Floats:
    """Scores of all other groups together, or NaN when they weigh nothing."""
    rest = np.delete(shares, row)
    if rest.sum() <= 0:
        return np.full(values.shape[1], np.nan)
    mean: Floats = rest @ np.delete(values, row, axis=0) / rest.sum()
    return mean


def _nearest_flips(
    own: Floats,
    others: Floats,
    share: float,
    inside: NDArray[np.intp],
    outside: NDArray[np.intp],
    names: pd.Index,
) -> dict[str, object]:
    leads_without = (others[inside][:, None] - others[outside][None, :]).ravel()
    leads_alone = (own[inside][:, None] - own[outside][None, :]).ravel()
    turn = leads_without - leads_alone
    crossing = np.divide(leads_without, turn, out=np.full(turn.shape, np.nan), where=np.abs(turn) > 0)
    pairs = [(leaver, entrant) for leaver in inside for entrant in outside]
    answer: dict[str, object] = {"weight": share}
    for side, reachable in (
        ("lower", (crossing >= 0) & (crossing <= share)),
        ("upper", (crossing >= share) & (crossing <= 1)),
    ):
        gap = np.where(reachable, np.abs(crossing - share), np.inf)
        nearest = int(np.argmin(gap))
        found = bool(np.isfinite(gap[nearest]))
        answer[side] = float(crossing[nearest]) if found else np.nan
        answer[f"{side}_leaves"] = names[pairs[nearest][0]] if found else None
        answer[f"{side}_enters"] = names[pairs[nearest][1]] if found else None
    return answer
