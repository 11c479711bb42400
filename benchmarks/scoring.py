"""Measure scoring and doubt against plain NumPy, and against peers, as ratios within one run.

    python benchmarks/scoring.py                              # against plain NumPy
    python benchmarks/scoring.py --peers peers/bin/python     # and against libraries of another environment

The peers (pip install scikit-criteria pymcdm pyrepo-mcda pysensmcda) are timed in their own interpreter on
tables of the same size, in the same run. Each figure is the least of several rounds, so that a busy machine
disturbs it little.
"""

import argparse
import json
import subprocess
import time
from pathlib import Path

import numpy as np
import pandas as pd

from workbench.engine.doubt.acceptability import pairwise_winning, rank_acceptability
from workbench.engine.doubt.flips import value_flips
from workbench.engine.doubt.participants import bootstrap_participants
from workbench.engine.doubt.stability import weight_stability
from workbench.engine.scoring.ranking import rank_with_ties
from workbench.engine.scoring.topsis import topsis_vector
from workbench.engine.scoring.weighted_sum import weighted_sum

CRITERIA = [*"abcdefgh"]
PROPOSALS, SMAA_PROPOSALS, DRAWS = 5_000, 200, 10_000

PEERS = r"""
import json, sys, time, warnings
import numpy as np
warnings.simplefilter("ignore")
random = np.random.default_rng(0)
big, weights, small = random.random((5000, 8)), np.full(8, 0.125), random.random((200, 8))
up = np.ones(8)

def least(call, rounds):
    call()
    times = []
    for _ in range(rounds):
        start = time.perf_counter(); call(); times.append(time.perf_counter() - start)
    return min(times) * 1000

found = {}
def measure(name, build, rounds=5):
    try:
        found[name] = least(build(), rounds)
    except Exception as error:
        print(name, error, file=sys.stderr)

def skcriteria_wsm():
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel
    return lambda: WeightedSumModel().evaluate(mkdm(big, [max] * 8, weights=weights)).rank_

def skcriteria_topsis():
    from skcriteria import mkdm
    from skcriteria.agg.similarity import TOPSIS
    from skcriteria.preprocessing.scalers import VectorScaler
    scale = VectorScaler("matrix").transform
    return lambda: TOPSIS().evaluate(scale(mkdm(big, [max] * 8, weights=weights))).rank_

def pymcdm_method(name, normalization):
    import pymcdm
    from pymcdm.helpers import rankdata
    method = getattr(pymcdm.methods, name)(getattr(pymcdm.normalizations, normalization))
    return lambda: rankdata(method(big, weights, up), reverse=True)

def pyrepo_topsis():
    from pyrepo_mcda.additions import rank_preferences
    from pyrepo_mcda.mcda_methods import TOPSIS
    from pyrepo_mcda.normalizations import vector_normalization
    method = TOPSIS(normalization_method=vector_normalization)
    return lambda: rank_preferences(method(big, weights, up), reverse=True)

def pysensmcda_smaa(method):
    from pysensmcda.smaa import smaa2
    return lambda: smaa2(method=method, matrix=small, types=up, num_samples=10000, seed=1)

def pymcdm_wsm():
    from pymcdm.methods import WSM
    return WSM()

def bare_sum(matrix, weights, types, **kwargs):
    return matrix @ weights

measure("wsm scikit-criteria", skcriteria_wsm)
measure("wsm pymcdm", lambda: pymcdm_method("WSM", "max_normalization"))
measure("topsis scikit-criteria", skcriteria_topsis)
measure("topsis pymcdm", lambda: pymcdm_method("TOPSIS", "vector_normalization"))
measure("topsis pyrepo-mcda", pyrepo_topsis)
measure("smaa pysensmcda-with-a-bare-sum", lambda: pysensmcda_smaa(bare_sum), 2)
measure("smaa pysensmcda-with-pymcdm-WSM", lambda: pysensmcda_smaa(pymcdm_wsm()), 1)
print(json.dumps(found))
"""


def least_ms(call, rounds=15):
    call()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def plain_weighted_sum(values, weights):
    scores = values @ (weights / weights.sum())
    order = np.argsort(-scores)
    ranks = np.empty(len(scores), dtype=int)
    ranks[order] = np.arange(1, len(scores) + 1)
    return scores, ranks


def plain_topsis(values, weights):
    weighted = values / np.sqrt((values**2).sum(axis=0)) * (weights / weights.sum())
    best, worst = weighted.max(axis=0), weighted.min(axis=0)
    to_best = np.sqrt(((weighted - best) ** 2).sum(axis=1))
    to_worst = np.sqrt(((weighted - worst) ** 2).sum(axis=1))
    return np.argsort(-to_worst / (to_best + to_worst))


def plain_smaa(values):
    weights = np.random.default_rng(1).standard_exponential((DRAWS, values.shape[1]))
    weights /= weights.sum(axis=1, keepdims=True)
    order = np.argsort(-(weights @ values.T), axis=1)
    cells = order * len(values) + np.arange(len(values))
    counts = np.bincount(cells.ravel(), minlength=len(values) ** 2).reshape(len(values), -1)
    first = order[:, 0]
    sums = np.column_stack([np.bincount(first, column, minlength=len(values)) for column in weights.T])
    return counts / DRAWS, sums


def rows():
    random = np.random.default_rng(0)
    labels = [f"P{row:04d}" for row in range(PROPOSALS)]
    big = pd.DataFrame(random.random((PROPOSALS, 8)), index=labels, columns=CRITERIA)
    small = pd.DataFrame(random.random((SMAA_PROPOSALS, 8)), index=labels[:SMAA_PROPOSALS], columns=CRITERIA)
    grid = (small * 4).round() / 4
    weights = pd.Series(random.random(8), index=CRITERIA)
    up = pd.Series("higher", index=CRITERIA)
    people = pd.MultiIndex.from_product([range(1_000), labels[:50]])
    room = pd.DataFrame(random.integers(0, 5, (len(people), 8)) / 4, index=people, columns=CRITERIA)
    values, plain = big.to_numpy(), weights.to_numpy()
    yield (
        "wsm",
        "weighted sum + rank, 5,000 x 8",
        (
            lambda: rank_with_ties(weighted_sum(big, weights).scores),
            lambda: plain_weighted_sum(values, plain),
        ),
    )
    yield (
        "topsis",
        "TOPSIS + rank, 5,000 x 8",
        (
            lambda: rank_with_ties(topsis_vector(big, weights, up).scores, scale=1.0),
            lambda: plain_topsis(values, plain),
        ),
    )
    yield (
        "smaa",
        "SMAA 10,000 x 200 x 8",
        (
            lambda: rank_acceptability(small, draws=DRAWS, seed=1),
            lambda: plain_smaa(small.to_numpy()),
        ),
    )
    yield "", "SMAA on points 1-5 (equal rows)", (lambda: rank_acceptability(grid, draws=DRAWS, seed=1), None)
    yield "", "pairwise winning 10,000 x 200", (lambda: pairwise_winning(small, draws=DRAWS, seed=1), None)
    yield "", "stability of 8 weights, top 20 of 200", (lambda: weight_stability(small, weights, 20), None)
    yield "", "value flips, top 20 of 200", (lambda: value_flips(small, weights, 20), None)
    yield (
        "",
        "bootstrap 2,000 of 1,000 x 50 x 8",
        (
            lambda: bootstrap_participants(room, weights, draws=2_000, seed=1),
            None,
        ),
    )


def peer_times(python):
    if python is None:
        return {}
    answer = subprocess.run([python, "-c", PEERS], capture_output=True, text=True, check=True)
    return json.loads(answer.stdout.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--peers", type=Path, default=None, help="interpreter of an environment with the peers"
    )
    peers = peer_times(parser.parse_args().peers)
    print(f"{'task':40} {'ours ms':>9} {'NumPy ms':>9} {'ours/NumPy':>10}  peer/ours")
    for task, title, (ours, reference) in rows():
        own = least_ms(ours)
        base = least_ms(reference) if reference else float("nan")
        names = [name for name in peers if task and name.startswith(task)]
        others = ", ".join(f"{name.split()[1]} {peers[name] / own:.1f}" for name in names)
        print(f"{title:40} {own:9.2f} {base:9.2f} {own / base:10.2f}  {others}")


if __name__ == "__main__":
    main()
