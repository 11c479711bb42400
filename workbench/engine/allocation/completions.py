"""Equal Shares with a completion that is chosen openly: each of them funds different proposals.

``none`` leaves what nobody can pay for; ``add_one`` raises every share by a stated step and runs again;
``add_opt`` raises it by as many whole rupiah as let one more proposal be paid from leftovers; ``greedy`` and
``phragmen`` spend the rest without changing what was bought.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import pandas as pd

from workbench.engine.allocation.equal_shares import (
    SharedAllocation,
    SharesRun,
    allocation_of,
    run_shares,
    unfunded_supported,
)
from workbench.engine.allocation.phragmen import buy_in_time
from workbench.engine.allocation.share_terms import Terms, sum_of_products
from workbench.engine.allocation.voters import Electorate, electorate
from workbench.errors import InvalidValue, UnknownMethod

MOST_STEPS = 20_000
"""A step so small that the shares alone would need more runs is refused."""


@dataclass(frozen=True)
class Completed:
    """What a completion decided.

    Attributes
    ----------
    run : SharesRun
        The run that counts.
    added : tuple of int
        Places bought beyond it.
    runs : int
        Runs that were made.
    stopped : str
        Why it ended.
    """

    run: SharesRun
    added: tuple[int, ...]
    runs: int
    stopped: str


@dataclass(frozen=True)
class Raise:
    """How shares are raised.

    Attributes
    ----------
    step : int or None
        Whole rupiah for each participant, where the completion needs one.
    until : str
        A name of `UNTIL`.
    """

    step: int | None
    until: str


def last_feasible(held: Electorate, run: SharesRun) -> bool:  # noqa: ARG001 - one signature for all
    """Go on until the next step would overspend: the reading of real elections' official results."""
    return False


def exhaustive(held: Electorate, run: SharesRun) -> bool:
    """Stop as soon as no supported proposal fits in what is left."""
    left = held.ceiling - run.spent
    return all(held.costs[place] > left for place in unfunded_supported(held, run.bought))


UNTIL: Mapping[str, Callable[[Electorate, SharesRun], bool]] = MappingProxyType(
    {"last_feasible": last_feasible, "exhaustive": exhaustive}
)
"""When raising the shares stops before it would overspend, by name."""


def fraction(ceiling: int, participants: int) -> Fraction:
    """Start from the exact equal share."""
    return Fraction(ceiling, participants)


def whole(ceiling: int, participants: int) -> Fraction:
    """Start from the equal share in whole rupiah, rounded down."""
    return Fraction(ceiling // participants)


START: Mapping[str, Callable[[int, int], Fraction]] = MappingProxyType({"fraction": fraction, "whole": whole})
"""The share that each participant starts with, by name."""


def none(held: Electorate, first: SharesRun, how: Raise) -> Completed:  # noqa: ARG001 - one signature for all
    """Leave what nobody can pay for."""
    return Completed(first, (), 1, "nobody_can_pay")


def add_one(held: Electorate, first: SharesRun, how: Raise) -> Completed:
    """Raise every share by a stated step and run again, and keep the last run that fits."""
    if how.step is None or how.step < 1:
        raise InvalidValue("step_missing", value=how.step, remedy="state the rupiah by which shares rise")
    if first.share / how.step > MOST_STEPS:
        least = int(first.share) // MOST_STEPS + 1
        raise InvalidValue("step_too_small", value=how.step, at_least=least)
    step = how.step
    return _raise_shares(held, first, UNTIL[how.until], lambda _: step)


def add_opt(held: Electorate, first: SharesRun, how: Raise) -> Completed:
    """Raise every share by what one more proposal lacks from its supporters' leftovers, and run again."""

    def just_enough(run: SharesRun) -> int:
        return run.purses.missing_each(unfunded_supported(held, run.bought))

    return _raise_shares(held, first, UNTIL[how.until], just_enough)


def greedy(held: Electorate, first: SharesRun, how: Raise) -> Completed:  # noqa: ARG001 - one signature for all
    """Spend the rest by utility for each rupiah, passing over what does not fit."""
    left = held.ceiling - first.spent
    queue = [
        (-Fraction(_utility(held, place), held.costs[place]), int(held.tie_rank[place]), place)
        for place in held.undecided
        if place not in first.bought
    ]
    added = []
    for _, _, place in sorted(queue):
        if held.costs[place] <= left:
            added.append(place)
            left -= held.costs[place]
    return Completed(first, tuple(added), 1, "exhausted")


def phragmen(held: Electorate, first: SharesRun, how: Raise) -> Completed:  # noqa: ARG001 - one signature
    """Spend the rest by sequential Phragmen, starting from what is left in every purse."""
    bought = buy_in_time(held, first.bought, held.ceiling - first.spent, first.purses.fine_balance())
    return Completed(first, bought.places, 1, bought.stopped)


COMPLETIONS: Mapping[str, Callable[[Electorate, SharesRun, Raise], Completed]] = MappingProxyType(
    {"none": none, "add_one": add_one, "add_opt": add_opt, "greedy": greedy, "phragmen": phragmen}
)
"""How money that Equal Shares leaves is spent, by name."""


def equal_shares(  # noqa: PLR0913, PLR0917 - every choice that changes the funded list is an argument
    ballots: pd.DataFrame,
    costs: pd.Series,
    ceiling: int,
    utility: str = "cost",
    completion: str = "none",
    step: int | None = None,
    until: str = "last_feasible",
    start: str = "fraction",
    committed: Sequence[Hashable] = (),
    tie_key: pd.Series | None = None,
) -> SharedAllocation:
    """Fund by the Method of Equal Shares, with a completion that is named.

    Parameters
    ----------
    ballots : DataFrame of numbers, participants by proposals
        Points at least zero; zero is no support.
    costs : Series of int by proposal
        Whole rupiah, all priced.
    ceiling : int
        Whole rupiah.
    utility : {"cost", "cardinality", "score"}
        A name of `UTILITIES`.
    completion : {"none", "add_one", "add_opt", "greedy", "phragmen"}
        A name of `COMPLETIONS`.
    step : int, optional
        Whole rupiah by which ``add_one`` raises each share; it must be stated then.
    until : {"last_feasible", "exhaustive"}
        When raising stops.
    start : {"fraction", "whole"}
        The exact share, or the share in whole rupiah.
    committed : sequence of labels
        Funded beforehand; the ceiling is smaller by their cost, for all participants equally.
    tie_key : Series of int by proposal, optional
        The public lot for equals, after lower cost and more supporters; the same for all runs.

    Returns
    -------
    SharedAllocation

    Raises
    ------
    LabelMismatch, UnknownMethod
        When labels differ; when a name is not in its registry.
    InvalidValue
        ``step_missing``, ``step_too_small`` and what `electorate` refuses.

    Examples
    --------
    >>> ballots = pd.DataFrame({"a": [1, 1, 0], "b": [0, 1, 1], "c": [0, 0, 1]})
    >>> equal_shares(ballots, pd.Series({"a": 20, "b": 30, "c": 9}), 60).funded
    ('a', 'b')
    """
    for name, registry in ((completion, COMPLETIONS), (until, UNTIL), (start, START)):
        if name not in registry:
            raise UnknownMethod(method=name, known=tuple(registry))
    held = electorate(ballots, costs, ceiling, utility, committed, tie_key)
    done = spend(held, completion, start, Raise(step, until))
    facts: dict[str, object] = {
        "rule": "equal_shares",
        "utility": utility,
        "completion": completion,
        "step": step,
        "stopped": done.stopped,
        "first_share": START[start](held.ceiling, held.participants),
        "runs": done.runs,
    }
    return allocation_of(held, ballots.index, done.run, done.added, facts)


def spend(held: Electorate, completion: str, start: str, how: Raise) -> Completed:
    """Run Equal Shares and complete it; a kernel on an `Electorate`, with names that are known.

    Examples
    --------
    >>> held = electorate(pd.DataFrame({"a": [1, 1], "b": [0, 1]}), pd.Series({"a": 4, "b": 6}), 10)
    >>> spend(held, "greedy", "fraction", Raise(None, "last_feasible")).added
    (1,)
    """
    first = run_shares(Terms.of(held), START[start](held.ceiling, held.participants))
    return COMPLETIONS[completion](held, first, how)


def _raise_shares(
    held: Electorate,
    first: SharesRun,
    enough: Callable[[Electorate, SharesRun], bool],
    rise: Callable[[SharesRun], int],
) -> Completed:
    run, runs = first, 1
    while True:
        if not unfunded_supported(held, run.bought):
            return Completed(run, (), runs, "all_funded")
        if enough(held, run):
            return Completed(run, (), runs, "exhausted")
        onward = run_shares(run.purses.terms, run.share + rise(run), run.opening)
        runs += 1
        if onward.spent > held.ceiling:
            return Completed(run, (), runs, "would_overspend")
        run = onward


def _utility(held: Electorate, place: int) -> int:
    return sum_of_products(held.weights[held.supporters[place]], held.utilities[place])
