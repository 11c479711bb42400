"""Contests for the tests: any size, from plain columns, without a session behind them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from workbench.budgeting.contest import Contest, Support
from workbench.domain.rules import Rules


def make_contest(scores, costs, room, ballots=None, highest=100.0) -> Contest:
    labels = pd.Index([f"U-{place:02d}" for place in range(len(scores))])
    worth = pd.Series([float(score) for score in scores], index=labels)
    ranks = worth.rank(method="min", ascending=False).astype("int64")
    order = sorted(labels, key=lambda label: (ranks[label], label))
    cards = pd.DataFrame(columns=labels) if ballots is None else pd.DataFrame(ballots, columns=labels)
    return Contest(
        ranks=ranks[order],
        scores=worth[order],
        costs=pd.Series(list(costs), index=labels, dtype="int64")[order],
        room=room,
        order=pd.Series(range(1, len(order) + 1), index=order),
        villages=pd.Series([f"desa {place % 3}" for place in range(len(labels))], index=labels),
        unpriced=(),
        support=Support(cards[order], ()),
        highest=highest,
        rules=Rules(quota=2),
        proposers=pd.Series([f"pengusul {place % 2}" for place in range(len(labels))], index=labels),
    )


@st.composite
def contests(draw, *, most: int = 9, cards: bool = False) -> Contest:
    size = draw(st.integers(1, most))
    scores = draw(st.lists(st.integers(0, 12), min_size=size, max_size=size))
    money = st.one_of(st.just(0), st.integers(1, 40), st.integers(1, 10**10))
    costs = draw(st.lists(money, min_size=size, max_size=size))
    room = draw(st.one_of(st.integers(0, 60), st.integers(0, 2 * sum(costs) + 1)))
    ballots = None
    if cards:
        chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
        ballots = chance.integers(0, 4, size=(draw(st.integers(1, 6)), size)) * 25
    return make_contest(scores, costs, room, ballots)
