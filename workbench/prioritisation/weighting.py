"""Weights of the criteria: declared, or from the comparisons of the people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from workbench.domain.checks import problem_at
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.pairwise.consistency import consistency
from workbench.engine.pairwise.group import aggregate_judgements, group_weights
from workbench.engine.pairwise.matrix import judgement_matrix
from workbench.engine.pairwise.stack import JudgementStack, stack_judgements
from workbench.engine.pairwise.weights import eigenvector_weights
from workbench.engine.scoring.inputs import normalised_weights
from workbench.errors import InvalidInput
from workbench.prioritisation.outcome import CriterionWeights


def declared(session: Session, rules: Rules) -> CriterionWeights:
    """Return the weights as the forum declared them, normalised to one.

    Raises
    ------
    InvalidInput
        Names every criterion without a weight, or says that all weights are zero.
    """
    weights = session.criteria.frame["weight"].astype("float64")
    problems = [
        problem_at(None, "weight_missing", "weight", criterion=label)
        for label in weights.index[weights.isna()]
    ]
    if not problems and not weights.sum() > 0:
        problems = [problem_at(None, "weights_all_zero", "weight")]
    if problems:
        raise InvalidInput(problems)
    return CriterionWeights(normalised_weights(weights), rules.weighting)


def equal(session: Session, rules: Rules) -> CriterionWeights:  # noqa: ARG001 - one signature
    """Return one weight for all: a method that adds up points asks for no weights."""
    criteria = session.criteria.labels
    return CriterionWeights(pd.Series(1.0 / max(len(criteria), 1), index=criteria, name="weight"), "equal")


def _judgements(session: Session, rules: Rules) -> dict[str, pd.DataFrame]:
    answered = session.judgements.frame.dropna(subset="value")
    if answered.empty:
        raise InvalidInput([problem_at(None, "no_comparisons", "weighting", rules.weighting)])
    return {
        str(person): judgement_matrix(lines[["first", "second", "value"]], session.criteria.labels)
        for person, lines in answered.groupby("participant", sort=True)
    }


def _compared(
    session: Session, rules: Rules, method: Callable[[JudgementStack, pd.DataFrame], pd.Series[float]]
) -> CriterionWeights:
    matrices = _judgements(session, rules)
    group = aggregate_judgements(matrices)
    complete = [matrix for matrix in matrices.values() if not matrix.isna().to_numpy().any()]
    ratios = sorted(consistency(matrix, rules.random_index).cr for matrix in complete)
    weights = method(stack_judgements(matrices), group).reindex(session.criteria.labels)
    return CriterionWeights(
        weights,
        rules.weighting,
        len(matrices),
        group,
        # With unanswered pairs the ratio needs another random index: none is better than a wrong one.
        None if group.isna().to_numpy().any() else consistency(group, rules.random_index),
        pd.Series(ratios, dtype="float64"),
    )


def geometric_mean(session: Session, rules: Rules) -> CriterionWeights:
    """Return the weights of everybody's comparisons by one least squares (LLSM; Crawford & Williams 1985)."""
    return _compared(session, rules, lambda stack, _: group_weights(stack))


def eigenvector(session: Session, rules: Rules) -> CriterionWeights:
    """Return the weights of the group's matrix by its principal eigenvector (Saaty 1980)."""
    return _compared(session, rules, lambda _, group: eigenvector_weights(group))


WEIGHTING: Mapping[str, Callable[[Session, Rules], CriterionWeights]] = MappingProxyType(
    {"direct": declared, "geometric_mean": geometric_mean, "eigenvector": eigenvector}
)
"""The names of `Rules.weighting`."""
