"""One ranking for each pool: `prioritise_pools` calls `prioritise` on every pool by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from workbench.domain.budget import Budget
from workbench.domain.pools import pools_of
from workbench.domain.proposals import Proposals
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.prioritisation.outcome import Outcome
from workbench.prioritisation.prioritise import prioritise

WHOLE = ""
"""The one list where pools are ranked together; where they are apart, the proposals without a pool."""


@dataclass(frozen=True)
class PooledOutcome:
    """The outcome of every list that is ranked on its own.

    Attributes
    ----------
    rules : Rules
    outcomes : mapping of pool to Outcome
        In the order of the names, proposals without a pool last; one entry `WHOLE` where pools are together.
    common_ceiling : int or None
        Rupiah of ceiling lines that name no pool although pools are apart: no list is given them.
    common_earmarked : int
        Rupiah of earmarks that name no pool although pools are apart: taken from no list.
    """

    rules: Rules
    outcomes: Mapping[str, Outcome]
    common_ceiling: int | None = None
    common_earmarked: int = 0

    @property
    def apart(self) -> bool:
        """Whether every pool has a ranking of its own."""
        return self.rules.pools == "apart"


def pool_sessions(session: Session, rules: Rules) -> Mapping[str, Session]:
    """Return the session of every list that is ranked on its own, by pool.

    A pool has its own proposals, the cards and conditions that belong to them, and its own budget lines;
    weights belong to the whole session. A pool with money but without proposals is a list too.
    Proposals of other stages stay everywhere: they are the history.
    """
    if rules.pools == "together":
        return MappingProxyType({WHOLE: session})
    ranked = session.proposals.at_stage(rules.stage)
    funded = set(session.budget.frame["pool"]) - {""}
    names = sorted({*pools_of(ranked), *funded}, key=lambda pool: (pool == "", pool))
    if names in ([], [WHOLE]):
        return MappingProxyType({WHOLE: session})
    return MappingProxyType({pool: _of_pool(session, ranked, pool) for pool in names})


def _of_pool(session: Session, ranked: Proposals, pool: str) -> Session:
    frame = session.proposals.frame
    kept = (frame["pool"] == pool) | ~frame.index.isin(ranked.labels)
    part = session.of_proposals(Proposals(frame[kept]))
    # Lines that name no pool are nobody's own: given to stray proposals they would be spent twice.
    return replace(
        part,
        budget=session.budget.of_pool(pool) if pool else Budget.empty(),
        conditions=part.conditions.of_pool(pool),
    )


def prioritise_pools(session: Session, rules: Rules, solving: SolverSettings | None = None) -> PooledOutcome:
    """Compute the outcome of every pool by itself; a session whose pools are together is one list.

    Parameters
    ----------
    session : Session
    rules : Rules
        ``pools`` says whether the pools are ranked together or apart.
    solving : SolverSettings, optional
        As `prioritise`.

    Returns
    -------
    PooledOutcome

    Raises
    ------
    InvalidInput, DisconnectedJudgements
        As `prioritise`.
    """
    outcomes = {
        pool: prioritise(part, rules, solving) for pool, part in pool_sessions(session, rules).items()
    }
    alone = tuple(outcomes) == (WHOLE,)
    common = Budget.empty() if alone else session.budget.of_pool("")
    return PooledOutcome(rules, MappingProxyType(outcomes), common.ceiling(), common.earmarked())
