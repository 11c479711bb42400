"""The forums of an opened input: one for each kecamatan, or the whole list where its level is another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workbench.deliberation import DecidedList, decided_list
from workbench.domain.orders import Orders
from workbench.domain.resolution import Resolution
from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem
from workbench.prioritisation import Outcome, PooledOutcome, pool_sessions, prioritise_pools
from workbench.store.outcome_file import outcome_bytes, outcome_digest
from workbench.store.solver_output import QUIET
from workbench.store.source import Source

DISTRICT_LEVEL = "kecamatan"


@dataclass(frozen=True)
class ForumList:
    """One list that is ranked on its own: what was computed, and what the forum made of it."""

    session: Session
    outcome: Outcome
    decided: DecidedList


@dataclass(frozen=True)
class Forum:
    """One forum with its outcome and its decisions.

    Attributes
    ----------
    code : str
        Kode wilayah; ``daftar`` where the list names none.
    session : Session
    found : PooledOutcome
    resolution : Resolution or None
        The decisions about the proposals of this forum.
    lists : mapping of pool to ForumList
    orders : Orders or None
        What groups or persons put in order, of the proposals of this forum.
    """

    code: str
    session: Session
    found: PooledOutcome
    resolution: Resolution | None
    lists: Mapping[str, ForumList]
    orders: Orders | None = None

    @property
    def content(self) -> bytes:
        """The outcome file of the forum."""
        return outcome_bytes(self.session, self.found, self.resolution)

    @property
    def digest(self) -> str:
        """Hash of the outcome file."""
        return outcome_digest(self.content)


def forum_sessions(opened: Source, district: str, level: str = "") -> dict[str, Session]:
    """Return the sessions of an input's forums by code.

    A kecamatan is a forum of its own; a list of another level (desa, perangkat daerah) is one forum.

    Parameters
    ----------
    opened : Source
    district : str
        The one kecamatan that is asked for; empty for all.
    level : str
        Of the forum; what the session says where empty.

    Raises
    ------
    InvalidInput
        ``district_without_proposals``.
    """
    session = opened.session
    districts = session.proposals.districts
    if district and district not in districts:
        facts = {"known": districts}
        raise InvalidInput(
            [Problem("district_without_proposals", column="--kecamatan", value=district, facts=facts)]
        )
    if district:
        return {district: session.within(district)}
    apart = (level or session.facts.level or DISTRICT_LEVEL).casefold() == DISTRICT_LEVEL
    if not apart or not districts:
        return {session.facts.region or "daftar": session}
    return {code: session.within(code) for code in districts}


def forums_of(opened: Source, district: str = "", level: str = "") -> tuple[Forum, ...]:
    """Return every forum of an input, computed, with its decisions laid over it.

    Raises
    ------
    InvalidInput
        ``district_without_proposals``, and what `prioritise` refuses.
    """
    return tuple(
        _forum(code, session, opened) for code, session in forum_sessions(opened, district, level).items()
    )


def _forum(code: str, session: Session, opened: Source) -> Forum:
    found = prioritise_pools(session, opened.rules, QUIET)
    given = opened.resolution
    own = None if given is None else given.of(session.proposals.labels)
    parts = pool_sessions(session, opened.rules)
    lists = {
        pool: ForumList(parts[pool], outcome, decided_list(outcome, own))
        for pool, outcome in found.outcomes.items()
    }
    orders = None if opened.orders is None else opened.orders.among(session.proposals.labels)
    return Forum(code, session, found, own, MappingProxyType(lists), orders)
