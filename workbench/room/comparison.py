"""Before and after: what a change of proposals, money, weights or lines does to the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from workbench.prioritisation import Outcome, PooledOutcome, Standing, prioritise_pools
from workbench.room.replay import replay
from workbench.room.session import session_of
from workbench.room.setting import rules_of
from workbench.room.state import RoomState


@dataclass(frozen=True, eq=False)
class BeforeAfter:
    """Two results side by side.

    Attributes
    ----------
    table : DataFrame
        Index proposal (of either list); columns rank_before, rank_after (Int64), standing_before,
        standing_after (text, empty where the proposal is not on that list).
    entering, leaving : tuple of str
        Proposals that are funded only after, only before.
    to_score : mapping of proposal to cause
        What must be scored again before the result holds: "added", "changed", "merged", "split".
    """

    table: pd.DataFrame
    entering: tuple[str, ...]
    leaving: tuple[str, ...]
    to_score: Mapping[str, str]

    @property
    def moved(self) -> pd.DataFrame:
        """The proposals whose rank or standing differs."""
        ranks = self.table["rank_before"].fillna(0) != self.table["rank_after"].fillna(0)
        return self.table[ranks | (self.table["standing_before"] != self.table["standing_after"])]


def outcome_of(state: RoomState) -> PooledOutcome:
    """Compute the result of the closed rounds.

    Raises
    ------
    InvalidInput, DisconnectedJudgements
        As `prioritise`.
    """
    return prioritise_pools(session_of(state), rules_of(state))


def before_after(before: RoomState, after: RoomState) -> BeforeAfter:
    """Compare the results of two states.

    Raises
    ------
    InvalidInput, DisconnectedJudgements
        As `prioritise`, of either state.
    """
    old, new = outcome_of(before).outcomes.values(), outcome_of(after).outcomes.values()
    return side_by_side(old, new, after.to_score)


def side_by_side(
    before: Iterable[Outcome], after: Iterable[Outcome], to_score: Mapping[str, str]
) -> BeforeAfter:
    """Compare two results that are there already, each with one outcome for each of its lists."""
    old, new = _places(before), _places(after)
    labels = [*new.index, *(label for label in old.index if label not in new.index)]
    table = pd.DataFrame(
        {
            "rank_before": old["rank"].reindex(labels),
            "rank_after": new["rank"].reindex(labels),
            "standing_before": old["standing"].reindex(labels).fillna(""),
            "standing_after": new["standing"].reindex(labels).fillna(""),
        },
        index=pd.Index(labels, name="proposal"),
    )
    was = table["standing_before"] == Standing.FUNDED
    is_now = table["standing_after"] == Standing.FUNDED
    return BeforeAfter(
        table=table,
        entering=tuple(table.index[is_now & ~was]),
        leaving=tuple(table.index[was & ~is_now]),
        to_score=to_score,
    )


def _places(outcomes: Iterable[Outcome]) -> pd.DataFrame:
    return pd.concat([one.table[["rank", "standing"]] for one in outcomes])


def state_before(state: RoomState, request: str) -> RoomState:
    """Return the state as it was before an entry of its history."""
    places = [at for at, entry in enumerate(state.history) if entry.request == request]
    return replay(state.history[: places[0]]) if places else state
