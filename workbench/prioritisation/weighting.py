"""Weights of the criteria: declared, or from the answers of the people, group by group down the hierarchy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Any

import pandas as pd

from workbench.domain.checks import problem_at, raise_if_any
from workbench.domain.hierarchy import GOAL
from workbench.domain.judgements import check_scale
from workbench.domain.preferences import PAIRED, Way, check_preference_scale
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.pairwise.hierarchy import hierarchy_weights
from workbench.engine.scoring.inputs import normalised_weights
from workbench.engine.weighting.direct import percent_weights
from workbench.errors import InvalidInput, InvalidValue, Problem, WorkbenchError
from workbench.prioritisation.comparisons import METHODS, compared, lines_among
from workbench.prioritisation.criterion_weights import CriterionWeights, SiblingWeights, Turnout
from workbench.prioritisation.preference_weights import best_worst, combined, rank_order

Local = Callable[[Session, str, Sequence[str], Rules], SiblingWeights | None]
"""Weights of the siblings under one parent; None where nobody answered."""


def equal(session: Session, rules: Rules) -> CriterionWeights:  # noqa: ARG001 - one signature
    """Return one weight for all: a method that adds up points asks for no weights."""
    criteria = session.criteria.labels
    return CriterionWeights(pd.Series(1.0 / max(len(criteria), 1), index=criteria, name="weight"), "equal")


def declared(session: Session, parent: str, labels: Sequence[str], rules: Rules) -> SiblingWeights:  # noqa: ARG001
    """Return the weights as the forum declared them, normalised to one.

    Raises
    ------
    InvalidInput
        Names every criterion without a weight, or says that all weights are zero.
    """
    weights = _declared(session, parent, labels)
    return SiblingWeights(parent, normalised_weights(weights), "direct")


def percentages(session: Session, parent: str, labels: Sequence[str], rules: Rules) -> SiblingWeights:  # noqa: ARG001
    """Return declared percentages, refused unless they add up to 100.

    Raises
    ------
    InvalidInput
        ``percent_not_hundred`` with the total; otherwise as `declared`.
    """
    weights = _declared(session, parent, labels)
    written = session.criteria.members["weight_text"].reindex(weights.index)
    # The reader turns "30 %" into 0.3, and leaves a bare 30 as it stands.
    weights = weights.where(~written.str.contains("%", regex=False), weights * 100)
    try:
        return SiblingWeights(parent, percent_weights(weights), "percent")
    except InvalidValue as error:
        facts = {"total": error.facts.get("total"), **_group(session, parent)}
        raise InvalidInput([problem_at(None, "percent_not_hundred", "weight", **facts)]) from error


def _declared(session: Session, parent: str, labels: Sequence[str]) -> pd.Series:
    weights = session.criteria.members["weight"].astype("float64").loc[list(labels)]
    problems = [
        problem_at(None, "weight_missing", "weight", criterion=label)
        for label in weights.index[weights.isna()]
    ]
    if not problems and not weights.sum() > 0:
        problems = [problem_at(None, "weights_all_zero", "weight", **_group(session, parent))]
    raise_if_any(problems)
    return weights


def _group(session: Session, parent: str) -> dict[str, Any]:
    return {} if parent == GOAL else {"group": str(session.criteria.members["name"][parent])}


def comparison(session: Session, parent: str, labels: Sequence[str], rules: Rules) -> SiblingWeights | None:
    """Return the weights of siblings by the comparisons of the room."""
    lines = lines_among(session.judgements.frame, labels)
    return None if lines.empty else compared(lines, parent, labels, rules)


LOCAL: Mapping[str, Local] = MappingProxyType(
    {
        "direct": declared,
        "percent": percentages,
        **dict.fromkeys(METHODS, comparison),
        "rank_order": rank_order,
        "best_worst": best_worst,
        "combined": combined,
    }
)
"""How siblings are weighed, by the names of `Rules.weighting`."""
WAYS: Mapping[str, tuple[Way, ...]] = MappingProxyType(
    {"rank_order": (Way.RANK,), "best_worst": PAIRED, "combined": tuple(Way)}
)
"""The answers of ``preferences`` that a method reads."""
COMPARING = (*METHODS, "combined")
"""The methods that read pairwise comparisons."""
NOTHING = MappingProxyType(dict.fromkeys(METHODS, "no_comparisons"))


def _weigh(method: str, session: Session, rules: Rules) -> CriterionWeights:
    """Weigh every set of siblings and multiply down the hierarchy.

    Raises
    ------
    InvalidInput
        Everything that is missing, all sets at once.
    DisconnectedJudgements
        The answers about one set of siblings do not link them all.
    """
    _refuse_off_scale(method, session, rules)
    sets = session.criteria.siblings()
    problems: list[Problem] = []
    groups = []
    for parent, labels in sets.items():
        try:
            groups.append(_of_siblings(method, session, parent, labels, rules))
        except InvalidInput as error:
            problems += error.problems
    if not problems and _only_declared(method, groups):
        problems = [problem_at(None, NOTHING.get(method, "no_preferences"), "weighting", method)]
    raise_if_any(problems)
    table = hierarchy_weights({group.parent: group.values for group in groups}, GOAL).table  # noqa: PD011
    values = table.loc[table["leaf"], "global"].reindex(session.criteria.labels).rename("weight")
    return CriterionWeights(values, method, _turnout(method, session), table, tuple(groups))


def _only_declared(method: str, groups: Sequence[SiblingWeights]) -> bool:
    """Tell whether a method that asks people found nobody's answer in any group."""
    asked = method not in ("direct", "percent") and any(group.method == "direct" for group in groups)
    return asked and not any(group.answered for group in groups)


def _refuse_off_scale(method: str, session: Session, rules: Rules) -> None:
    if method in COMPARING:
        raise_if_any(check_scale(session.judgements.frame, rules.comparison_scale))
    if method in WAYS:
        raise_if_any(check_preference_scale(session.preferences.frame, rules.comparison_scale))


def _of_siblings(
    method: str, session: Session, parent: str, labels: Sequence[str], rules: Rules
) -> SiblingWeights:
    if not labels:
        raise InvalidInput([problem_at(None, "weights_all_zero", "weight")])
    if len(labels) == 1 and method not in ("direct", "percent"):
        return SiblingWeights(parent, pd.Series(1.0, index=list(labels), name="weight"), "only_child")
    found = LOCAL[method](session, parent, labels, rules)
    if found is not None:
        return found
    if len(session.criteria.groups) and session.criteria.members["weight"].loc[list(labels)].notna().all():
        return declared(session, parent, labels, rules)  # in a hierarchy a group may carry declared weights
    code = NOTHING.get(method, "no_preferences")
    raise InvalidInput([problem_at(None, code, "weighting", method, **_group(session, parent))])


def _turnout(method: str, session: Session) -> Turnout:
    tables = []
    if method in COMPARING:
        tables.append(session.judgements.frame)
    if method in WAYS:
        frame = session.preferences.frame
        tables.append(frame[frame["way"].isin(WAYS[method])])
    if not tables:
        return Turnout()
    listed = {person for table in tables for person in table["participant"]}
    answered = {person for table in tables for person in table.loc[table["value"].notna(), "participant"]}
    absent = len(set(session.participants.labels) - listed)
    return Turnout(len(answered), len(listed - answered), absent)


WEIGHTING: Mapping[str, Callable[[Session, Rules], CriterionWeights]] = MappingProxyType(
    {method: partial(_weigh, method) for method in LOCAL}
)
"""The names of `Rules.weighting`; each takes the session and the rules."""


@dataclass(frozen=True)
class EveryMethod:
    """Weights by every method that the answers allow, and why the others cannot be computed.

    Attributes
    ----------
    found : mapping of method to CriterionWeights
    refused : mapping of method to WorkbenchError
    """

    found: Mapping[str, CriterionWeights]
    refused: Mapping[str, WorkbenchError]


def weigh_by_every_method(session: Session, rules: Rules) -> EveryMethod:
    """Return the weights by all names of `Rules.weighting`, side by side."""
    found: dict[str, CriterionWeights] = {}
    refused: dict[str, WorkbenchError] = {}
    for method, weigh in WEIGHTING.items():
        try:
            found[method] = weigh(session, replace(rules, weighting=method))
        except WorkbenchError as error:
            refused[method] = error
    return EveryMethod(MappingProxyType(found), MappingProxyType(refused))
