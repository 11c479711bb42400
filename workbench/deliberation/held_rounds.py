"""Which rounds hold answers, what each person thinks after one, and when there is consensus."""

from __future__ import annotations

import pandas as pd

from workbench.deliberation.answers import answers_of, personal_values
from workbench.domain.rules import LAST_ROUND, Rules
from workbench.domain.session import Session
from workbench.engine.agreement import DelphiRule
from workbench.engine.influence import MINIMUM_SIZE
from workbench.prioritisation import Outcome, Standing

SCALE = (0.0, 1.0)
BAND, SHARE_IN_BAND, IQR, CHANGE = 0.25, 0.75, 0.25, 0.15
"""Consensus: three quarters of the people within a quarter of the scale around the median, the middle half
no wider than that. Stable: at most 15 % of the people changed."""


def delphi_rule(rules: Rules) -> DelphiRule:
    """Return when a proposal has consensus and when the rounds end, as the forum declared."""
    minimum = max(rules.minimum_group, MINIMUM_SIZE)
    return DelphiRule(BAND, SHARE_IN_BAND, IQR, CHANGE, rules.most_rounds, minimum)


def thought_of(session: Session, rules: Rules, outcome: Outcome) -> pd.DataFrame:
    """Return what each person thinks of each proposal that may be ranked: people x proposals."""
    answers = answers_of(session, rules, outcome)
    return rankable(personal_values(answers, session, outcome).round(9), outcome)


def rankable(values: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
    """Leave out the proposals that failed a gate."""
    failed = outcome.standing(Standing.GATE_FAILED).index
    return values.loc[:, ~values.columns.isin(failed)]


def rounds_held(session: Session, rules: Rules) -> list[int]:
    """Return the numbers of the rounds with answers, up to the one that the rules look back at."""
    answered = session.ballots.frame.loc[session.ballots.frame["points"].notna(), "round"]
    held = sorted(int(number) for number in answered.unique())
    return [number for number in held if rules.round in (LAST_ROUND, number) or number < rules.round]


def labels_in(index: pd.Index | tuple[object, ...]) -> tuple[str, ...]:
    """Return labels as text, in their order."""
    return tuple(map(str, index))
