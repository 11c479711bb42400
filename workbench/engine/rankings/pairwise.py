"""Pairwise comparisons of a profile, and counting the wins of pairs that a room decided."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from workbench.engine.rankings.places import TIE_TOLERANCE, competition_ranks
from workbench.engine.rankings.profile import Floats, Profile
from workbench.errors import InvalidValue


@dataclass(frozen=True, eq=False)
class PairwiseTable:
    """How much weight puts the row above the column.

    Attributes
    ----------
    wins : DataFrame, proposals x proposals
        Weight of the participants who rank the row strictly above the column; zero on the diagonal. A tie or
        an unranked proposal gives weight to neither side.
    compared : DataFrame, proposals x proposals
        Weight of the participants who ranked both, ties included.
    margins : DataFrame, proposals x proposals
        ``wins - wins.T`` with differences below the tie tolerance set to exactly zero.
    """

    wins: pd.DataFrame
    compared: pd.DataFrame
    margins: pd.DataFrame

    @property
    def not_compared(self) -> tuple[tuple[object, object], ...]:
        """Pairs that no participant compared."""
        names, silent = self.wins.columns, self.compared.to_numpy() == 0
        return tuple((names[i], names[j]) for i, j in combinations(range(len(names)), 2) if silent[i, j])


def pairwise_table(room: Profile) -> PairwiseTable:
    """Count, for every two proposals, the weight behind each order.

    Examples
    --------
    >>> from workbench.engine.rankings.profile import profile_from_orders
    >>> pairwise_table(profile_from_orders([(3, ["a", "b"]), (1, ["b", "a"])])).margins.loc["a", "b"]
    np.float64(2.0)
    """
    ranks, weights = room.ranks.to_numpy(), room.weights.to_numpy()
    wins = win_matrix(ranks, weights)
    known = (~np.isnan(ranks)).astype("float64")
    compared = (known * weights[:, None]).T @ known
    np.fill_diagonal(compared, 0.0)
    margins = wins - wins.T
    margins[np.abs(margins) <= TIE_TOLERANCE * weights.sum()] = 0.0
    names = room.proposals
    return PairwiseTable(*(pd.DataFrame(part, names, names) for part in (wins, compared, margins)))


def win_matrix(ranks: Floats, weights: Floats) -> Floats:
    """Sum the weight of the rows that put item i before item j.

    Takes arrays: ranks (participants x proposals, NaN unranked) and weights (participants).

    Examples
    --------
    >>> win_matrix(np.array([[1.0, 2.0]]), np.array([3.0])).tolist()
    [[0.0, 3.0], [0.0, 0.0]]
    """
    count = ranks.shape[1]
    wins = np.empty((count, count))
    for item in range(count):
        wins[item] = weights @ (ranks[:, [item]] < ranks)
    return wins


@dataclass(frozen=True, eq=False)
class PairwiseWins:
    """Wins of pairs that a room decided one by one.

    Attributes
    ----------
    wins : Series by proposal
        How often it was chosen.
    ranks : Series by proposal
        Most wins first; equal wins share the place.
    undecided : tuple of pairs
        Pairs put to the room in which neither was chosen.
    missing : tuple of pairs
        Pairs that were never put to the room: until there are none, the count is not final.
    """

    wins: pd.Series
    ranks: pd.Series
    undecided: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]


def count_pairwise_wins(decisions: pd.DataFrame, proposals: pd.Index) -> PairwiseWins:
    """Count how often each proposal was chosen when the room compared them two by two.

    The pairwise ranking of participatory rural appraisal: all pairs, one choice each, most often chosen
    first. A pair left without a choice gives a win to neither and is listed; an absent pair is listed too.

    Parameters
    ----------
    decisions : DataFrame, one row a pair, columns ``first``, ``second``, ``chosen``
        ``chosen`` is one of the two, or missing when the room could not choose.
    proposals : Index
        All proposals that take part.

    Raises
    ------
    InvalidValue
        ``unknown_proposal``, ``pair_with_itself``, ``pair_decided_twice``, ``choice_outside_pair``.

    Examples
    --------
    >>> pairs = pd.DataFrame([("a", "b", "b"), ("a", "c", "a"), ("b", "c", "b")],
    ...                      columns=["first", "second", "chosen"])
    >>> count_pairwise_wins(pairs, pd.Index(["a", "b", "c"])).wins.to_dict()
    {'a': 1, 'b': 2, 'c': 0}
    """
    wins = dict.fromkeys((str(label) for label in proposals), 0)
    seen: set[tuple[str, str]] = set()
    undecided: list[tuple[str, str]] = []
    for first, second, chosen in decisions[["first", "second", "chosen"]].itertuples(index=False, name=None):
        pair = _checked_pair(str(first), str(second), wins, seen)
        seen.add(pair)
        if pd.isna(chosen):
            undecided.append(pair)
        elif str(chosen) not in pair:
            raise InvalidValue("choice_outside_pair", pair=pair, chosen=str(chosen))
        else:
            wins[str(chosen)] += 1
    counted = pd.Series([wins[str(label)] for label in proposals], index=proposals)
    missing = tuple(pair for pair in combinations(sorted(wins), 2) if pair not in seen)
    return PairwiseWins(counted, competition_ranks(counted), tuple(sorted(undecided)), missing)


def _checked_pair(
    first: str, second: str, known: dict[str, int], seen: set[tuple[str, str]]
) -> tuple[str, str]:
    for label in (first, second):
        if label not in known:
            raise InvalidValue("unknown_proposal", proposal=label, known=tuple(known))
    if first == second:
        raise InvalidValue("pair_with_itself", proposal=first)
    pair = (min(first, second), max(first, second))
    if pair in seen:
        raise InvalidValue("pair_decided_twice", pair=pair)
    return pair
