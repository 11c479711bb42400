"""What the last round of a session moved against the one before it, and when to stop.

What is shown of two rounds
---------------------------
Medians, quartiles and words belong to everybody who answered in that round, as the wall showed them then. How
many moved, and how far, belongs to those who answered in both. Where one to four people answered in only one
of the two, that share less the published sums would be their own answers; so it is withheld there, and
whether the item is stable is read from the published quartiles alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.deliberation.concordance import FEWEST_PROPOSALS
from workbench.deliberation.held_rounds import SCALE, delphi_rule, labels_in, rounds_held, thought_of
from workbench.deliberation.spreads import told_by_medians
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.agreement import (
    DelphiRule,
    Stop,
    compare_rounds,
    disputed_items,
    kendall_w,
    spread,
    stop_decision,
)
from workbench.engine.allocation.program import SolverSettings
from workbench.errors import InvalidValue
from workbench.prioritisation import Outcome, prioritise

PEOPLE_IN_TWO = ["moved", "mean_move", "change"]
FIGURES = [
    *("asked_again", "answers_before", "answers_now", "median_before", "median_now", "iqr_before", "iqr_now"),
    *("level_before", "level_now", "in_band", "consensus", "stable", *PEOPLE_IN_TWO),
    *("rank_before", "rank_now"),
]


@dataclass(frozen=True, eq=False)
class RoundChanges:
    """What the last round changed against the one before it.

    Attributes
    ----------
    table : DataFrame
        Index ``proposal`` in label order, columns `FIGURES`; proposals that enough people answered in both
        rounds. Medians and quartiles on 0 (worst) to 1 (best). A proposal that was not asked again keeps its
        answers and counts as stable.
    withheld : tuple of str
        Asked again, but one to four people answered in only one of the rounds: `PEOPLE_IN_TWO` is missing.
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


def round_changes(
    session: Session, rules: Rules, solving: SolverSettings | None = None
) -> RoundChanges | None:
    """Compare the last round with the one before it; None where fewer than two rounds hold people's answers.

    What a tally counted is nobody's, so nobody can have moved; its spread stands in `deliberate`.

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
    earlier, now = replace(rules, round=held[-2]), replace(rules, round=held[-1])
    outcomes = prioritise(session, earlier, solving), prioritise(session, now, solving)
    before, after = (
        thought_of(session, limited, outcome)
        for limited, outcome in zip((earlier, now), outcomes, strict=True)
    )
    if before.empty or after.empty:
        return None
    rule = delphi_rule(rules)
    enough = (before.notna().sum() >= rule.minimum_answers) & (after.notna().sum() >= rule.minimum_answers)
    enough &= ~enough.index.isin(frozenset().union(*map(told_by_medians, outcomes)))
    people = before.index.union(after.index)
    shown = before.columns[enough.to_numpy()]
    before, after = (values.reindex(index=people)[shown] for values in (before, after))
    if not len(shown):
        return _nothing(labels_in(enough.index), held, rule)
    asked = _asked_again(session, held[-1])
    table = _table(before, after, asked, rule, outcomes)
    withheld = _withheld(before, after, rule)
    table.loc[table.index.isin(withheld), PEOPLE_IN_TWO] = np.nan
    steady = (table["median_before"] - table["median_now"]).abs() + (
        table["iqr_before"] - table["iqr_now"]
    ).abs()
    table["stable"] = table["stable"].where(~table.index.isin(withheld), steady <= 1e-9)
    w_before, w_now = _agreement(before, after, rule)
    return RoundChanges(
        table=table[FIGURES],
        withheld=withheld,
        too_few=labels_in(enough.index[~enough.to_numpy()]),
        disputed=labels_in(disputed_items(after, SCALE, rule)),
        w_before=w_before,
        w_now=w_now,
        decision=stop_decision(table, held[-1], rule),
        round_number=held[-1],
        beyond=len(held) > rule.most_rounds,
        rule=rule,
    )


def _asked_again(session: Session, number: int) -> set[str]:
    lines = session.ballots.of_round(number)
    return set(lines.loc[lines["points"].notna(), "proposal"])


def _table(
    before: pd.DataFrame,
    after: pd.DataFrame,
    asked: set[str],
    rule: DelphiRule,
    outcomes: tuple[Outcome, Outcome],
) -> pd.DataFrame:
    again = after.loc[:, after.columns.isin(asked)]
    found = compare_rounds(before, again if again.shape[1] else after, SCALE, 2, rule).table
    levels = [spread(values, SCALE, minimum_answers=rule.minimum_answers) for values in (before, after)]
    ranks = [outcome.table["rank"].reindex(found.index) for outcome in outcomes]
    return found.assign(
        asked_again=found.index.isin(asked),
        answers_before=levels[0].table["answers"],
        answers_now=found["answers"],
        level_before=levels[0].levels.map(str),
        level_now=levels[1].levels.map(str),
        rank_before=ranks[0],
        rank_now=ranks[1],
    ).rename_axis(index="proposal")


def _withheld(before: pd.DataFrame, after: pd.DataFrame, rule: DelphiRule) -> tuple[str, ...]:
    """Name the proposals of which a few people answered in only one of the rounds."""
    in_one = (before.notna() != after.notna()).sum()
    return labels_in(in_one.index[(in_one > 0) & (in_one < rule.minimum_answers)])


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


def _nothing(too_few: tuple[str, ...], held: list[int], rule: DelphiRule) -> RoundChanges:
    empty = pd.DataFrame(columns=FIGURES).rename_axis(index="proposal")
    decision = Stop.ROUNDS_USED if held[-1] >= rule.most_rounds else Stop.GO_ON
    nan: float = float("nan")
    beyond = len(held) > rule.most_rounds
    return RoundChanges(empty, (), too_few, (), nan, nan, decision, held[-1], beyond, rule)
