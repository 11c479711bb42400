"""Who is in the room: quorum, women's share and missing constituencies, as facts that block nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from workbench.errors import InvalidValue

TWO_THIRDS = Fraction(2, 3)
THIRTY_PERCENT = Fraction(3, 10)


@dataclass(frozen=True)
class Quorum:
    """Attendance against the invitations.

    Attributes
    ----------
    present, invited : int
    needed : int or None
        People needed; None when the forum has no quorum.
    met : bool or None
    """

    present: int
    invited: int
    needed: int | None
    met: bool | None


def quorum(present: int, invited: int, share: Fraction | None = TWO_THIRDS) -> Quorum:
    """Compare attendance with the quorum of the forum, exactly.

    Parameters
    ----------
    present, invited : int
        People; more may come than were invited.
    share : Fraction or None
        Share of the invited who must be present: two thirds in a village meeting (the usual rule of procedure
        since Permendesa 2/2015), None where the forum has no quorum.

    Raises
    ------
    InvalidValue
        ``invalid_count``, ``invalid_share``.

    Examples
    --------
    >>> quorum(40, 60).met, quorum(39, 60).needed, quorum(10, 60, None).met
    (True, 40, None)
    """
    if present < 0 or invited < 0:
        raise InvalidValue("invalid_count", present=present, invited=invited)
    if share is None:
        return Quorum(present, invited, None, None)
    if not 0 <= share <= 1:
        raise InvalidValue("invalid_share", share=str(share))
    needed = -((-share.numerator * invited) // share.denominator)
    return Quorum(present, invited, needed, present >= needed)


@dataclass(frozen=True)
class Presence:
    """Share of one kind of people among those present.

    Attributes
    ----------
    count : int
    known : int
        People of whom it is recorded; the share is of these.
    unknown : int
        People of whom it is not.
    share : Fraction or None
        None when nothing is recorded.
    reached : bool or None
        Whether the share is at least the target.
    target : Fraction
    """

    count: int
    known: int
    unknown: int
    share: Fraction | None
    reached: bool | None
    target: Fraction


def presence(kinds: pd.Series, kind: object, target: Fraction = THIRTY_PERCENT) -> Presence:
    """Count one kind of people among those present, such as women against 30 %.

    Parameters
    ----------
    kinds : Series by participant
        Kind of everyone present; missing is not recorded.
    kind : label
    target : Fraction

    Examples
    --------
    >>> presence(pd.Series(["f"] * 3 + ["m"] * 7), "f").reached
    True
    """
    known = int(kinds.notna().sum())
    count = int((kinds == kind).sum())
    share = Fraction(count, known) if known else None
    reached = None if share is None else share >= target
    return Presence(count, known, len(kinds) - known, share, reached, target)


def missing_constituencies(present: pd.Series, expected: Iterable[object]) -> tuple[object, ...]:
    """List the expected constituencies of which nobody is present, in the order expected.

    Parameters
    ----------
    present : Series by participant
        Constituency of everyone present.
    expected : iterable of labels

    Examples
    --------
    >>> missing_constituencies(pd.Series(["farmers", "women"]), ["women", "youth"])
    ('youth',)
    """
    here = set(present.dropna())
    return tuple(label for label in expected if label not in here)
