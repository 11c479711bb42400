"""Rankings, agreement and influence against plain references, and Kemeny against corankco, in the same run.

    python benchmarks/agreement.py [--peer PYTHON]

PYTHON is an interpreter of another environment that has corankco; without it the peer's rows are left out.
Times are processor time, the best of several calls, so that whatever else runs disturbs them little; the
peer's solver is a process of its own and counts with it.
"""

import argparse
import json
import subprocess
import time
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.stats import kendalltau, rankdata

from workbench.engine.agreement import (
    consensus_baseline,
    kendall_distances,
    kendall_w,
    opinion_groups,
    pairwise_support,
    permutation_test,
    shannon_consensus,
    spread,
)
from workbench.engine.influence import (
    largest_personal_change,
    leave_groups_out,
    resampled,
    safe_cells,
    shapley_influence,
    two_readings,
)
from workbench.engine.rankings import (
    borda,
    borda_by_voices,
    copeland,
    kemeny,
    kemeny_by_dynamic_programme,
    profile,
    profile_from_scores,
    schulze,
)

PEER = """
import json, resource, sys
from corankco.algorithms.exact.exactalgorithmpulp import ExactAlgorithmPulp
from corankco.dataset import Dataset
from corankco.scoringscheme import ScoringScheme
scheme = ScoringScheme([[0.0, 1.0, 0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.0, 1.0, 1.0, 0.0]])
dataset = Dataset.from_raw_list([[{item} for item in order] for order in json.load(sys.stdin)])
def used():
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
started = used()
found = ExactAlgorithmPulp().compute_consensus_rankings(dataset, scheme, True)
print(json.dumps([used() - started, float(found.kemeny_score)]))
"""


def best_of(call, times=5):
    spans = []
    for _ in range(times):
        started = time.process_time()
        call()
        spans.append(time.process_time() - started)
    return min(spans)


def row(what, ours, reference=None, of="plain loop"):
    ratio = "" if reference is None else f"{reference * 1000:12.2f}  {reference / ours:8.1f}x  {of}"
    print(f"{what:<58}{ours * 1000:10.2f}{ratio}")


def labelled(values):
    people = [f"p{number:04d}" for number in range(len(values))]
    return pd.DataFrame(values, index=people, columns=[f"u{number:03d}" for number in range(values.shape[1])])


def mallows(items, people, dispersion, seed):
    """Orders around one centre, by repeated insertion (Doignon, Pekec & Regenwetter 2004)."""
    random = np.random.default_rng(seed)
    orders = []
    for _ in range(people):
        order = []
        for item in range(items):
            chance = float(dispersion) ** np.arange(item, -1, -1)
            order.insert(int(random.choice(item + 1, p=chance / chance.sum())), item)
        orders.append(order)
    return np.array(orders)


def plain_w(values):
    people, items = values.shape
    ranks = np.array([rankdata(one) for one in values])
    ties = 0.0
    for one in values:
        for value in set(one):
            tied = int((one == value).sum())
            ties += tied**3 - tied
    deviation = ((ranks.sum(axis=0) - people * (items + 1) / 2) ** 2).sum()
    return 12 * deviation / (people**2 * (items**3 - items) - people * ties)


def plain_consensus(values):
    alpha = np.mean([-sum(share * np.log(share) for share in one) for one in values])
    mean = values.mean(axis=0)
    return -sum(share * np.log(share) for share in mean) - alpha


def plain_bootstrap(points, rooms, seed):
    random = np.random.default_rng(seed)
    return [points[random.integers(0, len(points), len(points))].mean(axis=0) for _ in range(rooms)]


def peer_seconds(python, orders):
    answer = subprocess.run(
        [python, "-c", PEER],
        input=json.dumps(orders.tolist()),
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return json.loads(answer.stdout.splitlines()[-1])


def measure_kemeny(peer):
    print("\nKemeny, seconds in ms; peer: corankco's exact solver")
    rooms = [
        (10, 15, 0.8),
        (20, 15, 0.8),
        (30, 15, 0.8),
        (30, 15, 1.0),
        (50, 15, 0.95),
        (50, 51, 1.0),
        (100, 15, 0.95),
    ]
    for items, people, dispersion in rooms:
        orders = mallows(items, people, dispersion, seed=1)
        room = profile(labelled(np.argsort(orders, axis=1)))
        found = kemeny(room)
        ours = best_of(lambda room=room: kemeny(room), 3)
        name = f"{items} proposals, {people} people, dispersion {dispersion}, proven {found.proven}"
        if peer and items <= 30:
            theirs, distance = peer_seconds(peer, orders)
            if distance != found.distance:
                raise SystemExit(f"{name}: {found.distance} here, {distance} there")
            row(name, ours, theirs, "corankco")
        else:
            row(name, ours)
    small = profile(labelled(np.argsort(mallows(12, 15, 1.0, seed=1), axis=1)))
    other = best_of(lambda: kemeny_by_dynamic_programme(small), 3)
    row(
        "12 proposals, 15 people, dispersion 1.0",
        best_of(lambda: kemeny(small), 3),
        other,
        "dynamic programme",
    )


def measure_agreement(random):
    print("\nAgreement, 1,000 x 60")
    ratings = random.integers(1, 6, (1000, 60)).astype(float)
    table = labelled(ratings)
    row(
        "Kendall's W with ties and both tests",
        best_of(lambda: kendall_w(table)),
        best_of(lambda: plain_w(ratings), 2),
    )
    shares = random.dirichlet(np.ones(60), 1000)
    priorities = labelled(shares)
    plain = best_of(lambda: plain_consensus(shares), 2)
    row("Goepel's S* (plain: entropies only)", best_of(lambda: shannon_consensus(priorities)), plain)
    row("per proposal: median, quartiles, consensus, level", best_of(lambda: spread(table, (1, 5))))
    row("share of the room behind each pair", best_of(lambda: pairwise_support(table), 3))
    sixty = labelled(ratings[:60, :40])
    pairs = list(combinations(range(60), 2))
    plain = best_of(lambda: [kendalltau(sixty.iloc[i], sixty.iloc[j]) for i, j in pairs], 1)
    row(
        "60 x 60 Kendall distances of 40 proposals",
        best_of(lambda: kendall_distances(sixty)),
        plain,
        "scipy, one by one",
    )
    row("1,000 x 1,000 Kendall distances of 60 proposals", best_of(lambda: kendall_distances(table), 2))
    row("permutation test of W, 999 rooms of 60 x 40", best_of(lambda: permutation_test(sixty, 999, 1), 2))
    weights = labelled(shares[:60, :8] / shares[:60, :8].sum(axis=1, keepdims=True))
    row("baseline of S*, 999 rooms of 60 x 8", best_of(lambda: consensus_baseline(weights, 999, 1), 2))
    row(
        "opinion groups with 199 permutations, 60 x 20",
        best_of(lambda: opinion_groups(sixty.iloc[:, :20], 1), 2),
    )


def measure_influence(random):
    print("\nInfluence, Borda of 60 proposals")
    points = random.integers(1, 6, (1000, 60)).astype(float)
    room = profile_from_scores(labelled(points))
    cells = safe_cells(pd.Series([f"g{number % 10}" for number in range(1000)], index=room.participants))

    def rule(voices):
        return borda_by_voices(room, voices)

    def one_coalition_at_a_time():
        members = cells.indicators()
        for coalition in range(64):
            taking_part = [number for number in range(10) if coalition >> number & 1]
            rule(members.iloc[taking_part].sum(axis=0).to_frame("some").T)

    plain = best_of(one_coalition_at_a_time, 1) * 16
    row(
        "Shapley, 10 groups, 1,000 people",
        best_of(lambda: shapley_influence(cells, rule), 3),
        plain,
        "one by one (64 x 16)",
    )
    row("leave one group out", best_of(lambda: leave_groups_out(cells, rule), 3))
    row(
        "leave one person out, 1,000 people",
        best_of(lambda: largest_personal_change(room.participants, rule), 2),
    )
    row("two readings", best_of(lambda: two_readings(cells, rule), 3))
    plain = best_of(lambda: plain_bootstrap(points, 2000, 1), 1)
    rooms = best_of(lambda: rule(resampled(room.participants, 2000, 1)), 3)
    row("2,000 resamples of 1,000 people, their Borda points", rooms, plain, "mean of drawn rows")


def measure_wall(random):
    print("\nWhat a wall shows again after every ballot: 60 people x 40 proposals x 8 criteria")
    points = labelled(random.integers(1, 6, (60, 40)).astype(float))
    weights = labelled(random.dirichlet(np.ones(8), 60))
    cells = safe_cells(pd.Series([f"g{number % 5}" for number in range(60)], index=points.index))

    def refresh():
        room = profile_from_scores(points)
        borda(room)
        copeland(room)
        schulze(room)
        kendall_w(points)
        shannon_consensus(weights)
        spread(points, (1, 5))
        pairwise_support(room.ranks)
        two_readings(cells, lambda voices: borda_by_voices(room, voices))
        leave_groups_out(cells, lambda voices: borda_by_voices(room, voices))

    row("Borda, Copeland, Schulze, W, S*, spread, pairs, readings, groups", best_of(refresh, 9))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", default="", help="interpreter of an environment with corankco")
    arguments = parser.parse_args()
    print(f"{'':<58}{'ours ms':>10}{'reference ms':>14}{'ratio':>9}")
    random = np.random.default_rng(7)
    kemeny(profile(labelled(np.array([[1, 2, 3], [2, 3, 1], [3, 1, 2]]))))
    measure_kemeny(arguments.peer)
    measure_agreement(random)
    measure_influence(random)
    measure_wall(random)


if __name__ == "__main__":
    main()
