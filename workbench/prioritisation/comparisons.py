"""From the pairwise comparisons of a room to weights, and everything that should be said about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from workbench.domain.rules import Rules
from workbench.engine.pairwise.consistency import (
    Consistency,
    consistency,
    consistency_of,
    geometric_consistency,
)
from workbench.engine.pairwise.group import GroupJudgements, group_judgements, group_weights
from workbench.engine.pairwise.incomplete import (
    GraphRandomIndex,
    incomplete_consistency,
    lambda_optimal_completion,
)
from workbench.engine.pairwise.kernels import scaled_principal_kernel
from workbench.engine.pairwise.orders import contradictions, order_violations
from workbench.engine.pairwise.random_index import random_index
from workbench.engine.pairwise.review import judgements_to_review
from workbench.engine.pairwise.stack import JudgementStack, stack_answers
from workbench.engine.pairwise.triads import worst_triad
from workbench.engine.pairwise.weights import column_mean_weights, eigenvector_weights, order_changes
from workbench.prioritisation.criterion_weights import Comparisons, SiblingWeights

RULE = "by_size"
"""The threshold rule of every consistency ratio: 0.05 for three, 0.08 for four, 0.10 for more."""
SEED = 20_260_101
"""Seed of the random index of incomplete answers; printed beside the ratio."""
SAMPLES, SAMPLES_OF_MANY, MANY = 500, 100, 12
"""How many random matrices stand behind that index: fewer for many criteria, whose index varies less."""

Weigh = Callable[[pd.DataFrame, pd.Series], pd.Series]

METHODS: Mapping[str, Weigh] = MappingProxyType(
    {
        "geometric_mean": lambda _, geometric: geometric,
        "eigenvector": lambda matrix, _: eigenvector_weights(matrix),
        "column_mean": lambda matrix, _: column_mean_weights(matrix),
    }
)
"""Weights from the group's matrix, or from everybody's answers by one least squares."""


def lines_among(judgements: pd.DataFrame, labels: Sequence[str]) -> pd.DataFrame:
    """Return the answered comparisons among some criteria."""
    inside = judgements["first"].isin(labels) & judgements["second"].isin(labels)
    return judgements[inside & judgements["value"].notna() & (judgements["first"] != judgements["second"])]


def compared(lines: pd.DataFrame, parent: str, labels: Sequence[str], rules: Rules) -> SiblingWeights:
    """Weigh siblings by their comparisons.

    Parameters
    ----------
    lines : DataFrame
        Answered comparisons among the labels; at least one.
    parent : str
    labels : sequence of str
    rules : Rules
        ``weighting`` is a name of `METHODS`.

    Raises
    ------
    DisconnectedJudgements
        The answers do not link all labels.
    InvalidValue
        ``incomplete_matrix``: the method needs every pair and nobody compared the named ones.
    """
    stack = stack_answers(lines, labels)
    pooled = group_judgements(stack)
    geometric = group_weights(stack)  # refuses answers that do not link all labels, by name
    values = METHODS[rules.weighting](pooled.matrix, geometric)
    found = findings(stack, pooled, values, geometric, rules)
    return SiblingWeights(
        parent, values, rules.weighting, answered=len(stack.participants), comparisons=found
    )


def findings(
    stack: JudgementStack, pooled: GroupJudgements, values: pd.Series, geometric: pd.Series, rules: Rules
) -> Comparisons:
    """Return what should be said about the comparisons behind weights.

    Parameters
    ----------
    stack, pooled
        Everybody's answers and the group's matrix, which link all labels.
    values : Series
        The weights in use.
    geometric : Series
        The weights by least squares.
    rules : Rules
        Names the random-index table.
    """
    matrix = pooled.matrix
    complete = not matrix.isna().to_numpy().any()
    ratio, index = _ratio(matrix, rules.random_index, complete=complete)
    principal = eigenvector_weights(matrix) if complete else lambda_optimal_completion(matrix).weights
    method = rules.weighting if rules.weighting in METHODS else "geometric_mean"
    return Comparisons(
        matrix=matrix,
        counts=pooled.counts,
        consistency=ratio,
        random_index=index,
        geometric=geometric_consistency(matrix) if complete else None,
        triad=worst_triad(matrix),
        reviews=judgements_to_review(matrix, method, rules.random_index) if complete else (),
        violations=order_violations(matrix, values),
        contradictions=contradictions(matrix),
        order_changes=order_changes(geometric, principal),
        individual_ratios=_individual_ratios(stack, rules.random_index),
    )


def _ratio(
    matrix: pd.DataFrame, table: str, *, complete: bool
) -> tuple[Consistency, GraphRandomIndex | None]:
    if complete:
        return consistency(matrix, table, RULE), None
    samples = SAMPLES_OF_MANY if len(matrix) > MANY else SAMPLES
    found = incomplete_consistency(matrix, seed=SEED, samples=samples, rule=RULE)
    return found.consistency, found.random_index


def _individual_ratios(stack: JudgementStack, table: str) -> pd.Series:
    n = len(stack.names)
    complete = stack.answered.sum(axis=(1, 2)) == n * (n - 1)
    values, _ = scaled_principal_kernel(stack.logs[complete])
    index = random_index(n, table)
    ratios = sorted(consistency_of(n, float(value), index, table, RULE).cr for value in values)
    return pd.Series(ratios, dtype="float64")
