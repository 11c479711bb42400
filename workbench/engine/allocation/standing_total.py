"""The best total that stands: solved once in whole numbers, and asked about many proposals."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from workbench.engine.allocation.best_plan import Problem, first_plan, state_problem
from workbench.engine.allocation.program import ProgramAnswer
from workbench.engine.allocation.readings import Needs
from workbench.engine.allocation.rows import Integers


@dataclass(frozen=True)
class StandingTotal:
    """The plan of the best total under a ceiling alone, before anything is changed.

    Attributes
    ----------
    needs : Needs
        All scores at least zero.
    problem : Problem
        The needs in whole numbers.
    answer : ProgramAnswer
        The plan.
    """

    needs: Needs
    problem: Problem
    answer: ProgramAnswer

    @classmethod
    def of(cls, needs: Needs) -> StandingTotal:
        """Solve the plan of some needs.

        Examples
        --------
        >>> import pandas as pd
        >>> standing = StandingTotal.of(Needs(pd.Series({"a": 3, "b": 1}), pd.Series({"a": 5, "b": 4}), 7))
        >>> sorted(standing.funded), standing.answer.value
        (['a'], 3)
        """
        problem = state_problem(
            needs.scores, needs.costs, needs.ceiling, None, (), (), needs.tie_key, needs.settings
        )
        return cls(needs, problem, first_plan(problem)[0])

    @cached_property
    def funded(self) -> frozenset[Hashable]:
        """What the plan funds."""
        return frozenset(self.problem.labels[self.answer.chosen].tolist())

    @cached_property
    def place(self) -> Mapping[Hashable, int]:
        """The place of every proposal in the problem."""
        return {label: place for place, label in enumerate(self.problem.labels.tolist())}

    def cheaper(self, proposal: Hashable, amount: int) -> frozenset[Hashable]:
        """Return what is funded where a proposal costs less."""
        costs = self.problem.costs.copy()
        costs[self.place[proposal]] -= amount
        return self._funded(self.problem.points.units, costs, self.problem.ceiling)

    def better_scored(self, proposal: Hashable, amount: int) -> frozenset[Hashable]:
        """Return what is funded where a proposal has some units of score more."""
        units = self.problem.points.units.copy()
        units[self.place[proposal]] += amount
        return self._funded(units, self.problem.costs, self.problem.ceiling)

    def richer(self, proposal: Hashable, amount: int) -> frozenset[Hashable]:  # noqa: ARG002 - as the others
        """Return what is funded at a higher ceiling."""
        return self._funded(self.problem.points.units, self.problem.costs, self.problem.ceiling + amount)

    def _funded(self, units: Integers, costs: Integers, ceiling: int) -> frozenset[Hashable]:
        problem, program = self.problem, self.problem.program
        row = replace(program.rows[0], coefficients=costs, upper=ceiling, whole=ceiling)
        changed = replace(
            problem,
            points=replace(problem.points, units=units),
            costs=costs,
            ceiling=ceiling,
            program=replace(program, values=units, rows=(row,)),
        )
        return frozenset(problem.labels[first_plan(changed)[0].chosen].tolist())
