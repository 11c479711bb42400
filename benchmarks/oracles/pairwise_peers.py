"""Write the answers of other pairwise-comparison libraries to tests/fixtures/pairwise/peers.json.

Run in an environment of its own with ahpy 2.1, pyDecision 5.1.8 and pyanp 0.3.1; the product depends on none
of them. Matrices are drawn here from a seed, so nothing of anybody's data is stored. pymcdm 1.4.0 is left
out: its AHP asks on the terminal when it is called.

    python benchmarks/oracles/pairwise_peers.py tests/fixtures/pairwise/peers.json
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import ahpy
import numpy as np
from pyanp import priority
from pyDecision.algorithm import ahp_method

SEED = 3
SCALE = [*(1 / k for k in range(9, 1, -1)), *range(1, 10)]


def drawn(random, n):
    """Draw a person: true weights, judgements off by a factor of about 1.5, rounded to the scale."""
    weights = random.dirichlet(np.ones(n))
    matrix = np.ones((n, n))
    for i in range(n):
        for j in range(i + 1, n):
            told = np.log(weights[i] / weights[j]) + random.normal(0, 0.4)
            matrix[i, j] = min(SCALE, key=lambda value: abs(np.log(value) - told))
            matrix[j, i] = 1 / matrix[i, j]
    return matrix


def compared(matrix, left_out=()):
    n = len(matrix)
    answers = {(i, j): matrix[i, j] for i in range(n) for j in range(i + 1, n) if (i, j) not in left_out}
    found = ahpy.Compare(
        "x", {(str(i), str(j)): value for (i, j), value in answers.items()}, precision=10, tolerance=1e-8
    )
    return [float(found.local_weights[str(i)]) for i in range(n)]


def complete_case(random, n):
    matrix = drawn(random, n)
    return {
        "matrix": matrix.tolist(),
        "eigenvector": {
            "ahpy": compared(matrix),
            "pyDecision": ahp_method(matrix, wd="me")[0].tolist(),
            "pyanp": priority.pri_eigen(matrix).tolist(),
        },
        "geometric_mean": {"pyDecision": ahp_method(matrix, wd="g")[0].tolist()},
        "column_mean": {"pyDecision": ahp_method(matrix, wd="m")[0].tolist()},
    }


def incomplete_case(random, n):
    matrix = drawn(random, n)
    # Pairs apart from the ring 0-1-...-0 may be missing, so that the answers stay linked.
    chords = [(i, j) for i in range(n) for j in range(i + 2, n) if (i, j) != (0, n - 1)]
    left_out = [chords[place] for place in random.permutation(len(chords))[: max(1, len(chords) // 2)]]
    zeros = matrix.copy()
    for i, j in left_out:
        zeros[i, j] = zeros[j, i] = 0
    return {
        "matrix": matrix.tolist(),
        "left_out": [[int(i), int(j)] for i, j in left_out],
        "optimal": {"ahpy": compared(matrix, left_out)},
        "harker": {"pyanp": priority.pri_eigen(priority.harker_fix(zeros)).tolist()},
    }


if __name__ == "__main__":
    random = np.random.default_rng(SEED)
    fixture = {
        "made_with": {name: version(name) for name in ("ahpy", "pyDecision", "pyanp")},
        "seed": SEED,
        "complete": [complete_case(random, n) for n in (3, 4, 5, 6, 7, 9)],
        "incomplete": [incomplete_case(random, n) for n in (4, 5, 6, 7)],
    }
    Path(sys.argv[1]).write_text(json.dumps(fixture, indent=1) + "\n", encoding="utf-8")
