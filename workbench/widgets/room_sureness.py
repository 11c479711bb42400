"""How sure the order is that the wall shows: computed once for each change of the result."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.deliberation import Deliberation
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.present.deliberation_words import reading_sentences
from workbench.present.wall import WallPage
from workbench.present.wall_doubt import WallDoubt, doubt_pages
from workbench.prioritisation import Outcome
from workbench.robustness import joint_of
from workbench.widgets.room_desk import Desk

DRAWS, SEED = 100, 1
"""As many as the wall says: so many of a hundred."""


def wall_doubts(desk: Desk) -> Mapping[str, WallDoubt]:
    """Return by list how sure its order is; a list of which nothing may be said is left out.

    Where fewer people gave points than may be told apart nothing is drawn of them.
    """

    def drawn() -> Mapping[str, WallDoubt]:
        found = desk.calculated()
        told = desk.deliberated()
        doubts = {
            pool: _doubt(session, found.rules, outcome, told[pool])
            for pool, (session, outcome) in found.lists.items()
        }
        return {pool: doubt for pool, doubt in doubts.items() if doubt is not None}

    return desk.keep("doubts", drawn)


def _doubt(session: Session, rules: Rules, outcome: Outcome, told: Deliberation) -> WallDoubt | None:
    if 0 < told.scored_by < told.minimum:
        return None
    drawn = joint_of(session, rules, outcome, draws=DRAWS, seed=SEED)
    return None if drawn is None else WallDoubt(drawn, outcome)


def sureness_pages(desk: Desk, pool: str) -> tuple[WallPage, ...]:
    """Return what the brackets of a list mean, and what the other reading of it says."""
    doubt = wall_doubts(desk).get(pool)
    if doubt is None:
        return ()
    session, _ = desk.calculated().lists[pool]
    readings = [
        line
        for reading in desk.deliberated()[pool].readings
        for line in reading_sentences(reading, session, desk.t)
    ]
    return doubt_pages(doubt, readings, session, desk.numbers(), desk.t)
