"""Goepel's consensus S* of priorities, from Shannon entropies, in its two published forms.

With k participants and n criteria: alpha is the mean entropy within participants, gamma the entropy of the
mean priorities, beta = gamma - alpha; exp(beta) is the number of distinct opinions. S* maps it to 0..1
between the bounds that a judgement scale up to M allows. Formulas checked against the text of Goepel's tag
pages on the consensus indicator (eq. 1.1 to 1.10) and the published source of AHP-OS, whose code still
computes the 2013 bound before replacing it by ln n.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.engine.agreement.tables import Floats, complete
from workbench.errors import InvalidValue, UnknownMethod


def gamma_max_2013(participants: int, criteria: int, scale: float) -> float:
    """Largest gamma entropy when each participant can favour one own criterion M times (Goepel 2013).

    With fewer people than criteria some criteria stay without a champion, so the bound is below ln n.

    Examples
    --------
    >>> round(gamma_max_2013(2, 2, 9.0), 12) == round(float(np.log(2)), 12)
    True
    """
    if participants >= criteria:
        return float(np.log(criteria))
    total = criteria + scale - 1
    championed = (participants + scale - 1) / (total * participants)
    others = 1 / total
    left = criteria - participants
    return float(-participants * championed * np.log(championed) - left * others * np.log(others))


def gamma_max_2018(participants: int, criteria: int, scale: float) -> float:  # noqa: ARG001 - one signature
    """Largest gamma entropy ln n, whatever the number of people (Goepel 2018; AHP-OS).

    Examples
    --------
    >>> gamma_max_2018(2, 3, 9.0) == float(np.log(3))
    True
    """
    return float(np.log(criteria))


FORMS: Mapping[str, Callable[[int, int, float], float]] = MappingProxyType(
    {"goepel_2018": gamma_max_2018, "goepel_2013": gamma_max_2013}
)
"""The stated form must be printed beside S*: they differ when there are fewer people than criteria."""


@dataclass(frozen=True)
class ShannonConsensus:
    """S* with its entropies.

    Attributes
    ----------
    consensus : float
        S*: 1 for identical priorities, 0 for the most opposed ones that the scale allows. Below 0 only when
        priorities are more extreme than a scale up to ``scale_maximum`` can produce; not cut off, so that it
        shows.
    homogeneity : float
        S without the bound of the scale: (1/exp(beta) - 1/n) / (1 - 1/n).
    alpha, beta, gamma : float
        Entropies in nats.
    participants, criteria : int
    scale_maximum : float
    form : str
    """

    consensus: float
    homogeneity: float
    alpha: float
    beta: float
    gamma: float
    participants: int
    criteria: int
    scale_maximum: float
    form: str


@dataclass(frozen=True)
class ConsensusBaseline:
    """What people who deal their priorities to criteria at random would reach.

    Attributes
    ----------
    mean : float
        Mean S* of the permuted rooms.
    upper : float
        95 % of the permuted rooms stay at or below it.
    p : float
        (1 + permuted rooms with at least the observed S*) / (1 + permutations).
    permutations, seed : int
    """

    mean: float
    upper: float
    p: float
    permutations: int
    seed: int


def shannon_consensus(
    priorities: pd.DataFrame, scale_maximum: float = 9.0, form: str = "goepel_2018"
) -> ShannonConsensus:
    """Measure how far participants give criteria the same priorities.

    S* = (1/exp(beta) - 1/c) / (1 - 1/c), c = exp(gamma_max - alpha_min), alpha_min the entropy of one
    criterion M times as important as each other one.

    Parameters
    ----------
    priorities : DataFrame, participants x criteria
        Not negative, each row sums to 1; no gaps.
    scale_maximum : float
        M, the largest judgement of the scale; 9 for Saaty's.
    form : str
        ``"goepel_2018"`` (gamma_max = ln n, as AHP-OS computes) or ``"goepel_2013"`` (smaller for k < n).

    Raises
    ------
    InvalidValue
        ``not_priorities``, ``too_few_to_agree``, ``invalid_scale``, ``incomplete_table``.
    UnknownMethod
        For another form.

    Examples
    --------
    >>> opposed = pd.DataFrame([[0.9, 0.1], [0.1, 0.9]], columns=["need", "benefit"])
    >>> abs(shannon_consensus(opposed).consensus) < 1e-12
    True
    """
    values = _priorities(priorities)
    floor = _floor(values.shape, scale_maximum, form)
    participants, criteria = values.shape
    alpha, gamma = float(_entropy(values).mean()), float(_entropy(values.mean(axis=0)))
    # Rounding may leave a hair below zero, which no opinions can.
    beta = max(0.0, gamma - alpha)
    return ShannonConsensus(
        consensus=float(_mapped(beta, floor)),
        homogeneity=float(_mapped(beta, 1 / criteria)),
        alpha=alpha,
        beta=beta,
        gamma=gamma,
        participants=participants,
        criteria=criteria,
        scale_maximum=scale_maximum,
        form=form,
    )


def consensus_baseline(
    priorities: pd.DataFrame,
    permutations: int,
    seed: int,
    scale_maximum: float = 9.0,
    form: str = "goepel_2018",
) -> ConsensusBaseline:
    """Give the S* that chance reaches with the very same priorities, dealt to criteria at random.

    Mild opinions agree by being mild; only the distance from this baseline is agreement.

    Raises
    ------
    InvalidValue
        ``too_few_permutations`` below 99, and those of `shannon_consensus`.

    Examples
    --------
    >>> same = pd.DataFrame([[0.6, 0.3, 0.1]] * 5, columns=["a", "b", "c"])
    >>> consensus_baseline(same, permutations=199, seed=3).p
    0.005
    """
    if permutations < 99:
        raise InvalidValue("too_few_permutations", permutations=permutations, minimum=99)
    values = _priorities(priorities)
    floor = _floor(values.shape, scale_maximum, form)
    alpha = _entropy(values).mean()
    random = np.random.default_rng(seed)
    means = np.stack([random.permuted(values, axis=1).mean(axis=0) for _ in range(permutations)])
    reached = _mapped(np.maximum(0.0, _entropy(means) - alpha), floor)
    observed = _mapped(max(0.0, float(_entropy(values.mean(axis=0)) - alpha)), floor)
    return ConsensusBaseline(
        mean=float(reached.mean()),
        upper=float(np.quantile(reached, 0.95, method="higher")),
        p=(1 + int((reached >= observed - 1e-12).sum())) / (1 + permutations),
        permutations=permutations,
        seed=seed,
    )


def _priorities(priorities: pd.DataFrame) -> Floats:
    values = complete(priorities, "priorities").to_numpy()
    if min(values.shape) < 2:
        raise InvalidValue("too_few_to_agree", participants=values.shape[0], criteria=values.shape[1])
    off = np.abs(values.sum(axis=1) - 1)
    if (values < 0).any() or (off > 1e-6).any():
        raise InvalidValue("not_priorities", smallest=float(values.min()), furthest_from_one=float(off.max()))
    return values


def _floor(shape: tuple[int, ...], scale: float, form: str) -> float:
    """Smallest value of 1/exp(beta) that the scale allows."""
    if form not in FORMS:
        raise UnknownMethod(subject="consensus form", name=form, known=tuple(FORMS))
    participants, criteria = shape
    if not scale > 1:
        raise InvalidValue("invalid_scale", scale_maximum=scale)
    total = criteria + scale - 1
    alpha_min = -(scale / total) * np.log(scale / total) + (criteria - 1) / total * np.log(total)
    return float(np.exp(alpha_min - FORMS[form](participants, criteria, scale)))


def _mapped(beta: float | Floats, floor: float) -> Floats:
    return np.asarray((np.exp(-np.asarray(beta)) - floor) / (1 - floor))


def _entropy(shares: Floats) -> Floats:
    """Shannon entropy in nats along the last axis; a share of zero adds nothing."""
    logs = np.log(shares, out=np.zeros(shares.shape), where=shares > 0)
    entropy: Floats = -(shares * logs).sum(axis=-1)
    return entropy
