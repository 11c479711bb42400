"""Scoring and doubt: second opinions, sensitivity, sampled weights.

All answers are plain lists in the order of the case; positions count from 0. A table is ``matrix`` (or
``values``): rows of proposals x criteria, listed or under labels; numbers may be text such as "1/3".
``weights`` (default equal, in any unit) is a list, or a mapping by the names in ``criteria``. ``direction``
(default all "max") is a list or such a mapping, or one word for all, of max, higher, benefit, 1 or min,
lower, cost, -1.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from workbench.domain.criteria import Direction
from workbench.engine.doubt.acceptability import (
    Acceptability,
    pairwise_winning,
    rank_acceptability,
    rank_acceptability_in_order,
)
from workbench.engine.doubt.critical_weights import critical_weights
from workbench.engine.doubt.weight_sampling import flat_weights
from workbench.engine.scoring.divide_by_max import wsm_max
from workbench.engine.scoring.promethee import Preference, promethee_ii
from workbench.engine.scoring.topsis import Topsis, topsis_minmax, topsis_vector
from workbench.engine.scoring.vikor import vikor
from workbench.selftest.pairwise_inputs import number
from workbench.selftest.scoring_inputs import (
    Case,
    by_pair,
    decision_of,
    directions_of,
    in_order,
    order_of,
    plain,
    ranks_of,
    repeated,
    shape_of,
    table_of,
)

Answer = dict[str, Any]

DRAWS = 400_000
SEED = 20_250_101


def sensitivity_critical_weight(inputs: Case) -> Answer:
    """Find the weight changes that tie pairs (Triantaphyllou & Sanchez). Inputs: table, ``weights``.

    ``changes`` maps "i,j" to one change for each criterion, to subtract from its weight; None where
    impossible.
    """
    table, weights, _ = decision_of(inputs)
    found = critical_weights(table, weights)
    return {
        "preferences": found.preferences.tolist(),
        "order": order_of(found.preferences),
        "changes": by_pair(found.changes),
        "relative": by_pair(found.relative),
        "degrees": plain(found.degrees),
        "critical_any": found.critical_any,
        "critical_top": found.critical_top,
    }


def topsis_vector_case(inputs: Case) -> Answer:
    """Compute TOPSIS with vector normalisation. Inputs: table, ``weights``, ``direction``."""
    return _closeness(topsis_vector(*decision_of(inputs)))


def topsis_minmax_case(inputs: Case) -> Answer:
    """Compute TOPSIS with min-max normalisation. Inputs: table, ``weights``, ``direction``."""
    return _closeness(topsis_minmax(*decision_of(inputs)))


def vikor_case(inputs: Case) -> Answer:
    """Compute VIKOR. Inputs: table, ``weights``, ``direction``; optional ``v`` (default 0.5)."""
    v = inputs.get("v")
    found = vikor(*decision_of(inputs), strategy=0.5 if v is None else number(v))
    return {
        "S": found.s.tolist(),
        "R": found.r.tolist(),
        "Q": found.q.tolist(),
        "order": order_of(found.scores),
        "ranks": ranks_of(found.scores),
        "acceptable_advantage": found.acceptable_advantage,
        "acceptable_stability": found.acceptable_stability,
        "compromise": [int(str(position)) for position in found.compromise],
    }


def promethee2(inputs: Case) -> Answer:
    """Compute PROMETHEE II. Inputs: table, ``weights``, ``direction``.

    Optional ``preference`` (a name, a type 1 to 6, or a list; default usual), ``q`` and ``p`` (one number or
    a list), ``s`` (the width of "gaussian", else its p).
    """
    table, weights, directions = decision_of(inputs)
    given = (in_order(inputs.get(name), inputs) for name in ("preference", "q", "p", "s"))
    each = zip(*(repeated(one, len(table.columns)) for one in given), strict=True)
    chosen: dict[Hashable, Preference] = dict(
        zip(table.columns, (_preference(*one) for one in each), strict=True)
    )
    found = promethee_ii(table, weights, directions, chosen)
    return {
        "phi": found.scores.tolist(),
        "phi_plus": found.leaving.tolist(),
        "phi_minus": found.entering.tolist(),
        "scores": found.scores.tolist(),
        "order": order_of(found.scores),
        "ranks": ranks_of(found.scores),
    }


def _preference(shape: object, q: object, p: object, s: object) -> Preference:
    name = shape_of("usual" if shape is None else shape)
    strict = s if s is not None and (name == "gaussian" or p is None) else p
    low, high = (0.0 if one is None else number(one) for one in (q, strict))
    return Preference(name, low, high)


def wsm_max_case(inputs: Case) -> Answer:
    """Compute simple additive weighting by the largest. Inputs: table, ``weights``, ``direction``."""
    found = wsm_max(*decision_of(inputs))
    return {
        "scores": found.scores.tolist(),
        "order": order_of(found.scores),
        "ranks": ranks_of(found.scores),
        "normalised": found.normalised.to_numpy().tolist(),
    }


def smaa_acceptability(inputs: Case) -> Answer:
    """Sample weights and count ranks. Inputs: table; more is better unless ``direction`` says otherwise.

    Optional ``order`` (criteria positions, most important first: only such weights), ``draws``, ``seed``.
    """
    values = table_of(inputs).to_numpy()
    values = np.where(
        [d == Direction.HIGHER for d in directions_of(inputs, values.shape[1])], values, -values
    )
    # One common stretch for all criteria keeps every order of every weighted sum.
    width = values.max() - values.min()
    utilities = pd.DataFrame((values - values.min()) / (width if width > 0 else 1.0))
    draws, seed = int(inputs.get("draws", DRAWS)), int(inputs.get("seed", SEED))
    found = _acceptability(inputs, utilities, draws, seed)
    central = {f"central_weight_{row + 1}": plain(found.central_weights.loc[row]) for row in utilities.index}
    return {
        "acceptability": found.ranks[1].tolist(),
        "rank_acceptability": found.ranks.to_numpy().tolist(),
        "central_weights": list(central.values()),
        **central,
        "pairwise_winning": pairwise_winning(utilities, draws=min(draws, 20_000), seed=seed)
        .to_numpy()
        .tolist(),
    }


def weight_sampler(inputs: Case) -> Answer:
    """Measure the sampler. Inputs: ``n`` criteria; optional ``draws``, ``seed``.

    ``mean`` is that of the criterion whose mean lies furthest from 1/n, ``var`` the mean variance of weights.
    """
    n = int(inputs["n"])
    weights = flat_weights(n, int(inputs.get("draws", DRAWS)), int(inputs.get("seed", SEED)))
    means = weights.mean(axis=0)
    return {
        "mean": float(means[np.abs(means - 1 / n).argmax()]),
        "means": means.tolist(),
        "var": float(weights.var(axis=0).mean()),
        "p_any_over_half": float((weights.max(axis=1) > 0.5).mean()),
        "smallest": float(weights.min()),
    }


def _acceptability(inputs: Case, utilities: pd.DataFrame, draws: int, seed: int) -> Acceptability:
    if "order" in inputs:
        return rank_acceptability_in_order(utilities, inputs["order"], draws=draws, seed=seed)
    return rank_acceptability(utilities, draws=draws, seed=seed)


def _closeness(found: Topsis) -> Answer:
    return {
        "closeness": found.scores.tolist(),
        "scores": found.scores.tolist(),
        "distance_to_best": found.distance_to_best.tolist(),
        "distance_to_worst": found.distance_to_worst.tolist(),
        "order": order_of(found.scores),
        "ranks": ranks_of(found.scores),
    }


KINDS: Mapping[str, Callable[[Case], Answer]] = MappingProxyType(
    {
        "sensitivity_critical_weight": sensitivity_critical_weight,
        "topsis_vector": topsis_vector_case,
        "topsis_minmax": topsis_minmax_case,
        "vikor": vikor_case,
        "promethee2": promethee2,
        "wsm_max": wsm_max_case,
        "smaa_acceptability": smaa_acceptability,
        "weight_sampler": weight_sampler,
    }
)
"""From the kind of a case to the function that computes it."""
