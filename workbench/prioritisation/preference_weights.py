"""Weights from orders, from best and worst, and from all answers of a room at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.domain.preferences import PAIRED, Preferences, Way
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.pairwise.group import group_judgements, group_weights
from workbench.engine.pairwise.priorities import arithmetic_priorities
from workbench.engine.pairwise.stack import JudgementStack, stack_answers
from workbench.engine.weighting.best_worst import best_worst_weights
from workbench.engine.weighting.combined import combine_evidence
from workbench.engine.weighting.evidence import (
    COLUMNS,
    VARIANCES,
    judgement_evidence,
    points_evidence,
    rank_evidence,
)
from workbench.engine.weighting.ordinal import rank_order_weights
from workbench.errors import DisconnectedJudgements, InvalidValue
from workbench.prioritisation.comparisons import findings, lines_among
from workbench.prioritisation.criterion_weights import Comparisons, SiblingWeights


def answers_among(preferences: Preferences, labels: Sequence[str], *ways: Way) -> pd.DataFrame:
    """Return the answered lines of some ways about some criteria, sorted by content."""
    lines = preferences.of(*ways)
    lines = lines[lines["criterion"].isin(labels)]
    return lines.sort_values(["participant", "way", "criterion", "other"], kind="stable")


def rank_order(session: Session, parent: str, labels: Sequence[str], rules: Rules) -> SiblingWeights | None:
    """Average everybody's rank-order centroids; orders with gaps are set aside and counted."""
    lines = answers_among(session.preferences, labels, Way.RANK)
    weights = {}
    for person, given in lines.groupby("participant", sort=True):
        ranks = given.set_index("criterion")["value"].reindex(list(labels))
        weights[str(person)] = None if ranks.isna().any() else rank_order_weights(ranks)
    return _averaged(weights, parent, labels, rules)


def best_worst(session: Session, parent: str, labels: Sequence[str], rules: Rules) -> SiblingWeights | None:
    """Average everybody's best-worst weights; unfinished or unfitting answers are set aside and counted."""
    lines = answers_among(session.preferences, labels, *PAIRED)
    weights = {
        str(person): _best_worst_of(given, labels)
        for person, given in lines.groupby("participant", sort=True)
    }
    return _averaged(weights, parent, labels, rules)


def _best_worst_of(lines: pd.DataFrame, labels: Sequence[str]) -> pd.Series | None:
    best = lines.loc[lines["way"] == Way.BEST, "criterion"].unique()
    worst = lines.loc[lines["way"] == Way.WORST, "other"].unique()
    if len(best) != 1 or len(worst) != 1:
        return None
    over = lines[lines["criterion"] == best[0]].drop_duplicates("other").set_index("other")["value"]
    under = lines[lines["other"] == worst[0]].drop_duplicates("criterion").set_index("criterion")["value"]
    over, under = over.reindex(list(labels)), under.reindex(list(labels))
    over[best[0]], under[worst[0]] = 1.0, 1.0
    if over.isna().any() or under.isna().any():
        return None
    try:
        return best_worst_weights(over, under).weights
    except InvalidValue:  # for example another criterion as good as the best, yet further above the worst
        return None


def _averaged(
    weights: Mapping[str, pd.Series | None], parent: str, labels: Sequence[str], rules: Rules
) -> SiblingWeights | None:
    if not weights:
        return None
    usable = {person: given for person, given in weights.items() if given is not None}
    if not usable:
        raise InvalidValue("answers_all_incomplete", count=len(weights), labels=tuple(labels))
    mean = arithmetic_priorities(pd.DataFrame(usable).T[list(labels)])
    aside = len(weights) - len(usable)
    return SiblingWeights(parent, mean, rules.weighting, answered=len(usable), set_aside=aside)


def combined(session: Session, parent: str, labels: Sequence[str], rules: Rules) -> SiblingWeights | None:
    """Fit one weighting to every answer of the room, whatever its form.

    Raises
    ------
    DisconnectedJudgements
        All answers together do not link all labels.
    """
    lines = lines_among(session.judgements.frame, labels)
    stack = None if lines.empty else stack_answers(lines, labels)
    parts = [] if stack is None else [_judgements(stack)]
    for ways, evidence in EVIDENCE.items():
        answers = answers_among(session.preferences, labels, *ways)
        parts += [evidence(str(person), given) for person, given in answers.groupby("participant", sort=True)]
    rows = [part for part in parts if len(part)]
    if not rows:
        return None
    found = combine_evidence(pd.concat(rows, ignore_index=True), labels)
    people = len({person for part in rows for person in part["participant"]})
    return SiblingWeights(
        parent,
        found.weights,
        rules.weighting,
        answered=people,
        comparisons=None if stack is None else _findings(stack, found.weights, rules),
        ways=found.by_kind,
    )


def _judgements(stack: JudgementStack) -> pd.DataFrame:
    who, first, second = np.nonzero(np.triu(stack.answered))
    names = np.array(stack.names, dtype=object)
    return pd.DataFrame(
        {
            "participant": stack.participants.to_numpy()[who],
            "kind": "judgement",
            "first": names[first],
            "second": names[second],
            "log_ratio": stack.logs[who, first, second],
            "precision": 1 / VARIANCES["judgement"],
        },
        columns=list(COLUMNS),
    )


def _points(person: str, given: pd.DataFrame) -> pd.DataFrame:
    return points_evidence(person, given.set_index("criterion")["value"])


def _ranks(person: str, given: pd.DataFrame) -> pd.DataFrame:
    return rank_evidence(person, given.set_index("criterion")["value"])


def _ends(person: str, given: pd.DataFrame) -> pd.DataFrame:
    # The best against the worst may stand there twice, once for each; it is one answer.
    once = given.rename(columns={"criterion": "first", "other": "second"}).drop_duplicates(
        ["first", "second"]
    )
    return judgement_evidence(person, once, VARIANCES["best_worst"]).assign(kind="best_worst")


EVIDENCE: Mapping[tuple[Way, ...], Callable[[str, pd.DataFrame], pd.DataFrame]] = MappingProxyType(
    {(Way.RANK,): _ranks, (Way.POINTS,): _points, PAIRED: _ends}
)
"""How the answers of one person become log ratios, by way of answering."""


def _findings(stack: JudgementStack, weights: pd.Series, rules: Rules) -> Comparisons | None:
    """Return what the comparisons say by themselves; None where only the other answers link the criteria."""
    try:
        geometric = group_weights(stack)
    except DisconnectedJudgements:
        return None
    return findings(stack, group_judgements(stack), weights, geometric, rules)
