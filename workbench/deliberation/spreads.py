"""How far the room agrees on each proposal, criterion by criterion and as a whole."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.deliberation.answers import Answers
from workbench.domain.criteria import Direction
from workbench.domain.session import Session
from workbench.engine.agreement import Level, spread

FIGURES = ["answers", "median", "lower_quartile", "upper_quartile", "iqr", "consensus", "level"]


@dataclass(frozen=True, eq=False)
class Spreads:
    """Spread of the answers; nothing but their number where fewer than the minimum answered.

    Attributes
    ----------
    cells : DataFrame
        Index (proposal, criterion) of judged criteria; columns `FIGURES`, in points of the criterion.
    overall : DataFrame
        Index proposal; columns `FIGURES` (0..1, 1 is best, over the people who answered every judged
        criterion that counts) and ``most_varied``: the criterion with the least consensus, empty where none
        may be shown.
    scale : tuple of float or None
        The one rising scale of all judged criteria, on which the overall figures may be drawn; None where
        scales differ.
    """

    cells: pd.DataFrame
    overall: pd.DataFrame
    scale: tuple[float, float] | None


def spreads_of(answers: Answers, personal: pd.DataFrame, session: Session, minimum: int) -> Spreads:
    """Describe every judged proposal.

    Parameters
    ----------
    answers : Answers
        With at least one entry.
    personal : DataFrame, people x proposals
        As `personal_values`.
    session : Session
    minimum : int
        Fewest answers that are shown.
    """
    scales = session.criteria.frame.loc[answers.criteria, ["scale_min", "scale_max"]].astype("float64")
    parts = [
        _described(answers.of_criteria(alike.index), tuple(alike.iloc[0]), minimum)
        for _, alike in scales.groupby(["scale_min", "scale_max"])
    ]
    cells = pd.concat(parts).sort_index()
    cells.index.names = ["proposal", "criterion"]
    overall = _described(personal, (0.0, 1.0), minimum)
    overall = overall.loc[overall.index.isin(cells.index.get_level_values("proposal"))]
    return Spreads(
        cells, overall.assign(most_varied=_most_varied(cells, overall.index)), _scale(session, scales)
    )


def _described(table: pd.DataFrame, scale: tuple[float, float], minimum: int) -> pd.DataFrame:
    found = spread(table, scale, minimum_answers=minimum)
    described = found.table.assign(level=found.levels.map(str))[FIGURES]
    return described.loc[described["answers"] > 0] if len(described) else described


def _most_varied(cells: pd.DataFrame, proposals: pd.Index) -> pd.Series:
    shown = cells.loc[cells["level"] != Level.TOO_FEW.value, "consensus"].round(9)
    least = shown.groupby("proposal").idxmin().map(lambda pair: pair[1])
    return least.reindex(proposals).fillna("").astype("str")


def _scale(session: Session, scales: pd.DataFrame) -> tuple[float, float] | None:
    rising = (session.criteria.frame.loc[scales.index, "direction"] == Direction.HIGHER.value).all()
    if not rising or len(scales.drop_duplicates()) != 1:
        return None
    return float(scales["scale_min"].iloc[0]), float(scales["scale_max"].iloc[0])
