"""Reference cases of rankings and agreement: kinds, expected inputs and what each gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from workbench.engine.agreement import kendall_w as measure_kendall_w
from workbench.engine.agreement import shannon_consensus
from workbench.engine.rankings import (
    Profile,
    borda,
    copeland,
    kemeny,
    profile_from_orders,
    schulze,
    tie_groups,
    unranked_last,
)
from workbench.errors import InvalidValue, WorkbenchError

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
    rows = pd.DataFrame([_numbers(row) for row in _rows(inputs["priorities"])])
    shares = rows.div(rows.sum(axis=1), axis=0)
    scale = float(inputs.get("scale_maximum", inputs.get("M", 9)))
    form = FORM_NAMES.get(str(inputs.get("form", "2018")), str(inputs.get("form")))
    try:
        asked = shannon_consensus(shares, scale, form)
        other = {
            name: shannon_consensus(shares, scale, f"goepel_{name}").consensus for name in ("2013", "2018")
        }
    except WorkbenchError as error:
        return {"error": error.code, **error.facts}
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
        table = pd.DataFrame([_numbers(row) for row in _rows(by_object)]).T
    else:
        table = pd.DataFrame([_numbers(row) for row in _rows(by_rater)])
    try:
        found = measure_kendall_w(table)
    except WorkbenchError as error:
        return {"error": error.code, **error.facts}
    return {
        "w_corrected": found.w,
        "w": found.w,
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
        ``profile``: a list of [count, order]; an order is a list of labels, best first, in which a list is a
        tie, or a text such as "A>B=C". Optional ``unranked``: "last" (default, as published examples read
        truncated ballots) or "silent" (compared with nothing).

    Returns
    -------
    dict
        ``borda`` (points by label), ``borda_order``; ``copeland_wins`` (1, 1/2, 0 by label),
        ``copeland_order``; ``kemeny``, ``kemeny_order`` (list), ``kemeny_distance``, ``kemeny_score``
        (agreements), ``kemeny_unique`` (whether every place is certain from the majorities);
        ``condorcet_winner`` and ``condorcet_loser`` (None when there is none); ``plurality`` and ``pairwise``
        (weight by row over column). Orders are texts when every label is one character and nothing ties, else
        lists with ties as lists.
    """
    try:
        room = _profile(inputs)
        duels, counted, order = copeland(room), borda(room), kemeny(room)
    except WorkbenchError as error:
        return {"error": error.code, **error.facts}
    wins = duels.pairwise.wins
    top = room.ranks.eq(room.ranks.min(axis=1), axis=0)
    first = top.div(top.sum(axis=1), axis=0).mul(room.weights, axis=0).sum(axis=0)
    return {
        "borda": _plain(counted.points),
        "borda_order": _order(tie_groups(counted.ranks)),
        "copeland_wins": _plain(duels.points),
        "copeland_order": _order(tie_groups(duels.ranks)),
        "condorcet_winner": duels.condorcet_winner,
        "condorcet_loser": duels.condorcet_loser,
        "kemeny": _order(tuple((label,) for label in order.order)),
        "kemeny_order": list(order.order),
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
        room = _profile(inputs)
        found = schulze(room, str(inputs.get("strength", "winning_votes")))
    except WorkbenchError as error:
        return {"error": error.code, **error.facts}
    groups = tie_groups(found.ranks)
    wins = copeland(room).pairwise.wins
    return {
        "order": _order(groups),
        "ranks": _plain(found.ranks),
        "winner": groups[0][0] if len(groups[0]) == 1 else None,
        "winners": list(groups[0]),
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


def _rows(given: Any) -> list[Any]:  # noqa: ANN401 - a value of JSON
    return list(given.values()) if isinstance(given, Mapping) else list(given)


def _numbers(row: Any) -> list[float]:  # noqa: ANN401 - a value of JSON
    return [float(Fraction(value)) if isinstance(value, str) else float(value) for value in _rows(row)]


def _profile(inputs: Mapping[str, Any]) -> Profile:
    orders: list[tuple[float, Sequence[object]]] = []
    for entry in inputs["profile"]:
        one, other = entry.values() if isinstance(entry, Mapping) else entry
        count, order = (one, other) if isinstance(one, int | float) else (other, one)
        orders.append((float(count), _places(order)))
    room = profile_from_orders(orders)
    reading = str(inputs.get("unranked", "last"))
    if reading not in ("last", "silent"):
        raise InvalidValue("unknown_reading", unranked=reading, known=("last", "silent"))
    return unranked_last(room) if reading == "last" else room


def _places(order: Any) -> Sequence[object]:  # noqa: ANN401 - a value of JSON
    if not isinstance(order, str):
        return list(order)
    if ">" not in order and "=" not in order:
        return order.replace(",", " ").split() if {" ", ","} & set(order) else list(order)
    return [[label.strip() for label in place.split("=")] for place in order.split(">")]


def _judgement_means(given: Any) -> dict[str, Any]:  # noqa: ANN401 - a value of JSON
    """Geometric mean over participants of each judgement a_ij, i < j."""
    rows = []
    for person in _rows(given):
        matrix = isinstance(person, Sequence) and person and isinstance(person[0], Sequence | Mapping)
        full = [_numbers(row) for row in person] if matrix and not isinstance(person[0], str) else None
        rows.append([full[i][j] for i, j in combinations(range(len(full)), 2)] if full else _numbers(person))
    means = np.exp(np.log(np.array(rows)).mean(axis=0))
    count = round((1 + (1 + 8 * len(means)) ** 0.5) / 2)
    names = [f"aij_a{i}{j}" for i, j in combinations(range(1, count + 1), 2)]
    return {"aij": means.tolist(), **dict(zip(names, means.tolist(), strict=True))}


def _plain(values: pd.Series) -> dict[str, float]:
    return {str(label): float(value) for label, value in values.items()}


def _order(groups: tuple[tuple[object, ...], ...]) -> str | list[Any]:
    single = all(len(group) == 1 for group in groups)
    if single and all(len(str(group[0])) == 1 for group in groups):
        return "".join(str(group[0]) for group in groups)
    return [group[0] if len(group) == 1 else list(group) for group in groups]
