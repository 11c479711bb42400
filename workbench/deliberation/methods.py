"""How far ways of ranking agree on one room: the same answers under every method, and what all choose.

Person by person only orders count here, so a person's points leave this module as nothing but the orders of
at least five people together. Proposals that fewer people scored are left out and counted. Proposals that
nobody compared with one another (every discussion group scores its own list) make lists of their own: no
method can say anything across them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.deliberation.answers import answers_of, personal_values
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.agreement import kendall_distances
from workbench.engine.influence import MINIMUM_SIZE
from workbench.engine.rankings import (
    KemenyResult,
    Profile,
    borda,
    competition_ranks,
    copeland,
    kemeny,
    majority_judgement,
    pairwise_table,
    profile_from_scores,
    schulze,
)
from workbench.engine.rankings.pairwise import PairwiseTable
from workbench.prioritisation import Outcome, Standing

OUTCOME = "outcome"
"""The ranking of the rules themselves, beside the other methods."""
FEWEST = 3
"""Proposals of a list below which methods have nothing to disagree about."""
DIGITS = 9
MOST = 400
"""Proposals of a list above which the methods are not compared: Schulze's paths grow with the cube."""
SECONDS, ITERATIONS = 30.0, 1_000
"""Limits of the search for Kemeny's order; the iterations bind first, equally on every machine.

About a second for two hundred proposals that a room disagrees on; the bound is printed where it is not the
best order."""


@dataclass(frozen=True)
class KemenyProof:
    """How good the Kemeny order is.

    Attributes
    ----------
    distance, bound : float
        Disagreements of the order with the room, and what no order can go below.
    proven : bool
        Whether it is known to be the best.
    alone : bool
        Whether every place is certain: no other order is as good, ties apart.
    """

    distance: float
    bound: float
    proven: bool
    alone: bool

    @property
    def gap(self) -> float:
        """How far at most the order is from the best possible, as a share of the bound."""
        return 0.0 if self.proven or self.bound <= 0 else self.distance / self.bound - 1.0


@dataclass(frozen=True, eq=False)
class MethodOrders:
    """One list under every method.

    Attributes
    ----------
    givers : int
        People (or groups) whose orders stand behind it.
    ranks : DataFrame, proposals x methods
        1 is best, ties share the place; proposals in label order.
    distances : DataFrame, methods x methods
        (1 - tau_b) / 2; NaN against a method that ties everything.
    top : int
        How many first places are asked about.
    certain, disputed : tuple of str
        Among the first ``top`` under every method, and under some only.
    firsts : mapping of method to tuple of str
        Who stands first, several when tied.
    kemeny : KemenyProof
    silent_pairs : int
        Pairs of proposals that nobody compared.
    condorcet : str
        The proposal that beats every other one in duels; empty when there is none.
    """

    givers: int
    ranks: pd.DataFrame
    distances: pd.DataFrame
    top: int
    certain: tuple[str, ...]
    disputed: tuple[str, ...]
    firsts: Mapping[str, tuple[str, ...]]
    kemeny: KemenyProof
    silent_pairs: int
    condorcet: str


@dataclass(frozen=True, eq=False)
class MethodsFound:
    """The lists of a room under every method.

    Attributes
    ----------
    lists : tuple of MethodOrders
        The longest first.
    left_out : int
        Ranked proposals in none of them: scored by too few, or compared with too few others.
    people : int
        People whose cards count.
    too_long : int
        Proposals in lists of more than `MOST`.
    """

    lists: tuple[MethodOrders, ...]
    left_out: int
    people: int
    too_long: int = 0


def compare_methods(session: Session, rules: Rules, outcome: Outcome) -> MethodsFound:
    """Rank the proposals of a session by every method, from what each person thinks of each proposal.

    Parameters
    ----------
    session, rules
        As for `prioritise`.
    outcome : Outcome
        Of exactly these; its ranking stands among the methods.
    """
    minimum = max(rules.minimum_group, MINIMUM_SIZE)
    ranked = outcome.table["rank"].dropna()
    answers = answers_of(session, rules, outcome)
    if not len(answers) or not len(ranked):
        return MethodsFound((), len(ranked), 0)
    values = personal_values(answers, session, outcome).round(DIGITS)
    values = values.loc[:, values.columns.isin(ranked.index)]
    values = values.loc[:, (values.notna().sum() >= minimum).to_numpy()]
    found_lists = [part for part in _lists(values, minimum) if len(part) >= FEWEST]
    parts = [part for part in found_lists if len(part) <= MOST]
    too_long = sum(len(part) for part in found_lists if len(part) > MOST)
    funded = set(outcome.standing(Standing.FUNDED).index)
    lists = []
    for part in parts:
        mine = values[part].dropna(how="all")
        own = {OUTCOME: competition_ranks(-ranked[part].astype("float64"))}
        own["majority_judgement"] = majority_judgement(mine).ranks
        top = len(funded & set(part))
        lists.append(compare_orders(profile_from_scores(mine), top if 0 < top < len(part) else 1, own))
    lists.sort(key=lambda found: (-len(found.ranks), str(found.ranks.index[0])))
    covered = sum(len(found.ranks) for found in lists)
    return MethodsFound(tuple(lists), len(ranked) - covered - too_long, len(answers.people), too_long)


def compare_orders(
    room: Profile, top: int, more: Mapping[str, pd.Series] = MappingProxyType({})
) -> MethodOrders:
    """Rank one list by every method of orders, beside rankings made elsewhere.

    Parameters
    ----------
    room : Profile
        At least `FEWEST` proposals.
    top : int
        How many first places are asked about.
    more : mapping of method to Series by proposal
        Further rankings, 1 is best; they come first.
    """
    found = {name: method(room) for name, method in ORDERS.items()}
    best, duels = kemeny(room, SECONDS, ITERATIONS), pairwise_table(room)
    ranks = pd.DataFrame(
        {**more, **found, "kemeny": _kemeny_places(best, duels)}, index=room.proposals, dtype="float64"
    ).rename_axis(index="proposal", columns="method")
    inside = (ranks <= top).to_numpy()
    return MethodOrders(
        givers=len(room.participants),
        ranks=ranks,
        distances=_distances(ranks),
        top=top,
        certain=_labels(ranks.index[np.flatnonzero(inside.all(axis=1))]),
        disputed=_labels(ranks.index[np.flatnonzero(inside.any(axis=1) & ~inside.all(axis=1))]),
        firsts=MappingProxyType(
            {str(name): _labels(ranks.index[ranks[name] == 1]) for name in ranks.columns}
        ),
        kemeny=_proof(best),
        silent_pairs=len(duels.not_compared),
        condorcet=_condorcet(duels),
    )


ORDERS: Mapping[str, Callable[[Profile], pd.Series]] = MappingProxyType(
    {
        "borda": lambda room: borda(room).ranks,
        "copeland": lambda room: copeland(room).ranks,
        "schulze": lambda room: schulze(room).ranks,
    }
)
"""Methods of orders by name; Kemeny stands apart, because its proof is told with it."""


def _proof(best: KemenyResult) -> KemenyProof:
    alone = all(len(block) == 1 for block in best.blocks)
    return KemenyProof(float(best.distance), float(best.lower_bound), bool(best.proven), alone)


def _kemeny_places(best: KemenyResult, duels: PairwiseTable) -> pd.Series:
    """Give the places of a Kemeny order; neighbours that nobody's majority tells apart share theirs."""
    margins = duels.margins.loc[list(best.order), list(best.order)].to_numpy()
    places = np.arange(1, len(margins) + 1, dtype=np.float64)
    start = 0
    for place in range(1, len(margins)):
        if (margins[place, start:place] == 0).all():
            places[place] = places[start]
        else:
            start = place
    return pd.Series(places, index=pd.Index(best.order))


def _distances(ranks: pd.DataFrame) -> pd.DataFrame:
    found = kendall_distances(ranks.T)
    return found.loc[ranks.columns, ranks.columns]


def _condorcet(duels: PairwiseTable) -> str:
    margins = duels.margins.to_numpy()
    wins = (margins > 0).sum(axis=1)
    winner = np.flatnonzero(wins == len(margins) - 1)
    return str(duels.margins.index[winner[0]]) if len(winner) else ""


def _lists(values: pd.DataFrame, minimum: int) -> list[list[str]]:
    """Divide proposals into lists that enough people compared, directly or over others."""
    known = values.notna().to_numpy().astype("float64")
    linked = known.T @ known >= minimum
    left = list(range(linked.shape[0]))
    lists: list[list[str]] = []
    while left:
        part, border = {left[0]}, {left[0]}
        while border:
            reached = set(np.flatnonzero(linked[sorted(border)].any(axis=0)).tolist())
            border = reached - part
            part |= border
        lists.append([str(values.columns[place]) for place in sorted(part)])
        left = [place for place in left if place not in part]
    return lists


def _labels(index: pd.Index) -> tuple[str, ...]:
    return tuple(map(str, index))
