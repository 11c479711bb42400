"""Resolution (keputusan musyawarah): what the forum decided, beside what was computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import pandas as pd

from workbench.domain.checks import duplicates, empty_cells, problem_at, raise_if_any, unknown_labels
from workbench.domain.columns import Column, Kind, conform
from workbench.domain.proposals import Proposals
from workbench.errors import InvalidInput, Problem


class Decision(StrEnum):
    """What the forum decided about a proposal."""

    FUNDED = "funded"
    NOT_FUNDED = "not_funded"


class Action(StrEnum):
    """What happened to the decisions as a whole."""

    LOCKED = "locked"
    REOPENED = "reopened"


COLUMNS = (
    Column("proposal", Kind.CODE, required=True, filled=True),
    Column("decided_rank", Kind.COUNT),
    Column("decision", Kind.CHOICE, choices=tuple(Decision)),
    Column("reason", required=True, filled=True),
)
STEP_COLUMNS = (
    Column("action", Kind.CHOICE, required=True, filled=True, choices=tuple(Action)),
    Column("reason", required=True),
    Column("at"),
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


def check_steps(table: pd.DataFrame) -> list[Problem]:
    """Name every step that does not follow on the one before it, and every reopening without a reason."""
    problems = empty_cells(table, STEP_COLUMNS)
    locked = False
    for row, action, reason in zip(table.index, table["action"], table["reason"], strict=True):
        if (action == Action.LOCKED) == locked and action:
            code = "locked_already" if locked else "not_locked"
            problems.append(problem_at(row, code, "action", action))
        if action == Action.REOPENED and not str(reason).strip():
            problems.append(problem_at(row, "reopened_without_reason", "reason"))
        locked = action == Action.LOCKED
    return problems


@dataclass(frozen=True)
class Step:
    """One step of the decisions as a whole.

    Attributes
    ----------
    action : Action
    reason : str
        Needed to reopen.
    at : str
        When, as the minutes write it; empty where nobody noted it.
    """

    action: Action
    reason: str = ""
    at: str = ""


def steps_from_table(table: pd.DataFrame) -> tuple[Step, ...]:
    """Check a table of steps whose index is the row number a person sees, and return them in order."""
    table = conform(table, STEP_COLUMNS)
    raise_if_any(check_steps(table))
    lines = zip(table["action"], table["reason"], table["at"], strict=True)
    return tuple(Step(Action(action), str(reason), str(at)) for action, reason, at in lines)


@dataclass(frozen=True)
class Resolution:
    """The overrides of a forum, each with its reason; never mixed into the computed outcome.

    A draft may be changed; a final one only after it was reopened, which needs a reason and stays on record.

    Attributes
    ----------
    frame : DataFrame
        Index ``proposal``; columns decided_rank, decision, reason.
    steps : tuple of Step
        How the decisions were locked and reopened, in order.
    """

    frame: pd.DataFrame
    steps: tuple[Step, ...] = ()

    @classmethod
    def empty(cls) -> Resolution:
        """Return the decisions of a forum that follows the computed outcome so far."""
        return cls(conform(pd.DataFrame(), COLUMNS).set_index("proposal"))

    @classmethod
    def from_table(cls, table: pd.DataFrame, proposals: Proposals, steps: Iterable[Step] = ()) -> Resolution:
        """Check a table whose index is the row number a person sees, and return the value."""
        table = conform(table, COLUMNS)
        raise_if_any(check(table, proposals))
        return cls(table.set_index("proposal"), tuple(steps))

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def locked(self) -> bool:
        """Whether the decisions are final (terkunci) or still a draft."""
        return bool(self.steps) and self.steps[-1].action is Action.LOCKED

    @property
    def reopenings(self) -> tuple[Step, ...]:
        """The steps that reopened final decisions, with their reasons."""
        return tuple(step for step in self.steps if step.action is Action.REOPENED)

    @property
    def steps_table(self) -> pd.DataFrame:
        """The steps as a table, one line a step."""
        return pd.DataFrame([vars(step) for step in self.steps], columns=["action", "reason", "at"])

    def of(self, labels: pd.Index) -> Resolution:
        """Return the decisions about some proposals; draft or final as the whole."""
        return replace(self, frame=self.frame[self.frame.index.isin(labels)])

    def decided(
        self,
        proposal: str,
        reason: str,
        proposals: Proposals,
        *,
        rank: int | None = None,
        decision: Decision | None = None,
    ) -> Resolution:
        """Return the resolution with the forum's decision about one proposal, in place of an earlier one.

        Raises
        ------
        InvalidInput
            ``resolution_locked``, or what `check` finds.
        """
        self._refuse_locked(proposal)
        line = {
            "proposal": proposal,
            "decided_rank": pd.NA if rank is None else rank,
            "decision": "" if decision is None else decision.value,
            "reason": reason.strip(),
        }
        others = self.frame[self.frame.index != proposal].reset_index()
        others.index = pd.Index([""] * len(others))
        table = pd.concat([others, conform(pd.DataFrame([line], index=[""]), COLUMNS)])
        return Resolution.from_table(table, proposals, self.steps)

    def withdrawn(self, proposal: str) -> Resolution:
        """Return the resolution without a decision about one proposal: the computed outcome stands again.

        Raises
        ------
        InvalidInput
            ``resolution_locked``, ``nothing_decided``.
        """
        self._refuse_locked(proposal)
        if proposal not in self.frame.index:
            raise InvalidInput([Problem("nothing_decided", column="proposal", value=proposal)])
        return replace(self, frame=self.frame[self.frame.index != proposal])

    def lock(self, at: str = "") -> Resolution:
        """Return the final resolution.

        Raises
        ------
        InvalidInput
            ``locked_already``.
        """
        return self._with(Step(Action.LOCKED, at=at))

    def reopen(self, reason: str, at: str = "") -> Resolution:
        """Return the resolution as a draft again; the reason stays on record.

        Raises
        ------
        InvalidInput
            ``not_locked``, ``reopened_without_reason``.
        """
        return self._with(Step(Action.REOPENED, reason.strip(), at))

    def _with(self, step: Step) -> Resolution:
        steps = (*self.steps, step)
        again = replace(self, steps=steps)
        return replace(self, steps=steps_from_table(again.steps_table.set_axis([""] * len(steps))))

    def _refuse_locked(self, proposal: str) -> None:
        if self.locked:
            raise InvalidInput([Problem("resolution_locked", column="proposal", value=proposal)])
