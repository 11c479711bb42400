"""How far the room agrees on each proposal, criterion by criterion and as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.deliberation.answers import Answers
from workbench.deliberation.group_cards import GroupCards
from workbench.deliberation.tallies import Tally
from workbench.domain.criteria import Direction
from workbench.domain.session import Session
from workbench.engine.agreement import Level, spread
from workbench.prioritisation import Outcome

FIGURES = ["answers", "median", "lower_quartile", "upper_quartile", "iqr", "consensus", "level"]
WIDEST = (Level.VARIED, Level.FAIRLY_VARIED, Level.UNIFORM, Level.TOO_FEW)
"""Levels, the least agreed first."""


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
        may be shown. Of a proposal in `tallied` the figures are those of its least agreed criterion.
    scale : tuple of float or None
        The one rising scale of all judged criteria, on which the overall figures may be drawn; None where
        scales differ.
    tallied : tuple of str
        Proposals of which only counts are known: what one person gave on several criteria was never written.
    grouped : tuple of str
        Proposals that groups scored, one card a group: answers are cards, and the spread is among groups.
    """

    cells: pd.DataFrame
    overall: pd.DataFrame
    scale: tuple[float, float] | None
    tallied: tuple[str, ...] = ()
    grouped: tuple[str, ...] = ()

    def without(self, untold: frozenset[str]) -> Spreads:
        """Return the spreads with nothing but the number of answers of some proposals."""
        return replace(self, cells=_without(self.cells, untold), overall=_without(self.overall, untold))


def told_by_medians(outcome: Outcome) -> frozenset[str]:
    """Name the proposals whose medians would tell a score that is withheld.

    Under the median rule a score is made of them, also that of one which many people scored and which stands
    close to one that few did.
    """
    return outcome.withheld if outcome.rules.aggregation == "median" else frozenset()


def spreads_of(
    answers: Answers,
    personal: pd.DataFrame,
    tally: Tally,
    groups: GroupCards,
    session: Session,
    minimum: int,
) -> Spreads:
    """Describe every judged proposal.

    Parameters
    ----------
    answers : Answers
    personal : DataFrame, people x proposals
        As `personal_values`.
    tally : Tally
    groups : GroupCards
        Together with `answers` and `tally` at least one entry.
    session : Session
    minimum : int
        Fewest answers that are shown.
    """
    scales = session.criteria.frame.loc[answers.criteria, ["scale_min", "scale_max"]].astype("float64")
    cells = _cells(answers, tally, groups, scales, minimum)
    parts = []
    for values, fewest in ((personal, minimum), (groups.thought, groups.fewest)):
        if len(values):
            overall = _described(values, (0.0, 1.0), fewest)
            parts.append(overall.assign(most_varied=_most_varied(cells, overall.index)))
    if tally.utilities.shape[1]:
        parts.append(widest_cells(tally.utilities, minimum))
    overall = pd.concat(parts).sort_index()
    return Spreads(cells, overall, _scale(session, scales), tally.proposals, groups.proposals)


def _cells(
    answers: Answers, tally: Tally, groups: GroupCards, scales: pd.DataFrame, minimum: int
) -> pd.DataFrame:
    """Describe cell by cell; those of one scale together."""
    parts = []
    for _, alike in scales.groupby(["scale_min", "scale_max"]):
        scale = tuple(alike.iloc[0])
        for given, fewest in ((answers, minimum), (groups.answers, groups.fewest)):
            if len(given):
                parts.append(_described(given.of_criteria(alike.index), scale, fewest))
        counted = tally.marks.columns.get_level_values("criterion").isin(alike.index)
        if counted.any():
            parts.append(_described(tally.marks.loc[:, counted], scale, minimum))
    cells = pd.concat(parts).sort_index()
    cells.index.names = ["proposal", "criterion"]
    return cells


def widest_cells(utilities: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Return of each tallied proposal the figures of its least agreed criterion that may be shown.

    Parameters
    ----------
    utilities : DataFrame, marks x (proposal, criterion)
        0..1, as `Tally.utilities`; at least one column.
    minimum : int
        Fewest marks that are shown.

    Returns
    -------
    DataFrame
        As `Spreads.overall`.
    """
    cells = _described(utilities, (0.0, 1.0), minimum)
    places = {level.value: place for place, level in enumerate(WIDEST)}
    ordered = cells.assign(place=cells["level"].map(places), near=cells["consensus"].round(9))
    ordered.index.names = ["proposal", "criterion"]
    ordered = ordered.reset_index().sort_values(["proposal", "place", "near", "criterion"], kind="stable")
    first = ordered.groupby("proposal", sort=True).head(1).set_index("proposal")
    shown = first["level"] != Level.TOO_FEW.value
    return first[FIGURES].assign(most_varied=first["criterion"].where(shown, "").astype("str"))


def _described(table: pd.DataFrame, scale: tuple[float, ...], minimum: int) -> pd.DataFrame:
    found = spread(table, (scale[0], scale[1]), minimum_answers=minimum)
    described = found.table.assign(level=found.levels.map(str))[FIGURES]
    return described.loc[described["answers"] > 0] if len(described) else described


def _without(table: pd.DataFrame, untold: frozenset[str]) -> pd.DataFrame:
    hidden = table.index.get_level_values("proposal").isin(untold)
    silent: dict[str, object] = {"level": Level.TOO_FEW.value, "most_varied": ""}
    told = [str(name) for name in table if name != "answers"]
    return table.assign(**{name: table[name].mask(hidden, silent.get(name, np.nan)) for name in told})


def _most_varied(cells: pd.DataFrame, proposals: pd.Index) -> pd.Series:
    shown = cells.loc[cells["level"] != Level.TOO_FEW.value, "consensus"].round(9)
    least = shown.groupby("proposal").idxmin().map(lambda pair: pair[1])
    return least.reindex(proposals).fillna("").astype("str")


def _scale(session: Session, scales: pd.DataFrame) -> tuple[float, float] | None:
    rising = (session.criteria.frame.loc[scales.index, "direction"] == Direction.HIGHER.value).all()
    if not rising or len(scales.drop_duplicates()) != 1:
        return None
    return float(scales["scale_min"].iloc[0]), float(scales["scale_max"].iloc[0])
