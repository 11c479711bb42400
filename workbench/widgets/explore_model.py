"""The state behind the first look at a session: one district, its weights, its ceiling, its rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.prioritisation import Outcome, pool_sessions, prioritise
from workbench.prioritisation.trials import Trials, reweighted, trials_of
from workbench.store.solver_output import QUIET


@dataclass(frozen=True)
class Exploration:
    """What is being tried; frozen, each change gives a new one.

    Attributes
    ----------
    session : Session
        The whole session as it stands in its folder.
    rules : Rules
        As they stand in the folder, or as tried.
    district : str
        The district shown; empty for a session without districts.
    weights : mapping or None
        Tried weights by criterion in whole points; None as long as the forum's own weights stand.
    ceiling : int or None
        Tried ceiling in rupiah; None as long as the forum's own ceiling stands.
    pool : str
        The pool shown where the rules rank pools apart; the first where there is no such pool.
    """

    session: Session
    rules: Rules
    district: str
    weights: Mapping[str, int] | None = None
    ceiling: int | None = None
    pool: str = ""

    @property
    def is_simulation(self) -> bool:
        """Whether anything differs from what the forum declared."""
        return self.weights is not None or self.ceiling is not None

    @property
    def part(self) -> Session:
        """The session of the shown district, with what is tried in place of what was declared."""
        lists = self._lists
        session = lists.get(self.pool, next(iter(lists.values())))
        if self.ceiling is not None:
            session = replace(session, budget=session.budget.with_ceiling(self.district, self.ceiling))
        if self.weights is not None:
            session = replace(session, criteria=reweighted(session.criteria, self.weights))
        return session

    @property
    def outcome(self) -> Outcome:
        """The outcome of what is tried: tried weights are direct points, whatever the rules say."""
        rules = self.rules if self.weights is None else replace(self.rules, weighting="direct")
        return prioritise(self.part, rules, QUIET)

    @property
    def pools(self) -> tuple[str, ...]:
        """The lists of the district that are ranked each on its own; one where pools are together."""
        return tuple(self._lists)

    @property
    def _lists(self) -> Mapping[str, Session]:
        session = self.session.within(self.district) if self.district else self.session
        return pool_sessions(session, self.rules)

    @property
    def trials(self) -> Trials:
        """The trials of what the forum declared, for many changes one after the other."""
        part = self.declared().part
        return trials_of(part, self.rules, prioritise(part, self.rules, QUIET), QUIET)

    def declared_points(self) -> dict[str, int]:
        """Return the declared weights as whole points that sum to about a hundred, to start from."""
        return whole_points(prioritise(self.declared().part, self.rules).weights.values)

    def declared(self) -> Exploration:
        """Return what the forum declared."""
        return replace(self, weights=None, ceiling=None)


def whole_points(weights: pd.Series) -> dict[str, int]:
    """Return weights as whole points that sum to about a hundred."""
    return {str(label): round(100 * float(weight)) for label, weight in weights.items()}
