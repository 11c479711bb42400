"""Draw one source of doubt and rank anew: weights, people, points, or all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.doubt.rank_doubt import tied_pairs
from workbench.engine.doubt.weight_sampling import flat_weights
from workbench.prioritisation.funding import SHARES_MONEY
from workbench.robustness.draws import drawn_rooms, moved_weights, rounded_measures
from workbench.robustness.funding import WALKS, funded_draws
from workbench.robustness.orders import Orders, order_draws
from workbench.robustness.recalculated import LEVEL, CentralWeights, Money, Recalculation
from workbench.robustness.replay import Floats, Replay
from workbench.robustness.scores import (
    as_given,
    heaviest_values,
    measure_draws,
    measures_to_values,
    score_draws,
)


@dataclass(frozen=True)
class _Drawn:
    """What was drawn and what follows from it; the cards are not drawn where points are rounded."""

    scores: Floats
    orders: Orders
    weights: Floats
    rooms: Floats | None = None
    cards: bool = True


def any_weights(
    replay: Replay, ranking: pd.Index, *, draws: int, seed: int
) -> tuple[Recalculation, CentralWeights] | None:
    """Draw weights flat on the simplex (SMAA-2); None where weights have no say or nothing to move.

    References
    ----------
    Lahdelma, R., & Salminen, P. (2001). SMAA-2. Operations Research 49(3), 444-454.
    """
    if not replay.weighted or len(replay.criteria) < 2:
        return None
    weights = flat_weights(len(replay.criteria), draws, seed)
    drawn = _drawn(replay, as_given(replay), weights)
    result = _recalculation("weights", replay, ranking, drawn, {"weights": seed})
    return result, _central(replay, ranking, drawn.orders, weights)


def other_people(
    replay: Replay, ranking: pd.Index, *, draws: int, seed: int, fewest: int = 2
) -> Recalculation | None:
    """Draw rooms of the same size from those whose cards count; None for fewer than `fewest` of them.

    Of two people a quarter of the rooms is one of them alone: whoever tells the result asks for more.

    References
    ----------
    Efron, B. (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7(1), 1-26.
    """
    if not replay.cards.are_people or replay.cards.people < fewest:
        return None
    rooms = drawn_rooms(replay, draws, seed)
    drawn = _drawn(replay, measure_draws(replay, rooms), replay.weights[np.newaxis], rooms)
    return _recalculation("people", replay, ranking, drawn, {"people": seed}, replay.cards.people)


def rounded_points(replay: Replay, ranking: pd.Index, *, draws: int, seed: int) -> Recalculation | None:
    """Let each answer stand for anything within half a step; None where nobody gave points.

    References
    ----------
    Saaty, T. L., & Vargas, L. G. (1987). Uncertainty and rank order in the AHP. EJOR 32(1), 107-117.
    """
    if not replay.cards.people:
        return None
    drawn = _drawn(replay, rounded_measures(replay, draws, seed), replay.weights[np.newaxis])
    drawn = replace(drawn, cards=False)
    return _recalculation("rounding", replay, ranking, drawn, {"rounding": seed}, replay.cards.people)


def joint(
    replay: Replay, ranking: pd.Index, *, draws: int, seed: int, fewest: int = 2
) -> Recalculation | None:
    """Move every weight a little and draw the people, together; None where there is neither to draw.

    Fewer than `fewest` people are not drawn.
    """
    moves = replay.weighted and len(replay.criteria) > 1
    people = replay.cards.are_people and replay.cards.people >= fewest
    seeds = ({"weights": seed} if moves else {}) | ({"people": seed + 1} if people else {})
    if not seeds:
        return None
    weights = moved_weights(replay, draws, seed) if moves else replay.weights[np.newaxis]
    rooms = drawn_rooms(replay, draws, seed + 1) if people else None
    measures = as_given(replay) if rooms is None else measure_draws(replay, rooms)
    drawn = _drawn(replay, measures, weights, rooms)
    return _recalculation("joint", replay, ranking, drawn, seeds, replay.cards.people if people else 0)


def repeats(replay: Replay, ranks: pd.Series, funded: pd.Series) -> bool:
    """Tell whether a recalculation with nothing drawn gives the outcome's own ranks and funded list.

    Where it does not, rules are in force that the batched kernels do not know, and no share may be shown.
    """
    counts = np.ones((1, replay.cards.people))
    measures = measure_draws(replay, counts) if replay.cards.people else as_given(replay)
    drawn = _drawn(replay, measures, replay.weights[np.newaxis])
    if not (drawn.orders.ranks()[0] == ranks.loc[replay.proposals].to_numpy()).all():
        return False
    if replay.room is None:
        return True
    again, without_plan = _funded_in(replay, drawn, 1)
    return not without_plan and bool((again[0] == funded.loc[replay.proposals].to_numpy()).all())


def can_fund(replay: Replay) -> bool:
    """Tell whether the rule of the ceiling is a plain walk down the ranks, which has a batched twin."""
    plain = replay.refund is None or not replay.refund.committed
    return replay.room is not None and replay.budget_rule in WALKS and plain


def _drawn(replay: Replay, measures: list[Floats], weights: Floats, rooms: Floats | None = None) -> _Drawn:
    scores = score_draws(replay, measures, weights)
    heaviest = heaviest_values(measures_to_values(replay, measures), weights, len(scores))
    return _Drawn(scores, order_draws(replay, scores, heaviest), weights, rooms)


def _recalculation(
    source: str,
    replay: Replay,
    ranking: pd.Index,
    drawn: _Drawn,
    seeds: Mapping[str, int],
    people: int = 0,
) -> Recalculation:
    shares = _rank_shares(drawn.orders.ranks())
    numbers = pd.RangeIndex(1, len(replay.proposals) + 1, name="rank")
    funded, money = _funded_shares(replay, drawn)
    missing = np.isnan(drawn.scores).mean(axis=0)
    return Recalculation(
        source=source,
        ranks=pd.DataFrame(shares, index=replay.proposals, columns=numbers).loc[ranking],
        places=pd.DataFrame(_places(shares), index=replay.proposals, columns=["best", "worst"]).loc[ranking],
        funded=None if funded is None else replay.by_proposal(funded, "funded").loc[ranking],
        without_score=replay.by_proposal(missing, "without_score").loc[ranking],
        groups=_groups(drawn.scores, replay.proposals, ranking),
        people=people,
        draws=len(drawn.scores),
        seeds=MappingProxyType(dict(seeds)),
        funding=money,
    )


def _funded_shares(replay: Replay, drawn: _Drawn) -> tuple[Floats | None, Money]:
    if replay.room is None:
        return None, Money()
    if not drawn.cards and replay.budget_rule in SHARES_MONEY:
        return np.full(len(replay.proposals), np.nan), Money()
    wanted = len(drawn.scores)
    draws = wanted if can_fund(replay) or replay.refund is None else replay.refund.draws(wanted)
    funded, without_plan = _funded_in(replay, drawn, draws)
    return np.where(replay.priced, funded.mean(axis=0), np.nan), Money(draws, without_plan)


def _funded_in(replay: Replay, drawn: _Drawn, draws: int) -> tuple[NDArray[np.bool_], int]:
    """Return who is funded in the first draws, and in how many of them there is no plan."""
    if can_fund(replay) or replay.refund is None:
        return funded_draws(replay, drawn.orders), 0
    ranks = drawn.orders.ranks()
    funded = np.zeros((draws, len(replay.proposals)), dtype=bool)
    without_plan = 0
    for draw in range(draws):
        found = replay.refund.funded(*_one_draw(replay, drawn, ranks[draw], draw))
        without_plan += found is None
        funded[draw] = replay.proposals.isin(list(found or ()))
    return funded, without_plan


def _one_draw(
    replay: Replay, drawn: _Drawn, ranks: NDArray[np.int64], draw: int
) -> tuple[pd.Series, pd.Series, pd.Series | None, pd.Series | None]:
    """Return ranks and scores of those that have one, the weights, and how often each person is there."""
    scored = replay.proposals[ranks > 0]
    own = len(drawn.weights) == 1  # the outcome's own weights, to the last digit
    return (
        replay.by_proposal(ranks, "rank").loc[scored],
        replay.by_proposal(drawn.scores[draw], "score").loc[scored],
        None if own else pd.Series(drawn.weights[draw], index=replay.criteria),
        None if drawn.rooms is None else pd.Series(drawn.rooms[draw], index=replay.cards.names),
    )


def _rank_shares(ranks: NDArray[np.int64]) -> Floats:
    draws, count = ranks.shape
    cells = np.arange(count) * (count + 1) + ranks
    counted = np.bincount(cells.ravel(), minlength=count * (count + 1))
    return np.asarray(counted.reshape(count, count + 1)[:, 1:] / draws)


def _places(shares: Floats) -> NDArray[np.int64]:
    """Return best and worst rank so that nine scored draws of ten lie between them."""
    tail = (1 - LEVEL) / 2
    total = np.cumsum(shares, axis=1)
    whole = total[:, -1:]
    best = (total < tail * whole + 1e-12).sum(axis=1) + 1
    worst = (total < (1 - tail) * whole - 1e-12).sum(axis=1) + 1
    count = shares.shape[1]
    return np.column_stack([np.minimum(best, worst), np.minimum(worst, count)])


def _groups(scores: Floats, proposals: pd.Index, ranking: pd.Index) -> tuple[tuple[str, ...], ...]:
    columns = proposals.get_indexer(ranking)
    groups: list[list[int]] = []
    for column in columns.tolist():
        if groups and tied_pairs(scores[:, [groups[-1][0], column]], LEVEL)[0, 1]:
            groups[-1].append(column)
        else:
            groups.append([column])
    return tuple(tuple(str(proposals[at]) for at in group) for group in groups if len(group) > 1)


def _central(replay: Replay, ranking: pd.Index, orders: Orders, weights: Floats) -> CentralWeights:
    first = orders.ranks() == 1
    draws = first.sum(axis=0)
    ever = np.flatnonzero(draws)
    sums = first[:, ever].T.astype(np.float64) @ weights
    labels = replay.proposals[ever]
    order = ranking[ranking.isin(labels)]
    return CentralWeights(
        replay.by_proposal(draws, "first_draws").loc[order],
        pd.DataFrame(sums / draws[ever, np.newaxis], index=labels, columns=replay.criteria).loc[order],
    )
