"""The share of the room behind the order of neighbours in the ranking."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pandas as pd

from workbench.deliberation.answers import answers_of, personal_values
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.agreement import pairwise_support
from workbench.engine.influence import MINIMUM_SIZE
from workbench.prioritisation import Outcome


@dataclass(frozen=True)
class Supported:
    """Two neighbours in the ranking.

    Attributes
    ----------
    place, next_place : int
    above, below : str
    share, ties : float
        Share of the people who scored both that puts them in this order, and that values both alike.
    people : int
    """

    place: int
    next_place: int
    above: str
    below: str
    share: float
    ties: float
    people: int


@dataclass(frozen=True)
class PairSupport:
    """Neighbours that enough people compared.

    Attributes
    ----------
    lines : tuple of Supported
        Down the ranking.
    left_out : int
        Pairs of neighbours that fewer than the minimum of people compared.
    """

    lines: tuple[Supported, ...]
    left_out: int


def support_of(session: Session, rules: Rules, outcome: Outcome) -> PairSupport:
    """Count who stands behind the order of each two neighbours.

    Parameters
    ----------
    session, rules
        As for `prioritise`.
    outcome : Outcome
        Of exactly these.
    """
    ranked = outcome.table["rank"].dropna()
    answers = answers_of(session, rules, outcome)
    if not len(answers) or len(ranked) < 2:
        return PairSupport((), 0)
    values = personal_values(answers, session, outcome).round(9)
    support = pairwise_support(-values[values.columns.intersection(ranked.index)])
    minimum = max(rules.minimum_group, MINIMUM_SIZE)
    lines, left_out = [], 0
    labels = [str(label) for label in ranked.index]
    for above, below in itertools.pairwise(labels):
        people = _entry(support.compared, above, below)
        if not people >= minimum:
            left_out += 1
            continue
        share, ties = _entry(support.share, above, below), _entry(support.ties, above, below)
        lines.append(
            Supported(int(ranked[above]), int(ranked[below]), above, below, share, ties, int(people))
        )
    return PairSupport(tuple(lines), left_out)


def _entry(table: pd.DataFrame, row: str, column: str) -> float:
    if row not in table.index or column not in table.index:
        return 0.0
    return float(table.to_numpy()[table.index.get_loc(row), table.columns.get_loc(column)])
