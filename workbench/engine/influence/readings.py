"""One room read twice: one person one voice, and one group one voice."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.engine.influence.cells import Cells
from workbench.engine.influence.orders import distances_to, places
from workbench.engine.influence.voices import (
    Aggregation,
    Floats,
    heard,
    one_group_one_voice,
    one_person_one_voice,
)

PERSON, GROUP = "one_person_one_voice", "one_group_one_voice"


@dataclass(frozen=True, eq=False)
class TwoReadings:
    """Both readings side by side.

    Attributes
    ----------
    proposals : DataFrame, proposals x (one_person_one_voice, one_group_one_voice, places_gained)
        Place in each reading; ``places_gained`` is positive when the proposal stands higher with one voice a
        group.
    gains, losses : tuple of labels
        Proposals that gain or lose by giving groups one voice each, the largest change first.
    groups : DataFrame, cells x (people, head_share, one_person_one_voice, one_group_one_voice, closer)
        Share of the pairs that each reading orders as the cell itself would (ties half); ``closer`` is
        positive for cells that gain by one voice a group. Empty when nothing may be shown apart, and then
        both readings are the same by construction.
    distance : float
        Share of the pairs that the two readings order differently.
    """

    proposals: pd.DataFrame
    gains: tuple[object, ...]
    losses: tuple[object, ...]
    groups: pd.DataFrame
    distance: float


def two_readings(cells: Cells, aggregation: Aggregation) -> TwoReadings:
    """Compute the order with one voice a person and with one voice a cell.

    Small groups share the voice of their pool: with a voice of their own, the second reading less the other
    groups would show them.

    Examples
    --------
    >>> from workbench.engine.influence.cells import safe_cells
    >>> points = pd.DataFrame({"well": [5.0] * 9 + [1.0] * 5, "road": [4.0] * 9 + [5.0] * 5})
    >>> cells = safe_cells(pd.Series(["east"] * 9 + ["west"] * 5))
    >>> two_readings(cells, lambda voices: voices @ points).proposals["one_group_one_voice"].to_dict()
    {'road': 1.0, 'well': 2.0}
    """
    apart = cells.indicators() if cells.shows_groups else cells.indicators().iloc[:0]
    both = pd.DataFrame({PERSON: one_person_one_voice(cells), GROUP: one_group_one_voice(cells)}).T
    scores = heard(aggregation, pd.concat([both, apart]))
    values = scores.to_numpy()
    table = pd.DataFrame(places(values[:2]).T, index=scores.columns, columns=[PERSON, GROUP])
    table["places_gained"] = table[PERSON] - table[GROUP]
    changed = table["places_gained"]
    return TwoReadings(
        proposals=table,
        gains=tuple(changed[changed > 0].sort_values(ascending=False, kind="stable").index),
        losses=tuple(changed[changed < 0].sort_values(kind="stable").index),
        groups=_closeness(cells, apart.index, values),
        distance=float(distances_to(values[:1], values[1])[0]),
    )


def _closeness(cells: Cells, names: pd.Index, values: Floats) -> pd.DataFrame:
    table = pd.DataFrame({"people": cells.sizes.loc[names]}, index=names)
    table["head_share"] = table["people"] / max(1, len(cells.members))
    table[PERSON] = 1.0 - distances_to(values[2:], values[0])
    table[GROUP] = 1.0 - distances_to(values[2:], values[1])
    table["closer"] = table[GROUP] - table[PERSON]
    return table
