"""What a further counting round counted anew: counts and ranks before and now, never who voted."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from workbench.room.comparison import outcome_of
from workbench.room.round import POINTED, Round, Way
from workbench.room.session import counts_of
from workbench.room.state import RoomState


@dataclass(frozen=True, eq=False)
class CountedRounds:
    """The last counting round beside what stood in its criterion before it.

    Attributes
    ----------
    way : Way
    round_number : int
    table : DataFrame
        Index proposal, in the order of the list; columns count_before, count_now (float; of orders the sum of
        places), rank_before, rank_now (Int64). Only what was counted again.
    """

    way: Way
    round_number: int
    table: pd.DataFrame


def counted_rounds(state: RoomState) -> CountedRounds | None:
    """Compare the last closed round with the counts before it; None where it counted nothing anew.

    Counts are nobody's: who voted otherwise than before cannot be followed, and nothing tries to.

    Parameters
    ----------
    state : RoomState

    Raises
    ------
    InvalidInput, DisconnectedJudgements
        As `prioritise`, of either state.
    """
    closed = [held for held in state.rounds.values() if not held.is_open]
    earlier = [held for held in closed[:-1] if _same_column(held, closed[-1])]
    if not earlier or closed[-1].way in POINTED:
        return None
    last = closed[-1]
    rounds = {number: held for number, held in state.rounds.items() if number != last.number}
    was: dict[str, str] = {}
    for held in earlier:
        was |= counts_of(held)
    is_now = counts_of(last)
    again = [label for label in state.proposals.rows if label in was and label in is_now]
    ranks = [_ranks(one).reindex(again) for one in (replace(state, rounds=rounds), state)]
    table = pd.DataFrame(
        {
            "count_before": [float(was[label]) for label in again],
            "count_now": [float(is_now[label]) for label in again],
            "rank_before": ranks[0].to_numpy(),
            "rank_now": ranks[1].to_numpy(),
        },
        index=pd.Index(again, name="proposal", dtype="str"),
    )
    return CountedRounds(last.way, last.number, table.astype({"rank_before": "Int64", "rank_now": "Int64"}))


def _same_column(held: Round, last: Round) -> bool:
    return held.way is last.way and held.criteria == last.criteria


def _ranks(state: RoomState) -> pd.Series:
    ranks: pd.Series = pd.concat([one.table["rank"] for one in outcome_of(state).outcomes.values()])
    return ranks
