"""Second opinions: whether other methods put the same proposals first, and under the ceiling.

None of them makes the result. Each is run on the proposals that have a rank and the criteria that count;
what it would fund is found with the tie keys and the budget rule in force.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.domain.session import Session
from workbench.engine.scoring.methods_agree import tau_b
from workbench.engine.scoring.plain_sum import plain_sum
from workbench.engine.scoring.promethee import promethee_ii
from workbench.engine.scoring.reversal import ReversalCheck, reversal_check
from workbench.engine.scoring.topsis import topsis_vector
from workbench.engine.scoring.vikor import vikor
from workbench.engine.scoring.weighted_product import weighted_product
from workbench.engine.scoring.weighted_sum import weighted_sum
from workbench.prioritisation import Outcome
from workbench.prioritisation.scoring import adds_up
from workbench.robustness.funding import funded_draws
from workbench.robustness.orders import Orders, order_draws
from workbench.robustness.recalculation import can_fund
from workbench.robustness.replay import Replay
from workbench.robustness.reversal_rates import ORDER_CHANGES, WINNER_CHANGES
from workbench.robustness.scores import as_given, heaviest_values, measures_to_values

FIXED_ANCHORS = ("weighted_sum", "weighted_product", "plain_sum")
"""Methods whose score of a proposal depends on that proposal alone: nothing can be reversed."""
CHECKED_TOP = 12
"""So many first proposals take part in the removal and copy checks."""
FIRST_RANKS = 10
"""So many first ranks are compared where there is no ceiling."""
ROUNDING = 0.1
"""Methods differ in their rounding: ties are looked for at 1e-9 of the largest score, not at 1e-12."""


@dataclass(frozen=True)
class Table:
    """What every method is given: complete measures, utilities and directions of the ranked proposals."""

    measures: pd.DataFrame
    utilities: pd.DataFrame
    weights: pd.Series
    directions: pd.Series

    def part(self, proposals: pd.Index) -> Table:
        """Return the same for other rows of the measures and utilities."""
        return Table(
            self.measures.loc[proposals], self.utilities.loc[proposals], self.weights, self.directions
        )


@dataclass(frozen=True)
class Opinion:
    """What one other method says.

    Attributes
    ----------
    method : str
    ranks : Series
        Rank by proposal after the declared tie keys.
    chosen : tuple of str
        What it would fund, sorted; without a walk under a ceiling, its first `Opinions.top`.
    same_first : bool
        Whether it puts the same proposals first as the outcome does.
    tau : float
        Kendall's tau-b with the outcome's order; missing where one of both ties everything.
    winner_reversal, order_reversal : float
        Its measured reversal rates on random tables; 0 on fixed anchors, where there can be none.
    """

    method: str
    ranks: pd.Series
    chosen: tuple[str, ...]
    same_first: bool
    tau: float
    winner_reversal: float
    order_reversal: float


@dataclass(frozen=True)
class Opinions:
    """Whether the methods agree.

    Attributes
    ----------
    in_force : str
        The method that makes the result.
    others : tuple of Opinion
        In the order of `METHODS`.
    left_out : tuple of str
        Methods that cannot score this session: no plain sum where the scales differ.
    top : int or None
        How many first ranks are compared where no funded lists can be; None where they are.
    certain, disputed : tuple of str
        Proposals that every method chooses, the one in force included, and that some choose and others do
        not; sorted.
    """

    in_force: str
    others: tuple[Opinion, ...]
    left_out: tuple[str, ...]
    top: int | None
    certain: tuple[str, ...]
    disputed: tuple[str, ...]


METHODS: Mapping[str, Callable[[Table], pd.Series]] = MappingProxyType(
    {
        "weighted_sum": lambda table: weighted_sum(table.utilities, table.weights).scores,
        "weighted_product": lambda table: weighted_product(table.utilities, table.weights).scores,
        "plain_sum": lambda table: plain_sum(table.measures).scores,
        "topsis_vector": lambda table: topsis_vector(table.measures, table.weights, table.directions).scores,
        "vikor": lambda table: vikor(table.measures, table.weights, table.directions).scores,
        "promethee_ii": lambda table: promethee_ii(table.measures, table.weights, table.directions).scores,
    }
)
"""The methods that are asked, by name."""


def opinions(session: Session, outcome: Outcome, replay: Replay) -> Opinions:
    """Ask every other method and compare it with the one in force."""
    names = [name for name in METHODS if name != "plain_sum" or adds_up(session.criteria)]
    left_out = tuple(sorted(set(METHODS) - set(names)))
    top = None if can_fund(replay) else min(FIRST_RANKS, len(replay.proposals))
    table = opinion_table(session, outcome, replay)
    orders = {name: _orders(METHODS[name](table), replay) for name in names}
    chosen = {name: _chosen(order, replay, top) for name, order in orders.items()}
    own = orders[replay.method].ranks()[0]
    certain, possible = set.intersection(*map(set, chosen.values())), set.union(*map(set, chosen.values()))
    return Opinions(
        replay.method,
        tuple(
            _opinion(name, replay, own, orders[name].ranks()[0], chosen[name])
            for name in names
            if name != replay.method
        ),
        left_out,
        top,
        tuple(sorted(certain)),
        tuple(sorted(possible - certain)),
    )


def opinion_table(session: Session, outcome: Outcome, replay: Replay) -> Table:
    """Return the values of the ranked proposals on the criteria that count."""
    rows, columns = replay.proposals, replay.criteria
    return Table(
        outcome.measures.loc[rows, columns],
        outcome.utilities.values.loc[rows, columns],  # noqa: PD011 - a frame of this house
        pd.Series(replay.weights, index=columns),
        session.criteria.frame.loc[columns, "direction"],
    )


def reversal_on_table(table: Table, ranking: pd.Index, method: str) -> ReversalCheck:
    """Remove and copy each of the first proposals in turn and see whether the others change places."""
    top = table.part(ranking[:CHECKED_TOP])

    def scored(measures: pd.DataFrame) -> _Scored:
        # A copy bears a label of its own and the values of the row it was made of.
        source = [label if label in top.measures.index else _original(label) for label in measures.index]
        utilities = top.utilities.loc[source].set_axis(measures.index)
        return _Scored(METHODS[method](Table(measures, utilities, top.weights, top.directions)))

    return reversal_check(scored, top.measures)


@dataclass(frozen=True)
class _Scored:
    scores: pd.Series


def _original(copy: object) -> str:
    return str(copy).rstrip("'").removesuffix(" copy")


def _opinion(
    name: str, replay: Replay, own: NDArray[np.int64], ranks: NDArray[np.int64], chosen: tuple[str, ...]
) -> Opinion:
    fixed = name in FIXED_ANCHORS
    return Opinion(
        method=name,
        ranks=replay.by_proposal(ranks, "rank"),
        chosen=chosen,
        same_first=bool(((own == 1) == (ranks == 1)).all()),
        tau=tau_b(own.astype(np.float64), ranks.astype(np.float64)),
        winner_reversal=0.0 if fixed else WINNER_CHANGES[name],
        order_reversal=0.0 if fixed else ORDER_CHANGES[name],
    )


def _orders(scores: pd.Series, replay: Replay) -> Orders:
    values = scores.loc[replay.proposals].to_numpy(dtype=np.float64)
    # The scales of the methods differ; ties are looked for at the same share of each.
    width = float(np.abs(values).max()) or 1.0
    given = measures_to_values(replay, as_given(replay))
    heaviest = heaviest_values(given, replay.weights[np.newaxis], 1)
    return order_draws(replay, ROUNDING * values[np.newaxis] / width, heaviest)


def _chosen(orders: Orders, replay: Replay, top: int | None) -> tuple[str, ...]:
    inside = funded_draws(replay, orders)[0] if top is None else orders.ranks()[0] <= top
    return tuple(map(str, replay.proposals[np.flatnonzero(inside)]))
