"""What discussion groups wrote down together, one card a group, and how far the groups agree.

A group's card is nobody's own where the group has at least the minimum of members, so three of them may be
drawn as a spread among groups. Where one of the cards is a smaller group's, it is guarded like a person's
card: nothing is drawn below the minimum of cards, and no group is ever named beside its points.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.deliberation.answers import Answers, group_answers_of, personal_values
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.prioritisation import Outcome

FEWEST_GROUPS = 3
"""Cards of groups below which a spread would be two groups' own points."""


@dataclass(frozen=True, eq=False)
class GroupCards:
    """The cards of groups that count.

    Attributes
    ----------
    answers : Answers
        A group's card in the place of a person's.
    thought : DataFrame, group cards x proposals
        What each group thinks of each proposal, 0..1, 1 is best; never shown.
    small : int
        Cards of groups with fewer members than the minimum.
    fewest : int
        Fewest cards that a spread is drawn of.
    """

    answers: Answers
    thought: pd.DataFrame
    small: int
    fewest: int

    @property
    def proposals(self) -> tuple[str, ...]:
        """The proposals that groups answered, in label order."""
        return tuple(map(str, self.answers.proposals[sorted(set(self.answers.cell // self._criteria))]))

    @property
    def _criteria(self) -> int:
        return max(1, len(self.answers.criteria))


def group_cards_of(session: Session, rules: Rules, outcome: Outcome, minimum: int) -> GroupCards:
    """Gather the cards of groups.

    Parameters
    ----------
    session, rules
        As for `prioritise`.
    outcome : Outcome
        Of exactly these.
    minimum : int
        Fewest people that are shown apart.
    """
    answers = group_answers_of(session, rules, outcome)
    small = len(set(answers.people) - session.participants.cards_of_groups(minimum))
    return GroupCards(
        answers=answers,
        thought=personal_values(answers, session, outcome).round(9),
        small=small,
        fewest=minimum if small else FEWEST_GROUPS,
    )
