"""The groupings of those who scored: constituency, sex, village or hamlet, discussion group."""

from __future__ import annotations

import pandas as pd

from workbench.domain.region_codes import Level, ancestor
from workbench.domain.session import Session

UNSTATED = "(unstated)"
"""Group of the people for whom the list of participants leaves the column empty."""
CONSTITUENCY, SEX, VILLAGE, HAMLET, GROUP = "constituency", "sex", "village", "hamlet", "group"


def groupings_of(session: Session, people: pd.Index) -> pd.DataFrame:
    """Return the declared groups: DataFrame, participants x groupings, the most important grouping first.

    Where everybody comes from one village the hamlets take the place of the villages. A grouping that nobody
    states is left out.
    """
    frame = session.participants.frame.loc[people]
    villages = frame["region"].map(lambda code: ancestor(code, Level.VILLAGE))
    one_village = len(set(villages) - {""}) <= 1
    place = {HAMLET: frame["hamlet"]} if one_village else {VILLAGE: villages}
    columns = {CONSTITUENCY: frame["constituency"], SEX: frame["sex"], **place, GROUP: frame["group"]}
    stated = {name: column.fillna("").astype(str).str.strip() for name, column in columns.items()}
    return pd.DataFrame(
        {name: column.replace("", UNSTATED) for name, column in stated.items() if (column != "").any()},
        index=people,
    )
