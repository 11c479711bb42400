"""The exact plan that stands: solved once, and asked about many proposals."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np

from workbench.engine.allocation.best_plan import Problem, first_plan
from workbench.engine.allocation.program import Program, ProgramAnswer, SolverOutcome
from workbench.engine.allocation.readings import Needs, stated


@dataclass(frozen=True)
class StandingPlan:
    """The best plan with conditions, before anything is changed.

    Attributes
    ----------
    needs : Needs
    problem : Problem
        The needs in whole numbers.
    answer : ProgramAnswer
        The plan.
    ordered : bool
        Whether it is proven to be the one that the public tie order puts first.
    """

    needs: Needs
    problem: Problem
    answer: ProgramAnswer
    ordered: bool

    @classmethod
    def of(cls, needs: Needs) -> StandingPlan:
        """Solve the plan of some needs.

        Raises
        ------
        NoFeasiblePlan
            Where no plan keeps the conditions.

        Examples
        --------
        >>> import pandas as pd
        >>> standing = StandingPlan.of(Needs(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 5, "b": 4}), 7))
        >>> sorted(standing.funded), standing.top
        (['a'], 3)
        """
        problem = stated(needs)
        return cls(needs, problem, *first_plan(problem))

    @property
    def funded(self) -> frozenset[Hashable]:
        """What the plan funds."""
        return frozenset(self.problem.labels[self.answer.chosen].tolist())

    @property
    def top(self) -> int:
        """No plan has a larger value."""
        if self.answer.outcome is SolverOutcome.PROVEN:
            return self.answer.value
        return int(min(self.answer.bound, np.maximum(self.problem.program.values, 0).sum()))

    def place(self, proposal: Hashable) -> int:
        """Return the place of a proposal in the problem."""
        return self.problem.labels.tolist().index(proposal)


def forced(problem: Problem, proposal: Hashable) -> Program:
    """Return the programme of plans that take a proposal."""
    program = problem.program
    return replace(program, fixed_in=program.fixed_in | np.asarray(problem.labels == proposal))
