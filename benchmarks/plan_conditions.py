"""The exact plan under every condition a forum may set, each alone and all together, beside plain milp.

    python benchmarks/plan_conditions.py [1000 5000]

Ours is the whole plan with equal plans in order, counted in rupiah; plain milp stops at its first answer and
counts in floating point. Processor seconds of one call each.
"""

import sys
import time
from fractions import Fraction

import numpy as np
import pandas as pd
from allocation import report
from scipy import optimize

from workbench.engine.allocation.best_plan import first_plan, state_problem
from workbench.engine.allocation.conditions import (
    AtMostOne,
    Count,
    CountShare,
    GroupCeiling,
    MoneyShare,
    Requires,
    ShareOf,
    ceiling_matrix,
)
from workbench.engine.allocation.rows import matrix_of
from workbench.errors import NoFeasiblePlan

CROSSING = ("district x agency", "ceilings per village", "ceilings per agency")


def forum(size, rng):
    labels = [f"p{number:05d}" for number in range(size)]
    points = rng.integers(1, 6, (size, 6)) @ np.array([25, 20, 20, 15, 10, 10])
    money = np.maximum(np.rint(np.exp(rng.normal(18.5, 1, size)) / 1e5), 1) * 1e5
    many = {"source": 4, "agency": 12, "field": 5, "pool": 6, "district": 20}
    many |= {"village": size // 25, "proposer": size // 10}
    groups = pd.DataFrame(
        {
            column: [f"{column} {held}" for held in rng.integers(0, held, size)]
            for column, held in many.items()
        },
        index=labels,
    ).assign(women=np.where(rng.random(size) < 0.3, "yes", "no"))
    return pd.Series(points / 100, labels), pd.Series(money.astype(np.int64), labels), groups


def ceilings(costs, groups, column, rng, least=0.28, most=0.5):
    return [
        GroupCeiling(f"most {held}", int(total * rng.uniform(least, most)), {column: held})
        for held, total in costs.groupby(groups[column]).sum().items()
    ]


def matrix(costs, groups, committed, rng):
    """Draw a table of ceilings that pays for what is committed."""
    spent = groups.assign(cost=costs, bound=costs.where(costs.index.isin(committed), 0))
    cells, bound = (
        spent.pivot_table(amount, "district", "agency", aggfunc="sum") for amount in ("cost", "bound")
    )
    amounts = np.maximum((cells * rng.uniform(0.25, 0.6, cells.shape)).round(), bound)
    return list(ceiling_matrix(amounts.astype("Int64"), "district", "agency"))


def kinds(costs, groups, committed, rng):
    some, few = rng.permutation(costs.index.to_numpy()), int(0.03 * len(costs))

    def counts(column, least, most):
        return [Count(f"of {held}", {column: held}, least, most) for held in sorted(set(groups[column]))]

    return {
        **{
            f"ceilings per {held}": ceilings(costs, groups, held, rng)
            for held in ("source", "agency", "field")
        },
        "ceilings per village": ceilings(costs, groups, "village", rng, 0.3, 0.7),
        "earmarks": [
            MoneyShare("at least", {"field": "field 0"}, at_least=Fraction(1, 10)),
            MoneyShare("at most", {"field": "field 1"}, at_most=Fraction(3, 20)),
        ],
        "1 to 12 per village": counts("village", 1, 12),
        "so many per pool": counts("pool", len(costs) // 20, len(costs) // 8),
        "4 per proposer": counts("proposer", None, 4),
        "women's share": [
            CountShare("women", {"women": "yes"}, Fraction(2, 5)),
            MoneyShare("women's money", {"women": "yes"}, Fraction(1, 3), of=ShareOf.SPENT),
        ],
        "dependencies, exclusions, phases": [
            *(Requires(f"needs {n}", some[2 * n], some[2 * n + 1]) for n in range(few)),
            *(AtMostOne(f"one {n}", tuple(some[2 * few + 3 * n :][:3])) for n in range(few)),
        ],
        "district x agency": matrix(costs, groups, committed, rng),
    }


def plain_milp(problem):
    table, lower, upper = matrix_of(problem.program.rows)
    return optimize.milp(
        -problem.points.units,
        constraints=optimize.LinearConstraint(table, lower, upper),
        integrality=np.ones(problem.costs.size, dtype=int),
        bounds=optimize.Bounds(problem.program.fixed_in.astype(float), 1),
        options={"mip_rel_gap": 0.0, "time_limit": 20},
    )


def beside_plain(what, forum_of, conditions, committed, rng):
    scores, costs, groups = forum_of
    lot = pd.Series(rng.permutation(len(costs)), costs.index)
    ceiling = int(costs.sum() * 0.35)
    problem = state_problem(scores, costs, ceiling, groups, conditions, committed, lot, None)
    start = time.process_time()
    found = plain_milp(problem)
    middle = time.process_time()
    try:
        answer, settled = first_plan(problem)
    except NoFeasiblePlan as error:
        print(f"{what}, {len(costs)}: {error.code}, {error.facts.get('clash')}")
        return
    ours = time.process_time() - middle
    plain = "nothing" if found.x is None else f"{-found.fun - answer.value:+.0f} units, status {found.status}"
    said = f"{what}, {len(costs)}, gap {answer.gap:.5f}, order {settled}"
    report(said, ours, f"plain milp {plain}", (middle - start) / ours)


def measured(size):
    rng = np.random.default_rng(3)
    drawn = forum(size, rng)
    committed = drawn[1].index[: size // 50].tolist()
    every = kinds(drawn[1], drawn[2], committed, rng)
    for what, conditions in every.items():
        beside_plain(what, drawn, conditions, (), rng)
    beside_plain("committed first", drawn, [], committed, rng)
    for what, left_out in (("all but crossing ceilings", CROSSING), ("all together", ())):
        together = [held for kind, held_ones in every.items() if kind not in left_out for held in held_ones]
        beside_plain(what, drawn, together, committed, rng)


if __name__ == "__main__":
    for given in sys.argv[1:] or ("1000", "5000"):
        measured(int(given))
