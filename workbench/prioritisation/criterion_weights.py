"""Weights of the criteria with where they come from: who answered, what contradicts, what to ask again."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from workbench.domain.hierarchy import GOAL
from workbench.engine.pairwise.consistency import Consistency, GeometricConsistency
from workbench.engine.pairwise.incomplete import GraphRandomIndex
from workbench.engine.pairwise.orders import Contradiction, OrderViolation
from workbench.engine.pairwise.review import Review
from workbench.engine.pairwise.triads import Triad


@dataclass(frozen=True)
class Turnout:
    """How many people stand behind weights; never who.

    Attributes
    ----------
    answered : int
        People with at least one answer.
    blank : int
        People whose lines are all empty.
    absent : int
        Listed participants without any line.
    """

    answered: int = 0
    blank: int = 0
    absent: int = 0


@dataclass(frozen=True, eq=False)
class Comparisons:
    """What pairwise comparisons of one set of siblings say, and how far they can be trusted.

    Attributes
    ----------
    matrix : DataFrame
        The group's judgements (geometric mean of all answers); NaN where nobody answered.
    counts : DataFrame
        How many people answered each pair.
    consistency : Consistency
        Of the group matrix, from its principal eigenvalue. Where pairs are unanswered, of the optimal
        completion against random answers to the same pairs.
    random_index : GraphRandomIndex or None
        The simulated index of the answered pairs, with its seed; None for a complete matrix, which is
        measured against the named table.
    geometric : GeometricConsistency or None
        None with unanswered pairs.
    triad : Triad or None
        The three answers that contradict each other most.
    reviews : tuple of Review
        Judgements to look at again, furthest first; empty with unanswered pairs.
    violations : tuple of OrderViolation
        Answers that the weights put in the opposite order.
    contradictions : tuple of Contradiction
        Circles of three.
    order_changes : tuple of pairs
        ``(a, b)``: a is heavier by the geometric mean, b by the eigenvector.
    individual_ratios : Series
        Consistency ratios of the people who compared every pair, sorted by size and without labels.
    """

    matrix: pd.DataFrame
    counts: pd.DataFrame
    consistency: Consistency
    random_index: GraphRandomIndex | None
    geometric: GeometricConsistency | None
    triad: Triad | None
    reviews: tuple[Review, ...]
    violations: tuple[OrderViolation, ...]
    contradictions: tuple[Contradiction, ...]
    order_changes: tuple[tuple[str, str], ...]
    individual_ratios: pd.Series

    @property
    def unanswered(self) -> int:
        """How many pairs nobody compared."""
        return int(self.matrix.isna().to_numpy().sum()) // 2

    @property
    def above_threshold(self) -> int:
        """How many of the people behind `individual_ratios` lie above the threshold."""
        return int((self.individual_ratios > self.consistency.threshold).sum())


@dataclass(frozen=True, eq=False)
class SiblingWeights:
    """Weights of the criteria that stand under one parent.

    Attributes
    ----------
    parent : str
        The group; empty text at the top.
    values : Series
        Local weight by criterion; they sum to one.
    method : str
        How they were made: a name of `Rules.weighting`; ``direct`` where nobody compared these criteria and
        the forum declared weights; ``only_child`` for a single criterion.
    answered : int
        How many people's answers were used.
    set_aside : int
        How many people answered these criteria incompletely, so that the method could not use them.
    comparisons : Comparisons or None
        For methods that use pairwise comparisons.
    ways : DataFrame or None
        For ``combined``: one row a way of answering, with participants, answers, share of all precision and
        observed variance.
    """

    parent: str
    values: pd.Series
    method: str
    answered: int = 0
    set_aside: int = 0
    comparisons: Comparisons | None = None
    ways: pd.DataFrame | None = None


@dataclass(frozen=True, eq=False)
class CriterionWeights:
    """Weights of the criteria and where they come from.

    Attributes
    ----------
    values : Series
        Share by scored criterion; they sum to one.
    method : str
        The name in `Rules.weighting`.
    turnout : Turnout
        Nobody for declared weights.
    table : DataFrame
        One row a criterion or group, parents before children: parent, level, local, global, leaf.
    groups : tuple of SiblingWeights
        One for each parent, the top first.
    """

    values: pd.Series
    method: str
    turnout: Turnout = field(default_factory=Turnout)
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    groups: tuple[SiblingWeights, ...] = ()

    @property
    def participants(self) -> int:
        """How many people's answers stand behind the weights; 0 for declared weights."""
        return self.turnout.answered

    @property
    def comparisons(self) -> Comparisons | None:
        """The comparisons of the topmost criteria; None where the weights do not come from comparisons."""
        return next((group.comparisons for group in self.groups if group.parent == GOAL), None)

    @property
    def matrix(self) -> pd.DataFrame | None:
        """The group's matrix of the topmost criteria."""
        return None if self.comparisons is None else self.comparisons.matrix

    @property
    def consistency(self) -> Consistency | None:
        """Against the named table; None with unanswered pairs, whose ratio needs another random index."""
        found = self.comparisons
        return None if found is None or found.random_index is not None else found.consistency

    @property
    def individual_ratios(self) -> pd.Series:
        """Ratios of single people on the topmost criteria, sorted by size and without labels."""
        found = self.comparisons
        return pd.Series(dtype="float64") if found is None else found.individual_ratios
