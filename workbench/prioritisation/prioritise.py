"""From a session and its rules to the outcome: screening, weights, scores, ranks, ceiling, reasons."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd

from workbench.domain.budget import LineKind
from workbench.domain.checks import problem_at
from workbench.domain.criteria import Criteria, Direction, Measure
from workbench.domain.pools import pools_of
from workbench.domain.proposals import Proposals
from workbench.domain.rules import LAST_ROUND, Rules
from workbench.domain.session import Session
from workbench.engine.aggregation import CellValues, aggregate_cells
from workbench.engine.allocation.ranked import fund_by_rank
from workbench.engine.allocation.result import Allocation
from workbench.engine.funnel import funnel
from workbench.engine.gates import Screening, screen
from workbench.engine.measures import anchored_utilities, points_from_table
from workbench.engine.scoring.ranking import RELATIVE_TOLERANCE, Ranking, rank_with_ties
from workbench.engine.scoring.tie_breaks import BrokenTies, TieKey, break_ties, lot_key
from workbench.errors import InvalidInput
from workbench.prioritisation.outcome import Outcome, Standing
from workbench.prioritisation.reasons import reasons
from workbench.prioritisation.scoring import SCORING, UNWEIGHTED, Scoring
from workbench.prioritisation.weighting import WEIGHTING, equal

AT_LINE = MappingProxyType({"rank_stop": "stop", "rank_skip": "skip"})
"""The names of `Rules.budget_rule`, and what they do at the line."""


def prioritise(session: Session, rules: Rules) -> Outcome:
    """Compute the outcome of a session under declared rules; equal inputs give equal bytes.

    Parameters
    ----------
    session : Session
        Checked inputs; one forum, usually one district (`Session.within`).
    rules : Rules
        Every choice that can change the result.

    Returns
    -------
    Outcome
        Every proposal of the ranked stage stands in its table exactly once and has one reason.

    Raises
    ------
    InvalidInput
        When weights are missing, no comparison was given though the rules ask for them, or no stage is
        declared though proposals stand in the list at several.
    DisconnectedJudgements
        When the comparisons do not link all criteria.
    """
    everything, criteria = session.proposals.frame, session.criteria
    proposals = session.proposals.at_stage(rules.stage)
    _refuse_chains(proposals)
    _refuse_mixed_pools(proposals, rules)
    screening = screen(proposals.labels, session.gates.frame)
    weigh = equal if rules.scoring in UNWEIGHTED else WEIGHTING[rules.weighting]
    weights = weigh(session, rules)
    cells = aggregate_cells(
        counting_round(session.ballots.frame, rules.round),
        proposals.labels,
        criteria.labels,
        rules.aggregation,
    )
    measures = measured(proposals, criteria, cells)
    utilities = anchored_utilities(measures, criteria.frame)
    scoring = SCORING[rules.scoring](measures, utilities.values, weights.values, criteria)
    ranking = rank_with_ties(scoring.scores[screening.passed], scale=scoring.highest)
    broken = break_ties(ranking, tie_keys(ranking, proposals, scoring, utilities.values, rules))
    room = session.budget.room()
    allocation = _allocation(broken.ranks, proposals, room, rules)
    table = _table(proposals, criteria, screening, scoring, broken, allocation, cells)
    return Outcome(
        rules=rules,
        table=table,
        reasons=reasons(table, screening, scoring, criteria.frame["name"]),
        ceiling=session.budget.ceiling(),
        earmarked=session.budget.earmarked(),
        room=room,
        screening=screening,
        weights=weights,
        cells=cells,
        measures=measures,
        utilities=utilities,
        scoring=scoring,
        ranking=ranking,
        tie_breaks=broken,
        allocation=allocation,
        funnel=funnel(everything["stage"], everything["parent"]),
        history=everything.index.difference(proposals.labels),
        unenforced=_unenforced(session),
    )


def _refuse_chains(proposals: Proposals) -> None:
    """Raise where a proposal and what became of it at another stage would both be ranked."""
    stages = proposals.frame["stage"]
    before = proposals.frame["parent"].map(stages)
    if (before.notna() & (before != stages)).any():
        declared = tuple(sorted(stages[stages != ""].unique()))
        raise InvalidInput([problem_at(None, "stage_not_declared", "stage", allowed=declared)])


def _refuse_mixed_pools(proposals: Proposals, rules: Rules) -> None:
    """Raise where pools that are ranked apart stand in one list; `prioritise_pools` takes them apart."""
    pools = pools_of(proposals)
    if rules.pools == "apart" and len(pools) > 1:
        raise InvalidInput([problem_at(None, "pools_mixed", "pool", known=pools)])


def counting_round(ballots: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Return the cards that count: for each proposal its last answered round, up to the limit (0 = no limit).

    A later round scores only what was disputed, so the others keep their cards of the round before, even
    where a form lists them again with blank cells. A proposal that nobody answered keeps its blank cards.
    """
    if limit != LAST_ROUND:
        ballots = ballots[ballots["round"] <= limit]
    answered = ballots[ballots["points"].notna()].groupby("proposal")["round"].max()
    listed = ballots.groupby("proposal")["round"].max()
    last = ballots["proposal"].map(answered.reindex(listed.index).fillna(listed))
    return ballots[ballots["round"] == last]


def measured(proposals: Proposals, criteria: Criteria, cells: CellValues) -> pd.DataFrame:
    """Return proposal x criterion in each criterion's own unit: points of people, of tables, or numbers."""
    columns = {}
    for label, criterion in criteria.frame.iterrows():
        if criterion["measure"] == Measure.JUDGED:
            columns[label] = cells.values[label]  # noqa: PD011 - a frame of this house, not an array
            continue
        column = proposals.frame[criterion["column"]]
        if criterion["measure"] == Measure.POINTS_TABLE:
            lines = criteria.points[criteria.points["criterion"] == label]
            columns[label] = points_from_table(column, lines)
        else:
            columns[label] = pd.to_numeric(column, errors="coerce").astype("float64")
    return pd.DataFrame(columns, index=proposals.labels, columns=criteria.labels)


def tie_keys(
    ranking: Ranking, proposals: Proposals, scoring: Scoring, utilities: pd.DataFrame, rules: Rules
) -> tuple[TieKey, ...]:
    """Return the declared tie keys with their values for the proposals of a ranking."""
    labels = ranking.scores.index
    frame = proposals.frame.loc[labels]
    # Weights from comparisons carry the computer's rounding: what is equal but for that is equally heavy.
    heavy = scoring.weights >= scoring.weights.max() * (1 - RELATIVE_TOLERANCE)
    heaviest = scoring.weights.index[heavy].sort_values()
    values = {
        "heaviest_criterion": utilities.loc[labels, heaviest].sum(axis="columns", skipna=False),
        "poor_households": frame["poor_households"].astype("float64"),
        "womens_proposal": frame["womens_proposal"].astype("float64"),
        "self_help": frame["self_help"].astype("float64"),
        "lower_cost": frame["cost"].astype("float64"),
    }
    keys = [
        TieKey(name, values[name], Direction.LOWER if name == "lower_cost" else Direction.HIGHER)
        for name in rules.ties
        if name != "lot"
    ]
    if "lot" in rules.ties and rules.lot_seed is not None:
        keys.insert(rules.ties.index("lot"), lot_key(labels, rules.lot_seed))
    return tuple(keys)


def _allocation(ranks: pd.Series, proposals: Proposals, room: int | None, rules: Rules) -> Allocation | None:
    if room is None:
        return None
    # Earmarks above the ceiling leave no room; the ceiling line stands at zero and the report says why.
    return fund_by_rank(
        ranks, proposals.frame["cost"].loc[ranks.index], max(room, 0), AT_LINE[rules.budget_rule]
    )


def _table(
    proposals: Proposals,
    criteria: Criteria,
    screening: Screening,
    scoring: Scoring,
    broken: BrokenTies,
    allocation: Allocation | None,
    cells: CellValues,
) -> pd.DataFrame:
    labels = proposals.labels
    ranks = broken.ranks.reindex(labels).astype("Int64")
    judged = criteria.labels[criteria.frame["measure"] == Measure.JUDGED]
    decided = {label: keys for label, keys in broken.decided_by.items() if keys}
    table = pd.DataFrame(
        {
            "rank": ranks,
            "shared": ranks.map(ranks.value_counts()).astype("Int64"),
            "score": scoring.scores.where(screening.passed),
            "points_sum": cells.sums,
            "answers": cells.answers[judged].min(axis="columns").astype("Int64") if len(judged) else pd.NA,
            "cost": proposals.frame["cost"],
            "running_total": _of(allocation, "running_total", labels),
            "shortfall": _of(allocation, "shortfall", labels),
            "standing": _standings(labels, screening, ranks, allocation),
            "decided_by": pd.Series([decided.get(label, ()) for label in labels], index=labels, dtype=object),
        },
        index=labels,
    )
    places = ranks.fillna(len(labels) + 1).to_list()
    return table.iloc[sorted(range(len(labels)), key=lambda at: (places[at], labels[at]))]


def _of(allocation: Allocation | None, step: str, labels: pd.Index) -> pd.Series:
    if allocation is None:
        return pd.Series(pd.NA, index=labels, dtype="Int64")
    amounts: pd.Series = getattr(allocation, step)
    return amounts.reindex(labels).astype("Int64")


def _standings(
    labels: pd.Index, screening: Screening, ranks: pd.Series, allocation: Allocation | None
) -> pd.Series:
    passed = screening.passed
    standings = []
    for label in labels:
        if not passed[label]:
            standings.append(Standing.GATE_FAILED)
        elif pd.isna(ranks[label]):
            standings.append(Standing.NOT_SCORED)
        elif allocation is None:
            standings.append(Standing.RANKED)
        else:
            standings.append(Standing(allocation.status[label].value))
    return pd.Series([standing.value for standing in standings], index=labels, dtype="str")


def _unenforced(session: Session) -> tuple[str, ...]:
    """Name the budget lines that a walk down the ranks does not apply."""
    frame = session.budget.frame
    scoped = (frame[["agency", "field", "pool"]] != "").any(axis="columns")
    finer = (frame["kind"] == LineKind.CEILING) & scoped
    shares = frame["kind"].isin([LineKind.AT_LEAST, LineKind.AT_MOST])
    named = [kind for kind, lines in (("finer_ceiling", finer), ("shares", shares)) if lines.any()]
    return tuple(named)
