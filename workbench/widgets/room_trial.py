"""The outcome of a trial: another ceiling or other weights in place of the declared ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbench.domain.criteria import Criteria
from workbench.domain.session import Session
from workbench.prioritisation import Outcome, prioritise
from workbench.widgets.room_desk import Calculated


def tried_outcome(found: Calculated, details: Mapping[str, Any]) -> tuple[Session, Outcome]:
    """Return the session and the outcome of a trial on the first list.

    Parameters
    ----------
    found : Calculated
        What is declared.
    details : mapping
        ``ceiling`` in whole rupiah and ``weights`` in points by criterion; what is absent stays as declared.

    Raises
    ------
    WorkbenchError
        As `prioritise`.
    """
    session, _ = found.first
    rules = found.rules
    if details.get("ceiling") is not None:
        session = session.tried(budget=session.budget.with_ceiling("", int(details["ceiling"])))
    if details.get("weights"):
        session = session.tried(criteria=_reweighted(session.criteria, details["weights"]))
        rules = replace(rules, weighting="direct")
    return session, prioritise(session, rules)


def _reweighted(criteria: Criteria, weights: Mapping[str, float]) -> Criteria:
    flat = criteria.flat()
    values = [float(weights.get(str(label), 0)) for label in flat.labels]
    return replace(
        flat, frame=flat.frame.assign(weight=values, weight_text=[f"{value:g}" for value in values])
    )
