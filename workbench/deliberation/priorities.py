"""How far people give the criteria the same weights, and what ways of pooling them come to."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.domain.hierarchy import siblings
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.agreement import (
    ConsensusBaseline,
    ShannonConsensus,
    consensus_baseline,
    shannon_consensus,
)
from workbench.engine.influence import MINIMUM_SIZE
from workbench.engine.pairwise.group import group_weights, individual_weights
from workbench.engine.pairwise.stack import JudgementStack, stack_answers
from workbench.prioritisation.comparisons import lines_among

FORM = "goepel_2018"
"""The form of S* that AHP-OS computes: gamma max is ln n, whatever the number of people."""
PERMUTATIONS, SEED = 499, 20250303


@dataclass(frozen=True, eq=False)
class PriorityConsensus:
    """How far the people who compared all criteria of one group agree on their weights.

    Attributes
    ----------
    parent : str
        The group of criteria; `workbench.domain.hierarchy.GOAL` for the main ones.
    answered, complete : int
        People who compared any of them, and who compared enough for weights of their own.
    consensus : ShannonConsensus or None
        S* in the form it names; None below the minimum of people.
    baseline : ConsensusBaseline or None
        What the very same weights, dealt to criteria at random, would reach.
    pooled : DataFrame, criteria x (geometric, arithmetic, median)
        Weights of these people by the geometric mean of judgements (AIJ, with least squares also AIP), by the
        arithmetic mean of their own weights (AIP), and by their median. Empty below the minimum, and where
        one to four others answered in part: set against everybody's weights, it would show their answers.
    """

    parent: str
    answered: int
    complete: int
    consensus: ShannonConsensus | None
    baseline: ConsensusBaseline | None
    pooled: pd.DataFrame


def priority_consensus(session: Session, rules: Rules) -> tuple[PriorityConsensus, ...]:
    """Measure the agreement on weights in every group of criteria that anybody compared.

    Parameters
    ----------
    session : Session
    rules : Rules
        ``minimum_group`` is the fewest people of whom anything is told.
    """
    minimum = max(rules.minimum_group, MINIMUM_SIZE)
    found = []
    for parent, labels in siblings(session.criteria.members["parent_criterion"]).items():
        lines = lines_among(session.judgements.frame, labels)
        if len(labels) > 1 and len(lines):
            found.append(_measured(str(parent), stack_answers(lines, labels), minimum))
    return tuple(found)


def _measured(parent: str, stack: JudgementStack, minimum: int) -> PriorityConsensus:
    whole = _complete(stack)
    people = len(whole.participants)
    if people < minimum:
        return PriorityConsensus(parent, len(stack.participants), people, None, None, pd.DataFrame())
    own = individual_weights(whole)
    own = own.div(own.sum(axis=1), axis=0)
    median = own.median()
    pooled = pd.DataFrame(
        {"geometric": group_weights(whole), "arithmetic": own.mean(), "median": median / median.sum()}
    ).loc[own.columns]
    others = len(stack.participants) - people
    return PriorityConsensus(
        parent,
        len(stack.participants),
        people,
        shannon_consensus(own, form=FORM),
        consensus_baseline(own, PERMUTATIONS, SEED, form=FORM),
        pooled.iloc[:0] if 0 < others < minimum else pooled,
    )


def _complete(stack: JudgementStack) -> JudgementStack:
    """Return the answers of the people who answered every pair."""
    n = len(stack.names)
    full = np.flatnonzero(stack.answered.sum(axis=(1, 2)) == n * (n - 1))
    return replace(stack, participants=stack.participants[full], logs=stack.logs[full])
