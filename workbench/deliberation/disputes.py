"""What is still disputed after the rounds held so far, and so would be asked again.

A proposal is looked at as a whole, by what each person thinks of it on all judged criteria that count
(`personal_values`, 0 worst, 1 best), because a later round scores whole proposals again. A tally does not say
which points are the same person's; so a tallied proposal is disputed where one of its criteria is. The card
that a group filled in together stands in the place of a person's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.deliberation.group_cards import GroupCards, group_cards_of
from workbench.deliberation.held_rounds import (
    SCALE,
    delphi_rule,
    labels_in,
    rankable,
    rounds_held,
    thought_of,
)
from workbench.deliberation.tallies import tally_of
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.agreement import DelphiRule, disputed_items
from workbench.engine.allocation.program import SolverSettings
from workbench.prioritisation import Outcome, prioritise


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
    rule, held = delphi_rule(rules), max(rounds_held(session, rules), default=0)
    groups = group_cards_of(session, rules, outcome, rule.minimum_answers)
    looked_at = _looked_at(session, rules, outcome, groups)
    of_groups = looked_at.columns.isin(groups.proposals, level="proposal")
    fewest = np.where(of_groups, groups.fewest, rule.minimum_answers)
    asked = looked_at.loc[:, looked_at.notna().sum().to_numpy() >= fewest]
    enough = replace(rule, minimum_answers=int(fewest.min(initial=rule.minimum_answers)))
    found = disputed_items(asked, SCALE, enough) if asked.size else ()
    open_ones = tuple(dict.fromkeys(str(cell[0]) for cell in found if isinstance(cell, tuple)))
    answered = labels_in(asked.columns.unique("proposal"))
    goes_on = bool(open_ones) and 0 < held < rule.most_rounds
    return Disputed(
        proposals=open_ones,
        agreed=tuple(label for label in answered if label not in open_ones),
        too_few=tuple(
            label for label in labels_in(looked_at.columns.unique("proposal")) if label not in answered
        ),
        round_number=held,
        next_round=held + 1 if goes_on else None,
        rule=rule,
    )


def _looked_at(session: Session, rules: Rules, outcome: Outcome, groups: GroupCards) -> pd.DataFrame:
    """Return what consensus is read from: a column for each proposal, or for each criterion that was tallied.

    Columns (proposal, criterion), the criterion empty where the answers of a person, or of a group, are known
    as a whole. Rows of cards and of marks have nothing to do with one another.
    """
    personal, tally = thought_of(session, rules, outcome), tally_of(session, rules, outcome)
    marks = tally.utilities.loc[:, tally.utilities.columns.isin(personal.columns, level="proposal")]
    counted = personal.columns.isin([*tally.proposals, *groups.proposals])
    together = groups.thought.loc[:, groups.thought.columns.isin(groups.proposals)]
    whole = pd.concat([personal.loc[:, ~counted], rankable(together, outcome)], axis="columns")
    whole.columns = pd.MultiIndex.from_product([whole.columns, [""]], names=["proposal", "criterion"])
    return pd.concat([whole, marks], axis="columns").sort_index(axis="columns")
