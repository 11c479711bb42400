"""Who is asked which pairs of criteria, and which pair the room should answer next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from workbench.domain.criteria import Criteria
from workbench.engine.pairwise.graph import components
from workbench.engine.weighting.combined import combine_evidence
from workbench.engine.weighting.deck import question_deck
from workbench.engine.weighting.evidence import VARIANCES, judgement_evidence
from workbench.engine.weighting.questions import may_stop, next_question
from workbench.errors import InvalidValue

ROOM = "room"
"""The one voice of a room that answers together."""


def deal_questions(people: Iterable[str], criteria: Criteria, questions: int, seed: int) -> pd.DataFrame:
    """Deal the pairs of a split questionnaire: few for each person, all of them for the room.

    In a hierarchy only siblings are set against each other; every group gets its part of the questions, in
    proportion to its pairs, and at least one.

    Parameters
    ----------
    people : iterable of str
        Card numbers.
    criteria : Criteria
    questions : int
        Pairs for each person.
    seed : int
        Decides between equals; printed with the deck.

    Returns
    -------
    DataFrame
        Columns participant, question (1, 2, ...), first, second; people in sorted order.

    Raises
    ------
    InvalidValue
        ``too_few_criteria``, ``too_many_questions``, ``deck_cannot_link``, ``nobody_answered``.
    """
    sets = [labels for labels in criteria.siblings().values() if len(labels) > 1]
    if not sets:
        raise InvalidValue("too_few_criteria", criteria=len(criteria))
    listed = list(people)
    decks = [
        question_deck(listed, labels, share, seed=seed)
        for labels, share in zip(sets, _shared_out(questions, sets), strict=True)
    ]
    deck = pd.concat(decks, ignore_index=True).sort_values("participant", kind="stable", ignore_index=True)
    return deck.assign(question=deck.groupby("participant").cumcount() + 1)


def _shared_out(questions: int, sets: Sequence[Sequence[str]]) -> list[int]:
    """Share questions out by the number of pairs, largest remainder first, at least one for every set."""
    pairs = np.array([len(labels) * (len(labels) - 1) // 2 for labels in sets])
    if questions > pairs.sum():
        raise InvalidValue("too_many_questions", questions=questions, pairs=int(pairs.sum()))
    if questions < len(sets):
        raise InvalidValue("deck_cannot_link", questions=questions, needed=len(sets))
    shares = np.ones(len(sets), dtype=int)
    while shares.sum() < questions:
        want = np.where(shares < pairs, questions * pairs / pairs.sum() - shares, -np.inf)
        shares[int(np.argmax(np.round(want, 9)))] += 1
    return shares.tolist()


@dataclass(frozen=True)
class Asking:
    """What a room that answers together should do next about one set of siblings.

    Attributes
    ----------
    pair : tuple of two labels or None
        The pair to ask; None where every pair was answered or left out.
    settled : bool
        No answer to the remaining pairs can change which criteria are the heavier half.
    first : tuple of labels
        The heavier half as it stands; empty as long as the answers do not link all criteria.
    remaining : int
        Pairs not yet asked.
    """

    pair: tuple[str, str] | None
    settled: bool
    first: tuple[str, ...]
    remaining: int


def ask_next(
    answers: Mapping[tuple[str, str], float],
    labels: Sequence[str],
    left_out: Iterable[tuple[str, str]] = (),
    limit: float = 9.0,
) -> Asking:
    """Choose the pair that settles the heavier half of the criteria soonest.

    As long as the answers do not link all criteria, the next pair links further ones, those met least first.

    Parameters
    ----------
    answers : mapping of pair to value
        First is `value` times as important as second.
    labels : sequence of str
        The siblings.
    left_out : iterable of pairs
        Pairs that the room does not want to answer.
    limit : float
        Largest value of the scale.
    """
    asked = {frozenset(pair) for pair in (*answers, *left_out)}
    names = sorted(labels)
    open_pairs = [pair for pair in combinations(names, 2) if frozenset(pair) not in asked]
    parts = _parts(answers, names)
    if len(parts) > 1:
        met = Counter(name for pair in answers for name in pair)
        pair = _linking(open_pairs, parts, met)
        return Asking(pair, settled=False, first=(), remaining=len(open_pairs))
    return _asking(answers, names, open_pairs, limit)


def _asking(
    answers: Mapping[tuple[str, str], float],
    names: Sequence[str],
    open_pairs: Sequence[tuple[str, str]],
    limit: float,
) -> Asking:
    half = max(len(names) // 2, 1)
    lines = pd.DataFrame(
        [(*pair, value) for pair, value in answers.items()], columns=["first", "second", "value"]
    )
    left = pd.DataFrame(open_pairs, columns=["first", "second"])
    stop = may_stop(lines, left, names, half, limit)
    if not open_pairs:
        return Asking(None, settled=True, first=stop.first, remaining=0)
    found = combine_evidence(judgement_evidence(ROOM, lines), names)
    best = next_question(found.log_weights, found.covariance, open_pairs, half, VARIANCES["judgement"])
    return Asking((best.first, best.second), stop.settled, stop.first, len(open_pairs))


def _parts(answers: Mapping[tuple[str, str], float], names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    place = {name: position for position, name in enumerate(names)}
    linked = np.zeros((len(names), len(names)), dtype=bool)
    for first, second in answers:
        linked[place[first], place[second]] = linked[place[second], place[first]] = True
    return tuple(tuple(names[member] for member in part) for part in components(linked))


def _linking(
    open_pairs: Sequence[tuple[str, str]], parts: Sequence[Sequence[str]], met: Mapping[str, int]
) -> tuple[str, str] | None:
    part_of = {name: number for number, part in enumerate(parts) for name in part}
    linking = [pair for pair in open_pairs if part_of[pair[0]] != part_of[pair[1]]]
    often = {pair: sorted((met.get(pair[0], 0), met.get(pair[1], 0)), reverse=True) for pair in linking}
    return min(linking, key=lambda pair: (often[pair], pair), default=None)
