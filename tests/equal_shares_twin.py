"""Equal Shares written the slow and plain way, to hold the fast one to."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd


def twin(ballots: pd.DataFrame, costs: pd.Series, share: Fraction, utility: str) -> list[str]:
    """Return what is bought, in order."""
    return twin_with_purses(ballots, costs, share, utility)[0]


def twin_with_purses(
    ballots: pd.DataFrame, costs: pd.Series, share: Fraction, utility: str
) -> tuple[list[str], list[Fraction]]:
    """The rule as its paper states it, in fractions; what is bought, and what every participant has left."""
    worth = {
        name: [
            {"cost": int(costs[name]) * (points > 0), "cardinality": int(points > 0), "score": int(points)}[
                utility
            ]
            for points in ballots[name]
        ]
        for name in ballots
    }
    purse = [share] * len(ballots)
    bought: list[str] = []
    while True:
        best = None
        for name in sorted(ballots.columns):
            payers = [person for person in range(len(ballots)) if worth[name][person]]
            cost = int(costs[name])
            if name in bought or not payers or sum(purse[person] for person in payers) < cost:
                continue
            payers.sort(key=lambda person: purse[person] / worth[name][person])
            lacking, units = Fraction(cost), sum(worth[name][person] for person in payers)
            for person in payers:
                rho = lacking / units
                if purse[person] >= rho * worth[name][person]:
                    break
                lacking -= purse[person]
                units -= worth[name][person]
            key = (rho, cost, -len(payers), name)
            if best is None or key < best:
                best = key
        if best is None:
            return bought, purse
        rho, _, _, name = best
        bought.append(name)
        purse = [held - min(held, rho * value) for held, value in zip(purse, worth[name], strict=True)]
