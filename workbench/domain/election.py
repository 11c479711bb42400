"""A participatory budgeting election as Pabulib files hold it: projects, ballots, what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import pandas as pd

from workbench.errors import Problem


class VoteType(StrEnum):
    """How people voted."""

    APPROVAL = "approval"
    """They named projects (``choose-1`` is an approval of one)."""
    ORDINAL = "ordinal"
    """They put projects in order, the best first."""
    CUMULATIVE = "cumulative"
    """They shared out a fixed number of points."""
    SCORING = "scoring"
    """They gave points to as many projects as they liked."""


POINTED = (VoteType.CUMULATIVE, VoteType.SCORING)
"""Vote types whose ballots carry points."""


@dataclass(frozen=True)
class Election:
    """One election.

    Attributes
    ----------
    meta : mapping of str to str
        Lines of META, in order: ``description``, ``budget``, ``vote_type``, ``rule`` and others.
    vote_type : VoteType
    projects : DataFrame of str by project
        Columns of PROJECTS as written, but the first.
    costs : Series of int by project
        In the smallest unit of `decimals`.
    budget : int
        In the same unit.
    decimals : int
        Decimals of the currency that occur; an amount divided by ``10 ** decimals`` is as written.
    votes : DataFrame of str by voter
        Columns of VOTES as written, but the first.
    ballots : DataFrame of int, voters by projects
        1 for an approval, the points given in units of `point_decimals`, or for an order as many points as
        the longest order has places below (Borda); what the file states for a project that a ballot does not
        name (``default_score``), 0 where it states nothing. Below zero only where points were given against.
    selected : frozenset of str or None
        The official result; None where the file does not say.
    notes : tuple of Problem
        What its file contradicts, or how it had to be read; nothing that keeps it from being counted.
    point_decimals : int
        Decimals of the points; a point divided by ``10 ** point_decimals`` is as written.
    threshold : int or None
        Total, in the same unit, that a project needs to be chosen at all; None where the file states none.
    """

    meta: Mapping[str, str]
    vote_type: VoteType
    projects: pd.DataFrame
    costs: pd.Series
    budget: int
    decimals: int
    votes: pd.DataFrame
    ballots: pd.DataFrame
    selected: frozenset[str] | None
    notes: tuple[Problem, ...] = ()
    point_decimals: int = 0
    threshold: int | None = None

    @property
    def totals(self) -> Mapping[str, Decimal]:
        """The points of all ballots together, by project, as they are written."""
        sums = self.ballots.sum(axis="index")
        return {str(label): Decimal(int(total)).scaleb(-self.point_decimals) for label, total in sums.items()}

    @property
    def title(self) -> str:
        """What the election is called."""
        parts = [self.meta.get(name, "") for name in ("description", "unit", "instance")]
        return ", ".join(dict.fromkeys(part for part in parts if part))

    @property
    def rule(self) -> str:
        """The official rule as the file names it."""
        return self.meta.get("rule", "")
