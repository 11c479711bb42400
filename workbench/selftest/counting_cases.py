"""Votes, words and influence: what a hall counts by hand.

These kinds refuse a key that they do not know: ``{"error": "unknown_input", "unknown": ..., "known": ...}``.
Orders are lists, best first, in which a list is a tie.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from workbench.engine.agreement import spread
from workbench.engine.influence.shapley import shapley_values
from workbench.engine.rankings import (
    competition_ranks,
    dot_vote,
    mad_vote,
    majority_judgement,
    merge_group_orders,
    preference_points,
    tie_groups,
)
from workbench.engine.rankings.ballots import Tally
from workbench.errors import InvalidValue
from workbench.selftest.agreement_inputs import order_of
from workbench.selftest.allocation_inputs import by_label
from workbench.selftest.pairwise_inputs import number
from workbench.selftest.refusals import known_keys, or_refusal

Inputs = Mapping[str, Any]
Figures = dict[str, Any]


def majority_grades(inputs: Inputs) -> Figures:
    """Order proposals by their majority grade (Balinski & Laraki).

    Inputs: ``grades``: by proposal, either a list with one grade a person (null is no answer) or a mapping of
    grade to how many gave it; ``words``: the grades from worst to best, where they are words.

    Returns ``median`` by proposal, ``order``, ``winner`` (None when several), ``ranks``.
    """
    return or_refusal(_majority_grades, inputs)


def vote_mad(inputs: Inputs) -> Figures:
    """Count a MAD vote, in which everybody chooses 3, 5 or 7 different proposals.

    Inputs: ``proposals`` (list of labels), ``choices`` (a list of lists, or a mapping by participant).
    Returns ``points``, ``order``, ``ranks``, ``required``, ``ballots``.
    """
    return or_refusal(_vote_mad, inputs)


def vote_preference(inputs: Inputs) -> Figures:
    """Count first choices with 3, 2 and 1 points. Inputs: ``choices`` (lists, best first); optional ``top``.

    Returns ``points``, ``order``, ``ranks``, ``ballots``.
    """
    return or_refusal(_vote_preference, inputs)


def vote_dots(inputs: Inputs) -> Figures:
    """Count dots. Inputs: ``dots`` (by participant, a mapping of proposal to dots), ``each``, ``most``.

    ``each``: dots that everybody has; optional ``most``: on one proposal. Returns ``points``, ``order``,
    ``ranks``, ``ballots``.
    """
    return or_refusal(_vote_dots, inputs)


def merged_orders(inputs: Inputs) -> Figures:
    """Merge group orders on the plano table: sum of ranks, smallest first.

    Inputs: ``orders``: by group, a mapping of proposal to place or a list, best first, in which a list is a
    tie; optional ``weights`` by group. Returns ``sums``, ``order``, ``ranks``.
    """
    return or_refusal(_merged_orders, inputs)


def consensus_spread(inputs: Inputs) -> Figures:
    """Say how split a room is on one proposal (Tastle & Wierman 2007).

    Inputs: ``ratings`` (a list, null is no answer) or ``counts`` (a mapping of rating to how many gave it);
    ``scale`` ([lowest, highest]); optional ``minimum`` (fewest answers that are shown; default 1 here).

    Returns ``consensus``, ``median``, ``lower_quartile``, ``upper_quartile``, ``iqr``, ``level`` and
    ``answers``.
    """
    return or_refusal(_consensus_spread, inputs)


def shapley_value(inputs: Inputs) -> Figures:
    """Share a worth out among players (Shapley 1953).

    Inputs: ``players`` (labels); ``worths``: a mapping of coalition (labels joined by commas, "" for nobody)
    to its worth; what is not given is worth 0. Returns ``values`` by player, ``total``.
    """
    return or_refusal(_shapley_value, inputs)


def _ranked(scores: pd.Series) -> Figures:
    ranks = competition_ranks(scores).astype("int64")
    groups = tie_groups(ranks)
    return {
        "order": order_of(groups),
        "ranks": {str(label): int(rank) for label, rank in ranks.items()},
        "winner": groups[0][0] if len(groups[0]) == 1 else None,
    }


def _repeated(given: Any) -> list[Any]:  # noqa: ANN401 - a case's raw value
    """Return one entry for each person, from a list or from how many gave each."""
    if not isinstance(given, Mapping):
        return list(given)
    return [value for value, count in given.items() for _ in range(int(count))]


def _majority_grades(inputs: Inputs) -> Figures:
    known_keys(inputs, ("grades", "words"))
    words = [str(word) for word in inputs.get("words", ())]
    read = {word: float(place) for place, word in enumerate(words, start=1)}
    columns = {
        str(label): [np.nan if grade is None else _grade(grade, read) for grade in _repeated(given)]
        for label, given in inputs["grades"].items()
    }
    table = pd.DataFrame({label: pd.Series(grades, dtype="float64") for label, grades in columns.items()})
    found = majority_judgement(table)
    medians = {str(label): median for label, median in found.median.items()}
    if words:
        medians = {label: words[int(median) - 1] for label, median in medians.items()}
    return {"median": medians, **_ranked(-found.ranks)}


def _grade(grade: Any, words: Mapping[str, float]) -> float:  # noqa: ANN401 - a case's raw value
    if not words:
        return float(number(grade))
    if str(grade) not in words:
        raise InvalidValue("unknown_label", labels=(str(grade),), known=tuple(words))
    return words[str(grade)]


def _tallied(tally: Tally) -> Figures:
    points = {str(label): int(count) for label, count in tally.points.items()}
    return {"points": points, **_ranked(tally.points), "ballots": int(tally.ballots)}


def _ballots(given: Any) -> pd.Series:  # noqa: ANN401 - a case's raw value
    entries = given.items() if isinstance(given, Mapping) else enumerate(given, start=1)
    return pd.Series({str(person): list(chosen) for person, chosen in entries}, dtype=object)


def _vote_mad(inputs: Inputs) -> Figures:
    known_keys(inputs, ("proposals", "choices"))
    tally = mad_vote(_ballots(inputs["choices"]), pd.Index(list(inputs["proposals"])))
    return {**_tallied(tally), "required": int(tally.choices)}


def _vote_preference(inputs: Inputs) -> Figures:
    known_keys(inputs, ("choices", "top", "proposals"))
    ballots = _ballots(inputs["choices"])
    labels = inputs.get("proposals") or dict.fromkeys(label for chosen in ballots for label in chosen)
    rows = [{label: place for place, label in enumerate(chosen, start=1)} for chosen in ballots]
    sheet = pd.DataFrame(rows, index=ballots.index, columns=list(labels))
    return _tallied(preference_points(sheet, int(inputs.get("top", 3))))


def _vote_dots(inputs: Inputs) -> Figures:
    known_keys(inputs, ("dots", "each", "most", "proposals"))
    given = inputs["dots"]
    rows = (
        dict(given) if isinstance(given, Mapping) else {str(n): row for n, row in enumerate(given, start=1)}
    )
    labels = inputs.get("proposals") or dict.fromkeys(label for row in rows.values() for label in row)
    sheet = pd.DataFrame(list(rows.values()), index=list(rows), columns=list(labels))
    return _tallied(dot_vote(sheet, int(inputs["each"]), inputs.get("most")))


def _places(order: Any) -> dict[str, float]:  # noqa: ANN401 - a case's raw value
    if isinstance(order, Mapping):
        return {str(label): float(number(place)) for label, place in order.items() if place is not None}
    places = enumerate(([one] if isinstance(one, str) else one for one in order), start=1)
    return {str(label): float(place) for place, tied in places for label in tied}


def _merged_orders(inputs: Inputs) -> Figures:
    known_keys(inputs, ("orders", "weights"))
    given = inputs["orders"]
    orders = dict(given) if isinstance(given, Mapping) else dict(enumerate(given, start=1))
    sheet = pd.DataFrame({str(group): _places(order) for group, order in orders.items()}).T
    weights = inputs.get("weights")
    voices = None if weights is None else by_label(weights, list(sheet.index)).astype("float64")
    found = merge_group_orders(sheet, voices)
    sums = {str(label): float(total) for label, total in found.sums.items()}
    return {"sums": sums, **_ranked(-found.sums)}


def _consensus_spread(inputs: Inputs) -> Figures:
    known_keys(inputs, ("ratings", "counts", "scale", "minimum"))
    given = _repeated(inputs["ratings"] if "ratings" in inputs else inputs["counts"])
    values = [np.nan if rating is None else float(number(rating)) for rating in given]
    low, high = (float(number(end)) for end in inputs["scale"])
    found = spread(pd.DataFrame({"x": values}), (low, high), minimum_answers=int(inputs.get("minimum", 1)))
    figures = {name: float(found.table[name]["x"]) for name in found.table.columns}
    shown = {name: None if np.isnan(figure) else figure for name, figure in figures.items()}
    return {**shown, "level": str(found.levels["x"])}


def _shapley_value(inputs: Inputs) -> Figures:
    known_keys(inputs, ("players", "worths"))
    players = [str(player) for player in inputs["players"]]
    worths = np.zeros(1 << len(players))
    for coalition, worth in inputs["worths"].items():
        members = [name.strip() for name in str(coalition).split(",") if name.strip()]
        unknown = tuple(name for name in members if name not in players)
        if unknown:
            raise InvalidValue("unknown_label", labels=unknown, known=tuple(players))
        worths[sum(1 << players.index(name) for name in set(members))] = number(worth)
    values = shapley_values(worths, len(players))
    return {
        "values": dict(zip(players, values.tolist(), strict=True)),
        "total": float(values.sum()),
    }


KINDS: Mapping[str, Callable[[Inputs], Figures]] = MappingProxyType(
    {
        "majority_judgement": majority_grades,
        "mad_vote": vote_mad,
        "preference_vote": vote_preference,
        "dot_vote": vote_dots,
        "merged_orders": merged_orders,
        "consensus_spread": consensus_spread,
        "shapley_value": shapley_value,
    }
)
"""Adapters by the kind of case."""
