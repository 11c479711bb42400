"""From a session and its rules to the outcome: screening, weights, scores, ranks, ceiling, reasons."""

from __future__ import annotations

import pandas as pd

from workbench.domain.budget import LineKind
from workbench.domain.checks import problem_at
from workbench.domain.conditions import ONLY_PLANNED
from workbench.domain.criteria import Criteria, Measure
from workbench.domain.pools import pools_of
from workbench.domain.proposals import Proposals
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.aggregation import CellValues, aggregate_cells
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.allocation.result import Allocation
from workbench.engine.funnel import funnel
from workbench.engine.gates import Screening, screen
from workbench.errors import InvalidInput
from workbench.prioritisation.disclosure import thinly_scored, withheld_scores
from workbench.prioritisation.funding import AT_LINE, Facts
from workbench.prioritisation.outcome import Outcome, Standing
from workbench.prioritisation.placing import Placed, place
from workbench.prioritisation.reasons import reasons
from workbench.prioritisation.rounds import counting_round
from workbench.prioritisation.scoring import UNWEIGHTED
from workbench.prioritisation.weighting import WEIGHTING, equal


def prioritise(session: Session, rules: Rules, solving: SolverSettings | None = None) -> Outcome:
    """Compute the outcome of a session under declared rules; equal inputs give equal bytes.

    Parameters
    ----------
    session : Session
        Checked inputs; one forum, usually one district (`Session.within`).
    rules : Rules
        Every choice that can change the result.
    solving : SolverSettings, optional
        How the solver of an exact plan is run, for edges that hold back its stray output; the limits that
        can change the result are those of the rules.

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
    NoFeasiblePlan
        When the conditions of an exact plan contradict each other, with the smallest ways out.
    """
    everything, criteria = session.proposals.frame, session.criteria
    proposals = session.proposals.at_stage(rules.stage)
    _refuse_chains(proposals)
    _refuse_mixed_pools(proposals, rules)
    screening = screen(proposals.labels, session.gates.frame)
    weigh = equal if rules.scoring in UNWEIGHTED else WEIGHTING[rules.weighting]
    weights = weigh(session, rules)
    cards = counting_round(session.ballots.frame, rules.round)
    cells = aggregate_cells(
        cards,
        proposals.labels,
        criteria.labels,
        rules.aggregation,
    )
    placed = place(session, rules, screening.passed, weights.values, cells.values, solving)
    of_groups = session.participants.cards_of_groups(rules.minimum_group)
    thin = thinly_scored(cards, cells, criteria, rules.minimum_group, of_groups)
    ceiling, earmarked = session.budget.ceiling(), session.budget.earmarked()
    table = _table(proposals, criteria, screening, placed, cells)
    withheld = withheld_scores(table["rank"], placed.scoring.scores, thin)
    return Outcome(
        rules=rules,
        table=table,
        reasons=reasons(table, screening, placed.scoring, criteria.frame["name"], _told(placed), withheld),
        ceiling=ceiling,
        earmarked=earmarked,
        room=None if ceiling is None else ceiling - earmarked,
        screening=screening,
        weights=weights,
        cells=cells,
        measures=placed.measures,
        utilities=placed.utilities,
        scoring=placed.scoring,
        ranking=placed.ranking,
        tie_breaks=placed.broken,
        allocation=placed.allocation,
        funnel=funnel(everything["stage"], everything["parent"]),
        history=everything.index.difference(proposals.labels),
        proof=placed.funding.proof if placed.funding else None,
        shared=placed.funding.shared if placed.funding else None,
        unenforced=_unenforced(session, rules),
        thin=thin,
        withheld=withheld,
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


def _told(placed: Placed) -> Facts:
    """Return what the sentences need beyond the table: conditions, quotas, commitments."""
    contest, funding = placed.contest, placed.funding
    if contest is None or funding is None:
        return {}
    bound = {label: {"committed": name} for label, name in contest.committed.items()}
    rule = {} if contest.rules.budget_rule in AT_LINE else {"rule": contest.rules.budget_rule}
    return {
        label: {**rule, **funding.facts.get(label, {}), **bound.get(label, {})} for label in funding.status
    }


def _table(
    proposals: Proposals, criteria: Criteria, screening: Screening, placed: Placed, cells: CellValues
) -> pd.DataFrame:
    scoring, broken, allocation = placed.scoring, placed.broken, placed.allocation
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


def _unenforced(session: Session, rules: Rules) -> tuple[str, ...]:
    """Name what was laid down and the budget rule in force does not apply."""
    if rules.budget_rule == "best_with_conditions":
        return ()
    frame = session.budget.frame
    scoped = (frame[["agency", "field", "pool"]] != "").any(axis="columns")
    finer = (frame["kind"] == LineKind.CEILING) & scoped
    shares = frame["kind"].isin([LineKind.AT_LEAST, LineKind.AT_MOST])
    stated = session.conditions.of_year(session.facts.plan_year).named(*ONLY_PLANNED)
    named = (("finer_ceiling", finer.any()), ("shares", shares.any()), ("conditions", bool(stated)))
    return tuple(kind for kind, found in named if found)
