"""What groups may say: answers averaged over at least the minimum of people before anything is computed.

The rule
--------
`workbench.engine.influence.cells` makes groups of the *room* safe. But a group of twenty may have one person
among those who scored a proposal, and its reading of that proposal would be that person's card. So, for every
proposal and criterion, the same rule is applied to those who answered there: `release` divides them into
blocks of at least the minimum, the rest stand together, and groupings are checked against one another. Within
a block everybody then weighs the same, so that who of a block gave which points reaches no figure: a block
enters a mean with its mean, and a median with its points as a whole. Every reading of a group, every weight
of voices and every "without this group" is computed from these blocks alone, so neither a figure nor a
difference of figures can go below the minimum. Where the answers of a proposal cannot be divided, all groups
share the room's value, which is public.

A group has a reading of a proposal of its own only where it forms a block of its own on every criterion that
counts; elsewhere it is missing, never filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.deliberation.answers import Answers, Floats, Whole
from workbench.engine.aggregation import weighted_cells
from workbench.engine.influence import Cells, release


@dataclass(frozen=True, eq=False)
class Blocks:
    """The safe answers of one grouping; blocks stand by cell.

    Attributes
    ----------
    cells : Cells
        The grouping of the room.
    minimum : int
    people : int
        Of the room.
    count : int
        Of cells (proposal x criterion), answered or not.
    person : array (answers,)
    starts : array (blocks,)
        Where each block begins among the answers.
    sizes, cell : array (blocks,)
        People of a block, and the cell that it answered.
    points, block : array (answers,)
        The points, by cell and then by size, and the block that each belongs to.
    method : str
        Name of `Rules.aggregation`.
    """

    cells: Cells
    minimum: int
    people: int
    count: int
    person: Whole
    starts: Whole
    sizes: Whole
    cell: Whole
    points: Floats
    block: Whole
    method: str

    @property
    def divided(self) -> Whole:
        """Cells whose answers more than one block gave, sorted."""
        return np.flatnonzero(np.bincount(self.cell, minlength=self.count) > 1)

    def heard(self, voices: Floats) -> Floats:
        """Return the values of the cells under some voices (voices, cells); NaN where nobody is heard.

        Parameters
        ----------
        voices : array (voices, people)
            Weight of each person, in the order of the cells' members.
        """
        return self._centre(np.add.reduceat(voices[:, self.person], self.starts, axis=1))

    def heard_whole(self, voices: Floats) -> Floats:
        """Return the values of the cells from those blocks alone of which everybody has a voice.

        With the voices of one group this is its own reading: a block that it shares with others is not heard,
        nor is a block below the minimum unless the whole room speaks.
        """
        given = voices[:, self.person]
        weight = np.add.reduceat(given, self.starts, axis=1)
        speaking = np.add.reduceat((given > 0).astype("int64"), self.starts, axis=1)
        everybody = (voices > 0).all(axis=1, keepdims=True)
        whole = (speaking == self.sizes) & ((self.sizes >= self.minimum) | everybody)
        return self._centre(np.where(whole, weight, 0.0))

    def cards(self) -> pd.DataFrame:
        """Return what each group says: DataFrame, groups x cells; NaN where it said nothing.

        Within a block that groups share all of them say the same.
        """
        names = self.cells.names
        belongs = self.cells.indicators().to_numpy()
        present = np.add.reduceat(belongs[:, self.person], self.starts, axis=1) > 0
        values = np.full((len(names), self.count), np.nan)
        for row, blocks in enumerate(present):
            weight = np.where(blocks, self.sizes, 0.0)[np.newaxis]
            values[row] = self._centre(weight)[0]
        return pd.DataFrame(values, index=names)

    def _centre(self, weight: Floats) -> Floats:
        """Return the values of the cells (rows, cells) when the blocks weigh so much (rows, blocks)."""
        values = np.full((len(weight), self.count), np.nan)
        each = (weight / self.sizes)[:, self.block]
        first = np.flatnonzero(np.diff(self.cell[self.block], prepend=-1))
        values[:, self.cell[self.block][first]] = weighted_cells(self.points, each, first, self.method)
        return values


def blocks_of(answers: Answers, shown: Mapping[str, Cells], method: str = "mean") -> dict[str, Blocks]:
    """Divide the answers of every proposal and criterion for groupings that may be shown together.

    Parameters
    ----------
    answers : Answers
        With at least one entry.
    shown : mapping of Cells by grouping
        What `release` lets pass for the room; each about all people of the answers.
    method : str
        Name of `Rules.aggregation`.
    """
    if not shown:
        return {}
    codes = {
        name: cells.names.get_indexer(pd.Index(cells.members.loc[answers.people]))
        for name, cells in shown.items()
    }
    minimum = next(iter(shown.values())).minimum_size
    numbers = {name: np.zeros(len(answers), dtype=np.intp) for name in shown}
    known: dict[bytes, dict[str, Whole]] = {}
    starts = np.flatnonzero(np.diff(answers.cell, prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(answers)], strict=True):
        people = answers.person[start:end]
        pattern = people.tobytes()
        if pattern not in known:
            known[pattern] = _divided({name: code[people] for name, code in codes.items()}, minimum)
        for name, division in known[pattern].items():
            numbers[name][start:end] = division
    return {name: _gathered(answers, cells, numbers[name], method) for name, cells in shown.items()}


def _divided(codes: Mapping[str, Whole], minimum: int) -> dict[str, Whole]:
    """Return the number of each answer's block, for the groupings in which those who answered divide."""
    likely = {name: code for name, code in codes.items() if _may_divide(code, minimum)}
    if not likely:
        return {}
    frame = pd.DataFrame({name: [f"{number:04d}" for number in code] for name, code in likely.items()})
    divisions = release(frame, minimum).shown
    return {
        name: cells.names.get_indexer(pd.Index(cells.members.loc[frame.index]))
        for name, cells in divisions.items()
        if cells.shows_groups
    }


def _may_divide(code: Whole, minimum: int) -> bool:
    counts = np.bincount(code)
    return bool(((counts >= minimum) & (len(code) - counts >= minimum)).any())


def _gathered(answers: Answers, cells: Cells, number: Whole, method: str) -> Blocks:
    # Points last: the sum of a block must not depend on who gave which.
    order = np.lexsort((answers.points, number, answers.cell))
    cell, number = answers.cell[order], number[order]
    begins = (np.diff(cell, prepend=-1) != 0) | (np.diff(number, prepend=-1) != 0)
    starts = np.flatnonzero(begins)
    block = np.cumsum(begins) - 1
    by_size = np.lexsort((block, answers.points[order], cell))
    return Blocks(
        cells=cells,
        minimum=cells.minimum_size,
        people=len(answers.people),
        count=len(answers.proposals) * len(answers.criteria),
        person=answers.person[order],
        starts=starts,
        sizes=np.diff(starts, append=len(cell)),
        cell=cell[starts],
        points=answers.points[order][by_size],
        block=block[by_size],
        method=method,
    )
