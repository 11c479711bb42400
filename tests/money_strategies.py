"""Sessions whose prices go from a thousand to ten million million rupiah."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from hypothesis import strategies as st

from tests import strategies
from workbench.domain.budget import Budget
from workbench.domain.proposals import Proposals


@st.composite
def priced_sessions(draw):
    """Draw a session in which everything has a price, and a ceiling near sums of prices."""
    session = draw(strategies.tables(least=1, most=6)).session()
    frame = session.proposals.frame
    magnitude = draw(st.sampled_from([10**3, 10**6, 10**9, 10**13]))
    costs = [draw(st.integers(1, 9)) * magnitude + draw(st.integers(-3, 3)) for _ in range(len(frame))]
    ceiling = max(sum(costs[: draw(st.integers(0, len(costs)))]) + draw(st.integers(-2, 2)), 0)
    line = {"region": str(frame["region"].iloc[0]), "amount": ceiling, "kind": "ceiling"}
    priced = frame.assign(cost=pd.array(costs, dtype="Int64"))
    return replace(
        session,
        proposals=Proposals(priced),
        budget=Budget.from_table(pd.DataFrame([line])),
    )
