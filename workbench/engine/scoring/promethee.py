"""PROMETHEE II: net preference flows from comparing every two proposals on every criterion.

A second opinion, never the default: the flow of a proposal depends on which others are on the table.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.scoring.decision import Decision, decision
from workbench.errors import InvalidValue, UnknownMethod, same_labels

ROUNDING = 1e-12
"""Differences below this share of the largest value of a criterion are the computer's rounding."""

BLOCK_CELLS = 1 << 20
"""How many pairs are compared at once, so that memory stays small."""


@dataclass(frozen=True)
class Preference:
    """How a difference on one criterion becomes a preference between 0 and 1.

    Attributes
    ----------
    shape : str
        A key of `PREFERENCES`.
    indifference : float
        q, in the criterion's unit: a difference up to it is no preference.
    strict : float
        p, in the criterion's unit: from it on preference is full; the inflection point s of ``gaussian``.
    """

    shape: str = "usual"
    indifference: float = 0.0
    strict: float = 0.0


Shape = Callable[[NDArray[np.float64], float, float], NDArray[np.float64]]


def usual(difference: NDArray[np.float64], q: float, p: float) -> NDArray[np.float64]:  # noqa: ARG001 - one signature
    """Prefer fully at any positive difference (type I)."""
    return (difference > 0).astype(np.float64)


def u_shape(difference: NDArray[np.float64], q: float, p: float) -> NDArray[np.float64]:  # noqa: ARG001 - one signature
    """Prefer fully beyond q (type II)."""
    return (difference > q).astype(np.float64)


def v_shape(difference: NDArray[np.float64], q: float, p: float) -> NDArray[np.float64]:  # noqa: ARG001 - one signature
    """Prefer in proportion to the difference, fully from p (type III)."""
    return np.clip(difference / p, 0.0, 1.0)


def level(difference: NDArray[np.float64], q: float, p: float) -> NDArray[np.float64]:
    """Prefer by one half between q and p, fully beyond p (type IV)."""
    return 0.5 * (difference > q) + 0.5 * (difference > p)


def linear(difference: NDArray[np.float64], q: float, p: float) -> NDArray[np.float64]:
    """Prefer in proportion between q and p (type V)."""
    return np.clip((difference - q) / (p - q), 0.0, 1.0)


def gaussian(difference: NDArray[np.float64], q: float, p: float) -> NDArray[np.float64]:  # noqa: ARG001 - one signature
    """Prefer by 1 - exp(-d^2 / 2 s^2) with s = p (type VI)."""
    return np.where(difference > 0, -np.expm1(-(difference**2) / (2 * p**2)), 0.0)


PREFERENCES: Mapping[str, Shape] = MappingProxyType(
    {
        "usual": usual,
        "u_shape": u_shape,
        "v_shape": v_shape,
        "level": level,
        "linear": linear,
        "gaussian": gaussian,
    }
)
"""Preference functions of Brans and Vincke by name."""


@dataclass(frozen=True)
class Promethee:
    """Net flows with every step.

    Attributes
    ----------
    criterion_flows : DataFrame
        Proposal x criterion: net flow on that criterion alone, -1..1, before weighting.
    leaving, entering : Series
        Mean preference over the others, and of the others over it, by proposal (0..1).
    scores : Series
        Net flow phi by proposal, -1..1, higher is better; 0 for a single proposal.
    """

    criterion_flows: pd.DataFrame
    leaving: pd.Series
    entering: pd.Series
    scores: pd.Series


def promethee_ii(
    table: pd.DataFrame,
    weights: pd.Series,
    directions: pd.Series,
    preferences: Mapping[Hashable, Preference] | None = None,
) -> Promethee:
    """Compute PROMETHEE II net flows.

    Parameters
    ----------
    table : DataFrame
        Proposal x criterion in each criterion's own unit, complete.
    weights, directions : Series
        Weight, and `Direction` or its text, by criterion.
    preferences : mapping of criterion to Preference, optional
        For all criteria; the usual criterion (any difference counts) where none is given.

    Returns
    -------
    Promethee

    Raises
    ------
    LabelMismatch, InvalidValue
        As `workbench.engine.scoring.decision.decision`; ``thresholds_not_usable`` with the criterion.
    UnknownMethod
        ``unknown_preference_shape``.

    References
    ----------
    Brans, J.-P., & Vincke, P. (1985). A preference ranking organisation method. Management Science 31(6).

    Examples
    --------
    >>> table = pd.DataFrame([[4, 3, 2], [3, 2, 4], [5, 1, 3]], index=[*"abc"], columns=[*"xyz"])
    >>> directions = pd.Series("higher", index=table.columns)
    >>> promethee_ii(table, pd.Series({"x": 5, "y": 3, "z": 2}), directions).scores.round(6).to_dict()
    {'a': 0.1, 'b': -0.3, 'c': 0.2}
    """
    checked = decision(table, weights, directions)
    chosen = _chosen(checked, preferences)
    leaving = np.empty_like(checked.cells)
    entering = np.empty_like(checked.cells)
    for column, preference in enumerate(chosen):
        gains = checked.cells[:, column] * (1.0 if checked.higher[column] else -1.0)
        leaving[:, column], entering[:, column] = _flows(gains, preference)
    out, into = (leaving * checked.shares).sum(axis=1), (entering * checked.shares).sum(axis=1)
    return Promethee(
        criterion_flows=checked.by_both(leaving - entering),
        leaving=checked.by_proposal(out, "leaving"),
        entering=checked.by_proposal(into, "entering"),
        scores=checked.by_proposal(((leaving - entering) * checked.shares).sum(axis=1), "phi"),
    )


def promethee_usual_kernel(
    values: NDArray[np.float64], shares: NDArray[np.float64], higher: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return net flows (..., proposals) of plain arrays (..., proposals, criteria), usual criterion."""
    gains = np.where(higher, values, -values)
    others = max(values.shape[-2] - 1, 1)
    signs = np.sign(gains[..., :, np.newaxis, :] - gains[..., np.newaxis, :, :]).sum(axis=-2) / others
    return np.asarray((signs * shares[..., np.newaxis, :]).sum(axis=-1))


def _chosen(checked: Decision, preferences: Mapping[Hashable, Preference] | None) -> list[Preference]:
    if preferences is None:
        return [Preference()] * len(checked.criteria)
    same_labels("preference functions", checked.criteria, preferences)
    chosen = [preferences[criterion] for criterion in checked.criteria]
    for criterion, preference in zip(checked.criteria, chosen, strict=True):
        _refuse_thresholds(str(criterion), preference)
    return chosen


def _refuse_thresholds(criterion: str, preference: Preference) -> None:
    if preference.shape not in PREFERENCES:
        raise UnknownMethod("unknown_preference_shape", name=preference.shape, known=tuple(PREFERENCES))
    q, p = preference.indifference, preference.strict
    needs_p = preference.shape in {"v_shape", "gaussian"}
    needs_order = preference.shape in {"level", "linear"}
    usable = 0 <= q < np.inf and 0 <= p < np.inf and not (needs_p and p == 0) and not (needs_order and p <= q)
    if not usable:
        raise InvalidValue(
            "thresholds_not_usable", criterion=criterion, shape=preference.shape, indifference=q, strict=p
        )


def _flows(
    gains: NDArray[np.float64], preference: Preference
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    shape = PREFERENCES[preference.shape]
    q, p = preference.indifference, preference.strict
    noise = ROUNDING * np.abs(gains).max()
    others = max(len(gains) - 1, 1)
    leaving, entering = np.empty_like(gains), np.empty_like(gains)
    rows = max(1, BLOCK_CELLS // len(gains))
    for start in range(0, len(gains), rows):
        difference = gains[start : start + rows, np.newaxis] - gains
        difference[np.abs(difference) <= noise] = 0.0
        leaving[start : start + rows] = shape(difference, q, p).sum(axis=1) / others
        entering[start : start + rows] = shape(-difference, q, p).sum(axis=1) / others
    return leaving, entering
