"""Answers of released libraries to the same matrices, where they answer the same question.

Their known faults, which the engine avoids: ahpy 2.1 and pyanp 0.3.1 weigh answers that do not link all
items, ahpy lets the later of two contradictory answers win and loses a misspelt criterion's share, pyDecision
takes a missing answer as 0 and a matrix that is not reciprocal as it is. The tests of each module hold the
refusals.
"""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from workbench.engine.pairwise.harker import harker_weights
from workbench.engine.pairwise.incomplete import lambda_optimal_completion
from workbench.engine.pairwise.weights import weights_by


@pytest.fixture(scope="module")
def peers(project_root):
    return json.loads((project_root / "tests" / "fixtures" / "pairwise" / "peers.json").read_text())


@pytest.mark.parametrize("method", ["eigenvector", "geometric_mean", "column_mean"])
def test_complete_matrices(peers, method):
    for case in peers["complete"]:
        weights = weights_by(method, pd.DataFrame(case["matrix"]))
        for name, answer in case[method].items():
            # pyDecision and pyanp stop their iterations early.
            assert weights.to_numpy() == pytest.approx(answer, abs=1e-6), name


def test_incomplete_matrices(peers):
    for case in peers["incomplete"]:
        cells = np.array(case["matrix"])
        for i, j in case["left_out"]:
            cells[i, j] = cells[j, i] = np.nan
        matrix = pd.DataFrame(cells)
        assert lambda_optimal_completion(matrix).weights.to_numpy() == pytest.approx(
            case["optimal"]["ahpy"], abs=1e-4
        )
        assert harker_weights(matrix).weights.to_numpy() == pytest.approx(case["harker"]["pyanp"], abs=1e-6)
