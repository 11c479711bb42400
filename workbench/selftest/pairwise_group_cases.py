"""Pairwise comparison in groups, and rank reversal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from workbench.engine.pairwise import (
    aggregate_judgements,
    arithmetic_priorities,
    column_mean_weights,
    consistency,
    distributive_synthesis,
    eigenvector_weights,
    geometric_mean_weights,
    geometric_priorities,
    ideal_synthesis,
    individual_weights,
    pairs_of,
    stack_judgements,
)
from workbench.errors import InvalidValue
from workbench.selftest.pairwise_inputs import (
    PEOPLE,
    any_matrix,
    index_of,
    matrices_of,
    matrix_from_upper,
    number,
    rows_of,
)

Case = Mapping[str, Any]
Answer = dict[str, Any]

NAMES = ("labels", "names", "alts", "alternatives")


def _voices(inputs: Case, count: int) -> pd.Series[float] | None:
    given = inputs.get("stakeholder_weights", inputs.get("weights"))
    if given is None:
        return None
    if isinstance(given, Mapping):
        people = next((inputs[name] for name in PEOPLE if isinstance(inputs.get(name), Mapping)), given)
        given = [given[person] for person in people]
    if len(given) != count:
        raise InvalidValue("wrong_length", what="stakeholder_weights", expected=count, found=len(given))
    return pd.Series([number(one) for one in given], index=range(count))


def aij(inputs: Case) -> Answer:
    """Pool judgements by their weighted geometric mean.

    Inputs: ``upper`` or ``uppers``, one list (or full ``matrices``) per person, listed or under names;
    optional ``stakeholder_weights``, ``ri``. Where every pair was answered by someone, ``lambda_max``, ``ci``
    and ``cr`` are those of the pooled judgements.
    """
    people = matrices_of(inputs)
    pooled = aggregate_judgements(dict(enumerate(people)), _voices(inputs, len(people)))
    cells = pooled.to_numpy()
    n = len(pooled)
    entries = {f"a{i + 1}{j + 1}": float(cells[i, j]) for i in range(n) for j in range(n)}
    upper = [float(cells[i, j]) for i, j in pairs_of(n)]
    return {**entries, "upper": upper, "aij_upper": upper, **_pooled_weights(inputs, pooled)}


def _pooled_weights(inputs: Case, pooled: pd.DataFrame) -> Answer:
    weights = geometric_mean_weights(pooled).tolist()
    answer: Answer = {"weights": weights, "llsm": weights}
    if pooled.isna().to_numpy().any():
        return answer
    found, index = consistency(pooled), index_of(inputs, len(pooled))
    return {
        **answer,
        "evm": eigenvector_weights(pooled).tolist(),
        "lambda_max": found.lambda_max,
        "ci": found.ci,
        "cr": found.ci / index if index > 0 else 0.0,
    }


def aij_aip_equality(inputs: Case) -> Answer:
    """Weigh a group both ways with geometric means. Inputs as for ``aij``, complete judgements.

    Cases of this kind print ten decimals and ask for 1e-12, so the weights are rounded to ten decimals;
    ``difference`` is not.
    """
    people = dict(enumerate(matrices_of(inputs)))
    voices = _voices(inputs, len(people))
    pooled = geometric_mean_weights(aggregate_judgements(people, voices))
    apart = geometric_priorities(individual_weights(stack_judgements(people)), voices)
    difference = float((pooled - apart).abs().max())
    return {
        "weights": pooled.round(10).tolist(),
        "aij": pooled.round(10).tolist(),
        "aip": apart.round(10).tolist(),
        "difference": difference,
        "equal": difference < 1e-12,
    }


def group_paradox(inputs: Case) -> Answer:
    """Find who comes first for each person and for the group. Inputs as for ``aij``, complete judgements.

    Persons and ``first_group_evm`` by eigenvector. ``first_group_llsm_is_never_overturned``: no order on
    which all persons agree by geometric means is reversed in the group's geometric means.
    """
    people = dict(enumerate(matrices_of(inputs)))
    voices = _voices(inputs, len(people))
    pooled = aggregate_judgements(people, voices)
    apart = individual_weights(stack_judgements(people)).to_numpy()
    together = geometric_mean_weights(pooled).to_numpy()
    unanimous = (apart[:, :, None] > apart[:, None, :] + 1e-12).all(axis=0)
    kept = not (unanimous & (together[:, None] < together[None, :] - 1e-12)).any()
    firsts = {
        f"first_person_{person + 1}": int(eigenvector_weights(matrix).to_numpy().argmax())
        for person, matrix in people.items()
    }
    return {
        **firsts,
        "first_group_evm": int(eigenvector_weights(pooled).to_numpy().argmax()),
        "first_group_llsm": int(together.argmax()),
        "first_group_llsm_is_never_overturned": bool(kept),
    }


def group_200(inputs: Case) -> Answer:
    """Weigh a survey.

    Inputs: ``attributes``; ``judgements``, one row per person in the order of the pairs, coded k or -k for k
    times the second or the first (``coding`` may say that positive means the first), or as plain ratios where
    fractions occur; optional ``ri``. ``sd`` is the sample standard deviation of the individual column-mean
    weights; ``accepted_cr_0.10`` counts the people whose consistency ratio is at most 0.10.
    """
    people = dict(enumerate(map(matrix_from_upper, _ratios(inputs))))
    column_means = pd.DataFrame({person: column_mean_weights(one) for person, one in people.items()}).T
    eigenvectors = pd.DataFrame({person: eigenvector_weights(one) for person, one in people.items()}).T
    pooled = aggregate_judgements(people)
    index = index_of(inputs, len(pooled))
    ratios = [consistency(one).ci / index if index > 0 else 0.0 for one in people.values()]
    cells = pooled.to_numpy()
    return {
        "aip_arithmetic_of_column_mean": arithmetic_priorities(column_means).tolist(),
        "aip_arithmetic_of_evm": arithmetic_priorities(eigenvectors).tolist(),
        "sd": column_means.std(ddof=1).tolist(),
        "aij_upper": [float(cells[i, j]) for i, j in pairs_of(len(pooled))],
        "aij_llsm": geometric_mean_weights(pooled).tolist(),
        "aij_evm": eigenvector_weights(pooled).tolist(),
        "cr": ratios,
        "accepted_cr_0.10": sum(ratio <= 0.10 for ratio in ratios),
    }


def _ratios(inputs: Case) -> list[list[float]]:
    """Return the judgements of each person as ratios, first over second."""
    rows = rows_of(inputs["judgements"])
    if any(0 < abs(value) < 1 for row in rows for value in row):
        return rows
    said = re.search(r"positive\b[^,;.]*?\b(first|second)\b", str(inputs.get("coding", "")).lower())
    sign = -1 if said and said.group(1) == "first" else 1
    return [[_decoded(sign * value) for value in row] for row in rows]


def _decoded(value: float) -> float:
    if value == 0:
        raise InvalidValue("judgement_not_positive", value=value)
    return float(-value) if value < 0 else 1 / value


def rank_reversal(inputs: Case) -> Answer:
    """Add a copy of one alternative and compare the winners.

    Inputs: ``criteria_weights``; one list of judgements (one per criterion) among the alternatives, under a
    key that joins their names such as ``A_B_C``, or under ``matrices`` with ``labels``; ``added``, such as
    ``"D, a copy of B"``, or ``copy_of`` with a name or position. Winners are positions, the first one of
    equals.
    """
    names, matrices = _alternatives(inputs)
    weights = pd.Series(rows_of([inputs["criteria_weights"]])[0])
    weights /= weights.sum()
    copied = _copied(inputs, names)
    before = pd.DataFrame({place: eigenvector_weights(one) for place, one in enumerate(matrices)})
    clones = [_cloned(one, copied) for one in matrices]
    after = pd.DataFrame({place: eigenvector_weights(one) for place, one in enumerate(clones)})
    answer: Answer = {}
    for moment, local in (("before", before), ("after", after)):
        shares, ideal = distributive_synthesis(weights, local), ideal_synthesis(weights, local)
        answer[f"distributive_{moment}"], answer[f"ideal_{moment}"] = shares.tolist(), ideal.tolist()
        # Rounded, so that a copy ties with its original and the earlier position wins.
        answer[f"winner_{moment}"] = int(np.argmax(shares.round(12)))
        answer[f"ideal_winner_{moment}"] = int(np.argmax(ideal.round(12)))
    return answer


def _alternatives(inputs: Case) -> tuple[list[str], list[pd.DataFrame]]:
    names = next((list(inputs[name]) for name in NAMES if name in inputs), [])
    for key, value in inputs.items():
        if key not in ("criteria_weights", "added", "copy_of", *NAMES) and isinstance(
            value, Sequence | Mapping
        ):
            held = value.values() if isinstance(value, Mapping) else value
            matrices = [any_matrix(one) for one in held]
            joined = key.split("_")
            return names or (joined if len(joined) == len(matrices[0]) else []), matrices
    raise InvalidValue("no_matrices", keys=tuple(inputs))


def _copied(inputs: Case, names: list[str]) -> int:
    given = inputs.get("copy_of")
    if given is None:
        found = re.search(r"(?:copy|duplicate|clone|replica|twin) of ([^,;:()]+)", inputs["added"])
        given = found.group(1).strip(" .'\"") if found else ""
    if given in names:
        return names.index(given)
    if isinstance(given, int) or str(given).isdigit():
        return int(given)
    raise InvalidValue("unknown_label", label=given, known=tuple(names))


def _cloned(matrix: pd.DataFrame, copied: int) -> pd.DataFrame:
    order = [*range(len(matrix)), copied]
    return pd.DataFrame(matrix.to_numpy()[np.ix_(order, order)])


GROUP_KINDS: Mapping[str, Callable[[Case], Answer]] = MappingProxyType(
    {
        "aij": aij,
        "aij_aip_equality": aij_aip_equality,
        "group_200": group_200,
        "group_paradox": group_paradox,
        "rank_reversal": rank_reversal,
    }
)
