"""What is heard of each proposal: cards of people, cards of groups, marks, or one agreed value."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.deliberation.collecting import Source
from workbench.deliberation.group_cards import group_cards_of
from workbench.deliberation.held_rounds import labels_in, rankable, thought_of
from workbench.deliberation.tallies import tally_of
from workbench.domain.participants import AGREED_CARD
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.prioritisation import Outcome
from workbench.prioritisation.rounds import counting_round


@dataclass(frozen=True, eq=False)
class Heard:
    """The answers that consensus is read from, by whose they are; never shown, proposals that may be ranked.

    Attributes
    ----------
    people : DataFrame, people x proposals
        Also the proposals that nobody answered.
    groups : DataFrame, group cards x proposals
    fewest_groups : int
        Fewest group cards that a spread is drawn of.
    marks : DataFrame, marks x (proposal, criterion)
        Rows have nothing to do with one another.
    agreed : tuple of str
        Proposals whose points the forum agreed on directly.
    """

    people: pd.DataFrame
    groups: pd.DataFrame
    fewest_groups: int
    marks: pd.DataFrame
    agreed: tuple[str, ...]

    @property
    def sources(self) -> dict[str, Source]:
        """Whose points a proposal has; people's where it has none."""
        of_marks = labels_in(self.marks.columns.unique("proposal"))
        return {
            **dict.fromkeys(labels_in(self.people.columns), Source.PEOPLE),
            **dict.fromkeys(self.agreed, Source.AGREED),
            **dict.fromkeys(of_marks, Source.TALLY),
            **dict.fromkeys(labels_in(self.groups.columns), Source.GROUPS),
        }

    def without(self, untold: frozenset[str]) -> Heard:
        """Return the same without some proposals."""
        return Heard(
            people=self.people.loc[:, ~self.people.columns.isin(untold)],
            groups=self.groups.loc[:, ~self.groups.columns.isin(untold)],
            fewest_groups=self.fewest_groups,
            marks=self.marks.loc[:, ~self.marks.columns.isin(untold, level="proposal")],
            agreed=tuple(label for label in self.agreed if label not in untold),
        )


def heard(session: Session, rules: Rules, outcome: Outcome, minimum: int) -> Heard:
    """Gather what counts.

    Parameters
    ----------
    session, rules
        As for `prioritise`.
    outcome : Outcome
        Of exactly these.
    minimum : int
        Fewest people that are shown apart.
    """
    everybody = thought_of(session, rules, outcome)
    tally, groups = tally_of(session, rules, outcome), group_cards_of(session, rules, outcome, minimum)
    marks = tally.utilities.loc[:, tally.utilities.columns.isin(everybody.columns, level="proposal")]
    together = groups.thought.loc[:, groups.thought.columns.isin(groups.proposals)]
    told = {*tally.proposals, *groups.proposals}
    agreed = _agreed(session, rules) & set(everybody.columns[everybody.isna().all()]) - told
    told |= agreed
    return Heard(
        people=everybody.loc[:, ~everybody.columns.isin(told)],
        groups=rankable(together, outcome),
        fewest_groups=groups.fewest,
        marks=marks,
        agreed=tuple(sorted(agreed)),
    )


def _agreed(session: Session, rules: Rules) -> set[str]:
    lines = counting_round(session.ballots.frame, rules.round)
    return set(lines.loc[(lines["participant"] == AGREED_CARD) & lines["points"].notna(), "proposal"])
