"""How sure is the outcome: every source of doubt apart, exact stability, certificates, second opinions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import pandas as pd

from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.scoring.reversal import ReversalCheck
from workbench.prioritisation import Outcome, Standing
from workbench.robustness.certificates import Certificates, certificates
from workbench.robustness.moves import Moves, moves
from workbench.robustness.opinions import Opinions, opinion_table, opinions, reversal_on_table
from workbench.robustness.recalculated import CentralWeights, Recalculation
from workbench.robustness.recalculation import (
    any_weights,
    can_fund,
    joint,
    other_people,
    repeats,
    rounded_points,
)
from workbench.robustness.replay import Replay, replay_of, set_apart
from workbench.robustness.stability import Stability, stability
from workbench.robustness.value import NeedsAgainstCost, needs_against_cost


@dataclass(frozen=True)
class Robustness:
    """What can be said of how sure an outcome is; nothing in it changes the outcome.

    Attributes
    ----------
    apart : mapping
        Standing to the proposals that no recalculation can rank (failed gates, missing values).
    repeated : bool
        Whether a recalculation with nothing drawn gives the outcome again. Where it does not, rules are in
        force that are not recalculated, and everything below but `value` is None.
    weights, people, rounding, joint : Recalculation or None
        The sources of doubt, each apart, and weights moved a little together with drawn people. None where
        there is nothing to draw: no weights, fewer people than the smallest shown group, no points.
    central : CentralWeights or None
        Weights that put a proposal first.
    stability : Stability or None
    moves : Moves or None
    certificates : Certificates or None
    removal : ReversalCheck or None
        What removing and copying each of the first proposals does to the others, by the method in force.
    opinions : Opinions or None
    value : NeedsAgainstCost
    draws, seed : int
        Of every source; the seeds of each stand with it.
    """

    apart: Mapping[str, tuple[str, ...]]
    repeated: bool
    weights: Recalculation | None
    people: Recalculation | None
    rounding: Recalculation | None
    joint: Recalculation | None
    central: CentralWeights | None
    stability: Stability | None
    moves: Moves | None
    certificates: Certificates | None
    removal: ReversalCheck | None
    opinions: Opinions | None
    value: NeedsAgainstCost
    draws: int
    seed: int


def examine(
    session: Session,
    rules: Rules,
    outcome: Outcome,
    *,
    draws: int = 1000,
    seed: int,
    solving: SolverSettings | None = None,
) -> Robustness:
    """Examine an outcome.

    Parameters
    ----------
    session, rules, outcome
        The outcome, and the session and rules it was computed from.
    draws : int
        Recalculations of each source.
    seed : int
        From it each source takes its own seeds, which stand in the result and are printed.
    solving : SolverSettings, optional
        How the solver of exact plans is run; its limits are those of the rules.

    Returns
    -------
    Robustness
        The same for the same arguments, whatever the order of rows and people.
    """
    value = needs_against_cost(session, outcome)
    replay = replay_of(session, rules, outcome, solving)
    ranking = outcome.table.index[outcome.table["rank"].notna()]
    if not len(ranking) or not _repeats(replay, outcome):
        return _nothing(outcome, value, draws, seed, repeated=not len(ranking))
    drawn = any_weights(replay, ranking, draws=draws, seed=seed)
    known, fewest = moves(replay, outcome), rules.minimum_group
    return Robustness(
        apart=MappingProxyType(set_apart(outcome)),
        repeated=True,
        weights=drawn[0] if drawn else None,
        people=other_people(replay, ranking, draws=draws, seed=seed + 1, fewest=fewest),
        rounding=rounded_points(replay, ranking, draws=draws, seed=seed + 2),
        joint=joint(replay, ranking, draws=draws, seed=seed + 3, fewest=fewest),
        central=drawn[1] if drawn else None,
        stability=stability(replay, outcome.withheld),
        moves=known,
        certificates=certificates(replay, outcome, known),
        removal=reversal_on_table(opinion_table(session, outcome, replay), ranking, replay.method),
        opinions=opinions(session, outcome, replay),
        value=value,
        draws=draws,
        seed=seed,
    )


def stability_of(session: Session, rules: Rules, outcome: Outcome) -> Stability | None:
    """Return the stability intervals alone: cheap enough for every move of a slider."""
    replay = replay_of(session, rules, outcome)
    return (
        stability(replay, outcome.withheld) if len(replay.proposals) and _repeats(replay, outcome) else None
    )


def joint_of(
    session: Session, rules: Rules, outcome: Outcome, *, draws: int, seed: int
) -> Recalculation | None:
    """Return the recalculation with weights and people drawn together alone, for a page that cannot wait.

    Its ``funded`` is None where the rule of the ceiling has no batched twin: such rules are funded anew draw
    by draw, which takes seconds. None where nothing can be drawn, or where rules are in force that are not
    recalculated.
    """
    replay = replay_of(session, rules, outcome)
    if not can_fund(replay):
        replay = replace(replay, room=None)
    if not len(replay.proposals) or not _repeats(replay, outcome):
        return None
    ranking = outcome.table.index[outcome.table["rank"].notna()]
    return joint(replay, ranking, draws=draws, seed=seed, fewest=rules.minimum_group)


def _repeats(replay: Replay, outcome: Outcome) -> bool:
    ranked = outcome.table[outcome.table["rank"].notna()]
    ranks: pd.Series = ranked["rank"].astype("int64")
    return repeats(replay, ranks, ranked["standing"] == Standing.FUNDED.value)


def _nothing(
    outcome: Outcome, value: NeedsAgainstCost, draws: int, seed: int, *, repeated: bool
) -> Robustness:
    empty = dict.fromkeys(
        ("weights", "people", "rounding", "joint", "central", "stability", "moves", "certificates", "removal")
    )
    return Robustness(
        apart=MappingProxyType(set_apart(outcome)),
        repeated=repeated,
        opinions=None,
        value=value,
        draws=draws,
        seed=seed,
        **empty,
    )
