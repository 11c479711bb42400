"""Whose voice: what groups and persons move, on what may be shown of them.

Every function about groups takes `Cells`, which only exist with enough people each; see
`workbench.engine.influence.cells` for the rule. The rule that makes an order out of people is passed in.
"""

from workbench.engine.influence.attendance import (
    Presence,
    Quorum,
    missing_constituencies,
    presence,
    quorum,
)
from workbench.engine.influence.cells import MINIMUM_SIZE, POOLED, Cells, Release, release, safe_cells
from workbench.engine.influence.flips import FlipWeights, flip_weights, searched_flip_weights
from workbench.engine.influence.leave_out import (
    GroupsLeftOut,
    LargestPersonalChange,
    largest_personal_change,
    leave_groups_out,
)
from workbench.engine.influence.readings import TwoReadings, two_readings
from workbench.engine.influence.shapley import MOST_GROUPS, ShapleyInfluence, shapley_influence
from workbench.engine.influence.unfunded import StrongUnfunded, strong_unfunded
from workbench.engine.influence.voices import (
    Aggregation,
    one_group_one_voice,
    one_person_one_voice,
    resampled,
)

__all__ = [
    "MINIMUM_SIZE",
    "MOST_GROUPS",
    "POOLED",
    "Aggregation",
    "Cells",
    "FlipWeights",
    "GroupsLeftOut",
    "LargestPersonalChange",
    "Presence",
    "Quorum",
    "Release",
    "ShapleyInfluence",
    "StrongUnfunded",
    "TwoReadings",
    "flip_weights",
    "largest_personal_change",
    "leave_groups_out",
    "missing_constituencies",
    "one_group_one_voice",
    "one_person_one_voice",
    "presence",
    "quorum",
    "release",
    "resampled",
    "safe_cells",
    "searched_flip_weights",
    "shapley_influence",
    "strong_unfunded",
    "two_readings",
]
