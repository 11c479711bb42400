"""Write the answers of other libraries on random instances to tests/fixtures/scoring/peers.json.

Runs in an environment of its own, never in the product's:

    python -m venv peers && peers/bin/pip install scikit-criteria pymcdm pysensmcda
    peers/bin/python benchmarks/oracles/scoring.py tests/fixtures/scoring/peers.json

Known faults that the instances avoid: VIKOR of pymcdm and pyrepo-mcda refuses, or returns NaN, where a column
or all regrets are equal. TOPSIS of pymcdm is min-max unless told otherwise. Thresholds are drawn so that no
difference equals one: implementations differ there.
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
from pymcdm import normalizations
from pymcdm.methods import PROMETHEE_II, TOPSIS, VIKOR, WPM, WSM
from pysensmcda.smaa import exact_acceptability
from skcriteria import mkdm
from skcriteria.agg import similarity
from skcriteria.preprocessing.scalers import VectorScaler

SEED = 20_250_301
INSTANCES = 40


def promethee(shape, matrix, weights, types, q, p):
    return PROMETHEE_II(shape, p=p, q=q)(matrix, weights, types).tolist()


def sk_topsis(matrix, weights, types):
    problem = mkdm(matrix, [max if kind == 1 else min for kind in types], weights=weights)
    return similarity.TOPSIS().evaluate(VectorScaler("matrix").transform(problem)).e_.similarity.tolist()


def ratio_scores(matrix, weights, types):
    """Value / largest, smallest / value: pymcdm's own cost rule differs, so costs are inverted before."""
    turned = np.where(types == 1, matrix, matrix.min(axis=0) / matrix)
    return WSM(normalizations.max_normalization)(turned, weights, np.ones_like(types)).tolist()


def instance(rng):
    rows, columns = int(rng.integers(2, 12)), int(rng.integers(1, 8))
    matrix = np.round(rng.uniform(1, 100, (rows, columns)), 3)
    weights = rng.dirichlet(np.ones(columns))
    types = rng.choice([1, -1], columns)
    q = np.round(rng.uniform(1, 10, columns), 4)
    p = np.round(q + rng.uniform(5, 40, columns), 4)
    return {
        "matrix": matrix.tolist(),
        "weights": weights.tolist(),
        "types": types.tolist(),
        "q": q.tolist(),
        "p": p.tolist(),
        "topsis_vector": {
            "pymcdm": TOPSIS(normalizations.vector_normalization)(matrix, weights, types).tolist()
            if (types == 1).all()
            else None,
            "scikit-criteria": sk_topsis(matrix, weights, types),
        },
        "topsis_minmax": {"pymcdm": TOPSIS()(matrix, weights, types).tolist()},
        "vikor": {"pymcdm": VIKOR()(matrix, weights, types).tolist()},
        "wsm_max": {"pymcdm": ratio_scores(matrix, weights, types)},
        "promethee_ii": {
            shape: promethee(shape, matrix, weights, types, q, p)
            for shape in ("usual", "ushape", "vshape", "level", "vshape_2")
        },
        "weighted_product": {
            "pymcdm": WPM(normalizations.max_normalization)(matrix, weights, np.ones(columns)).tolist()
        },
    }


def acceptability(rng):
    rows, columns = int(rng.integers(3, 7)), int(rng.integers(2, 5))
    utilities = np.round(rng.random((rows, columns)), 3)
    exact = exact_acceptability(utilities, np.ones(columns), scaling="none", weight_bounds=False)
    central = np.asarray(exact.central_weights, dtype=float)
    return {
        "utilities": utilities.tolist(),
        "acceptability": np.asarray(exact.acceptability).tolist(),
        "central_weights": [[None if np.isnan(cell) else cell for cell in row] for row in central],
    }


def main():
    rng = np.random.default_rng(SEED)
    peers = ("pymcdm", "scikit-criteria", "pysensmcda", "numpy")
    content = {
        "made_by": "benchmarks/oracles/scoring.py",
        "seed": SEED,
        "versions": {name: version(name) for name in peers},
        "instances": [instance(rng) for _ in range(INSTANCES)],
        "exact_acceptability": [acceptability(rng) for _ in range(12)],
    }
    Path(sys.argv[1]).write_text(json.dumps(content) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
