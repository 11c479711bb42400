"""The state behind the price of conditions: one district, its contest, and what is tried."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from workbench.budgeting import Contest, contest_of
from workbench.budgeting.trial import Priced, Tried, has_women, plan_with, priced
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.allocation.best_plan import Plan
from workbench.prioritisation import prioritise
from workbench.prioritisation.contest import solver_settings
from workbench.store.solver_output import QUIET


@dataclass(frozen=True)
class Baseline:
    """One district before anything is tried; its contest and its plan are computed once.

    Attributes
    ----------
    part : Session
        Of the district.
    rules : Rules
    """

    part: Session
    rules: Rules

    @cached_property
    def contest(self) -> Contest | None:
        """What competes; None without a ceiling."""
        # Ranks and scores do not depend on the budget rule: the quickest will do.
        outcome = prioritise(self.part, replace(self.rules, budget_rule="rank_skip"), QUIET)
        if outcome.room is None:
            return None
        return contest_of(self.part, outcome, solver_settings(self.rules, QUIET))

    @cached_property
    def plan(self) -> Plan | None:
        """The exact plan with the forum's own conditions."""
        return None if self.contest is None else plan_with(self.contest, Tried(), "")


@dataclass(frozen=True)
class Pricing:
    """What is being tried; frozen, each change gives a new one.

    Attributes
    ----------
    session, rules
        As they stand in the folder.
    district : str
    baseline : Baseline
        Of the district.
    tried : Tried
    """

    session: Session
    rules: Rules
    district: str
    baseline: Baseline
    tried: Tried = field(default_factory=Tried)

    @property
    def part(self) -> Session:
        """The session of the shown district."""
        return self.baseline.part

    @property
    def has_ceiling(self) -> bool:
        """Whether there is a ceiling to compete for."""
        return self.baseline.contest is not None

    @property
    def women_known(self) -> bool:
        """Whether any competing proposal is a women's proposal."""
        return self.baseline.contest is not None and has_women(self.baseline.contest)

    def priced(self, women: str) -> Priced:
        """Return the plan with what is tried beside the forum's own.

        Parameters
        ----------
        women : str
            What the women's share is called where it clashes.

        Raises
        ------
        NoFeasiblePlan
            ``conditions_clash``, ``nothing_found_in_time``.
        """
        contest, without = self.baseline.contest, self.baseline.plan
        if contest is None or without is None:
            raise ValueError("nothing competes without a ceiling")
        found = without if self.tried.nothing else plan_with(contest, self.tried, women)
        return priced(contest, without, found)


def pricing_of(session: Session, rules: Rules, district: str) -> Pricing:
    """Return the state of one district with nothing tried.

    Pools that are ranked apart are tried as one list: the panel shows what a condition of the district costs.
    """
    part = session.within(district) if district else session
    return Pricing(session, rules, district, Baseline(part, replace(rules, pools="together")))
