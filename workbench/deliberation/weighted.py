"""One room read with weights that the forum gives its groups; they stand on everything that is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.deliberation.answers import answers_of
from workbench.deliberation.blocks import blocks_of
from workbench.deliberation.groupings import groupings_of
from workbench.deliberation.readings import SHARES_MONEY
from workbench.deliberation.recalculation import Recalculation
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.influence import MINIMUM_SIZE, POOLED, Cells, release
from workbench.errors import InvalidInput, Problem
from workbench.prioritisation import Outcome, Standing


@dataclass(frozen=True, eq=False)
class WeightedReading:
    """What the groups say together when they weigh what the forum states.

    Attributes
    ----------
    grouping : str
    shares : Series by cell
        Weight of each cell as a share of all; the pool of small groups has the weights of its groups.
    pooled : tuple of str
    ranks : DataFrame, proposals x (computed, weighted)
        In the order of the outcome.
    enters, leaves : tuple of str
        Proposals that would enter or leave the funded list.
    """

    grouping: str
    shares: pd.Series
    pooled: tuple[str, ...]
    ranks: pd.DataFrame
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


def weighted_reading(
    session: Session,
    rules: Rules,
    outcome: Outcome,
    grouping: str,
    weights: Mapping[str, float],
    solving: SolverSettings | None = None,
) -> WeightedReading:
    """Recalculate a session with stakeholder weights; a group that is not named weighs 1.

    Parameters
    ----------
    session, rules, outcome, solving
        As for `deliberate`.
    grouping : str
        ``constituency``, ``sex``, ``village``, ``hamlet`` or ``group``.
    weights : mapping of group to float
        Not negative. With no weight at all it is one group one voice.

    Raises
    ------
    InvalidInput
        ``weights_of_nothing`` (the grouping is not stated, or its groups cannot be told apart),
        ``weights_of_unknown_group``, ``group_weight_invalid``, ``weights_with_shares`` (the rule of the
        ceiling gives every card the same share of money).
    """
    if rules.budget_rule in SHARES_MONEY:
        raise InvalidInput([Problem("weights_with_shares", column="budget_rule", value=rules.budget_rule)])
    answers = answers_of(session, rules, outcome)
    groups = groupings_of(session, answers.people)
    shown = release(groups, max(rules.minimum_group, MINIMUM_SIZE)).shown if len(answers) else {}
    if grouping not in shown or not shown[grouping].shows_groups:
        raise InvalidInput([Problem("weights_of_nothing", value=grouping)])
    _check(weights, set(groups[grouping]))
    apart = {name: cells for name, cells in shown.items() if cells.shows_groups}
    cells = shown[grouping]
    shares = _shares(cells, weights)
    blocks = blocks_of(answers, apart, rules.aggregation)[grouping]
    each = (shares / cells.sizes).loc[cells.members.loc[answers.people]].to_numpy(dtype="float64")
    again = Recalculation(session, rules, outcome, answers, solving)
    found = again.outcome_of(blocks.heard(each[np.newaxis])[0])
    ranked = outcome.table.index[outcome.table["rank"].notna()]
    before, after = (set(one.standing(Standing.FUNDED).index) for one in (outcome, found))
    ranks = {"computed": outcome.table["rank"][ranked], "weighted": found.table["rank"][ranked]}
    return WeightedReading(
        grouping=grouping,
        shares=shares,
        pooled=cells.pooled,
        ranks=pd.DataFrame(ranks),
        enters=tuple(str(label) for label in found.table.index if label in after - before),
        leaves=tuple(str(label) for label in outcome.table.index if label in before - after),
    )


def _check(weights: Mapping[str, float], known: set[str]) -> None:
    allowed = tuple(sorted(known))
    problems = [
        Problem("weights_of_unknown_group", value=name, facts={"allowed": allowed})
        for name in weights
        if name not in known
    ]
    problems += [
        Problem("group_weight_invalid", column=name, value=f"{weight:g}")
        for name, weight in weights.items()
        if not (np.isfinite(weight) and weight >= 0)
    ]
    if not problems and not sum(weights.get(name, 1.0) for name in known) > 0:
        problems.append(Problem("group_weight_invalid", value="0"))
    if problems:
        raise InvalidInput(problems)


def _shares(cells: Cells, weights: Mapping[str, float]) -> pd.Series:
    """Give each cell the weight of its group, and the pool the weights of its groups together."""
    totals = {
        str(cell): sum(weights.get(group, 1.0) for group in (cells.pooled if cell == POOLED else (cell,)))
        for cell in cells.names
    }
    given = pd.Series(totals, dtype="float64").loc[cells.names]
    return given / given.sum()
