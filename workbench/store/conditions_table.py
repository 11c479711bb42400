"""``batasan.csv`` and ``pagu_opd.csv``: conditions and a matrix of ceilings, from the words people write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

import pandas as pd

from workbench.domain.checks import problem_at
from workbench.domain.condition_checks import check, check_conditions, other_years
from workbench.domain.conditions import EACH, SCOPE, SHARES, Conditions, Counted, Demand
from workbench.domain.proposals import Proposals
from workbench.errors import Problem
from workbench.store.numbers import FRACTION, read_number, read_rupiah
from workbench.store.readings import Reading as Read
from workbench.store.readings import refused
from workbench.store.session_tables import Reading
from workbench.store.words import plain_word

EACH_WORDS = ("setiap", "masing masing", "tiap")
"""Words that make one condition for each group; the first is written."""
WRITTEN_COMMA = ","


def conditions_of(reading: Reading, proposals: Proposals | None, planned: int | None) -> Conditions:
    """Build the conditions; none where the folder has none or they have problems."""
    if reading.lacks_column("conditions"):
        return Conditions.empty()
    table = reading.table("conditions")
    for column in SCOPE:
        each = table[column].map(plain_word).isin(EACH_WORDS)
        table = table.assign(**{column: table[column].where(~each, EACH)})
    limits, problems = _limits(table)
    table = table.assign(limit=limits)
    unread = {problem.row for problem in problems}
    problems += [found for found in check(table) if not (found.column == "limit" and found.row in unread)]
    if proposals is not None:
        problems += check_conditions(table, proposals)
    reading.add("conditions", [*problems, *other_years(table, planned)])
    return Conditions.empty() if problems else Conditions.from_table(table)


def _limits(table: pd.DataFrame) -> tuple[list[str], list[Problem]]:
    """Return every limit as an exact number in text, and what could not be read."""
    texts, problems = [], []
    for row, line in table.iterrows():
        counted = Counted.RUPIAH if line["demand"] == Demand.YEAR_CEILING else line["counted"]
        found = LIMIT_READERS.get(counted, _as_it_stands)(line["limit"]) if line["limit"] else Read("")
        if found.value is None:
            problems.append(
                problem_at(row, found.code, "limit", line["limit"], found.severity, **found.facts)
            )
        texts.append("" if found.value is None else str(found.value))
    return texts, problems


def _as_it_stands(text: str) -> Read:
    return Read(text)


def read_share(text: str) -> Read:
    """Read a share: ``20 %`` and ``20`` are a fifth, ``1/3`` a third; ``0,2`` alone may mean either.

    Examples
    --------
    >>> read_share("12,5 %").value, read_share("1/3").value, read_share("0,2").code
    (Fraction(1, 8), Fraction(1, 3), 'share_ambiguous')
    """
    bare = text.strip()
    if (match := FRACTION.fullmatch(bare)) and int(match[2]):
        return Read(Fraction(int(match[1]), int(match[2])))
    percent = bare.endswith("%")
    number = read_number(bare.removesuffix("%").rstrip())
    if number.value is None:
        return number
    share = Fraction(str(number.value)) / 100
    if not percent and 0 < share < Fraction(1, 100):
        return refused("share_ambiguous", f"{number.value * 100:g} %".replace(".", WRITTEN_COMMA))  # type: ignore[operator]
    return Read(share)


LIMIT_READERS: Mapping[str, Callable[[str], Read]] = MappingProxyType(
    {
        Counted.RUPIAH.value: read_rupiah,
        Counted.PROPOSALS.value: read_rupiah,
        **{counted.value: read_share for counted in SHARES},
    }
)
"""How a limit is read, by what it counts."""


def conditions_table(conditions: Conditions) -> pd.DataFrame:
    """Return conditions in the words of the file."""
    frame = conditions.frame
    shares = frame["counted"].isin(SHARES)
    written = [
        _share_text(limit) if share else limit for limit, share in zip(frame["limit"], shares, strict=True)
    ]
    each = {column: frame[column].replace(EACH, EACH_WORDS[0]) for column in SCOPE}
    return frame.assign(limit=written, **each)


def limit_words(line: Mapping[str, object]) -> str:
    """Return the limit of a condition as the file writes it.

    Examples
    --------
    >>> limit_words({"counted": "ceiling_share", "limit": "1/5"}), limit_words({"limit": "3"})
    ('20 %', '3')
    """
    limit = str(line.get("limit", ""))
    return _share_text(limit) if limit and line.get("counted") in SHARES else limit


def _share_text(limit: str) -> str:
    """Write a share as a percentage where that is exact, else as a fraction.

    Examples
    --------
    >>> _share_text("1/8"), _share_text("1/3")
    ('12,5 %', '1/3')
    """
    share = Fraction(limit)
    thousandths = share * 100_000
    if thousandths.denominator != 1:
        return limit
    return f"{float(share * 100):g} %".replace(".", WRITTEN_COMMA)
