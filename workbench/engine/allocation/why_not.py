"""Why a proposal is not funded, as changes that would fund it, each found by running the rule again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property, partial
from types import MappingProxyType
from typing import Protocol

from workbench.engine.allocation.changes import ChangeKind
from workbench.engine.allocation.money import label_key
from workbench.engine.allocation.points import whole_points
from workbench.engine.allocation.readings import READINGS, Needs
from workbench.engine.allocation.slip import Certainty, Change, WhyNot
from workbench.engine.allocation.standing_plan import StandingPlan
from workbench.engine.allocation.standing_total import StandingTotal
from workbench.engine.allocation.why_best import Found, cost_for_best, score_for_best
from workbench.engine.allocation.why_ceiling import ceiling_for_best
from workbench.engine.allocation.why_conditions import (
    ceiling_with_conditions,
    cost_with_conditions,
    score_with_conditions,
)
from workbench.engine.allocation.why_phragmen import StandingPhragmen
from workbench.engine.allocation.why_shares import StandingShares
from workbench.engine.allocation.why_walk import RULES as WALKS
from workbench.engine.allocation.why_walk import StandingWalk
from workbench.errors import InvalidValue, UnknownMethod


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

    @property
    def before(self) -> frozenset[Hashable]:
        """What the rule funds as things are."""
        return self._standing.funded

    @cached_property
    def _standing(self) -> Standing:
        if self.rule not in STANDING:
            raise UnknownMethod(method=self.rule, known=tuple(READINGS))
        return STANDING[self.rule](self.needs)

    @cached_property
    def _unit(self) -> float:
        return float(whole_points(self.needs.scores).unit)

    def _smallest(self, proposal: Hashable, kind: ChangeKind) -> Change | _Without:
        found = self._standing.found(proposal, kind)
        if found.amount is None:
            return _Without.IMPOSSIBLE if found.smallest else _Without.UNDECIDED
        gone = () if found.funded is None else self.before - found.funded
        return Change(
            kind,
            found.amount,
            self._unit if kind is ChangeKind.SCORE_MORE else 1.0,
            _certainty(found),
            tuple(sorted(gone, key=label_key)),
        )


class Standing(Protocol):
    """A session under one rule, solved once and asked about many proposals."""

    @property
    def funded(self) -> frozenset[Hashable]:
        """What the rule funds as things are."""

    def found(self, proposal: Hashable, kind: ChangeKind) -> Found:
        """Return the smallest change of a kind that funds a proposal, as far as it is known."""


@dataclass(frozen=True)
class _ReadOff:
    """What a plan that stands funds, and how each kind of change is read off it."""

    funded: frozenset[Hashable]
    answers: Mapping[ChangeKind, Callable[[Hashable], Found]]

    def found(self, proposal: Hashable, kind: ChangeKind) -> Found:
        return self.answers[kind](proposal)


def _of_total(needs: Needs) -> Standing:
    standing = StandingTotal.of(needs)
    answers = {
        ChangeKind.COST_LESS: partial(cost_for_best, standing),
        ChangeKind.SCORE_MORE: partial(score_for_best, standing),
        ChangeKind.CEILING_MORE: partial(ceiling_for_best, standing),
    }
    return _ReadOff(standing.funded, answers)


def _of_plan(needs: Needs) -> Standing:
    standing = StandingPlan.of(needs)
    answers = {
        ChangeKind.COST_LESS: partial(cost_with_conditions, standing),
        ChangeKind.SCORE_MORE: partial(score_with_conditions, standing),
        ChangeKind.CEILING_MORE: partial(ceiling_with_conditions, standing),
    }
    return _ReadOff(standing.funded, answers)


STANDING: Mapping[str, Callable[[Needs], Standing]] = MappingProxyType(
    {
        **{rule: partial(StandingWalk.of, rule=rule) for rule in WALKS},
        "best_total": _of_total,
        "best_with_conditions": _of_plan,
        "equal_shares": StandingShares,
        "phragmen": StandingPhragmen,
    }
)
"""What a rule is asked through, by its name."""


class _Without(Enum):
    """Why there is no change of a kind."""

    IMPOSSIBLE = auto()
    UNDECIDED = auto()


def _kinds(needs: Needs, rule: str) -> tuple[ChangeKind, ...]:
    shares_money = rule in ("equal_shares", "phragmen")
    middle = ChangeKind.SUPPORT_MORE if shares_money and needs.ballots is not None else ChangeKind.SCORE_MORE
    return (ChangeKind.COST_LESS, middle, ChangeKind.CEILING_MORE)


def _certainty(found: Found) -> Certainty:
    if found.smallest or found.amount == 1:
        return Certainty.SMALLEST
    if not found.enough:
        return Certainty.ONE_LESS_FAILS
    return Certainty.ENOUGH if found.funded is None else Certainty.FOLLOWED
