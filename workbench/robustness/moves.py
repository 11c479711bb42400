"""What would move a proposal: the score it must pass, and the smallest change of one value that does it.

The others stay as they are. A proposal is funded as long as it stands before a certain other one, which is
found by walking down the list without it: the first whose cost leaves too little for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.prioritisation import Outcome
from workbench.robustness.funding import WALKS
from workbench.robustness.recalculation import can_fund
from workbench.robustness.replay import Floats, Replay
from workbench.robustness.scores import as_given, measures_to_values, score_draws

SLACK = 1e-9


@dataclass(frozen=True)
class Moves:
    """Distances of every ranked proposal.

    Attributes
    ----------
    table : DataFrame
        Index: proposal, by rank. Columns: ``above`` (the next proposal with a better score, empty for the
        first), ``gap`` (score that is lacking to it), ``border`` (the proposal that it must stay before, or
        come before, to be funded; empty where no place changes anything), ``distance`` (its score less the
        border's: above zero for a funded one), ``criterion``, ``now``, ``at`` (the judged value that, alone
        and with the least change in parts of its scale, ties it with the border; empty and missing where no
        single one can), ``part`` (that change in parts of the scale). Where the score of either side is
        withheld, neither gap nor distance nor value is known: they would tell it.
    """

    table: pd.DataFrame

    def easiest(self) -> pd.Series | None:
        """Return the line of the smallest change of one value that changes whether its proposal is funded."""
        possible = self.table[self.table["criterion"] != ""]
        if possible.empty:
            return None
        sizes = possible["part"].abs().round(12)
        label = min(sizes.index, key=lambda name: (sizes[name], str(name)))
        line: pd.Series = possible.loc[label]
        return line


def moves(replay: Replay, outcome: Outcome) -> Moves:
    """Measure the distance of every ranked proposal to the next one and to the border of the money."""
    ranking = outcome.table.index[outcome.table["rank"].notna()]
    order = replay.proposals.get_indexer(ranking)
    scores = outcome.scoring.scores.loc[replay.proposals].to_numpy(dtype=np.float64)
    border = _borders(replay, order) if can_fund(replay) else np.full(len(order), -1)
    table = pd.DataFrame(
        [
            _line(replay, scores, order, (place, int(border[place])), outcome.withheld)
            for place in range(len(ranking))
        ],
        index=ranking,
        columns=["above", "gap", "border", "distance", "criterion", "now", "at", "part"],
    )
    return Moves(table)


def _line(
    replay: Replay,
    scores: Floats,
    order: NDArray[np.intp],
    at: tuple[int, int],
    withheld: frozenset[str],
) -> dict[str, object]:
    place, border = at
    own = int(order[place])

    def told(other: int) -> bool:
        """Tell whether what lies between two scores may be known."""
        return not withheld.intersection((replay.proposals[own], replay.proposals[other]))

    better = order[:place][scores[order[:place]] > scores[own] + replay.tolerance]
    above = int(better[-1]) if len(better) else -1
    line: dict[str, object] = {
        "above": str(replay.proposals[above]) if above >= 0 else "",
        "gap": float(scores[above] - scores[own]) if above >= 0 and told(above) else np.nan,
        "border": "",
        "distance": np.nan,
        **_NO_CELL,
    }
    if border < 0:
        return line
    line["border"] = str(replay.proposals[border])
    if not told(border):
        return line
    line["distance"] = float(scores[own] - scores[border])
    cell = easiest_cell(replay, own, float(scores[border]))
    return line if cell is None else line | asdict(cell)


_NO_CELL: Mapping[str, object] = MappingProxyType(
    {"criterion": "", "now": np.nan, "at": np.nan, "part": np.nan}
)


@dataclass(frozen=True)
class Cell:
    """A judged value that would give a wanted score: now, at, and the change in parts of its scale."""

    criterion: str
    now: float
    at: float
    part: float


def _borders(replay: Replay, order: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return for each place the proposal whose place decides about the money of the one that stands there."""
    count = len(order)
    amounts = replay.amounts[order]
    alone = np.tile(amounts, (count, 1))
    np.fill_diagonal(alone, 0)  # the walk without it
    room = np.full(count, replay.room, dtype=np.int64)
    starts = np.ones(alone.shape, dtype=bool)
    inside = WALKS[replay.budget_rule](alone, starts, room)
    # What is left after each place; a line that has closed leaves nothing.
    spent = np.cumsum(np.where(inside, alone, 0), axis=1)
    left = np.where(_closed(replay, inside, alone), -1, room[:, np.newaxis] - spent)
    too_little = left < amounts[:, np.newaxis]
    np.fill_diagonal(too_little, val=False)
    first = np.where(too_little.any(axis=1), too_little.argmax(axis=1), -1)
    # Without a price no place decides; what costs nothing, or more than everything, neither.
    asks = replay.priced[order] & (amounts > 0) & (amounts <= (replay.room or 0))
    return np.where(asks & (first >= 0), order[first], -1)


def _closed(replay: Replay, inside: NDArray[np.bool_], amounts: NDArray[np.int64]) -> NDArray[np.bool_]:
    if replay.budget_rule != "rank_stop":
        return np.zeros(inside.shape, dtype=bool)
    return np.asarray(np.maximum.accumulate(~inside & (amounts > 0), axis=1))


def easiest_cell(replay: Replay, own: int, target: float) -> Cell | None:
    """Return the judged value whose least change, in parts of its scale, brings a score to the target."""
    row = np.array([column[0, own] for column in measures_to_values(replay, as_given(replay))])
    best: Cell | None = None
    for position in np.flatnonzero(replay.judged).tolist():
        low, high = float(replay.low[position]), float(replay.high[position])
        now = float(replay.measures[own, position])
        at = _measure(replay, position, NEEDED[replay.method](row, replay.weights, position, target))
        part = (at - now) / (high - low)
        reachable = low - SLACK <= at <= high + SLACK
        if reachable and (best is None or abs(part) < abs(best.part) - SLACK):
            best = Cell(str(replay.criteria[position]), now, min(max(at, low), high), part)
    return best


def measure_to_score(replay: Replay, own: int, position: int, measure: float) -> float:
    """Return the score of a proposal when one of its values is another, in the criterion's own unit."""
    measures = as_given(replay)
    measures[position] = np.where(np.arange(len(replay.proposals)) == own, measure, measures[position])
    return float(score_draws(replay, measures, replay.weights[np.newaxis])[0, own])


def _measure(replay: Replay, position: int, value: float) -> float:
    if not replay.weighted:
        return value
    low, high = replay.low[position], replay.high[position]
    share = 1.0 - value if replay.falling[position] else value
    return float(low + share * (high - low))


def _needed_sum(row: Floats, weights: Floats, position: int, target: float) -> float:
    return float(row[position] + (target / 100.0 - row @ weights) / weights[position])


def _needed_product(row: Floats, weights: Floats, position: int, target: float) -> float:
    others = np.delete(row, position)
    rest = float(np.prod(np.power(others, np.delete(weights, position))))
    if rest == 0:
        return float("nan")
    return float((target / 100.0 / rest) ** (1.0 / weights[position]))


def _needed_points(row: Floats, weights: Floats, position: int, target: float) -> float:  # noqa: ARG001 - one signature
    return float(row[position] + target - row.sum())


NEEDED: Mapping[str, Callable[[Floats, Floats, int, float], float]] = MappingProxyType(
    {"weighted_sum": _needed_sum, "weighted_product": _needed_product, "plain_sum": _needed_points}
)
"""The value on one criterion, the others as they are, that gives the target score; by method."""
