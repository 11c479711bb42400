"""Answers to "why not": one slip for each proposal, with the changes that would have funded it."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.engine.allocation.changes import ChangeKind


@dataclass(frozen=True)
class Remedy:
    """One change that would have funded a proposal, everything else staying as it is.

    Attributes
    ----------
    kind : ChangeKind
    amount : int or None
        Rupiah less, rupiah more, or people more; 0 for scores, None where it would tell a score that is
        withheld.
    level : float or None
        The score that funds it; 0 for the other kinds, None where it would tell a score that is withheld.
    above : str
        The proposal whose score must be exceeded; empty where `level` itself is enough, or for other kinds.
    smallest : bool
        Whether no smaller change does it.
    followed : bool
        Whether it is known what is funded then; otherwise it is enough, and no more is known.
    pushes_out : tuple of str
        Proposals that would lose their funding, in the public order; empty where that is not known.
    """

    kind: ChangeKind
    amount: int | None = 0
    level: float | None = 0.0
    above: str = ""
    smallest: bool = True
    followed: bool = True
    pushes_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class WhyNot:
    """The slip of one proposal.

    Attributes
    ----------
    proposal, rule : str
    funded : bool
        When it is funded there is nothing to change.
    remedies : tuple of Remedy
        In the order cost, score or support, ceiling.
    impossible : tuple of ChangeKind
        Changes that alone would not do; a cost of zero and a score beyond the scale are no answers.
    undecided : tuple of ChangeKind
        Changes of which none that is enough was found within the effort allowed, and none is ruled out.
    blocked : tuple of str
        Conditions that cannot hold together with the proposal, whatever its score.
    """

    proposal: str
    rule: str
    funded: bool
    remedies: tuple[Remedy, ...] = ()
    impossible: tuple[ChangeKind, ...] = ()
    undecided: tuple[ChangeKind, ...] = ()
    blocked: tuple[str, ...] = ()
