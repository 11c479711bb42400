"""Everything of an outcome that a recalculation repeats, as arrays in label order.

A recalculation takes other weights or other people and goes the same way: cells, utilities, scores, ranks,
the walk under the ceiling. Only proposals with a rank take part; the others stay apart, as in the outcome.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.domain.criteria import Direction, Measure
from workbench.domain.participants import is_bare_card
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.scoring.ranking import RELATIVE_TOLERANCE
from workbench.engine.scoring.tie_breaks import lot_key
from workbench.prioritisation import Outcome, Standing
from workbench.prioritisation.rounds import counting_round
from workbench.prioritisation.scoring import UNWEIGHTED
from workbench.robustness.refund import Refund

Floats = NDArray[np.float64]
HEAVIEST = "heaviest_criterion"
"""The one tie key whose values depend on the weights of a draw."""


@dataclass(frozen=True)
class Cards:
    """The cards that count, on ranked proposals and counting criteria; one entry for each answer.

    Attributes
    ----------
    people : int
        How many gave at least one answer.
    person, proposal, criterion : array (answers,)
        Positions.
    points : array (answers,)
    names : Index
        Of the people, by position.
    """

    people: int
    person: NDArray[np.intp]
    proposal: NDArray[np.intp]
    criterion: NDArray[np.intp]
    points: Floats
    names: pd.Index

    @property
    def are_people(self) -> bool:
        """Whether others could have come instead: marks of a tally tie nobody's answers together.

        Nor is a value that the forum agreed on anybody's own.
        """
        return self.people > 1 and not any(is_bare_card(str(name)) for name in self.names)


@dataclass(frozen=True)
class Replay:
    """The arrays behind an outcome.

    Attributes
    ----------
    proposals, criteria : Index
        Ranked proposals, and criteria that count (weight above zero), sorted by label.
    method, aggregation, budget_rule : str
        Names of the rules in force.
    weights : array (criteria,)
    measures : array (proposals, criteria)
        In each criterion's own unit, as in the outcome.
    judged, falling : array (criteria,) of bool
        Whether people gave the points; whether less is better.
    low, high : array (criteria,)
        The anchors.
    cards : Cards
    keys : tuple of (name, array (proposals,))
        Tie keys in their declared order, higher first; those of `HEAVIEST` come from each draw.
    amounts : array (proposals,) of int
        Cost in whole rupiah, 0 where there is none.
    priced : array (proposals,) of bool
    room : int or None
        Rupiah that the walk may spend; None without a ceiling.
    tolerance : float
        Scores closer than this are equal.
    refund : Refund or None
        The rule of the ceiling where it has no batched twin; None without a ceiling.
    """

    proposals: pd.Index
    criteria: pd.Index
    method: str
    aggregation: str
    budget_rule: str
    weights: Floats
    measures: Floats
    judged: NDArray[np.bool_]
    falling: NDArray[np.bool_]
    low: Floats
    high: Floats
    cards: Cards
    keys: tuple[tuple[str, Floats], ...]
    amounts: NDArray[np.int64]
    priced: NDArray[np.bool_]
    room: int | None
    tolerance: float
    refund: Refund | None = None

    @property
    def weighted(self) -> bool:
        """Whether weights have a say in the scores."""
        return self.method not in UNWEIGHTED

    def by_proposal(self, values: NDArray[np.generic], name: str) -> pd.Series:
        """Label one value per proposal."""
        return pd.Series(values, index=self.proposals, name=name)


def ranked_labels(outcome: Outcome) -> pd.Index:
    """Return the proposals that have a rank, sorted by label."""
    return outcome.table.index[outcome.table["rank"].notna()].sort_values()


def set_apart(outcome: Outcome) -> dict[str, tuple[str, ...]]:
    """Return the proposals that no recalculation can rank, by standing: a failed gate, or missing values."""
    standing = outcome.table["standing"]
    apart = {
        reason.value: tuple(sorted(map(str, standing.index[standing == reason.value])))
        for reason in (Standing.GATE_FAILED, Standing.NOT_SCORED)
    }
    return {reason: labels for reason, labels in apart.items() if labels}


def replay_of(
    session: Session, rules: Rules, outcome: Outcome, solving: SolverSettings | None = None
) -> Replay:
    """Gather the arrays of an outcome; session and rules are those it was computed from.

    `solving` says how the solver of exact plans is run; its limits are those of the rules.
    """
    proposals = ranked_labels(outcome)
    weights = outcome.scoring.weights.astype("float64")
    criteria = weights.index[(weights > 0).to_numpy()].sort_values()
    frame = session.criteria.frame.loc[criteria]
    judged = (frame["measure"] == Measure.JUDGED.value).to_numpy()
    cost = outcome.table["cost"].loc[proposals]
    room = outcome.room
    return Replay(
        proposals=proposals,
        criteria=criteria,
        method=rules.scoring,
        aggregation=rules.aggregation,
        budget_rule=rules.budget_rule,
        weights=np.asarray(weights.loc[criteria].to_numpy(dtype=np.float64)),
        measures=outcome.measures.loc[proposals, criteria].to_numpy(dtype=np.float64),
        judged=judged,
        falling=(frame["direction"] == Direction.LOWER.value).to_numpy(),
        low=frame["scale_min"].to_numpy(dtype=np.float64),
        high=frame["scale_max"].to_numpy(dtype=np.float64),
        cards=_cards(session, rules, proposals, criteria[np.flatnonzero(judged)], criteria),
        keys=_keys(session, rules, proposals),
        amounts=cost.fillna(0).to_numpy(dtype=np.int64),
        priced=cost.notna().to_numpy(),
        room=None if room is None else max(room, 0),
        tolerance=RELATIVE_TOLERANCE * outcome.scoring.highest,
        refund=Refund.of(session, rules, outcome, solving or SolverSettings()),
    )


def _cards(
    session: Session, rules: Rules, proposals: pd.Index, judged: pd.Index, criteria: pd.Index
) -> Cards:
    lines = counting_round(session.ballots.frame, rules.round)
    lines = lines[lines["points"].notna() & lines["proposal"].isin(proposals)]
    # A fixed order of the answers: no draw may depend on the order of the file.
    lines = lines[lines["criterion"].isin(judged)].sort_values(["criterion", "proposal", "points"])
    people = pd.Index(sorted(lines["participant"].unique()))
    return Cards(
        people=len(people),
        person=people.get_indexer(pd.Index(lines["participant"])),
        proposal=proposals.get_indexer(pd.Index(lines["proposal"])),
        criterion=criteria.get_indexer(pd.Index(lines["criterion"])),
        points=lines["points"].to_numpy(dtype=np.float64),
        names=people,
    )


def _keys(session: Session, rules: Rules, proposals: pd.Index) -> tuple[tuple[str, Floats], ...]:
    frame = session.proposals.frame.loc[proposals]
    keys: list[tuple[str, Floats]] = []
    for name in rules.ties:
        if name == HEAVIEST:
            values: Floats = np.zeros(len(proposals))
        elif name == "lot":
            # Only the order of the lots counts: as places they are exact in floating point.
            lots = lot_key(proposals, rules.lot_seed or 0).by_proposal
            values = np.asarray(-lots.rank(method="dense").to_numpy(dtype=np.float64))
        else:
            column = "cost" if name == "lower_cost" else name
            values = np.asarray(frame[column].astype("float64").to_numpy(dtype=np.float64, na_value=np.nan))
            values = -values if name == "lower_cost" else values
        keys.append((name, values))
    return tuple(keys)
