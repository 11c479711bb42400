"""One plan over several years: each proposal at most once, later years discounted, leftovers as ruled."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.engine.allocation.clash import raise_clash
from workbench.engine.allocation.conditions import AtMostOne, Condition, Requires, rows_of
from workbench.engine.allocation.money import checked_ceiling, priced
from workbench.engine.allocation.points import Points, whole_points
from workbench.engine.allocation.program import Program, ProgramAnswer, SolverOutcome, SolverSettings, solve
from workbench.engine.allocation.proposal_table import ProposalTable
from workbench.engine.allocation.rows import Flags, Integers, Row
from workbench.errors import InvalidValue, NoFeasiblePlan, UnknownMethod, same_labels


def lapses(ceilings: Sequence[int]) -> list[tuple[range, int]]:
    """Return that each year has its own ceiling and what is left is lost.

    Examples
    --------
    >>> lapses([5, 7])
    [(range(0, 1), 5), (range(1, 2), 7)]
    """
    return [(range(year, year + 1), amount) for year, amount in enumerate(ceilings)]


def carries_over(ceilings: Sequence[int]) -> list[tuple[range, int]]:
    """Return that the years up to any year share their ceilings: what is left moves on, never back.

    Examples
    --------
    >>> carries_over([5, 7])
    [(range(0, 1), 5), (range(0, 2), 12)]
    """
    return [(range(year + 1), sum(ceilings[: year + 1])) for year in range(len(ceilings))]


LEFTOVERS: Mapping[str, Callable[[Sequence[int]], list[tuple[range, int]]]] = MappingProxyType(
    {"lapses": lapses, "carries_over": carries_over}
)
"""What happens to money that a year leaves, by name."""


@dataclass(frozen=True)
class YearsPlan:
    """A plan over several years.

    Attributes
    ----------
    year_of : Series of object by proposal
        Year label in which it is funded; None when it is not.
    table : DataFrame by year
        ``ceiling``, ``carried`` in from the year before, ``available`` (both), ``spent``, ``left``,
        ``funded``; ``score`` of what is funded, ``worth`` of a score in that year, ``counted`` (both
        multiplied).
    total_score : float
        Discounted.
    proven : bool
        Whether no better plan exists.
    gap : float
        The share of the total that a better plan could still add, at most.
    settings : SolverSettings
        Limits under which it was found.
    interrupted : bool
        Whether the clock ended the search, so that another machine may find another plan.
    discount : Fraction
        Worth of a score one year later.
    leftovers : str
        A name of `LEFTOVERS`.
    """

    year_of: pd.Series
    table: pd.DataFrame
    total_score: float
    proven: bool
    gap: float
    settings: SolverSettings
    interrupted: bool
    discount: Fraction
    leftovers: str


@dataclass(frozen=True)
class _Grid:
    """Proposals times years; decision ``year * proposals + place``."""

    labels: pd.Index
    money: Integers
    points: Points
    ceilings: pd.Series
    discount: Fraction

    @property
    def years(self) -> int:
        return len(self.ceilings)

    def values(self) -> Integers:
        last = self.years - 1
        top, base = self.discount.numerator, self.discount.denominator
        factors = [top**year * base ** (last - year) for year in range(self.years)]
        if int(np.abs(self.points.units).sum()) * max(factors) >= 2**62:
            raise InvalidValue("discount_too_fine", value=self.discount, remedy="a fraction of small numbers")
        return np.concatenate([self.points.units * factor for factor in factors])

    def spread(self, part: Integers, years: range) -> Integers:
        zero = np.zeros_like(part)
        return np.concatenate([part if year in years else zero for year in range(self.years)])


def plan_over_years(  # noqa: PLR0913, PLR0917 - the contest and the years, each by its name
    scores: pd.Series,
    costs: pd.Series,
    ceilings: pd.Series,
    discount: Fraction,
    leftovers: str = "lapses",
    groups: pd.DataFrame | None = None,
    conditions: Sequence[Condition] = (),
    settings: SolverSettings | None = None,
    committed: Sequence[Hashable] = (),
    dated: Mapping[Hashable, Sequence[Condition]] = MappingProxyType({}),
) -> YearsPlan:
    """Return the plan over several years with the best discounted total score.

    Conditions hold in every year with that year's ceiling, except that exclusions hold over all years and
    that what a proposal requires must be funded in the same year or before.

    Parameters
    ----------
    scores, costs
        As `best_plan`.
    ceilings : Series of int by year
        Whole rupiah, in the order of the years.
    discount : Fraction
        Worth of a score one year later, above 0 and at most 1.
    leftovers : {"lapses", "carries_over"}
        A name of `LEFTOVERS`.
    groups, conditions
        As `best_plan`.
    settings : SolverSettings, optional
        Years are hard to prove: a stated gap is the usual choice.
    committed : sequence of labels
        Funded in the first year whatever their score.
    dated : mapping of year to sequence of Condition, optional
        Conditions that hold in that year alone.

    Returns
    -------
    YearsPlan

    Raises
    ------
    LabelMismatch, InvalidValue, UnknownMethod, NoFeasiblePlan
        As `best_plan`, and ``discount_out_of_range``, ``no_years``, ``unknown_proposal``, ``unknown_year``.

    Examples
    --------
    >>> scores, costs = pd.Series({"a": 5.0, "b": 4.0}), pd.Series({"a": 10, "b": 10})
    >>> plan_over_years(scores, costs, pd.Series({2026: 10, 2027: 10}), Fraction(19, 20)).year_of.to_dict()
    {'a': 2026, 'b': 2027}
    """
    if leftovers not in LEFTOVERS:
        raise UnknownMethod(method=leftovers, known=tuple(LEFTOVERS))
    limits = settings or SolverSettings()
    grid = _grid(scores, costs, ceilings, discount)
    held = pd.DataFrame(index=scores.index) if groups is None else groups
    same_labels("groups", scores.index, held.index)
    rows = (
        *_money_rows(grid, leftovers),
        *_condition_rows(grid, held.reindex(scores.index), conditions, dated),
    )
    free = np.zeros(grid.money.size * grid.years, dtype=np.bool_)
    program = Program(grid.values(), rows, _fixed(grid, committed), free)
    answer = solve(program, limits)
    if answer.outcome is SolverOutcome.INFEASIBLE:
        raise_clash(program, limits)
    if not answer.found:
        raise NoFeasiblePlan("nothing_found_in_time", seconds=limits.seconds, cuts=answer.cuts)
    return _plan(grid, answer, limits, leftovers)


def _grid(scores: pd.Series, costs: pd.Series, ceilings: pd.Series, discount: Fraction) -> _Grid:
    same_labels("costs", scores.index, costs.index)
    if ceilings.empty:
        raise InvalidValue("no_years", remedy="give a ceiling for each year")
    if not isinstance(discount, Fraction | int) or not 0 < discount <= 1:
        raise InvalidValue(
            "discount_out_of_range", value=discount, remedy="an exact fraction above 0, at most 1"
        )
    price = priced(costs)
    money = np.array([price[label] for label in scores.index.tolist()], dtype=np.int64)
    amounts = pd.Series([checked_ceiling(amount) for amount in ceilings.tolist()], index=ceilings.index)
    return _Grid(scores.index, money, whole_points(scores), amounts, Fraction(discount))


def _fixed(grid: _Grid, committed: Sequence[Hashable]) -> Flags:
    """Return the decisions that are made beforehand: what is committed is funded in the first year."""
    unknown = [label for label in committed if label not in grid.labels]
    if unknown:
        raise InvalidValue("unknown_proposal", proposal=unknown[0])
    first = grid.labels.isin(list(committed))
    bound, ceiling = int(grid.money[first].sum()), int(grid.ceilings.iloc[0])
    if bound > ceiling:
        raise NoFeasiblePlan("committed_above_ceiling", committed=bound, ceiling=ceiling)
    return np.concatenate([first, np.zeros(grid.money.size * (grid.years - 1), dtype=np.bool_)])


def _money_rows(grid: _Grid, leftovers: str) -> Iterator[Row]:
    """Yield the ceilings of the years, and that no proposal is funded twice."""
    for years, amount in LEFTOVERS[leftovers](grid.ceilings.tolist()):
        name = f"ceiling {grid.ceilings.index[max(years)]}"
        yield Row(name, "ceiling", grid.spread(grid.money, years), upper=amount)
    for place, label in enumerate(grid.labels.tolist()):
        once = np.zeros_like(grid.money)
        once[place] = 1
        yield Row(f"once {label}", "once", grid.spread(once, range(grid.years)), upper=1)


def _condition_rows(
    grid: _Grid,
    groups: pd.DataFrame,
    conditions: Sequence[Condition],
    dated: Mapping[Hashable, Sequence[Condition]],
) -> Iterator[Row]:
    names = grid.ceilings.index.tolist()
    unknown = [year for year in dated if year not in names]
    if unknown:
        raise InvalidValue("unknown_year", value=unknown[0], known=tuple(names))
    for year, amount in enumerate(grid.ceilings.tolist()):
        own = tuple(dated.get(names[year], ()))
        table = ProposalTable(grid.labels, grid.money, groups, amount)
        rows_of((*conditions, *own), table)  # refuses cycles, repeated names, unknown groups
        for condition in conditions:
            yield from _in_years(grid, condition, table, year, _years_of(condition, grid, year))
        for condition in own:
            first = 0 if isinstance(condition, Requires) else year
            yield from _in_years(grid, condition, table, year, range(first, year + 1))


def _years_of(condition: Condition, grid: _Grid, year: int) -> range:
    """Return the years in which a condition of every year is stated for one of them."""
    if isinstance(condition, AtMostOne):
        return range(grid.years) if year == 0 else range(0)
    return range(year + 1) if isinstance(condition, Requires) else range(year, year + 1)


def _in_years(
    grid: _Grid, condition: Condition, table: ProposalTable, year: int, years: range
) -> Iterator[Row]:
    if not len(years):
        return
    said = str(grid.ceilings.index[year])
    name = condition.name if said in condition.name else f"{condition.name} {said}"
    for row in condition.rows(table):
        yield replace(row, name=name, coefficients=grid.spread(row.coefficients, years))


def _plan(grid: _Grid, answer: ProgramAnswer, settings: SolverSettings, leftovers: str) -> YearsPlan:
    taken = answer.chosen.reshape(grid.years, -1)
    names = grid.ceilings.index.tolist()
    year_of: list[Hashable] = [
        names[int(np.argmax(taken[:, place]))] if taken[:, place].any() else None
        for place in range(grid.money.size)
    ]
    spent = [int(grid.money[taken[year]].sum()) for year in range(grid.years)]
    scored = [int(grid.points.units[taken[year]].sum()) for year in range(grid.years)]
    unit = grid.points.unit / grid.discount.denominator ** (grid.years - 1)
    return YearsPlan(
        year_of=pd.Series(year_of, index=grid.labels, name="year", dtype=object),
        table=_money(grid, spent, leftovers).assign(
            funded=taken.sum(axis=1),
            score=[float(points * grid.points.unit) for points in scored],
            worth=[float(grid.discount**year) for year in range(grid.years)],
            counted=[float(one * grid.points.unit * grid.discount**year) for year, one in enumerate(scored)],
        ),
        total_score=float(answer.value * unit),
        proven=answer.outcome is SolverOutcome.PROVEN,
        gap=answer.gap,
        settings=settings,
        interrupted=answer.interrupted,
        discount=grid.discount,
        leftovers=leftovers,
    )


def _money(grid: _Grid, spent: Sequence[int], leftovers: str) -> pd.DataFrame:
    carried, rows = 0, []
    for ceiling, used in zip(grid.ceilings.tolist(), spent, strict=True):
        available = ceiling + carried
        rows.append((ceiling, carried, available, used, available - used))
        carried = available - used if leftovers == "carries_over" else 0
    columns = ["ceiling", "carried", "available", "spent", "left"]
    return pd.DataFrame(rows, index=grid.ceilings.index, columns=columns)
