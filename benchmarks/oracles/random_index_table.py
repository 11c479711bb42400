"""Compute the workbench's own table of random indices: exact for n = 3 and 4, simulated for n = 5 to 15.

Run: python benchmarks/oracles/random_index_table.py [matrices per size]

A random matrix draws each judgement above the diagonal uniformly from the 17 values 1/9 ... 9; the random
index is the mean consistency index (lambda_max - n) / (n - 1). The printed values stand in
`workbench/engine/pairwise/random_index.py`. Eigenvalues come from `numpy.linalg.eigvals`, not from the
engine, for the sizes where that is affordable, so that the table does not rest on the kernel it is used with.
"""

import math
import sys
from itertools import product

import numpy as np

from workbench.engine.pairwise.graph import pairs_of
from workbench.engine.pairwise.kernels import principal_kernel
from workbench.engine.pairwise.matrix import SAATY_SCALE

SEED = 20_260_101
BATCH = 10_000
SCALE = np.array(SAATY_SCALE)


def matrices(values, n):
    """Fill (count, pairs) judgements into (count, n, n) reciprocal matrices."""
    i, j = np.array(pairs_of(n)).T
    filled = np.ones((len(values), n, n))
    filled[:, i, j], filled[:, j, i] = values, 1 / values
    return filled


def exact(n):
    """Average over every matrix; the first pairs are looped over, the last three enumerated in one batch."""
    tail = np.array(list(product(SCALE, repeat=3)))
    heads = product(SCALE, repeat=n * (n - 1) // 2 - 3)
    sums, count = [], 0
    for head in heads:
        values = np.hstack([np.broadcast_to(head, (len(tail), len(head))), tail])
        eigenvalues, _ = principal_kernel(matrices(values, n))
        sums.append(math.fsum(eigenvalues))
        count += len(tail)
    return (math.fsum(sums) / count - n) / (n - 1)


def simulated(n, count):
    """Return mean, standard error and the largest difference of the kernel to LAPACK in the first batch."""
    rng = np.random.default_rng([SEED, n])
    indices, difference = [], 0.0
    for start in range(0, count, BATCH):
        stack = matrices(rng.choice(SCALE, (BATCH, n * (n - 1) // 2)), n)
        eigenvalues, _ = principal_kernel(stack)
        if start == 0:
            lapack = np.linalg.eigvals(stack[:1000]).real.max(axis=-1)
            difference = float(np.abs(lapack - eigenvalues[:1000]).max())
        indices.append((eigenvalues - n) / (n - 1))
    pooled = np.concatenate(indices)
    return pooled.mean(), pooled.std(ddof=1) / math.sqrt(len(pooled)), difference


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    for size in (3, 4):
        print(size, f"{exact(size):.10f}", "exact")
    for size in range(5, 16):
        mean, error, difference = simulated(size, count)
        print(size, f"{mean:.6f} +- {error:.6f}", f"kernel against LAPACK {difference:.1e}", flush=True)
