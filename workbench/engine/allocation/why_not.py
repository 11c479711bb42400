"""Why a proposal is not funded, as changes that would fund it, each found by running the rule again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from types import MappingProxyType

from workbench.engine.allocation.changes import CHANGES, ChangeKind
from workbench.engine.allocation.money import label_key, priced
from workbench.engine.allocation.points import whole_points
from workbench.engine.allocation.readings import Needs, funded_under
from workbench.engine.allocation.slip import Certainty, Change, WhyNot
from workbench.engine.allocation.standing_plan import StandingPlan
from workbench.engine.allocation.why_best import Found, cost_for_best, score_for_best
from workbench.engine.allocation.why_ceiling import ceiling_for_best
from workbench.engine.allocation.why_conditions import (
    ceiling_with_conditions,
    cost_with_conditions,
    score_with_conditions,
)
from workbench.engine.allocation.why_walk import (
    better_by_value,
    ceiling_for_rank,
    ceiling_for_value,
    cheaper_by_value,
)
from workbench.errors import InvalidValue, NoFeasiblePlan

MONOTONE: Mapping[str, frozenset[ChangeKind]] = MappingProxyType(
    {
        "by_rank_stop": frozenset({ChangeKind.COST_LESS, ChangeKind.SCORE_MORE, ChangeKind.CEILING_MORE}),
        "by_rank_skip": frozenset({ChangeKind.COST_LESS, ChangeKind.SCORE_MORE}),
        "by_value": frozenset({ChangeKind.COST_LESS, ChangeKind.SCORE_MORE}),
        "best_total": frozenset({ChangeKind.COST_LESS, ChangeKind.SCORE_MORE}),
    }
)
"""Changes that, once they have funded a proposal, never take it away again by growing (given a public lot:
without one, rising into a tie group can leave a proposal to the forum)."""

_LARGEST_SCORE = 900_000_000
"""Units beyond which `whole_points` would have to round the other scores."""


def why_not(
    needs: Needs, rule: str, proposal: Hashable, kinds: Collection[ChangeKind] = tuple(ChangeKind)
) -> WhyNot:
    """Return what would have funded a proposal, and what each change would push out.

    Parameters
    ----------
    needs : Needs
        The session.
    rule : str
        A name of `READINGS`.
    proposal : label
        The proposal.
    kinds : collection of ChangeKind
        What to look for; the ceiling takes longest.

    Returns
    -------
    WhyNot

    Raises
    ------
    InvalidValue
        ``unknown_proposal``.
    UnknownMethod
        When the rule is not a name of `READINGS`.

    Examples
    --------
    >>> import pandas as pd
    >>> needs = Needs(pd.Series({"a": 3.0, "b": 2.0}), pd.Series({"a": 5, "b": 4}), 7)
    >>> [(change.kind.value, change.amount) for change in why_not(needs, "by_rank_stop", "b").changes]
    [('cost_less', 2), ('score_more', 2), ('ceiling_more', 2)]
    """
    return Slips(needs, rule).of(proposal, kinds)


@dataclass(frozen=True)
class Slips:
    """One session under one rule, asked about many proposals; what the rule funds is found once.

    Attributes
    ----------
    needs : Needs
    rule : str
        A name of `READINGS`.
    """

    needs: Needs
    rule: str

    def of(self, proposal: Hashable, kinds: Collection[ChangeKind] = tuple(ChangeKind)) -> WhyNot:
        """Return the slip of a proposal; parameters and errors as `why_not`."""
        needs, rule = self.needs, self.rule
        if proposal not in needs.scores.index:
            raise InvalidValue("unknown_proposal", condition="why_not", proposal=proposal)
        if proposal in self.before:
            return WhyNot(proposal, rule, funded=True, changes=(), impossible=())
        found = {kind: self._smallest(proposal, kind) for kind in _kinds(needs, rule) if kind in kinds}
        return WhyNot(
            proposal,
            rule,
            funded=False,
            changes=tuple(change for change in found.values() if isinstance(change, Change)),
            impossible=tuple(kind for kind, change in found.items() if change is _Without.IMPOSSIBLE),
            undecided=tuple(kind for kind, change in found.items() if change is _Without.UNDECIDED),
        )

    @cached_property
    def before(self) -> frozenset[Hashable]:
        """What the rule funds as things are."""
        return self._standing.funded if self.rule in _PLANNED else _funded(self.rule, self.needs)

    @cached_property
    def _standing(self) -> StandingPlan:
        return StandingPlan.of(self.needs)

    def _smallest(self, proposal: Hashable, kind: ChangeKind) -> Change | _Without:
        asked = _Asked(self.needs, self.rule, proposal, kind)
        planned = _PLANNED.get(self.rule)
        found = planned[kind](self._standing, proposal) if planned else asked.found()
        if found.amount is None:
            return _Without.IMPOSSIBLE if found.smallest else _Without.UNDECIDED
        return Change(
            kind,
            found.amount,
            float(whole_points(self.needs.scores).unit) if kind is ChangeKind.SCORE_MORE else 1.0,
            _certainty(found),
            () if found.enough else self._pushed_out(asked, found),
        )

    def _pushed_out(self, asked: _Asked, found: Found) -> tuple[Hashable, ...]:
        funded = asked.after(found.amount or 0) if found.funded is None else found.funded
        return tuple(sorted(self.before - funded, key=label_key))


class _Without(Enum):
    """Why there is no change of a kind."""

    IMPOSSIBLE = auto()
    UNDECIDED = auto()


def _kinds(needs: Needs, rule: str) -> tuple[ChangeKind, ...]:
    shares_money = rule in ("equal_shares", "phragmen")
    middle = ChangeKind.SUPPORT_MORE if shares_money and needs.ballots is not None else ChangeKind.SCORE_MORE
    return (ChangeKind.COST_LESS, middle, ChangeKind.CEILING_MORE)


@dataclass(frozen=True)
class _Asked:
    """One kind of change for one proposal; every amount is tried once."""

    needs: Needs
    rule: str
    proposal: Hashable
    kind: ChangeKind

    def found(self) -> Found:
        exact = _EXACT.get((self.rule, self.kind))
        if exact:
            return exact(self.needs, self.proposal, self.works)
        quicker = _QUICKER.get((self.rule, self.kind))
        works = quicker(self.needs, self.proposal) if quicker else self.works
        return _halve(works, self.needs, self.rule, self.proposal, self.kind)

    def works(self, amount: int) -> bool:
        return self.proposal in self.after(amount)

    def after(self, amount: int) -> frozenset[Hashable]:
        if amount not in self._tried:
            self._tried[amount] = self._funded_after(amount)
        return self._tried[amount]

    @cached_property
    def _tried(self) -> dict[int, frozenset[Hashable]]:
        return {}

    def _funded_after(self, amount: int) -> frozenset[Hashable]:
        try:
            return _funded(self.rule, CHANGES[self.kind](self.needs, self.proposal, amount))
        except NoFeasiblePlan:  # with that price or ceiling the conditions cannot be kept at all
            return frozenset()


_EXACT: Mapping[tuple[str, ChangeKind], Callable[[Needs, Hashable, Callable[[int], bool]], Found]] = (
    MappingProxyType(
        {
            ("best_total", ChangeKind.COST_LESS): cost_for_best,
            ("best_total", ChangeKind.SCORE_MORE): score_for_best,
            ("best_total", ChangeKind.CEILING_MORE): ceiling_for_best,
            ("by_rank_skip", ChangeKind.CEILING_MORE): ceiling_for_rank,
            ("by_value", ChangeKind.CEILING_MORE): ceiling_for_value,
        }
    )
)


_QUICKER: Mapping[tuple[str, ChangeKind], Callable[[Needs, Hashable], Callable[[int], bool]]] = (
    MappingProxyType(
        {
            ("by_value", ChangeKind.COST_LESS): cheaper_by_value,
            ("by_value", ChangeKind.SCORE_MORE): better_by_value,
        }
    )
)
"""What tells whether an amount does it sooner than the rule itself."""

_PLANNED: Mapping[str, Mapping[ChangeKind, Callable[[StandingPlan, Hashable], Found]]] = MappingProxyType(
    {
        "best_with_conditions": MappingProxyType(
            {
                ChangeKind.COST_LESS: cost_with_conditions,
                ChangeKind.SCORE_MORE: score_with_conditions,
                ChangeKind.CEILING_MORE: ceiling_with_conditions,
            }
        )
    }
)
"""Rules whose answers are read off the plan that stands."""


def _funded(rule: str, needs: Needs) -> frozenset[Hashable]:
    return frozenset(funded_under(rule, needs))


def _certainty(found: Found) -> Certainty:
    if found.smallest or found.amount == 1:
        return Certainty.SMALLEST
    return Certainty.ENOUGH if found.enough else Certainty.ONE_LESS_FAILS


def _halve(
    works: Callable[[int], bool], needs: Needs, rule: str, proposal: Hashable, kind: ChangeKind
) -> Found:
    keyed = needs.tie_key is not None or rule.startswith("best_")
    amount = _bisect(works, _limit(needs, proposal, kind))
    return Found(amount, smallest=amount is None or (keyed and kind in MONOTONE.get(rule, ())))


def _limit(needs: Needs, proposal: Hashable, kind: ChangeKind) -> int:
    price = priced(needs.costs)
    units = whole_points(needs.scores).units
    limits = {
        ChangeKind.COST_LESS: price[proposal],
        ChangeKind.SCORE_MORE: min(2 * int(abs(units).sum()) + 1, _LARGEST_SCORE - int(abs(units).max())),
        ChangeKind.CEILING_MORE: max(sum(price.values()) - needs.ceiling, 0),
        ChangeKind.SUPPORT_MORE: 0 if needs.ballots is None else len(needs.ballots),
    }
    return limits[kind]


def _bisect(works: Callable[[int], bool], limit: int) -> int | None:
    """Return an amount that works while one less does not, searching upwards in doubling steps first."""
    low, high = 0, 1
    while high < limit and not works(high):
        low, high = high, high * 2
    high = min(high, limit)
    if high <= low or not works(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle, high)
    return high
