"""The tables of which a session consists, by name, and the columns that each declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from workbench.domain import (
    ballots,
    bands,
    budget,
    conditions,
    criteria,
    participants,
    preferences,
    proposals,
    resolution,
)
from workbench.domain.columns import Column

SESSION_COLUMNS: Mapping[str, Sequence[Column]] = MappingProxyType(
    {
        "proposals": proposals.COLUMNS,
        "criteria": criteria.COLUMNS,
        "points": criteria.POINTS_COLUMNS,
        "bands": bands.COLUMNS,
        "participants": participants.COLUMNS,
        "ballots": ballots.COLUMNS,
        "judgements": ballots.JUDGEMENT_COLUMNS,
        "preferences": preferences.COLUMNS,
        "gates": ballots.GATE_COLUMNS,
        "budget": budget.COLUMNS,
        "conditions": conditions.COLUMNS,
        "resolution": resolution.COLUMNS,
        "resolution_steps": resolution.STEP_COLUMNS,
    }
)
"""The journal holds each of these; a folder of tables holds files beside them that no journal needs."""
