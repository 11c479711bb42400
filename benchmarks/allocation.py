"""The exact plan and its reasons beside plain references, in the same run.

    python benchmarks/allocation.py

Rules that share money stand in ``sharing.py``. Times are the least of several calls, so that a busy machine
disturbs a ratio little.
"""

import time
from fractions import Fraction
from functools import partial

import numpy as np
import pandas as pd
from scipy import optimize, sparse

from workbench.engine.allocation.best_plan import best_plan, first_plan, listed_plan, state_problem
from workbench.engine.allocation.changes import ChangeKind
from workbench.engine.allocation.conditions import AtMostOne, Count, GroupCeiling, MoneyShare, Requires
from workbench.engine.allocation.core_program import solve_by_core
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.allocation.readings import Needs, funded_under
from workbench.engine.allocation.rows import matrix_of
from workbench.engine.allocation.why_not import Slips, why_not
from workbench.engine.allocation.years import plan_over_years


def least(task, times=3, clock=time.perf_counter):
    best, answer = float("inf"), None
    for _ in range(times):
        start = clock()
        answer = task()
        best = min(best, clock() - start)
    return best, answer


def village(size, seed=0):
    rng = np.random.default_rng(seed)
    labels = [f"p{number:05d}" for number in range(size)]
    scores = pd.Series(np.round(rng.uniform(20, 100, size), 2), index=labels)
    costs = pd.Series((np.rint(np.exp(rng.normal(18.5, 1, size)) / 1e5) * 1e5).astype(np.int64), index=labels)
    groups = pd.DataFrame(
        {
            "village": rng.integers(0, max(5, size // 25), size).astype(str),
            "field": rng.integers(0, 5, size).astype(str),
        },
        index=labels,
    )
    some = rng.permutation(labels)
    few = int(0.03 * size)
    conditions = [
        Count(f"village {held}", {"village": held}, at_least=1) for held in sorted(set(groups["village"]))
    ]
    conditions += [
        MoneyShare(f"field {held}", {"field": held}, Fraction(1, 10), Fraction(2, 5))
        for held in sorted(set(groups["field"]))
    ]
    conditions += [Requires(f"needs {n}", some[2 * n], some[2 * n + 1]) for n in range(few)]
    conditions += [
        AtMostOne(f"one of {n}", tuple(some[2 * few + 2 * n : 2 * few + 2 * n + 2])) for n in range(few)
    ]
    return (
        scores,
        costs,
        int(costs.sum() * 0.35),
        groups,
        conditions,
        pd.Series(rng.permutation(size), index=labels),
    )


def plain_milp(scores, costs, ceiling):
    return optimize.milp(
        -scores.to_numpy(),
        constraints=optimize.LinearConstraint(
            sparse.csr_array(costs.to_numpy(float)[None, :]), -np.inf, ceiling
        ),
        integrality=np.ones(len(scores), dtype=int),
        bounds=optimize.Bounds(0, 1),
        options={"mip_rel_gap": 0.0, "time_limit": 20},
    )


def report(what, seconds, reference="", ratio=None):
    print(
        f"{what:62} {seconds:9.4f} s  {reference:28} {'' if ratio is None else f'{ratio:8.1f} x'}", flush=True
    )


def best_total(size):
    scores, costs, ceiling, _, _, lot = village(size)
    ours, plan = least(lambda: best_plan(scores, costs, ceiling, tie_key=lot))
    plain, found = least(lambda: plain_milp(scores, costs, ceiling), times=1)
    report(
        f"best total, {size}, with tie order (proven {plan.proven})", ours, "plain milp, gap 0", plain / ours
    )
    if found.x is None:
        print("    plain milp: nothing within 20 s")
    else:
        total, spent = scores.to_numpy()[found.x > 0.5].sum(), int(costs.to_numpy()[found.x > 0.5].sum())
        over = max(spent - ceiling, 0)
        print(f"    plain milp: total {total:.2f}, ours {plan.total_score:.2f}, it overspends {over}")


def with_conditions(size):
    scores, costs, ceiling, groups, conditions, lot = village(size, seed=1)
    problem = state_problem(scores, costs, ceiling, groups, conditions, (), lot, None)
    seconds, (answer, settled) = least(lambda: first_plan(problem), times=2, clock=time.process_time)
    report(
        f"with conditions, {size}, tie order ({answer.outcome.value}, {settled}), processor seconds", seconds
    )


def ceilings_of_groups(size, crossing, fine):
    """Draw agencies and villages with ceilings that bind: crossing, or cells within villages (a tree)."""
    rng = np.random.default_rng(size)
    labels = [f"p{number:05d}" for number in range(size)]
    points = rng.integers(1, 6, (size, 5)) @ np.array([30, 25, 20, 15, 10]) / 100
    scores = pd.Series(np.round(rng.uniform(1, 5, size), 6) if fine else points, index=labels)
    costs = pd.Series(
        (np.rint(np.exp(rng.normal(18.5, 0.9, size)) / 5e5) * 500_000 + 500_000).astype(np.int64), labels
    )
    villages, agencies = rng.integers(0, 25, size).astype(str), rng.integers(0, 15, size).astype(str)
    cells = np.char.add(np.char.add(villages, " "), agencies)
    groups = pd.DataFrame({"village": villages, "other": agencies if crossing else cells}, index=labels)
    conditions = [
        GroupCeiling(f"{column} {held}", int(costs[inside].sum() * rng.uniform(0.3, 0.6)), {column: held})
        for column in groups
        for held in sorted(set(groups[column]))
        for inside in [groups[column] == held]
    ]
    lot = pd.Series(rng.permutation(size), index=labels)
    return scores, costs, int(costs.sum() * 0.4), groups, conditions, lot


def under_many_ceilings(size, crossing, fine):
    scores, costs, ceiling, groups, conditions, lot = ceilings_of_groups(size, crossing, fine)
    problem = state_problem(scores, costs, ceiling, groups, conditions, (), lot, None)
    table, lower, upper = matrix_of(problem.program.rows)
    plain, found = least(
        lambda: optimize.milp(
            -problem.points.units,
            constraints=optimize.LinearConstraint(table, lower, upper),
            integrality=np.ones(size, dtype=int),
            bounds=optimize.Bounds(0, 1),
            options={"mip_rel_gap": 0.0, "node_limit": SolverSettings().branches(size), "time_limit": 60},
        ),
        times=1,
        clock=time.process_time,
    )
    seconds, answer = least(partial(best_before_ties, problem), times=1, clock=time.process_time)
    whole, (_, settled) = least(partial(first_plan, problem), times=1, clock=time.process_time)
    kind = f"{'crossing' if crossing else 'tree of'} ceilings, {'fine' if fine else 'weighted 1-5'}"
    told = f"milp {found.fun + answer.value:+.0f} units, gap {found.mip_gap:.5f}"
    report(f"{kind}, {size}, gap {answer.gap:.5f}, processor", seconds, told, plain / seconds)
    report(f"    and equal plans in order ({settled}), processor", whole)


def best_before_ties(problem):
    listed = listed_plan(problem.program, problem.places, problem.settings)
    return solve_by_core(problem.program, problem.settings) if listed is None else listed


def slips(rule, seeds=3, asked=4):
    """Ask about proposals from the best scored that is out down to the worst; the longest answer counts."""
    slowest, sure = {}, {}
    for seed in range(seeds):
        scores, costs, ceiling, groups, conditions, lot = village(1000, seed)
        needs = Needs(scores, costs, ceiling, groups=groups, conditions=tuple(conditions), tie_key=lot)
        funded = set(funded_under(rule, needs))
        out = [label for label in scores.sort_values(ascending=False).index if label not in funded]
        for label in out[:: len(out) // asked]:
            for kind in (ChangeKind.COST_LESS, ChangeKind.SCORE_MORE, ChangeKind.CEILING_MORE):
                task = partial(why_not, needs, rule, label, {kind})
                seconds, answer = least(task, times=1, clock=time.process_time)
                slowest[kind] = max(slowest.get(kind, 0.0), seconds)
                sure.setdefault(kind, []).extend(change.certainty.value for change in answer.changes)
    for kind, seconds in slowest.items():
        told = ", ".join(f"{sure[kind].count(held)} {held}" for held in sorted(set(sure[kind])))
        report(f"why not, {rule}, 1000, {kind.value}, processor, slowest", seconds, told)


def tight(size, seed):
    """A forum of whole points and round costs, whose ceilings by office and by field cross and all bind."""
    rng = np.random.default_rng(seed)
    labels = [f"p{number:04d}" for number in range(size)]
    points = rng.integers(1, 6, (size, 6)) @ np.array([25, 20, 20, 15, 10, 10])
    money = (np.maximum(np.rint(np.exp(rng.normal(18.5, 1, size)) / 1e6), 1) * 1e6).astype(np.int64)
    scores, costs = pd.Series(points / 100, index=labels), pd.Series(money, index=labels)
    groups = pd.DataFrame({held: rng.integers(0, 20, size).astype(str) for held in "of"}, index=labels)
    conditions = [
        GroupCeiling(
            f"{column} {held}", int(total * rng.uniform(0.25, 0.45)) // 10**6 * 10**6, {column: held}
        )
        for column in groups
        for held, total in costs.groupby(groups[column]).sum().items()
    ]
    lot = pd.Series(rng.permutation(size), index=labels)
    ceiling = int(costs.sum() * 0.35) // 10**6 * 10**6
    near = SolverSettings(relative_gap=2e-4)
    return Needs(
        scores, costs, ceiling, groups=groups, conditions=tuple(conditions), tie_key=lot, settings=near
    )


def tight_slips(forum=tight, name="40 crossing ceilings", seeds=2, asked=4):
    """Ask beside one plan with a stated gap, as a hall would; the plan itself is not counted."""
    took, told = {}, {}
    for seed in range(1, seeds + 1):
        needs = forum(1000, seed)
        slips = Slips(needs, "best_with_conditions")
        out = sorted(set(needs.scores.index) - slips.before, key=lambda label: -needs.scores[label])
        for label in out[:: len(out) // asked][:asked]:
            for kind in (ChangeKind.COST_LESS, ChangeKind.SCORE_MORE, ChangeKind.CEILING_MORE):
                seconds, answer = least(partial(slips.of, label, {kind}), times=1, clock=time.process_time)
                took.setdefault(kind, []).append(seconds)
                said = [change.certainty.value for change in answer.changes]
                told.setdefault(kind, []).extend(said or ["impossible" if answer.impossible else "undecided"])
    for kind, seconds in took.items():
        said = ", ".join(f"{told[kind].count(held)} {held}" for held in sorted(set(told[kind])))
        half = float(np.median(seconds))
        report(f"why not, {name}, {kind.value}, slowest", max(seconds), said)
        report(f"why not, {name}, {kind.value}, middle", half)


def three_years():
    scores, costs, ceiling, groups, conditions, _ = village(100)
    ceilings = pd.Series(ceiling // 3, index=[2026, 2027, 2028])
    kept = [held for held in conditions if not isinstance(held, Count)]
    settings = SolverSettings(relative_gap=1e-3, seconds=10)
    seconds, plan = least(
        lambda: plan_over_years(
            scores, costs, ceilings, Fraction(19, 20), "carries_over", groups, kept, settings
        ),
        times=1,
    )
    report(f"three years, 100, gap {plan.gap:.5f}", seconds)


if __name__ == "__main__":
    for size in (1000, 5000):
        best_total(size)
        with_conditions(size)
        for crossing, fine in ((False, False), (False, True), (True, False), (True, True)):
            under_many_ceilings(size, crossing, fine)
    for rule in ("best_total", "best_with_conditions"):
        slips(rule)
    tight_slips()
    three_years()
