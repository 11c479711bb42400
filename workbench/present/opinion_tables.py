"""Whether other methods agree, and what the money buys: second opinions beside the result, never in it."""

from __future__ import annotations

import math

from workbench.domain.session import Session
from workbench.present.doubt_words import hundred_cell, proposal_names
from workbench.present.format import EMPTY, MILLION
from workbench.present.i18n import Translator
from workbench.present.score_words import noted, score_word
from workbench.present.table import Table, columns_of, rows_of
from workbench.prioritisation import Outcome
from workbench.robustness.opinions import Opinion, Opinions
from workbench.robustness.value import NeedsAgainstCost

CLOSE, FAIR = 0.9, 0.7
"""Kendall's tau from which orders are called nearly alike, and largely alike."""


def opinion_sentences(found: Opinions, session: Session, t: Translator) -> tuple[str, ...]:
    """Say what all methods choose and what only some do."""
    kind = "funded" if found.top is None else "top"
    methods = len(found.others) + 1
    sentences = [t(f"opinion.certain.{kind}", count=len(found.certain), methods=methods, top=found.top or 0)]
    if found.disputed:
        names = proposal_names(found.disputed, session, t)
        sentences.append(
            t(f"opinion.disputed.{kind}", count=len(found.disputed), names=names, top=found.top or 0)
        )
    sentences.append(_first(found, t))
    sentences += [t("opinion.left_out", method=t(f"method.{name}")) for name in found.left_out]
    return (*sentences, t("opinion.never_result"))


def _first(found: Opinions, t: Translator) -> str:
    other = [t(f"method.{opinion.method}") for opinion in found.others if not opinion.same_first]
    return t("opinion.first_differs", methods=other) if other else t("opinion.first_same")


def opinions_table(found: Opinions, outcome: Outcome, session: Session, t: Translator) -> Table:
    """Return one line for each other method: how alike its order is, what it would change, its risk."""
    own = _chosen_by_outcome(found, outcome)
    rows = [
        (
            t(f"method.{opinion.method}"),
            _likeness(opinion.tau, t),
            t("word.yes" if opinion.same_first else "word.no"),
            proposal_names(sorted(set(opinion.chosen) - own), session, t) or EMPTY,
            proposal_names(sorted(own - set(opinion.chosen)), session, t) or EMPTY,
            _risk(opinion, t),
        )
        for opinion in found.others
    ]
    columns = columns_of(
        t,
        ("method", "left", 18),
        ("likeness", "left", 14),
        ("same_first", "left", 9),
        ("would_enter", "left", 22),
        ("would_leave", "left", 22),
        ("reversal", "left", 15),
    )
    return Table(t("table.opinions"), columns, rows_of(rows), note=t("table.opinions.note"))


def value_table(
    found: NeedsAgainstCost, outcome: Outcome, session: Session, t: Translator, top: int = 10
) -> Table:
    """Return the first proposals by score for each ten million rupiah, beside their rank by need."""
    ranks = found.value.ranking.ranks.sort_index().sort_values(kind="stable")
    activity = session.proposals.frame["activity"]
    rows = [
        (
            t.style.count(int(rank)),
            str(activity[label]),
            t.style.rupiah(outcome.cost_of(label)),
            score_word(outcome, label, t),
            _worth(found, outcome, label, t),
            t.style.count(int(outcome.table["rank"][label])),
        )
        for label, rank in zip(map(str, ranks.index[:top]), ranks.iloc[:top], strict=True)
    ]
    columns = columns_of(
        t,
        ("value_rank", "right", 10),
        ("activity", "left", 0),
        ("cost", "right", 16),
        ("score", "right", 8),
        ("per_ten_million", "right", 14),
        ("rank", "right", 10),
    )
    note = noted(t("table.value.note"), outcome, ranks.index[:top], t)
    return Table(t("table.value", count=len(rows)), columns, rows_of(rows), note=note)


def _worth(found: NeedsAgainstCost, outcome: Outcome, label: str, t: Translator) -> str:
    """Return the score for ten million rupiah; with the cost beside it, it tells the score."""
    if outcome.score_shown(label) is None:
        return score_word(outcome, label, t)
    return t.style.number(float(found.value.per_rupiah[label]) * 10 * MILLION)


def cost_sentences(found: NeedsAgainstCost, session: Session, t: Translator) -> tuple[str, ...]:
    """Warn where cost lowers the score and is bounded by the ceiling as well."""
    if not found.cost.cost_counted_twice:
        return ()
    names = [str(session.criteria.frame["name"][label]) for label in map(str, found.cost.criteria)]
    return (t("value.cost_twice", criteria=names, weight=found.cost.weight),)


def _chosen_by_outcome(found: Opinions, outcome: Outcome) -> set[str]:
    table = outcome.table
    chosen = (
        table["standing"] == "funded"
        if found.top is None
        else (table["rank"] <= found.top).fillna(value=False)
    )
    return {str(label) for label in table.index[chosen]}


def _likeness(tau: float, t: Translator) -> str:
    if math.isnan(tau):
        return EMPTY
    word = "close" if tau >= CLOSE else "fair" if tau >= FAIR else "far"
    return t(f"opinion.likeness.{word}", tau=tau)


def _risk(opinion: Opinion, t: Translator) -> str:
    if not opinion.order_reversal:
        return t("opinion.reversal.none")
    winner, order = hundred_cell(opinion.winner_reversal, t), hundred_cell(opinion.order_reversal, t)
    return t("opinion.reversal.some", winner=winner, order=order)
