"""From the state to checked values of the domain, one concept at a time."""

from __future__ import annotations

from workbench.domain import budget, criteria, participants, proposals
from workbench.domain.budget import Budget
from workbench.domain.criteria import Criteria
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals
from workbench.room.state import RoomState
from workbench.room.tables import frame_of


def criteria_of(state: RoomState) -> Criteria:
    """Return the criteria in force."""
    return Criteria.from_tables(
        frame_of(state.criteria, criteria.COLUMNS), frame_of(state.points, criteria.POINTS_COLUMNS)
    )


def participants_of(state: RoomState) -> Participants:
    """Return the people who are registered."""
    return Participants.from_table(frame_of(state.participants, participants.COLUMNS))


def proposals_of(state: RoomState) -> Proposals:
    """Return all proposals, also those that left the list."""
    return Proposals.from_table(frame_of(state.proposals, proposals.COLUMNS))


def budget_of(state: RoomState) -> Budget:
    """Return the ceiling and what is bound."""
    return Budget.from_table(frame_of(state.budget, budget.COLUMNS).reset_index(drop=True))
