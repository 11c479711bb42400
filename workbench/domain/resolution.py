"""Resolution (keputusan musyawarah): what the forum decided, beside what was computed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from workbench.domain.checks import duplicates, empty_cells, problem_at, raise_if_any, unknown_labels
from workbench.domain.columns import Column, Kind, conform
from workbench.domain.proposals import Proposals
from workbench.errors import Problem


class Decision(StrEnum):
    """What the forum decided about a proposal."""

    FUNDED = "funded"
    NOT_FUNDED = "not_funded"


COLUMNS = (
    Column("proposal", Kind.CODE, required=True, filled=True),
    Column("decided_rank", Kind.COUNT),
    Column("decision", Kind.CHOICE, choices=tuple(Decision)),
    Column("reason", required=True, filled=True),
)


def check(table: pd.DataFrame, proposals: Proposals) -> list[Problem]:
    """Name every override without reason, given twice, of an unknown proposal, or that decides nothing."""
    problems = empty_cells(table, COLUMNS) + duplicates(table[table["proposal"] != ""], ["proposal"])
    problems += unknown_labels(table, "proposal", proposals.labels, "unknown_proposal")
    nothing = table["decided_rank"].isna() & (table["decision"] == "")
    problems += [problem_at(row, "decides_nothing", "decision") for row in table.index[nothing]]
    below = table["decided_rank"].lt(1).fillna(value=False)
    return problems + [
        problem_at(row, "rank_below_one", "decided_rank", table["decided_rank"][row])
        for row in table.index[below]
    ]


@dataclass(frozen=True)
class Resolution:
    """The overrides of a forum, each with its reason; never mixed into the computed outcome.

    Attributes
    ----------
    frame : DataFrame
        Index ``proposal``; columns decided_rank, decision, reason.
    locked : bool
        Final (terkunci) or still a draft.
    """

    frame: pd.DataFrame
    locked: bool = False

    @classmethod
    def from_table(cls, table: pd.DataFrame, proposals: Proposals, *, locked: bool = False) -> Resolution:
        """Check a table whose index is the row number a person sees, and return the value."""
        table = conform(table, COLUMNS)
        raise_if_any(check(table, proposals))
        return cls(table.set_index("proposal"), locked)
