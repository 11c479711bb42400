"""The words of a berita acara: what an office may edit, with places that the program fills in."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass

FACTS = (
    "forum", "number", "day", "date", "date_spelled", "month", "year_spelled", "plan_year", "start", "end",
    "zone", "place", "address", "region", "province", "regency", "district", "village", "legal_basis",
    "present", "present_spelled", "women", "men", "invited", "proposals", "proposals_spelled", "funded",
    "funded_spelled", "not_funded", "not_rankable", "overridden", "ceiling", "ceiling_spelled", "room",
    "spent", "spent_spelled", "left", "chair",
)  # fmt: skip
"""What a text may ask for, in capitals where its name is written so; an unknown fact is a visible blank."""
TEXTS = (
    "title", "number", "opening", "heard", "speeches", "presentations", "responses", "at", "agree", "closing",
    "place_date", "representatives", "delegates", "copies", "annex_attendance", "annex_funded",
    "annex_not_funded", "annex_groups", "annex_computed", "attendance_seen", "attendance_agenda",
)  # fmt: skip
"""The texts of a berita acara by name; an empty one is not printed."""


@dataclass(frozen=True)
class Clause:
    """One agreed point: KESATU, and what it says."""

    label: str
    text: str


@dataclass(frozen=True)
class Signing:
    """One signature: the office above it, the role (key of the identity file) that signs, a line below."""

    office: str
    role: str = ""
    below: str = ""


@dataclass(frozen=True)
class MinutesText:
    """The words of one kind of berita acara.

    Attributes
    ----------
    name : str
        Of the kind: desa, kecamatan, perangkat_daerah.
    texts : mapping
        By a name of `TEXTS`, with ``{fact}`` places of `FACTS`.
    clauses : tuple of Clause
    signings : tuple of Signing
        Printed in pairs, from left to right.
    representatives : int
        Blank lines for those who sign for the participants.
    """

    name: str
    texts: Mapping[str, str]
    clauses: tuple[Clause, ...]
    signings: tuple[Signing, ...]
    representatives: int = 0


def places_of(text: str) -> tuple[str, ...]:
    """Return the names of the places in a text, in their order.

    Raises
    ------
    ValueError
        For braces that do not close, and for a place without a name.

    Examples
    --------
    >>> places_of("Kecamatan {district} tahun {plan_year}")
    ('district', 'plan_year')
    """
    names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    if "" in names:
        raise ValueError("a place without a name")
    return tuple(names)
