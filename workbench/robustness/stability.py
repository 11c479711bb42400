"""Exact stability: how far one weight may move before the first rank, or the funded list, changes.

One weight moves to x; the others share 1 - x in their present proportions. Scores, or under the weighted
product their logarithms, are then linear in x, so every change of order lies where two lines cross.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.doubt.stability import weight_stability
from workbench.robustness.funding import funded_draws
from workbench.robustness.orders import order_draws
from workbench.robustness.recalculation import can_fund
from workbench.robustness.replay import Floats, Replay
from workbench.robustness.scores import as_given, heaviest_values, measures_to_values, score_draws

CHUNK = 8
"""Places between two crossings that are looked at together."""
SLACK = 1e-12
TIED = 1e-9
"""Scores in 0..1 this near at a crossing are those that cross."""


@dataclass(frozen=True)
class Stability:
    """For each weight the interval that keeps the first rank, and the one that keeps the funded list.

    Attributes
    ----------
    first : tuple of str
        The proposals of rank 1 by score, sorted.
    intervals : DataFrame
        Index: criterion, by weight. Columns ``weight`` (now), ``first_lower``, ``first_upper``,
        ``funded_lower``, ``funded_upper``: at the ends there is a tie, or the end of 0..1; the last two are
        missing without a ceiling, and any that is not told.
    flips : DataFrame
        One line for each end at which something changes: ``criterion``, ``target`` (``first`` or ``funded``),
        ``weight``, ``at`` (share at the tie), ``beyond`` (a share at which the change has happened),
        ``change`` (`at` less `weight`), ``leaves`` and ``enters`` (tuples of proposals). Smallest change
        first.
    funds : bool
        Whether there is a ceiling whose list can change.
    untold : int
        Ends that are missing in `intervals`, and ``at``, ``beyond``, ``change`` in `flips`, because a
        proposal whose score is withheld stands in the tie there: the share would tell its score.
    """

    first: tuple[str, ...]
    intervals: pd.DataFrame
    flips: pd.DataFrame
    funds: bool = True
    untold: int = 0

    def certificate(self, target: str) -> pd.Series | None:
        """Return the line of the smallest change of one weight that changes the target; None if none does."""
        lines = self.flips[self.flips["target"] == target]
        return None if lines.empty else lines.iloc[0]


def stability(replay: Replay, withheld: frozenset[str] = frozenset()) -> Stability | None:
    """Find the intervals of every weight; None where weights have no say, or one carries everything.

    Parameters
    ----------
    replay : Replay
    withheld : frozenset of str
        Proposals whose score is shown to nobody: no end at which one of them is passed is told.

    References
    ----------
    Mareschal, B. (1988). Weight stability intervals in multicriteria decision aid. EJOR 33(1), 54-64.
    """
    if not replay.weighted or len(replay.criteria) < 2 or not len(replay.proposals):
        return None
    cells, movable = linear_cells(replay)
    lines = [*_first_flips(replay, cells, movable)]
    if can_fund(replay):
        lines += _funded_flips(replay, cells, movable)
    flips = pd.DataFrame(
        lines, columns=["criterion", "target", "weight", "at", "beyond", "change", "leaves", "enters"]
    )
    order = np.lexsort((flips["criterion"].astype("str"), flips["change"].abs().round(12).astype("float64")))
    told = np.array([not _tells(replay, cells, line, withheld) for _, line in flips.iterrows()], dtype=bool)
    intervals = _intervals(replay, flips, told)
    flips.loc[~told, ["at", "beyond", "change"]] = np.nan
    first = _first(replay, cells, movable)
    return Stability(first, intervals, flips.iloc[order], can_fund(replay), int((~told).sum()))


def linear_cells(replay: Replay) -> tuple[Floats, NDArray[np.bool_]]:
    """Return cells (proposals, criteria) in 0..1 whose weighted sum orders as the method does.

    Under the weighted product a value of zero keeps the score at zero whatever the weights: such proposals
    do not move, which the second array says.
    """
    cells = np.column_stack([values[0] for values in measures_to_values(replay, as_given(replay))])
    if replay.method != "weighted_product":
        return cells, np.ones(len(cells), dtype=bool)
    movable = np.asarray((cells > 0).all(axis=1))
    with np.errstate(divide="ignore"):
        logs = np.where(movable[:, np.newaxis], np.log(cells), 0.0)
    lowest = logs.min(initial=0.0)
    stretched = 1.0 - logs / lowest if lowest < 0 else np.ones_like(logs)
    return np.asarray(stretched), movable


def weights_at(replay: Replay, criterion: int, shares: Floats) -> Floats:
    """Return weights (shares, criteria) with one of them at each share and the others in proportion."""
    others = replay.weights.copy()
    others[criterion] = 0.0
    weights = np.outer(1.0 - shares, others / others.sum())
    weights[:, criterion] = shares
    return np.asarray(weights)


def funded_at(replay: Replay, criterion: int, shares: Floats) -> NDArray[np.bool_]:
    """Return who is funded (shares, proposals) when one weight moves to each of the shares."""
    weights = weights_at(replay, criterion, shares)
    given = as_given(replay)
    scores = score_draws(replay, given, weights)
    heaviest = heaviest_values(measures_to_values(replay, given), weights, len(scores))
    return funded_draws(replay, order_draws(replay, scores, heaviest))


def _first(replay: Replay, cells: Floats, movable: NDArray[np.bool_]) -> tuple[str, ...]:
    scores = np.where(movable, cells @ replay.weights, -1.0)
    return tuple(map(str, replay.proposals[np.flatnonzero(scores >= scores.max() - SLACK)]))


def _first_flips(replay: Replay, cells: Floats, movable: NDArray[np.bool_]) -> list[dict[str, object]]:
    if not movable.any():
        return []
    labels = replay.proposals[np.flatnonzero(movable)]
    table = pd.DataFrame(cells[movable], index=labels, columns=replay.criteria)
    intervals = weight_stability(table, pd.Series(replay.weights, index=replay.criteria)).intervals
    lines = []
    for criterion, row in intervals.iterrows():
        for end, edge in (("lower", 0.0), ("upper", 1.0)):
            if row[f"{end}_enters"] is not None:
                beyond = (row[end] + edge) / 2
                who = {"leaves": (row[f"{end}_leaves"],), "enters": (row[f"{end}_enters"],)}
                lines.append(_line(str(criterion), "first", (row["weight"], row[end], beyond), **who))
    return lines


def _line(
    criterion: str, target: str, shares: tuple[float, float, float], **who: tuple[str, ...]
) -> dict[str, object]:
    weight, at, beyond = shares
    told = {"criterion": criterion, "target": target, "weight": weight, "at": at, "beyond": beyond}
    return told | {"change": at - weight} | who


def _funded_flips(replay: Replay, cells: Floats, movable: NDArray[np.bool_]) -> list[dict[str, object]]:
    lines = []
    for criterion in range(len(replay.criteria)):
        now = float(replay.weights[criterion])
        funded = funded_at(replay, criterion, np.array([now]))[0]
        crossings = _crossings(replay, cells, criterion, funded, movable)
        for edge in (0.0, 1.0):
            found = _first_change(replay, criterion, funded, crossings, edge)
            if found is not None:
                at, beyond, after = found
                who = {"leaves": _named(replay, funded & ~after), "enters": _named(replay, after & ~funded)}
                lines.append(_line(str(replay.criteria[criterion]), "funded", (now, at, beyond), **who))
    return lines


def _crossings(
    replay: Replay, cells: Floats, criterion: int, funded: NDArray[np.bool_], movable: NDArray[np.bool_]
) -> Floats:
    """Return the shares in 0..1 at which a change of order may change the funded list, sorted.

    While every funded proposal stays before every other the money goes the same way, but for one case: the
    first that does not fit closes the line, and another that comes before it may fit. So the crossings of
    the funded with the rest count, and under `rank_stop` those of the rest that fit with the rest that do
    not.
    """
    without = cells @ weights_at(replay, criterion, np.array([0.0]))[0]
    only = cells[:, criterion]
    asks = movable & replay.priced & (replay.amounts > 0)
    inside, outside = np.flatnonzero(asks & funded), np.flatnonzero(asks & ~funded)
    gaps = _lines(without, only, inside, outside)
    found = [_roots(*gaps)]
    if replay.budget_rule == "rank_stop" and replay.room is not None:
        left = replay.room - int(replay.amounts[inside].sum())
        fits = replay.amounts[outside] <= left
        found.append(_above_all(*_lines(without, only, outside[fits], outside[~fits])))
    return np.unique(np.concatenate(found))


def _lines(
    without: Floats, only: Floats, left: NDArray[np.intp], right: NDArray[np.intp]
) -> tuple[Floats, Floats]:
    """Return the lead of every left over every right proposal at x = 0, and its slope in x."""
    at_zero = np.subtract.outer(without[left], without[right])
    return at_zero, np.subtract.outer(only[left], only[right]) - at_zero


def _roots(at_zero: Floats, slope: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        at = -at_zero / slope
    return np.asarray(at[(at > 0) & (at < 1)])


def _above_all(at_zero: Floats, slope: Floats) -> Floats:
    """Return the ends of the intervals in which a left proposal leads every right one."""
    if not at_zero.size:
        return np.empty(0)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = -at_zero / slope
    never = ((np.abs(slope) <= SLACK) & (at_zero < -SLACK)).any(axis=1)
    lower = np.where(slope > SLACK, at, -np.inf).max(axis=1)
    upper = np.where(slope < -SLACK, at, np.inf).min(axis=1)
    ends = np.concatenate([lower[~never & (lower < upper)], upper[~never & (lower < upper)]])
    return np.asarray(ends[(ends > 0) & (ends < 1)])


def _first_change(
    replay: Replay, criterion: int, funded: NDArray[np.bool_], crossings: Floats, edge: float
) -> tuple[float, float, NDArray[np.bool_]] | None:
    """Walk from the present share to an edge; return the crossing just beyond which the list is another."""
    now = float(replay.weights[criterion])
    sign = 1.0 if edge > now else -1.0
    ahead = crossings[sign * (crossings - now) > SLACK]
    # The present share itself: a tie of today is decided by the smallest move.
    marks = np.concatenate([[now], ahead[:: int(sign)], [edge]])
    middles = (marks[:-1] + marks[1:]) / 2
    for start in range(0, len(middles), CHUNK):
        after = funded_at(replay, criterion, middles[start : start + CHUNK])
        changed = np.flatnonzero((after != funded).any(axis=1))
        if len(changed):
            place = int(changed[0])
            return float(marks[start + place]), float(middles[start + place]), after[place]
    return None


def _named(replay: Replay, chosen: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(map(str, replay.proposals[np.flatnonzero(chosen)]))


def _tells(replay: Replay, cells: Floats, line: pd.Series, withheld: frozenset[str]) -> bool:
    """Tell whether the share of a change would tell a withheld score, of who changes or of who ties there."""
    if withheld.intersection((*line["leaves"], *line["enters"])):
        return True
    hidden = replay.proposals.isin(withheld)
    if not hidden.any():
        return False
    criterion = replay.criteria.tolist().index(line["criterion"])
    scores = cells @ weights_at(replay, criterion, np.array([line["at"]]))[0]
    ties = np.abs(np.subtract.outer(scores[hidden], scores)) < TIED
    return bool(ties.sum() > hidden.sum())  # each of them ties with itself


def _intervals(replay: Replay, flips: pd.DataFrame, told: NDArray[np.bool_]) -> pd.DataFrame:
    frame = pd.DataFrame({"weight": replay.weights}, index=replay.criteria)
    for target in ("first", "funded"):
        known = target == "first" or can_fund(replay)
        frame[f"{target}_lower"], frame[f"{target}_upper"] = (0.0, 1.0) if known else (np.nan, np.nan)
        here = flips["target"] == target
        for (_, line), says in zip(flips[here].iterrows(), told[here.to_numpy()], strict=True):
            end = "lower" if line["beyond"] < line["weight"] else "upper"
            frame.loc[line["criterion"], f"{target}_{end}"] = line["at"] if says else np.nan
    return frame.sort_values("weight", ascending=False, kind="stable")
