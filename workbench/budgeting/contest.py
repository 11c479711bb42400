"""What competes for the ceiling of an outcome, with the cards that every rule may look at."""

from __future__ import annotations

from dataclasses import replace

from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.errors import InvalidValue
from workbench.prioritisation.contest import Contest, state_contest
from workbench.prioritisation.outcome import Outcome
from workbench.prioritisation.support import Support, support_of

__all__ = ["Contest", "Support", "contest_of"]


def contest_of(session: Session, outcome: Outcome, settings: SolverSettings | None = None) -> Contest:
    """Return what competes for the ceiling of an outcome.

    Parameters
    ----------
    session : Session
        The session that the outcome was computed from.
    outcome : Outcome
    settings : SolverSettings, optional
        Limits of the exact plan; those of the rules where none are given.

    Returns
    -------
    Contest

    Raises
    ------
    InvalidValue
        ``no_ceiling`` when the session has none: without a ceiling nothing competes.
    """
    if outcome.room is None:
        raise InvalidValue("no_ceiling")
    ranked = outcome.table[outcome.table["rank"].notna()]
    priced = ranked.index[ranked["cost"].notna()]
    found = state_contest(
        session,
        outcome.rules,
        outcome.table.index,
        ranked["rank"].astype("int64"),
        outcome.scoring.scores,
        max(outcome.room, 0),  # as the outcome: earmarks above the ceiling leave no room
        support_of(session, outcome.weights.values, outcome.rules.round, priced),
        outcome.scoring.highest,
    )
    found = replace(found, withheld=outcome.withheld)
    return found if settings is None else replace(found, settings=settings)
