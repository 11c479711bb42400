"""The proposals as conditions see them: who belongs to which group, at what cost, under which ceiling."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.engine.allocation.rows import Flags, Integers
from workbench.errors import InvalidValue

Group = Mapping[str, Hashable]
"""Where a condition holds: a group for each of some columns; an empty mapping means all proposals."""


@dataclass(frozen=True)
class ProposalTable:
    """The proposals as conditions see them: labels, costs, groups and the ceiling, checked together."""

    labels: pd.Index
    costs: Integers
    groups: pd.DataFrame
    ceiling: int

    def members(self, name: str, where: Group) -> Flags:
        """Return which proposals belong to a group; raise ``unknown_group`` for one that nobody knows.

        A category without proposals is a known group; in other columns a group exists by its proposals.
        """
        inside = np.ones(len(self.labels), dtype=np.bool_)
        for column, group in where.items():
            if column not in self.groups.columns:
                raise InvalidValue(
                    "unknown_group", condition=name, column=column, known=tuple(map(str, self.groups.columns))
                )
            held = np.asarray(self._groups_of[column] == group, dtype=np.bool_)
            if not held.any() and not _is_category(self.groups[column], group):
                known = tuple(sorted(map(str, self.groups[column].dropna().unique())))
                raise InvalidValue("unknown_group", condition=name, column=column, group=group, known=known)
            inside &= held
        return inside

    def place(self, name: str, proposal: Hashable) -> int:
        """Return the place of a proposal; raise ``unknown_proposal`` when there is none."""
        if proposal not in self._places:
            raise InvalidValue("unknown_proposal", condition=name, proposal=proposal)
        return self._places[proposal]

    @cached_property
    def _groups_of(self) -> dict[Hashable, npt.NDArray[np.object_]]:
        """The group of every proposal by column, None where there is none."""
        held = self.groups.astype(object)
        return {column: held[column].where(held[column].notna(), None).to_numpy() for column in held}

    @cached_property
    def _places(self) -> dict[Hashable, int]:
        return {label: place for place, label in enumerate(self.labels.tolist())}


def _is_category(column: pd.Series, group: Hashable) -> bool:
    return isinstance(column.dtype, pd.CategoricalDtype) and group in column.cat.categories
