"""The linear programme of Kemeny's problem with triangle cuts added only when they are broken.

One variable x_ij for each pair i < j says whether i stands before j. An order obeys
0 <= x_ij + x_jk - x_ik <= 1 for every i < j < k (triangle inequalities of the linear ordering polytope,
Groetschel, Juenger & Reinelt 1984). Few of the m^3 cuts matter, so a round solves the programme with the cuts
known so far and adds those that its answer breaks. Every round proves a bound; rounding its answer and
improving it by insertions gives an order; when both meet, the order is optimal. Where a fractional answer
breaks no cut, the programme is solved in whole numbers.

Works on arrays: ``cost[i, j]`` is the price of i before j.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workbench.engine.rankings.kemeny_search import Order, best_by_insertion, borda_order, order_cost
from workbench.engine.rankings.profile import Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Cuts = NDArray[np.int64]
"""One row a cut: number of the triple, and +1 (sum at most 1) or -1 (sum at least 0)."""

LARGEST = 250
"""Items above which the m^3 / 6 triples would fill a small laptop's memory: local search alone answers."""
BROKEN = 1e-6
CUTS_PER_ROUND = 2000


@dataclass(frozen=True)
class Effort:
    """What may be spent before the best order so far is taken.

    Attributes
    ----------
    seconds : float
        Time limit handed to the solver for each programme.
    iterations : int
        Simplex iterations over all rounds: unlike seconds, the same on every machine.
    """

    seconds: float
    iterations: int


@dataclass(frozen=True, eq=False)
class Solved:
    """An order, its cost, and a bound below which no order can be."""

    order: Order
    cost: float
    bound: float

    @property
    def proven(self) -> bool:
        """Whether nothing cheaper exists."""
        return self.cost - self.bound <= 1e-7 * max(1.0, self.cost)


@dataclass(frozen=True, eq=False)
class Answer:
    """What the solver gave back: values of the pairs, proven bound, iterations, whether it finished."""

    pairs: Floats
    bound: float
    iterations: int


class PairProgramme:
    """The programme of one cost matrix: its pairs, its triples, and their translation."""

    def __init__(self, cost: Floats) -> None:
        count = len(cost)
        self.cost = cost
        self.first, self.second = np.triu_indices(count, 1)
        number = np.zeros((count, count), dtype=np.int64)
        number[self.first, self.second] = np.arange(len(self.first))
        i, j, k = _triples(count)
        self.triples = np.stack([number[i, j], number[j, k], number[i, k]], axis=1)
        self.prices = cost[self.first, self.second] - cost[self.second, self.first]
        self.fixed = float(cost[self.second, self.first].sum())
        self.whole = bool(np.all(cost == np.floor(cost)))

    def majority(self) -> Answer:
        """Let every pair stand as the majority wants it: the answer without any cut."""
        pairs = np.where(self.prices < 0, 1.0, np.where(self.prices > 0, 0.0, 0.5))
        return Answer(pairs, self.raised(float(self.prices[self.prices < 0].sum())), 0)

    def broken(self, pairs: Floats) -> Cuts:
        """List the cuts that an answer breaks, the worst first."""
        sums = pairs[self.triples] @ np.array([1.0, 1.0, -1.0])
        excess = np.maximum(sums - 1.0, -sums)
        bad = np.flatnonzero(excess > BROKEN)
        bad = bad[np.argsort(-excess[bad], kind="stable")][:CUTS_PER_ROUND]
        return np.stack([bad, np.where(sums[bad] > 1.0, 1, -1)], axis=1)

    def raised(self, objective: float) -> float:
        """Turn an objective into a bound on the cost; whole costs lift it to the next whole number."""
        bound = self.fixed + objective
        return float(np.ceil(bound - 1e-6)) if self.whole else bound

    def order_of(self, pairs: Floats) -> Order:
        """Round an answer to an order: most pairs won first, then improve it."""
        count = len(self.cost)
        won = np.zeros((count, count))
        won[self.first, self.second], won[self.second, self.first] = pairs, 1.0 - pairs
        return best_by_insertion(self.cost, np.argsort(-won.sum(axis=1), kind="stable"))

    def rows(self, cuts: Cuts) -> tuple[csr_array, Floats]:
        """Write cuts as ``matrix @ pairs <= limits``."""
        from scipy.sparse import csr_array

        numbers, signs = cuts[:, 0], cuts[:, 1]
        values = (np.array([1.0, 1.0, -1.0])[None, :] * signs[:, None]).ravel()
        columns = self.triples[numbers].ravel()
        place = np.arange(0, 3 * len(cuts) + 1, 3)
        matrix = csr_array((values, columns, place), shape=(len(cuts), len(self.prices)))
        return matrix, np.where(signs == 1, 1.0, 0.0)

    def relaxed(self, cuts: Cuts, seconds: float, iterations: int) -> Answer | None:
        """Solve with fractions allowed; None when the solver hit a limit."""
        from scipy.optimize import linprog

        matrix, limits = self.rows(cuts)
        found = linprog(  # type: ignore[call-overload]  # the stubs know no sparse matrix here
            self.prices,
            A_ub=matrix,
            b_ub=limits,
            bounds=(0, 1),
            method="highs-ds",
            options={"time_limit": seconds, "maxiter": max(1, iterations)},
        )
        return Answer(found.x, self.raised(float(found.fun)), int(found.nit)) if found.status == 0 else None

    def in_whole_numbers(self, cuts: Cuts, seconds: float) -> Answer | None:
        """Solve with pairs 0 or 1; None when the solver hit its time limit."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        matrix, limits = self.rows(cuts)
        found = milp(
            self.prices,
            integrality=np.ones(len(self.prices), dtype=np.int64),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, -np.inf, limits),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        if found.status != 0:
            return None
        return Answer(np.round(found.x), self.raised(float(found.mip_dual_bound)), 0)


def solve(cost: Floats, effort: Effort) -> Solved:
    """Find a cheapest order of the indices of a cost matrix, or a good one with the bound proven so far.

    Examples
    --------
    >>> cycle = np.array([[0.0, 1.0, 2.0], [2.0, 0.0, 1.0], [1.0, 2.0, 0.0]])
    >>> found = solve(cycle, Effort(seconds=1.0, iterations=1000))
    >>> found.cost, found.proven
    (4.0, True)
    """
    start = best_by_insertion(cost, borda_order(cost))
    if len(cost) > LARGEST:
        floor = float(np.triu(np.minimum(cost, cost.T), k=1).sum())
        return Solved(start, order_cost(cost, start), floor)
    programme = PairProgramme(cost)
    answer: Answer | None = programme.majority()
    found = Solved(start, order_cost(cost, start), programme.majority().bound)
    cuts, left = np.empty((0, 2), dtype=np.int64), effort.iterations
    while not found.proven and left > 0 and answer is not None:
        fresh = programme.broken(answer.pairs)
        if len(fresh) == 0:
            return _solved_in_whole_numbers(found, programme, cuts, effort.seconds)
        cuts = np.concatenate([cuts, fresh])
        answer = programme.relaxed(cuts, effort.seconds, left)
        if answer is not None:
            found = _better(found, programme, answer)
            left -= max(1, answer.iterations)
    return found


def _solved_in_whole_numbers(found: Solved, programme: PairProgramme, cuts: Cuts, seconds: float) -> Solved:
    answer = programme.in_whole_numbers(cuts, seconds)
    while answer is not None:
        found = _better(found, programme, answer)
        fresh = programme.broken(answer.pairs)
        if found.proven or len(fresh) == 0:
            return found
        cuts = np.concatenate([cuts, fresh])
        answer = programme.in_whole_numbers(cuts, seconds)
    return found


def _better(found: Solved, programme: PairProgramme, answer: Answer) -> Solved:
    order = programme.order_of(answer.pairs)
    cost, bound = order_cost(programme.cost, order), max(found.bound, answer.bound)
    if cost < found.cost:
        return Solved(order, cost, bound)
    return Solved(found.order, found.cost, bound)


def _triples(count: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """List all i < j < k."""
    first, second = np.triu_indices(count, 1)
    rest = count - 1 - second
    third = np.arange(rest.sum()) - np.repeat(np.cumsum(rest) - rest, rest) + np.repeat(second + 1, rest)
    return np.repeat(first, rest), np.repeat(second, rest), third
