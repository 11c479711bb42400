"""The rows of the ceiling line: where each bar begins and ends in rupiah, and which rows fit the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.domain.session import Session
from workbench.present.i18n import Translator
from workbench.present.places import village_names
from workbench.prioritisation import Standing
from workbench.prioritisation.listed import Listed

FEWEST_ROWS = 5
"""Fewer rows could not show the first, the line, and what is left out on both sides."""


@dataclass(frozen=True)
class Row:
    """One ranked proposal.

    Attributes
    ----------
    rank, shared : int
        Its rank and how many share it.
    activity, village, reason : str
        Words at the left and the right of the bar.
    standing : Standing
    score : float or None
        None where it is withheld.
    cost, shortfall : int or None
        Rupiah; shortfall is what is missing.
    start, end : int
        Rupiah from zero, earmarked money first; both where the walk stands for a proposal without a cost.
    reach : float
        The score as a part of a hundred of the highest there is.
    """

    rank: int
    shared: int
    activity: str
    village: str
    reason: str
    standing: Standing
    score: float | None
    cost: int | None
    shortfall: int | None
    start: int
    end: int
    reach: float = 0.0

    @property
    def funded(self) -> bool:
        """Whether the bar is solid."""
        return self.standing is Standing.FUNDED


@dataclass(frozen=True)
class Hidden:
    """Rows that the picture leaves out, told as one."""

    rows: tuple[Row, ...]

    @property
    def funded(self) -> int:
        """How many of them are funded."""
        return sum(row.funded for row in self.rows)


def ranked_rows(found: Listed, session: Session, t: Translator) -> tuple[Row, ...]:
    """Return every ranked proposal in rank order with the place of its bar.

    Funded bars stand end to end; what did not fit stands where the walk was at its turn; what waits behind
    the line stands end to end from there, so that each end is the ceiling that would reach it.
    """
    words = _Words(session, t)
    spent = waiting = found.earmarked if found.has_ceiling else 0
    rows = []
    for line in found.lines:
        waits = line.standing in {Standing.OVER_THE_LINE, Standing.TIED_AT_LINE}
        start = max(waiting, spent) if waits else spent
        end = start + (line.cost or 0)
        spent = end if line.standing in {Standing.FUNDED, Standing.RANKED} else spent
        waiting = end if waits else waiting
        rows.append(
            Row(
                line.rank,
                line.shared,
                words.activities[line.proposal],
                words.villages[line.proposal],
                t(f"short_reason.{line.standing.value}"),
                line.standing,
                line.score,
                line.cost,
                line.shortfall,
                start,
                end,
                0.0 if line.score is None else 100.0 * line.score / found.highest,
            )
        )
    return tuple(rows)


class _Words:
    """Names of the proposals and of their villages."""

    def __init__(self, session: Session, t: Translator) -> None:
        self.activities = {str(k): str(v) for k, v in session.proposals.frame["activity"].items()}
        self.villages = {str(k): str(v) for k, v in village_names(session, t).items()}


def line_position(rows: Sequence[Row]) -> int:
    """Return how many rows stand above the line: all down to the last that money was spent on."""
    return max((at + 1 for at, row in enumerate(rows) if row.funded and row.cost), default=0)


def cut(rows: Sequence[Row], line: int, most: int) -> tuple[Row | Hidden, ...]:
    """Return at most so many rows: the first ones and those around the line; the rest are told as hidden.

    Parameters
    ----------
    rows : sequence of Row
    line : int
        From `line_position`.
    most : int
        At least `FEWEST_ROWS` are shown.
    """
    most = max(most, FEWEST_ROWS)
    if len(rows) <= most:
        return tuple(rows)
    for shown in range(most, 0, -1):
        chosen = _chosen(len(rows), line, shown)
        result = _with_gaps(rows, chosen)
        if len(result) <= most:
            return result
    return (Hidden(tuple(rows)),)


def _chosen(count: int, line: int, shown: int) -> set[int]:
    """Take a third from the top and the rest around the line, moved inwards at the ends of the list."""
    top = min(max(shown // 3, 1), line) if line else 0
    around = shown - top
    first = min(max(line - (around + 1) // 2, top), max(count - around, top))
    return set(range(top)) | set(range(first, min(first + around, count)))


def _with_gaps(rows: Sequence[Row], chosen: set[int]) -> tuple[Row | Hidden, ...]:
    result: list[Row | Hidden] = []
    hidden: list[Row] = []
    for at, row in enumerate(rows):
        if at in chosen:
            result += [Hidden(tuple(hidden)), row] if hidden else [row]
            hidden = []
        else:
            hidden.append(row)
    return (*result, Hidden(tuple(hidden))) if hidden else tuple(result)
