"""Who was in the room with a vote: quorum, women's share, missing constituencies; nothing is blocked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import pandas as pd

from workbench.domain.participants import is_bare_card
from workbench.domain.regions import lies_in
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.influence import Presence, Quorum, missing_constituencies, presence, quorum
from workbench.engine.influence.attendance import TWO_THIRDS

QUORUM_LEVELS = ("desa",)
"""Levels of a forum whose usual rules of procedure ask for two thirds of the invited."""


def quorum_of(rules: Rules, level: str) -> str:
    """Return which quorum a forum of a level has: a name of `SHARES`, or ``none``.

    Examples
    --------
    >>> quorum_of(Rules(), "Desa"), quorum_of(Rules(), "kecamatan")
    ('two_thirds', 'none')
    """
    if rules.quorum != "by_level":
        return rules.quorum
    return "two_thirds" if level.casefold() in QUORUM_LEVELS else "none"


SHARES: Mapping[str, Callable[[int], Fraction]] = MappingProxyType(
    {
        "two_thirds": lambda _: TWO_THIRDS,
        "more_than_half": lambda invited: Fraction(invited // 2 + 1, invited) if invited else Fraction(1),
    }
)
"""The share of the invited that each quorum needs, by the number of invitations."""


@dataclass(frozen=True)
class Attendance:
    """Attendance of those who may vote.

    Attributes
    ----------
    present : int
        Participants with a voting right; an empty column counts as yes, advisers do not count.
    advisers : int
        Participants without one.
    quorum : Quorum or None
        None where the number of invitations is not known.
    quorum_rule : str
        ``two_thirds``, ``more_than_half`` or ``none``.
    women : Presence
        Against 30 %.
    missing : tuple of str
        Expected constituencies of which nobody with a vote is present.
    recorded : bool
        Whether any constituency is recorded at all.
    """

    present: int
    advisers: int
    quorum: Quorum | None
    quorum_rule: str
    women: Presence
    missing: tuple[str, ...]
    recorded: bool


def present_people(session: Session) -> pd.DataFrame:
    """Return those who live where the forum is, say no village, or scored one of its proposals.

    Marks of a tally and the card of the forum as a whole are nobody.
    """
    people = session.participants.frame
    people = people[~people.index.to_series().map(is_bare_card).astype(bool)]
    scored = people.index.isin(session.ballots.frame["participant"])
    return people[scored | lies_in(people["region"], session.facts.region) | (people["region"] == "")]


def attendance_of(session: Session, rules: Rules, expected: Iterable[str] = ()) -> Attendance:
    """Count who is present.

    Parameters
    ----------
    session : Session
        People of elsewhere who only compared criteria are not present in a district's forum.
    rules : Rules
    expected : iterable of str
        Constituencies that such a forum should have; compared without regard to case.
    """
    here = present_people(session)
    may_vote = here["voting_right"].fillna(value=True).astype(bool)
    voters = here[may_vote]
    invited = session.facts.invited
    rule = quorum_of(rules, session.facts.level)
    share = SHARES[rule](invited or 0) if rule in SHARES else None
    named = voters["constituency"].astype(str).str.strip()
    sexes = voters["sex"].astype(object).where(voters["sex"].isin(["female", "male"]), None)
    wanted = {label.casefold(): label for label in expected}
    absent = missing_constituencies(named.str.casefold(), wanted) if (named != "").any() else ()
    return Attendance(
        present=len(voters),
        advisers=len(here) - len(voters),
        quorum_rule=rule,
        quorum=quorum(len(voters), invited, share) if invited else None,  # of nobody invited there is none
        women=presence(pd.Series(sexes, index=voters.index), "female"),
        missing=tuple(wanted[str(label)] for label in absent),
        recorded=bool((named != "").any()),
    )
