"""Delphi rounds of a session: what is still disputed, what a second round moved, and when to stop.

A proposal is looked at as a whole, by what each person thinks of it on all judged criteria that count
(`personal_values`, 0 worst, 1 best), because a later round scores whole proposals again. A tally does not say
which points are the same person's; so a tallied proposal is disputed where one of its criteria is. The card
that a group filled in together stands in the place of a person's.

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

from workbench.deliberation.answers import answers_of, personal_values
from workbench.deliberation.concordance import FEWEST_PROPOSALS
from workbench.deliberation.group_cards import GroupCards, group_cards_of
from workbench.deliberation.spreads import told_by_medians
from workbench.deliberation.tallies import tally_of
from workbench.domain.rules import LAST_ROUND, Rules
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
from workbench.engine.influence import MINIMUM_SIZE
from workbench.errors import InvalidValue
from workbench.prioritisation import Outcome, Standing, prioritise

SCALE = (0.0, 1.0)
BAND, SHARE_IN_BAND, IQR, CHANGE = 0.25, 0.75, 0.25, 0.15
"""Consensus: three quarters of the people within a quarter of the scale around the median, the middle half
no wider than that. Stable: at most 15 % of the people changed."""
PEOPLE_IN_TWO = ["moved", "mean_move", "change"]
FIGURES = [
    *("asked_again", "answers_before", "answers_now", "median_before", "median_now", "iqr_before", "iqr_now"),
    *("level_before", "level_now", "in_band", "consensus", "stable", *PEOPLE_IN_TWO),
    *("rank_before", "rank_now"),
]


def delphi_rule(rules: Rules) -> DelphiRule:
    """Return when a proposal has consensus and when the rounds end, as the forum declared."""
    minimum = max(rules.minimum_group, MINIMUM_SIZE)
    return DelphiRule(BAND, SHARE_IN_BAND, IQR, CHANGE, rules.most_rounds, minimum)


@dataclass(frozen=True)
class Disputed:
    """What a further round would ask.

    Attributes
    ----------
    proposals : tuple of str
        Without consensus, the least agreed first.
    agreed : tuple of str
        With consensus, by label.
    too_few : tuple of str
        Answered by fewer people than may be shown; nothing is said about them but this.
    round_number : int
        The last round that holds answers; 0 where nobody answered.
    next_round : int or None
        None where nothing is disputed, or the rounds that the forum set are used.
    rule : DelphiRule
    """

    proposals: tuple[str, ...]
    agreed: tuple[str, ...]
    too_few: tuple[str, ...]
    round_number: int
    next_round: int | None
    rule: DelphiRule


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


def disputed(session: Session, rules: Rules, solving: SolverSettings | None = None) -> Disputed:
    """Name the proposals without consensus after the rounds held so far: these are asked again.

    Parameters
    ----------
    session : Session
        One list, as for `prioritise`.
    rules : Rules
        ``round`` may look back at an earlier round; ``most_rounds`` is the forum's limit.
    solving : SolverSettings, optional
        As for `prioritise`.

    Raises
    ------
    InvalidInput
        As `prioritise`.
    """
    outcome = prioritise(session, rules, solving)
    rule, held = delphi_rule(rules), _last_round(session, rules)
    groups = group_cards_of(session, rules, outcome, rule.minimum_answers)
    looked_at = _looked_at(session, rules, outcome, groups)
    of_groups = looked_at.columns.isin(groups.proposals, level="proposal")
    fewest = np.where(of_groups, groups.fewest, rule.minimum_answers)
    asked = looked_at.loc[:, looked_at.notna().sum().to_numpy() >= fewest]
    enough = replace(rule, minimum_answers=int(fewest.min(initial=rule.minimum_answers)))
    found = disputed_items(asked, SCALE, enough) if asked.size else ()
    open_ones = tuple(dict.fromkeys(str(cell[0]) for cell in found if isinstance(cell, tuple)))
    answered = _labels(asked.columns.unique("proposal"))
    goes_on = bool(open_ones) and 0 < held < rule.most_rounds
    return Disputed(
        proposals=open_ones,
        agreed=tuple(label for label in answered if label not in open_ones),
        too_few=tuple(
            label for label in _labels(looked_at.columns.unique("proposal")) if label not in answered
        ),
        round_number=held,
        next_round=held + 1 if goes_on else None,
        rule=rule,
    )


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
    held = _rounds(session, rules)
    if len(held) < 2:
        return None
    earlier, now = replace(rules, round=held[-2]), replace(rules, round=held[-1])
    outcomes = prioritise(session, earlier, solving), prioritise(session, now, solving)
    before, after = (
        _values(session, limited, outcome) for limited, outcome in zip((earlier, now), outcomes, strict=True)
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
        return _nothing(_labels(enough.index), held, rule)
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
        too_few=_labels(enough.index[~enough.to_numpy()]),
        disputed=_labels(disputed_items(after, SCALE, rule)),
        w_before=w_before,
        w_now=w_now,
        decision=stop_decision(table, held[-1], rule),
        round_number=held[-1],
        beyond=len(held) > rule.most_rounds,
        rule=rule,
    )


def _values(session: Session, rules: Rules, outcome: Outcome) -> pd.DataFrame:
    """Return what each person thinks of each proposal that may be ranked: people x proposals."""
    answers = answers_of(session, rules, outcome)
    return _rankable(personal_values(answers, session, outcome).round(9), outcome)


def _rankable(values: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
    failed = outcome.standing(Standing.GATE_FAILED).index
    return values.loc[:, ~values.columns.isin(failed)]


def _looked_at(session: Session, rules: Rules, outcome: Outcome, groups: GroupCards) -> pd.DataFrame:
    """Return what consensus is read from: a column for each proposal, or for each criterion that was tallied.

    Columns (proposal, criterion), the criterion empty where the answers of a person, or of a group, are known
    as a whole. Rows of cards and of marks have nothing to do with one another.
    """
    personal, tally = _values(session, rules, outcome), tally_of(session, rules, outcome)
    marks = tally.utilities.loc[:, tally.utilities.columns.isin(personal.columns, level="proposal")]
    counted = personal.columns.isin([*tally.proposals, *groups.proposals])
    together = groups.thought.loc[:, groups.thought.columns.isin(groups.proposals)]
    whole = pd.concat([personal.loc[:, ~counted], _rankable(together, outcome)], axis="columns")
    whole.columns = pd.MultiIndex.from_product([whole.columns, [""]], names=["proposal", "criterion"])
    return pd.concat([whole, marks], axis="columns").sort_index(axis="columns")


def _rounds(session: Session, rules: Rules) -> list[int]:
    answered = session.ballots.frame.loc[session.ballots.frame["points"].notna(), "round"]
    held = sorted(int(number) for number in answered.unique())
    return [number for number in held if rules.round in (LAST_ROUND, number) or number < rules.round]


def _last_round(session: Session, rules: Rules) -> int:
    return max(_rounds(session, rules), default=0)


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
    return _labels(in_one.index[(in_one > 0) & (in_one < rule.minimum_answers)])


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


def _labels(index: pd.Index | tuple[object, ...]) -> tuple[str, ...]:
    return tuple(map(str, index))
