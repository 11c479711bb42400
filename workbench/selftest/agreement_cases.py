"""Rankings and agreement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from workbench.engine.agreement import kendall_w as measure_kendall_w
from workbench.engine.agreement import shannon_consensus
from workbench.engine.rankings import borda, copeland, kemeny, schulze, tie_groups
from workbench.errors import WorkbenchError
from workbench.selftest.agreement_inputs import order_of, plain_label, profile_of, ratings_of
from workbench.selftest.pairwise_inputs import any_matrix, number
from workbench.selftest.refusals import refusal

FORM_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "2013": "goepel_2013",
        "2018": "goepel_2018",
        "ahp_os": "goepel_2018",
        "goepel_2013": "goepel_2013",
        "goepel_2018": "goepel_2018",
    }
)


def consensus_shannon(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Goepel's consensus of priorities, and the geometric mean of judgements beside it.

    Parameters
    ----------
    inputs : mapping
        ``priorities``: rows participants, columns criteria (a list of rows or a mapping by participant; rows
        are brought to the sum 1). Optional ``scale_maximum`` (or ``M``), 9 when absent; ``form``: "2018"
        (default, AHP-OS) or "2013"; ``aij``: per participant the upper triangle row by row or a full matrix,
        numbers or fractions as text.

    Returns
    -------
    dict
        ``S`` in the form asked for, ``S_2013``, ``S_2018``, ``homogeneity``, ``alpha``, ``beta``, ``gamma``,
        ``D_beta``; with ``aij`` also ``aij`` (means row by row) and ``aij_a12``, ``aij_a13``, ...
        ``{"error": code, ...}`` for priorities that are none.
    """
    answer: dict[str, Any] = _judgement_means(inputs["aij"]) if "aij" in inputs else {}
    if "priorities" not in inputs:
        return answer
    rows = ratings_of(inputs["priorities"])
    shares = rows.div(rows.sum(axis=1), axis=0)
    scale = number(inputs.get("scale_maximum", inputs.get("M", 9)))
    form = FORM_NAMES.get(str(inputs.get("form", "2018")), str(inputs.get("form")))
    try:
        asked = shannon_consensus(shares, scale, form)
        other = {
            name: shannon_consensus(shares, scale, f"goepel_{name}").consensus for name in ("2013", "2018")
        }
    except WorkbenchError as error:
        return refusal(error)
    return {
        "S": asked.consensus,
        "S_2013": other["2013"],
        "S_2018": other["2018"],
        "homogeneity": asked.homogeneity,
        "alpha": asked.alpha,
        "beta": asked.beta,
        "gamma": asked.gamma,
        "D_beta": float(np.exp(asked.beta)),
        **answer,
    }


def kendall_w(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Kendall's W of raters over objects, with ties.

    Parameters
    ----------
    inputs : mapping
        One of ``ratings_by_rater`` (or ``rankings``, ``ranks``, ``ratings``: one row a rater) and
        ``ratings_by_object`` (or ``ratings_by_item``: one row an object). Lists of rows or a mapping of rows.

    Returns
    -------
    dict
        ``w_corrected`` (also ``w``), ``w_uncorrected``, ``chi2``, ``df``, ``p`` (chi-square), ``F``, ``df1``,
        ``df2``, ``p_F``, ``raters``, ``objects``; ``{"error": code, ...}`` where W is not defined.
    """
    by_rater = next(
        (inputs[key] for key in ("ratings_by_rater", "rankings", "ranks", "ratings") if key in inputs), None
    )
    if by_rater is None:
        by_object = (
            inputs["ratings_by_object"] if "ratings_by_object" in inputs else inputs["ratings_by_item"]
        )
        table = ratings_of(by_object).T
    else:
        table = ratings_of(by_rater)
    try:
        found = measure_kendall_w(table)
    except WorkbenchError as error:
        return refusal(error)
    return {
        "w_corrected": found.w,
        "w": found.w,
        "W": found.w,
        "w_uncorrected": found.w_uncorrected,
        "chi2": found.chi2,
        "df": found.chi2_df,
        "p": found.chi2_p,
        "F": found.f,
        "df1": found.f_df1,
        "df2": found.f_df2,
        "p_F": found.f_p,
        "raters": found.participants,
        "objects": found.proposals,
    }


def voting(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Borda, Copeland, Kemeny and the Condorcet check on one profile.

    Parameters
    ----------
    inputs : mapping
        ``profile`` (or ``ballots``, ``votes``, ``orders``): a list of [count, order], a mapping of order to
        count, or bare orders; an order is a list of labels, best first, in which a list is a tie, a mapping
        of label to rank, or a text such as "A>B=C" or "ABC". Optional ``unranked``: "last" (default, as
        published examples read truncated ballots) or "silent" (compared with nothing).

    Returns
    -------
    dict
        ``borda`` (points by label), ``borda_order``; ``copeland_wins`` (1, 1/2, 0 by label),
        ``copeland_order``; ``kemeny``, ``kemeny_order`` (list), ``kemeny_distance``, ``kemeny_score``
        (agreements), ``kemeny_unique`` (whether every place is certain from the majorities);
        ``condorcet_winner`` and ``condorcet_loser`` (None when there is none); ``plurality`` and ``pairwise``
        (weight by row over column); ``borda_winner``, ``copeland_winner`` (None when several tie) and
        ``kemeny_winner``. Orders are texts when every label is one character and nothing ties, else
        lists with ties as lists.
    """
    try:
        room = profile_of(inputs)
        duels, counted, order = copeland(room), borda(room), kemeny(room)
    except WorkbenchError as error:
        return refusal(error)
    wins = duels.pairwise.wins
    top = room.ranks.eq(room.ranks.min(axis=1), axis=0)
    first = top.div(top.sum(axis=1), axis=0).mul(room.weights, axis=0).sum(axis=0)
    return {
        "borda": _plain(counted.points),
        "borda_order": order_of(tie_groups(counted.ranks)),
        "copeland_wins": _plain(duels.points),
        "copeland_order": order_of(tie_groups(duels.ranks)),
        "condorcet_winner": plain_label(duels.condorcet_winner),
        "condorcet_loser": plain_label(duels.condorcet_loser),
        "borda_winner": _winner(tie_groups(counted.ranks)),
        "copeland_winner": _winner(tie_groups(duels.ranks)),
        "kemeny_winner": plain_label(order.order[0]),
        "kemeny": order_of(tuple((label,) for label in order.order)),
        "kemeny_order": [plain_label(label) for label in order.order],
        "kemeny_distance": order.distance,
        "kemeny_score": float(wins.to_numpy().sum()) - order.distance,
        "kemeny_unique": all(len(block) == 1 for block in order.blocks),
        "plurality": _plain(first),
        "pairwise": {str(row): _plain(wins.loc[row].drop(row)) for row in wins.index},
    }


def voting_schulze(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Schulze's method on one profile.

    Parameters
    ----------
    inputs : mapping
        ``profile`` and ``unranked`` as for `voting`; optional ``strength``: "winning_votes" (default) or
        "margins".

    Returns
    -------
    dict
        ``order`` (text or list as in `voting`), ``ranks``, ``winner`` (None when several), ``winners``,
        ``paths`` and ``pairwise`` (by row and column), ``strength``.
    """
    try:
        room = profile_of(inputs)
        found = schulze(room, str(inputs.get("strength", "winning_votes")))
    except WorkbenchError as error:
        return refusal(error)
    groups = tie_groups(found.ranks)
    wins = copeland(room).pairwise.wins
    return {
        "order": order_of(groups),
        "ranks": _plain(found.ranks),
        "winner": _winner(groups),
        "winners": [plain_label(label) for label in groups[0]],
        "paths": {str(row): _plain(found.paths.loc[row].drop(row)) for row in found.paths.index},
        "pairwise": {str(row): _plain(wins.loc[row].drop(row)) for row in wins.index},
        "strength": found.strength,
    }


KINDS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = MappingProxyType(
    {
        "consensus_shannon": consensus_shannon,
        "kendall_w": kendall_w,
        "voting": voting,
        "voting_schulze": voting_schulze,
    }
)


def _judgement_means(given: Any) -> dict[str, Any]:  # noqa: ANN401 - a value of JSON
    """Geometric mean over participants of each judgement a_ij, i < j."""
    people = given.values() if isinstance(given, Mapping) else given
    lists = [person if isinstance(person, list | tuple | Mapping) else [person] for person in people]
    matrices = [any_matrix(one) for one in lists]
    logs = np.log(np.array([matrix.to_numpy() for matrix in matrices])).mean(axis=0)
    pairs = list(combinations(range(len(logs)), 2))
    means = {f"aij_a{i + 1}{j + 1}": float(np.exp(logs[i, j])) for i, j in pairs}
    return {"aij": list(means.values()), **means}


def _winner(groups: tuple[tuple[object, ...], ...]) -> Any:  # noqa: ANN401 - a label, or None for several
    return plain_label(groups[0][0]) if len(groups[0]) == 1 else None


def _plain(values: pd.Series) -> dict[str, float]:
    return {str(label): float(value) for label, value in values.items()}
