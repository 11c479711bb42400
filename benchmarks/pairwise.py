"""Measure pairwise comparison against plain batched NumPy and, where importable, against other libraries.

    python benchmarks/pairwise.py

Every row is a ratio of two times of one run on the same input; peers (ahpy, pyDecision, pyanp) live in an
environment of their own and are skipped where they cannot be imported. Times are the least of several runs.
"""

import importlib
import timeit

import numpy as np
import pandas as pd

from workbench.engine.agreement import shannon_consensus
from workbench.engine.pairwise import (
    consistency,
    eigenvector_weights,
    group_judgements,
    group_weights,
    individual_weights,
    lambda_optimal_completion,
    random_index,
    stack_judgements,
)
from workbench.engine.pairwise.completion import completion_kernel
from workbench.engine.pairwise.kernels import (
    eigenvector_kernel,
    exp_normalised,
    geometric_consistency_kernel,
    laplacian_kernel,
    mean_logs,
)
from workbench.engine.pairwise.matrix import SAATY_SCALE

N, SEED = 7, 1
LABELS = list("abcdefg")
MISSING = [(0, 1), (2, 3), (4, 5), (0, 6), (1, 4), (2, 6)]


def people(count):
    """Draw people: true weights, judgements off by a factor of about 1.5, rounded to the scale."""
    rng = np.random.default_rng(SEED)
    weights = rng.dirichlet(np.ones(N), count)
    i, j = np.triu_indices(N, 1)
    told = np.log(weights[:, i] / weights[:, j]) + rng.normal(0, 0.4, (count, len(i)))
    scale = np.array(SAATY_SCALE)
    answers = scale[np.abs(told[:, :, None] - np.log(scale)).argmin(axis=-1)]
    matrices = np.ones((count, N, N))
    matrices[:, i, j], matrices[:, j, i] = answers, 1 / answers
    return matrices


def seconds(work, runs=20):
    return min(timeit.repeat(work, number=1, repeat=runs))


def plain_eigenvector(matrices):
    """Square three times, four power steps, ratio: what one would write with NumPy and no care."""
    power = matrices
    for _ in range(3):
        power = power @ power
    vectors = power.sum(axis=-1)
    vectors /= vectors.sum(axis=-1, keepdims=True)
    for _ in range(4):
        vectors = (power @ vectors[..., None])[..., 0]
        vectors /= vectors.sum(axis=-1, keepdims=True)
    values = (matrices @ vectors[..., None])[..., 0].sum(axis=-1)
    return vectors, (values - N) / (N - 1) / 1.34


def plain_geometric(matrices):
    logs = np.log(matrices)
    means = logs.mean(axis=-1)
    weights = np.exp(means)
    weights /= weights.sum(axis=-1, keepdims=True)
    errors = logs - means[:, :, None] + means[:, None, :]
    return weights, (errors**2).sum(axis=(1, 2)) / ((N - 1) * (N - 2))


def geometric(matrices):
    logs = np.log(matrices)
    return exp_normalised(mean_logs(logs)), geometric_consistency_kernel(logs)


def row(task, ours, *others):
    print(f"{task:<52} {ours * 1e3:9.3f} ms", end="")
    for name, other in others:
        print(f" | {name} {other * 1e3:9.2f} ms, {other / ours:.1f} x ours", end="")
    print(flush=True)


def peer(module):
    try:
        return importlib.import_module(module)
    except ImportError:
        return None


def ahpy_weights(ahpy, matrix, left_out=()):
    pairs = [(i, j) for i in range(N) for j in range(i + 1, N) if (i, j) not in left_out]
    found = ahpy.Compare("x", {(LABELS[i], LABELS[j]): matrix[i, j] for i, j in pairs})
    return found.local_weights, found.consistency_ratio


def complete(matrices):
    count = len(matrices)
    others = [("plain NumPy", seconds(lambda: plain_eigenvector(matrices)))]
    decision, ahpy = peer("pyDecision.algorithm"), peer("ahpy")
    if decision:
        others.append(("pyDecision", seconds(lambda: [decision.ahp_method(m, wd="me") for m in matrices], 3)))
    if ahpy:
        others.append(("ahpy", seconds(lambda: [ahpy_weights(ahpy, m) for m in matrices], 3)))
    ours = seconds(lambda: eigenvector_kernel(matrices, random_index(N)))
    row(f"eigenvector + CR, {count} x 7x7", ours, *others)
    plain = seconds(lambda: plain_geometric(matrices))
    row(
        f"geometric mean + GCI, {count} x 7x7",
        seconds(lambda: geometric(matrices)),
        ("plain NumPy", plain),
    )


def group(matrices):
    stack = stack_judgements(
        {f"p{p:04}": pd.DataFrame(matrix, LABELS, LABELS) for p, matrix in enumerate(matrices)}
    )
    others = [("plain NumPy", seconds(lambda: np.exp(np.log(matrices).mean(axis=0))))]
    pyanp = peer("pyanp.pairwise")
    if pyanp:
        # Its product of a thousand answers may overflow; the time is what counts here.
        with np.errstate(all="ignore"):
            others.append(("pyanp", seconds(lambda: pyanp.geom_avg_mats(matrices), 3)))
    row(f"AIJ of {len(matrices)} and its weights", seconds(lambda: group_weights(stack)), *others)
    row(f"AIJ of {len(matrices)}, counts and spread kept", seconds(lambda: group_judgements(stack)))

    def click():
        changed = stack.with_answer("p0500", "a", "b", 3.0)
        pooled = group_judgements(changed)
        return group_weights(changed), eigenvector_weights(pooled.matrix), consistency(pooled.matrix)

    row("one changed answer to weights, CR and spread", seconds(click))

    def click_and_agreement():
        changed = stack.with_answer("p0500", "a", "b", 3.0)
        pooled = group_judgements(changed)
        agreement = shannon_consensus(individual_weights(changed))
        return group_weights(changed), consistency(pooled.matrix), agreement

    row("one changed answer to weights, CR and agreement S*", seconds(click_and_agreement))


def incomplete(matrices):
    answered = np.ones((N, N), dtype=bool)
    for i, j in MISSING:
        answered[i, j] = answered[j, i] = False
    logs = np.where(answered, np.log(matrices), 0.0)
    precision = np.broadcast_to(answered & ~np.eye(N, dtype=bool), logs.shape).astype(float)
    ahpy = peer("ahpy")
    others = []
    if ahpy:
        few = matrices[:10]
        per_matrix = seconds(lambda: [ahpy_weights(ahpy, m, MISSING) for m in few], 2) / len(few)
        others.append(("ahpy (10, scaled)", per_matrix * len(matrices)))
    count = len(matrices)
    row(
        f"optimal completion, {count} x 7x7, 6 missing",
        seconds(lambda: completion_kernel(logs, answered, 1e-11), 5),
        *others,
    )
    row(
        f"incomplete LLSM, {count} x 7x7, 6 missing",
        seconds(lambda: laplacian_kernel(logs, precision)),
        *others,
    )
    one = pd.DataFrame(np.where(answered, matrices[0], np.nan), LABELS, LABELS)
    row("one labelled, checked optimal completion", seconds(lambda: lambda_optimal_completion(one), 5))


if __name__ == "__main__":
    complete(people(1_000))
    group(people(1_000))
    incomplete(people(200))
