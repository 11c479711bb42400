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

from workbench.deliberation.heard import Heard, heard
from workbench.deliberation.held_rounds import SCALE, delphi_rule, labels_in, rounds_held
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.agreement import DelphiRule, disputed_items
from workbench.engine.allocation.program import SolverSettings
from workbench.prioritisation import prioritise


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
    given = heard(session, rules, outcome, rule.minimum_answers)
    looked_at = _looked_at(given)
    asked = _told(looked_at, given, rule)
    open_ones = still_open(given, rule)
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


def still_open(given: Heard, rule: DelphiRule) -> tuple[str, ...]:
    """Name the proposals without consensus among those with enough answers, the least agreed first.

    Parameters
    ----------
    given : Heard
    rule : DelphiRule
    """
    asked = _told(_looked_at(given), given, rule)
    if not asked.size:
        return ()
    found = disputed_items(asked, SCALE, replace(rule, minimum_answers=int(asked.count().min())))
    return tuple(dict.fromkeys(str(cell[0]) for cell in found if isinstance(cell, tuple)))


def _told(looked_at: pd.DataFrame, given: Heard, rule: DelphiRule) -> pd.DataFrame:
    """Return the columns with enough answers: of people and marks the minimum, of groups fewer."""
    of_groups = looked_at.columns.isin(given.groups.columns, level="proposal")
    fewest = np.where(of_groups, given.fewest_groups, rule.minimum_answers)
    return looked_at.loc[:, looked_at.notna().sum().to_numpy() >= fewest]


def _looked_at(given: Heard) -> pd.DataFrame:
    """Return what consensus is read from: a column for each proposal, or for each criterion that was tallied.

    Columns (proposal, criterion), the criterion empty where the answers of a person, or of a group, are known
    as a whole. Rows of cards and of marks have nothing to do with one another.
    """
    whole = pd.concat([given.people, given.groups], axis="columns")
    whole.columns = pd.MultiIndex.from_product([whole.columns, [""]], names=["proposal", "criterion"])
    return pd.concat([whole, given.marks], axis="columns").sort_index(axis="columns")
