"""What the last round of a session moved against the one before it, and when to stop.

What is shown of two rounds
---------------------------
Medians, quartiles and words belong to everybody who answered in that round, as the wall showed them then. How
many moved, and how far, belongs to those who answered in both. Where one to four people answered in only one
of the two, that share less the published sums would be their own answers; so it is withheld there, and
whether the item is stable is read from the published quartiles alone. Of a tally only counts are known: they
say how the room moved, and never who did.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from workbench.deliberation.collecting import Source
from workbench.deliberation.compared_rounds import (
    MEASURED,
    NAMED,
    compared_another_way,
    compared_one_way,
    enough_in_both,
)
from workbench.deliberation.concordance import FEWEST_PROPOSALS
from workbench.deliberation.disputes import still_open
from workbench.deliberation.heard import Heard, heard
from workbench.deliberation.held_rounds import delphi_rule, labels_in, rounds_held
from workbench.deliberation.spreads import told_by_medians
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.agreement import DelphiRule, Stop, kendall_w, stop_decision
from workbench.engine.allocation.program import SolverSettings
from workbench.errors import InvalidValue
from workbench.prioritisation import Outcome, prioritise

PLACES = ["score_before", "score_now", "rank_before", "rank_now"]
FIGURES = ["asked_again", *MEASURED, *NAMED, *PLACES]


@dataclass(frozen=True, eq=False)
class RoundChanges:
    """What the last round changed against the one before it.

    Attributes
    ----------
    table : DataFrame
        Index ``proposal`` in label order, columns `FIGURES`; proposals that enough people answered in both
        rounds, and those of `settled`. Medians and quartiles on 0 (worst) to 1 (best); scores where they may
        be shown. A proposal that was not asked again keeps its answers and counts as stable.
    withheld : tuple of str
        Asked again, but one to four cards are in only one of the rounds: who moved is missing.
    too_few : tuple of str
    disputed : tuple of str
        Still without consensus, the least agreed first.
    w_before, w_now : float
        Kendall's W over the same people and proposals in both rounds; NaN where it may not be shown.
    decision : Stop
    round_number : int
    beyond : bool
        Whether there are more rounds than the forum set.
    rule : DelphiRule
    counted : tuple of str
        Asked again and tallied in both rounds: nobody can be followed.
    grouped : tuple of str
        Asked again and answered by groups in both rounds: who moved are groups.
    another_way : tuple of str
        Asked again in another way than before: each round's figures are its own, nothing compares them.
    settled : tuple of str
        Their points were agreed on directly in the last round.
    """

    table: pd.DataFrame
    withheld: tuple[str, ...]
    too_few: tuple[str, ...]
    disputed: tuple[str, ...]
    w_before: float
    w_now: float
    decision: Stop
    round_number: int
    beyond: bool
    rule: DelphiRule
    counted: tuple[str, ...] = ()
    grouped: tuple[str, ...] = ()
    another_way: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()


def round_changes(
    session: Session, rules: Rules, solving: SolverSettings | None = None
) -> RoundChanges | None:
    """Compare the last round with the one before it; None where fewer than two rounds hold answers.

    Parameters
    ----------
    session : Session
        One list, as for `prioritise`.
    rules : Rules
    solving : SolverSettings, optional
        As for `prioritise`.

    Raises
    ------
    InvalidInput
        As `prioritise`.
    """
    held = rounds_held(session, rules)
    if len(held) < 2:
        return None
    rule = delphi_rule(rules)
    limited = [replace(rules, round=number) for number in held[-2:]]
    outcomes = [prioritise(session, one, solving) for one in limited]
    given = [
        heard(session, one, outcome, rule.minimum_answers)
        for one, outcome in zip(limited, outcomes, strict=True)
    ]
    untold = frozenset().union(*map(told_by_medians, outcomes))
    before, now = (one.without(untold) for one in given)
    table = _table(before, now, _asked_again(session, held[-1]), rule)
    disputed = tuple(label for label in still_open(now, rule) if label in table.index)
    table = table.assign(consensus=~table.index.isin(disputed))
    again = labels_in(table.index[table["asked_again"].astype(bool)])
    told = {*table.index, *before.agreed}
    w_before, w_now = _agreement(*enough_in_both(before.people, now.people, rule.minimum_answers), rule)
    return RoundChanges(
        table=table.assign(**_places(table.index, outcomes))[FIGURES],
        withheld=_withheld(table.loc[list(again)], before, now),
        too_few=tuple(label for label in sorted(given[0].sources) if label not in told),
        disputed=disputed,
        w_before=w_before,
        w_now=w_now,
        decision=_decision(table, held[-1], rule),
        round_number=held[-1],
        beyond=len(held) > rule.most_rounds,
        rule=rule,
        counted=_twice(again, before, now, Source.TALLY),
        grouped=_twice(again, before, now, Source.GROUPS),
        another_way=tuple(label for label in again if _turned(label, before, now)),
        settled=tuple(label for label in again if label in now.agreed),
    )


def _asked_again(session: Session, number: int) -> set[str]:
    lines = session.ballots.of_round(number)
    return set(lines.loc[lines["points"].notna(), "proposal"])


def _table(before: Heard, now: Heard, asked: set[str], rule: DelphiRule) -> pd.DataFrame:
    turned = [label for label in sorted(asked) if label in now.agreed or _turned(label, before, now)]
    parts = [compared_one_way(before, now, asked, rule)]
    if turned:
        parts.append(compared_another_way(before, now, turned, rule))
    table = pd.concat([part for part in parts if len(part)] or parts[:1]).sort_index()
    return table.assign(asked_again=table.index.isin(asked)).rename_axis(index="proposal")


def _turned(label: str, before: Heard, now: Heard) -> bool:
    """Tell whether a proposal was answered in another way than before, and not settled directly."""
    sources = before.sources.get(label), now.sources.get(label)
    return None not in sources and sources[0] is not sources[1] and label not in now.agreed


def _twice(again: tuple[str, ...], before: Heard, now: Heard, source: Source) -> tuple[str, ...]:
    return tuple(label for label in again if before.sources[label] is source is now.sources[label])


def _withheld(again: pd.DataFrame, before: Heard, now: Heard) -> tuple[str, ...]:
    """Name the proposals of which a few cards are in only one of the rounds."""
    unknown = labels_in(again.index[again["change"].isna()])
    return tuple(
        label for source in (Source.PEOPLE, Source.GROUPS) for label in _twice(unknown, before, now, source)
    )


def _places(labels: pd.Index, outcomes: list[Outcome]) -> dict[str, pd.Series]:
    found: dict[str, pd.Series] = {}
    for when, outcome in zip(("before", "now"), outcomes, strict=True):
        scores = {label: outcome.score_shown(str(label)) for label in labels if label in outcome.table.index}
        found[f"score_{when}"] = pd.Series(scores, dtype="float64").reindex(labels)
        found[f"rank_{when}"] = outcome.table["rank"].reindex(labels)
    return found


def _decision(table: pd.DataFrame, number: int, rule: DelphiRule) -> Stop:
    if len(table):
        return stop_decision(table, number, rule)
    return Stop.ROUNDS_USED if number >= rule.most_rounds else Stop.GO_ON


def _agreement(before: pd.DataFrame, after: pd.DataFrame, rule: DelphiRule) -> tuple[float, float]:
    """Give W of both rounds over the people and proposals that are complete in both."""
    people, proposals = _complete_in_both(before, after)
    left_out = int((before.notna().any(axis=1) | after.notna().any(axis=1)).sum()) - len(people)
    few = len(people) < rule.minimum_answers or len(proposals) < FEWEST_PROPOSALS
    if few or 0 < left_out < rule.minimum_answers:
        return float("nan"), float("nan")
    return _w(before.loc[people, proposals]), _w(after.loc[people, proposals])


def _complete_in_both(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.Index, pd.Index]:
    both = before.notna() & after.notna()
    people = both.index[both.any(axis=1)]
    return people, both.columns[both.loc[people].all()]


def _w(values: pd.DataFrame) -> float:
    try:
        return kendall_w(values).w
    except InvalidValue:
        return float("nan")  # nobody told two proposals apart: there is no order to agree on
