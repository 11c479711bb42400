"""Write pabutools' answers on small meetings to tests/fixtures/allocation/pabutools.json.

Run in an environment of its own with pabutools 1.2.3; the product does not depend on it. Meetings are drawn
here from seeds, so nothing of anybody's data is stored.

    python benchmarks/oracles/allocation_peers.py tests/fixtures/allocation/pabutools.json

Where pabutools is no oracle, and what is done here instead:

1. Equal Shares with an initial allocation charges nobody for it: nothing is committed here.
2. Ties that its tie rule leaves equal follow the order of a set, hence of the hash seed: every rule here ends
   with the name, and names are padded, because "10" stands before "2".
3. Its default search for the best total floors its bound, which is wrong for scores with decimals: scores
   are integers, and the two algorithms have to agree.
4. Scores of type float raise a TypeError: integers only.
5. Recursion ends at about 1,500 affordable projects: ten at most.
6. Any set of the best total may come back: only the total is stored.
7. Projects that nobody supports are taken by greedy and Phragmen but not by Equal Shares, and so are projects
   free of cost: every project has a supporter and a price.
8. Phragmen stops as soon as one of several projects that tie cannot be paid: in none of these meetings does
   that change the answer. What costs more than the whole budget is left out beforehand in both.
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
from pabutools.election import (
    Additive_Cardinal_Sat,
    ApprovalBallot,
    ApprovalProfile,
    CardinalBallot,
    Cardinality_Sat,
    CardinalProfile,
    Cost_Sat,
    Instance,
    Project,
)
from pabutools.rules import (
    MaxAddUtilWelfareAlgo,
    greedy_utilitarian_welfare,
    max_additive_utilitarian_welfare,
    method_of_equal_shares,
    sequential_phragmen,
)
from pabutools.tiebreaking import TieBreakingRule, lexico_tie_breaking

ROUND_PRICE = 50_000_000
"""Multiples of this make ties, which the rules below settle; the other series is drawn to the rupiah."""

CHEAPER_THEN_MORE_VOTES = TieBreakingRule(
    lambda _, profile, project: (
        int(project.cost),
        -sum(project in ballot for ballot in profile),
        project.name,
    )
)


def drawn_meeting(seed, to_the_rupiah):
    random = np.random.default_rng(seed)
    projects, voters = int(random.integers(6, 11)), int(random.integers(8, 21))
    if to_the_rupiah:
        costs = random.integers(15_000_000, 400_000_000, projects)
    else:
        costs = ROUND_PRICE * random.integers(1, 4, projects)
    scores = random.integers(1, 6, (voters, projects)) * (random.random((voters, projects)) < 0.45)
    for project in np.flatnonzero(scores.sum(axis=0) == 0):
        scores[int(random.integers(voters)), project] = int(random.integers(1, 6))
    ceiling = max(int(costs.max()), int(costs.sum() * random.uniform(0.35, 0.75)))
    return {
        "seed": seed,
        "costs": {f"p{number:02d}": int(cost) for number, cost in enumerate(costs, start=1)},
        "ceiling": ceiling,
        "scores": scores.tolist(),
    }


def read(meeting):
    projects = [Project(name, cost) for name, cost in meeting["costs"].items()]
    rows = [dict(zip(projects, row, strict=True)) for row in meeting["scores"]]
    held = [{project: points for project, points in row.items() if points} for row in rows]
    instance = Instance(projects, budget_limit=meeting["ceiling"])
    approvals = ApprovalProfile([ApprovalBallot(row) for row in held], instance=instance)
    points = CardinalProfile([CardinalBallot(row) for row in held], instance=instance)
    return instance, approvals, points


def names(allocation):
    return sorted(project.name for project in allocation)


def best_total(meeting, instance, points):
    totals = dict(zip(meeting["costs"], np.sum(meeting["scores"], axis=0).tolist(), strict=True))
    found = {
        sum(
            totals[project.name]
            for project in max_additive_utilitarian_welfare(
                instance, points, sat_class=Additive_Cardinal_Sat, inner_algo=algorithm
            )
        )
        for algorithm in (MaxAddUtilWelfareAlgo.ILP_SOLVER, MaxAddUtilWelfareAlgo.PRIMAL_DUAL)
    }
    (total,) = found
    return total


def answers(meeting):
    instance, approvals, points = read(meeting)

    def greedy(profile, satisfaction):
        return names(
            greedy_utilitarian_welfare(
                instance, profile, sat_class=satisfaction, tie_breaking=lexico_tie_breaking
            )
        )

    def shares(profile, satisfaction):
        return names(
            method_of_equal_shares(
                instance, profile, sat_class=satisfaction, tie_breaking=CHEAPER_THEN_MORE_VOTES
            )
        )

    return {
        "greedy_votes": greedy(approvals, Cost_Sat),
        "greedy_votes_per_rupiah": greedy(approvals, Cardinality_Sat),
        "greedy_score_per_rupiah": greedy(points, Additive_Cardinal_Sat),
        "equal_shares_cost": shares(approvals, Cost_Sat),
        "equal_shares_cardinality": shares(approvals, Cardinality_Sat),
        "equal_shares_score": shares(points, Additive_Cardinal_Sat),
        "phragmen": names(sequential_phragmen(instance, approvals, tie_breaking=CHEAPER_THEN_MORE_VOTES)),
        "best_total": best_total(meeting, instance, points),
    }


def main(target):
    meetings = [drawn_meeting(seed, to_the_rupiah=True) for seed in range(24)]
    meetings += [drawn_meeting(seed, to_the_rupiah=False) for seed in range(100, 124)]
    lines = [json.dumps(meeting | {"answers": answers(meeting)}) for meeting in meetings]
    head = json.dumps({name: version(name) for name in ("pabutools", "pulp")})
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    text = f'{{"made_by": {head},\n"meetings": [\n' + ",\n".join(lines) + "\n]}\n"
    Path(target).write_text(text, encoding="utf-8")


main(sys.argv[1])
