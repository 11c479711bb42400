"""The slip of one proposal: the changes that would have funded it, and how far each is certain."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

from workbench.engine.allocation.changes import ChangeKind


class Certainty(StrEnum):
    """How far the smallest change is certain."""

    SMALLEST = "smallest"
    """No smaller change does it: the rule cannot lose the proposal on the way."""
    ONE_LESS_FAILS = "one_less_fails"
    """It does it and one less does not; a much smaller one might, because the rule jumps."""
    FOLLOWED = "followed"
    """It does it, and what it pushes out is told; whether less does is not."""
    ENOUGH = "enough"
    """It does it, and that is proven; whether less does, and what it pushes out, is not."""


@dataclass(frozen=True)
class Change:
    """One change that would have funded a proposal.

    Attributes
    ----------
    kind : ChangeKind
        What changes.
    amount : int
        Rupiah, people, or units of `unit`.
    unit : float
        1 for rupiah and people; the size of one score unit for scores.
    certainty : Certainty
        How far it is the smallest.
    pushes_out : tuple of labels
        Proposals that would lose their funding.
    """

    kind: ChangeKind
    amount: int
    unit: float
    certainty: Certainty
    pushes_out: tuple[Hashable, ...]


@dataclass(frozen=True)
class WhyNot:
    """The slip of one proposal under one rule.

    Attributes
    ----------
    proposal : label
        The proposal.
    rule : str
        Name of the rule.
    funded : bool
        When it is funded there is nothing to change.
    changes : tuple of Change
        Of every kind that can fund it, in the order cost, score, support, ceiling.
    impossible : tuple of ChangeKind
        Kinds for which no amount up to the stated limit does it.
    undecided : tuple of ChangeKind
        Kinds for which none was found within the effort allowed, and none is ruled out.
    """

    proposal: Hashable
    rule: str
    funded: bool
    changes: tuple[Change, ...]
    impossible: tuple[ChangeKind, ...]
    undecided: tuple[ChangeKind, ...] = ()
