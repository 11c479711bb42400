"""Pools (kelompok peringkat): lists ranked each on its own, so that roads do not crowd out people."""

from __future__ import annotations

import pandas as pd

from workbench.domain.checks import problem_at
from workbench.domain.proposals import Proposals
from workbench.errors import Problem, Severity


def pools_of(proposals: Proposals) -> tuple[str, ...]:
    """Return the pools of a list, sorted; proposals without a pool make the pool ``""``, which comes last.

    Examples
    --------
    >>> frame = pd.DataFrame({"pool": ["Nonfisik", "", "Fisik"]}, index=["a", "b", "c"])
    >>> pools_of(Proposals(frame))
    ('Fisik', 'Nonfisik', '')
    """
    return tuple(sorted(set(proposals.frame["pool"]), key=lambda pool: (pool == "", pool)))


def check_pools(proposals: Proposals, budget: pd.DataFrame) -> list[Problem]:
    """Note the pools of a budget that no proposal is in: a misspelt pool would leave another without money.

    Parameters
    ----------
    proposals : Proposals
    budget : DataFrame
        Its index is the row number a person sees.
    """
    known = {_plain(pool): pool for pool in pools_of(proposals) if pool}
    strange = budget[(budget["pool"] != "") & ~budget["pool"].isin(known.values())]
    return [
        problem_at(row, "pool_without_proposals", "pool", pool, Severity.NOTE, **_nearest(pool, known))
        for row, pool in strange["pool"].items()
    ]


def check_spelling(table: pd.DataFrame) -> list[Problem]:
    """Note pools of a list whose names differ in case or blanks alone: each would be ranked apart."""
    first: dict[str, str] = {}
    problems = []
    for row, pool in table.loc[table["pool"] != "", "pool"].items():
        usual = first.setdefault(_plain(pool), pool)
        if pool != usual:
            note = problem_at(row, "pool_spelt_twice", "pool", pool, Severity.NOTE, suggestion=usual)
            problems.append(note)
    return problems


def _nearest(pool: str, known: dict[str, str]) -> dict[str, object]:
    found = known.get(_plain(pool))
    return {"known": tuple(sorted(known.values()))} | ({"suggestion": found} if found else {})


def _plain(pool: str) -> str:
    return "".join(character for character in pool.casefold() if character.isalnum())
