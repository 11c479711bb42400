"""What changes when one group, or one person, is not heard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.engine.influence.cells import MINIMUM_SIZE, Cells
from workbench.engine.influence.orders import distances_to, places
from workbench.engine.influence.voices import ALL, Aggregation, heard, one_person_one_voice
from workbench.errors import InvalidValue, same_labels

DOMINATION_FLAG = 2.0
PERSONS_AT_ONCE = 500


@dataclass(frozen=True, eq=False)
class GroupsLeftOut:
    """The order with everybody, and how it moves without each cell. A flag is a question, not an accusation.

    Attributes
    ----------
    table : DataFrame, cells x (people, head_share, moved, domination, flagged)
        ``moved``: share of the pairs whose order changes without the cell (ties half); ``domination``: moved
        / head share; ``flagged``: domination above 2. Empty when nothing may be shown apart.
    places_with_all : Series by proposal
    place_changes : DataFrame, cells x proposals
        Place without the cell minus place with all: positive falls, so the cell holds it up.
    """

    table: pd.DataFrame
    places_with_all: pd.Series
    place_changes: pd.DataFrame


def leave_groups_out(
    cells: Cells, aggregation: Aggregation, weights: pd.Series | None = None
) -> GroupsLeftOut:
    """Recompute the order without each cell in turn.

    Parameters
    ----------
    cells : Cells
    aggregation : Aggregation
    weights : Series by participant, optional
        Weight of each person; 1 each when left out.

    Raises
    ------
    LabelMismatch
        When weights do not belong to the participants of the cells.

    Examples
    --------
    >>> from workbench.engine.influence.cells import safe_cells
    >>> points = pd.DataFrame({"well": [5.0] * 7 + [1.0] * 5, "road": [1.0] * 7 + [5.0] * 5})
    >>> cells = safe_cells(pd.Series(["east"] * 7 + ["west"] * 5))
    >>> leave_groups_out(cells, lambda voices: voices @ points).table["moved"].to_dict()
    {'east': 1.0, 'west': 0.0}
    """
    base = _checked(cells, weights)
    apart = cells.indicators() if cells.shows_groups else cells.indicators().iloc[:0]
    voices = pd.concat([base.to_frame(ALL).T, (1.0 - apart) * base])
    scores = heard(aggregation, voices)
    values = scores.to_numpy()
    place = places(values)
    head_share = cells.sizes.loc[apart.index] / len(cells.members)
    table = pd.DataFrame({"people": cells.sizes.loc[apart.index], "head_share": head_share})
    table["moved"] = distances_to(values[1:], values[0])
    table["domination"] = table["moved"] / head_share
    table["flagged"] = table["domination"] > DOMINATION_FLAG
    return GroupsLeftOut(
        table=table,
        places_with_all=pd.Series(place[0], index=scores.columns),
        place_changes=pd.DataFrame(place[1:] - place[0], index=apart.index, columns=scores.columns),
    )


@dataclass(frozen=True)
class LargestPersonalChange:
    """The most that any one person's absence would change; nothing in it tells whose.

    Attributes
    ----------
    moved : float
        Share of the pairs whose order changes (ties half).
    places : int
        Largest number of places by which a proposal moves.
    first_changes : bool
        Whether the first place would be another one's for at least one person.
    people : int
    """

    moved: float
    places: int
    first_changes: bool
    people: int


def largest_personal_change(
    participants: pd.Index,
    aggregation: Aggregation,
    weights: pd.Series | None = None,
    minimum_size: int = MINIMUM_SIZE,
) -> LargestPersonalChange:
    """Leave out every person in turn and give only the largest change, naming nobody.

    No proposal is named either: with it, somebody who knows the room could guess the person.

    Raises
    ------
    InvalidValue
        ``too_few_people`` when fewer than ``minimum_size`` would remain without one.

    Examples
    --------
    >>> points = pd.DataFrame({"well": [5.0] * 6, "road": [1.0] * 6})
    >>> largest_personal_change(points.index, lambda voices: voices @ points).moved
    0.0
    """
    if len(participants) <= minimum_size:
        raise InvalidValue("too_few_people", people=len(participants), minimum=minimum_size + 1)
    base = pd.Series(1.0, index=participants) if weights is None else weights
    same_labels("weights of participants", participants, base.index)
    row = base.loc[participants].to_numpy(dtype="float64")
    everyone = heard(aggregation, pd.DataFrame([row], index=[ALL], columns=participants)).to_numpy()
    place = places(everyone)
    moved, most, first_changes = 0.0, 0, False
    for start in range(0, len(row), PERSONS_AT_ONCE):
        numbers = np.arange(start, min(start + PERSONS_AT_ONCE, len(row)))
        voices = np.repeat(row[None, :], len(numbers), axis=0)
        voices[np.arange(len(numbers)), numbers] = 0.0
        scores = heard(aggregation, pd.DataFrame(voices, columns=participants)).to_numpy()
        shifts = places(scores) - place
        moved = max(moved, float(distances_to(scores, everyone[0]).max()))
        most = max(most, int(np.nan_to_num(np.abs(shifts)).max()))
        first_changes |= bool(((place + shifts == 1) != (place == 1)).any())
    return LargestPersonalChange(moved, most, first_changes, len(participants))


def _checked(cells: Cells, weights: pd.Series | None) -> pd.Series:
    if weights is None:
        return one_person_one_voice(cells)
    same_labels("weights of participants", cells.members.index, weights.index)
    return weights.loc[cells.members.index].astype("float64")
