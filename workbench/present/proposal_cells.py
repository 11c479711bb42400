"""The cells that all lists of proposals have in common, by the label of the proposal."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.domain.session import Session
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.places import village_names
from workbench.present.reasons import listed_reason, reason_body
from workbench.prioritisation import Outcome

TD4_TEXTS = ("regional_priority", "regional_objective", "program", "activity", "activity_target")


@dataclass(frozen=True)
class ProposalCells:
    """The cells of the proposals of one outcome.

    Attributes
    ----------
    outcome : Outcome
    frame : DataFrame
        The list of proposals.
    villages : Series
        Name of the village by proposal.
    t : Translator
    """

    outcome: Outcome
    frame: pd.DataFrame
    villages: pd.Series
    t: Translator

    @classmethod
    def of(cls, outcome: Outcome, session: Session, t: Translator) -> ProposalCells:
        """Return the cells of an outcome and the session it came from."""
        return cls(outcome, session.proposals.frame, village_names(session, t), t)

    def text(self, label: str, column: str) -> str:
        """Return a text of the list, or the dash of what is not known."""
        return str(self.frame[column][label]) or EMPTY

    def location(self, label: str) -> str:
        """Return the village."""
        return str(self.villages[label])

    def volume(self, label: str) -> str:
        """Return quantity and unit as they were written; a volume such as ``3 x 200 m`` stays text."""
        parts = [str(self.frame[column][label]) for column in ("volume", "unit")]
        return " ".join(part for part in parts if part) or EMPTY

    def cost(self, label: str) -> str:
        """Return the cost in full."""
        return self.t.style.rupiah(self.outcome.table["cost"][label])

    def reason(self, label: str) -> str:
        """Return the computed reason, without rank and score."""
        return reason_body(self.outcome.reasons[label], self.t)

    def listed_reason(self, label: str) -> str:
        """Return the computed reason as a long list says it."""
        return listed_reason(self.outcome.reasons[label], self.t)

    def form_td4(self, label: str) -> tuple[str, ...]:
        """Return the cells of form T-D.4 behind its number."""
        return (
            *(self.text(label, column) for column in TD4_TEXTS),
            self.location(label),
            self.volume(label),
            self.cost(label),
            self.text(label, "agency"),
        )
