"""What a person should know about a list before trusting a ranking of it: gaps and repetitions, counted."""

from __future__ import annotations

import pandas as pd

from workbench.domain.proposals import Proposals
from workbench.domain.region_codes import Level
from workbench.errors import Problem, Severity

LOOKED_AT = ("cost", "beneficiaries", "poor_households", "agency", "volume", "village")
"""Fields whose empty cells are counted: money, people, who carries it out, how much, where."""
SAME_WORK = ("region", "activity", "volume", "unit", "cost")
"""Fields that are equal when one proposal seems to be listed twice."""


def observe(proposals: Proposals) -> tuple[Problem, ...]:
    """Count the gaps of a list and name what seems to stand in it twice; nothing is filled in or merged.

    Parameters
    ----------
    proposals : Proposals
        The ranked stage of one forum.

    Returns
    -------
    tuple of Problem
        Notes only: ``field_often_empty`` (empty, of), ``without_village`` (coarse), ``sexes_do_not_add_up``
        and ``same_work_twice`` (proposal, and the first one it equals).

    Examples
    --------
    >>> records = [{"proposal": "U-1", "activity": "Jembatan", "region": "73.02.01", "cost": None}]
    >>> notes = observe(Proposals.from_table(pd.DataFrame(records)))
    >>> notes[0].code, notes[0].column, notes[0].facts["empty"]
    ('field_often_empty', 'cost', 1)
    """
    frame = proposals.frame
    return (*_gaps(frame), *_coarse(frame), *_sums(frame), *_repeated(frame))


def _note(code: str, column: str = "", value: str = "", **facts: object) -> Problem:
    return Problem(code, Severity.NOTE, column=column, value=value, facts=facts)


def _gaps(frame: pd.DataFrame) -> list[Problem]:
    notes = []
    for name in LOOKED_AT:
        empty = frame[name].isna() | (frame[name].astype(object) == "")
        if empty.any():
            notes.append(_note("field_often_empty", name, empty=int(empty.sum()), of=len(frame)))
    return notes


def _coarse(frame: pd.DataFrame) -> list[Problem]:
    coarse = frame["region"].str.count(r"\.") < Level.VILLAGE - 1
    return [_note("without_village", "region", coarse=int(coarse.sum()))] if coarse.any() else []


def _sums(frame: pd.DataFrame) -> list[Problem]:
    both = frame["beneficiaries_male"] + frame["beneficiaries_female"]
    differ = (both != frame["beneficiaries"]).fillna(value=False)
    return [
        _note(
            "sexes_do_not_add_up",
            "beneficiaries",
            str(frame["beneficiaries"][label]),
            proposal=label,
            sum=int(both[label]),
        )
        for label in frame.index[differ]
    ]


def _repeated(frame: pd.DataFrame) -> list[Problem]:
    keys = frame[list(SAME_WORK)].assign(activity=frame["activity"].str.casefold().str.split().str.join(" "))
    known = keys["cost"].notna() & (keys["volume"] != "")
    groups = keys[known].groupby(list(SAME_WORK), sort=False).groups
    return [
        _note("same_work_twice", "activity", str(frame["activity"][label]), proposal=label, first=members[0])
        for members in groups.values()
        for label in members[1:]
    ]
