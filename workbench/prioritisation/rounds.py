"""The cards that count: of each proposal its last answered round, up to the round the rules name."""

from __future__ import annotations

import pandas as pd

from workbench.domain.rules import LAST_ROUND


def counting_round(ballots: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Return the cards that count: for each proposal its last answered round, up to the limit (0 = no limit).

    A later round scores only what was disputed, so the others keep their cards of the round before, even
    where a form lists them again with blank cells. A proposal that nobody answered keeps its blank cards.
    """
    if limit != LAST_ROUND:
        ballots = ballots[ballots["round"] <= limit]
    if (ballots["round"] == ballots["round"].min()).all():
        return ballots  # one round: there is no later one
    answered = ballots[ballots["points"].notna()].groupby("proposal")["round"].max()
    listed = ballots.groupby("proposal")["round"].max()
    last = ballots["proposal"].map(answered.reindex(listed.index).fillna(listed))
    return ballots[ballots["round"] == last]
