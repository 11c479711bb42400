"""A template: criteria, scales, gates and bands that facilitators know by name, with where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import pandas as pd

from workbench.domain.bands import Bands
from workbench.domain.criteria import Criteria
from workbench.domain.dots import DotRule
from workbench.domain.rules import Rules
from workbench.errors import InvalidInput, Problem


class Counting(StrEnum):
    """How a template's sheet is counted; the votes bear the names of their functions in the engine."""

    WEIGHTED_SUM = "weighted_sum"
    """Points by criterion; the rules of the session say how they become a score."""
    MAD_VOTE = "mad_vote"
    PREFERENCE_POINTS = "preference_points"
    COUNT_PAIRWISE_WINS = "count_pairwise_wins"
    DOT_VOTE = "dot_vote"


class YearOf(StrEnum):
    """What the year of a template dates."""

    REGULATION = "regulation"
    SOURCE = "source"
    TEMPLATE = "template"
    """Neither regulation nor source bears a year: the year this template was written down."""


@dataclass(frozen=True)
class Provenance:
    """Where a template comes from.

    Attributes
    ----------
    legal_basis : str
        The regulation that the form stands in; empty where the form is practice only.
    year : int
    year_of : YearOf
    source : str
        Where the form was seen, in words.
    note : str
        What a person should know before using it.
    """

    legal_basis: str
    year: int
    year_of: YearOf
    source: str
    note: str = ""


@dataclass(frozen=True)
class GateSpec:
    """A yes/no condition that a template asks of every proposal before it is scored."""

    name: str
    meaning: str = ""


@dataclass(frozen=True)
class Template:
    """A form that opens with one choice.

    Attributes
    ----------
    name : str
        Short name, that of its file.
    title : str
        What facilitators call it.
    counting : Counting
    provenance : Provenance
    criteria : Criteria or None
        None for votes, which have no criteria.
    rules : mapping
        The choices of `Rules` that the form itself makes, by name; the others stay as the session has them.
    gates : tuple of GateSpec
    bands : Bands
    dots : DotRule or None
        How many dots everybody has; for a vote with dots, and only for it.

    Raises
    ------
    InvalidInput
        ``template_without_ground``: neither a legal basis nor a source; ``template_without_criteria`` and
        ``template_vote_with_criteria``: points need criteria, votes have none; ``template_without_dots`` and
        ``template_dots_not_asked``: a vote with dots needs their numbers, nothing else has any.
    """

    name: str
    title: str
    counting: Counting
    provenance: Provenance
    criteria: Criteria | None = None
    rules: Mapping[str, Any] = field(default_factory=dict)
    gates: tuple[GateSpec, ...] = ()
    bands: Bands = field(default_factory=Bands.empty)
    dots: DotRule | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "rules", MappingProxyType(dict(self.rules)))
        problems = []
        if not (self.provenance.legal_basis or self.provenance.source):
            problems.append(Problem("template_without_ground", value=self.name))
        if not self.is_vote and (self.criteria is None or not len(self.criteria)):
            problems.append(Problem("template_without_criteria", value=self.name))
        if self.is_vote and self.criteria is not None:
            problems.append(Problem("template_vote_with_criteria", value=self.name))
        if (self.dots is not None) != (self.counting is Counting.DOT_VOTE):
            code = "template_without_dots" if self.dots is None else "template_dots_not_asked"
            problems.append(Problem(code, value=self.name))
        if problems:
            raise InvalidInput(problems)

    @property
    def is_vote(self) -> bool:
        """Whether it counts votes and needs no criteria."""
        return self.counting is not Counting.WEIGHTED_SUM

    def applied_to(self, rules: Rules) -> Rules:
        """Return rules with the choices that the form makes.

        Examples
        --------
        >>> ground = Provenance("", 2011, YearOf.SOURCE, "praktik")
        >>> vote = Template("v", "V", Counting.MAD_VOTE, ground, rules={"budget_rule": "rank_skip"})
        >>> vote.applied_to(Rules()).budget_rule
        'rank_skip'
        """
        return replace(rules, **dict(self.rules))

    def own_columns(self, known: pd.Index) -> tuple[str, ...]:
        """Return the columns of the proposals that its criteria look up and that a list does not have."""
        if self.criteria is None:
            return ()
        named = [str(name) for name in self.criteria.frame["column"] if name and name not in known]
        return tuple(dict.fromkeys(named))
