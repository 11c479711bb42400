"""The forum's list: the computed outcome with the forum's decisions laid over it, both still visible."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import count, islice

import pandas as pd

from workbench.domain.resolution import Decision, Resolution
from workbench.prioritisation import Outcome, Standing
from workbench.prioritisation.outcome import NOT_RANKABLE

LEFT_TO_THE_FORUM = (Standing.TIED_AT_LINE, Standing.TIED_AT_QUOTA)


class Status(StrEnum):
    """Where a proposal stands after the forum's decisions; every proposal has exactly one."""

    FUNDED = "funded"
    NOT_FUNDED = "not_funded"
    NOT_RANKABLE = "not_rankable"
    """It could not be ranked, and the forum has not decided otherwise."""
    RANKED = "ranked"
    """No ceiling was given, and the forum has not decided."""


@dataclass(frozen=True, eq=False)
class DecidedList:
    """What the forum funds, after its decisions. Where it decided nothing, the computed outcome stands.

    Attributes
    ----------
    table : DataFrame
        Index ``proposal``, in the forum's order: ``rank`` (the forum's; missing without one), ``status`` (a
        `Status`), ``cost``, ``running_total`` (of the funded, in the forum's order; unpriced ones add
        nothing), ``reason`` (the forum's; empty where it decided nothing), ``overridden``, and what was
        computed: ``computed_rank``, ``computed_standing``.
    locked : bool
        Whether the decisions are final.
    room, left : int or None
        What there is, and what the forum's list leaves of it (negative above the ceiling); None without a
        ceiling.
    spent : int
        Rupiah of all funded proposals that have a cost.
    unpriced : tuple of str
        Funded by the forum although nobody knows the cost: ``spent`` is too small by them.
    undecided : tuple of str
        Tied at the ceiling line or at the end of a quota, which is left to the forum; it has not decided.
    rank_alone : tuple of str
        Given another rank without a status: being funded or not stays as computed, which must be said aloud.
    beyond : tuple of str
        Given a rank below the last place of the list.
    """

    table: pd.DataFrame
    locked: bool
    room: int | None
    spent: int
    left: int | None
    unpriced: tuple[str, ...]
    undecided: tuple[str, ...]
    rank_alone: tuple[str, ...]
    beyond: tuple[str, ...]

    @property
    def over(self) -> int:
        """Rupiah by which the forum's list exceeds the ceiling; 0 when it fits or there is none."""
        return 0 if self.left is None else max(0, -self.left)

    def with_status(self, *statuses: Status) -> pd.DataFrame:
        """Return the lines with one of the statuses, in the forum's order."""
        return self.table[self.table["status"].isin(statuses)]


def decided_list(outcome: Outcome, resolution: Resolution | None) -> DecidedList:
    """Lay the forum's decisions over an outcome.

    A decided rank is the place that the forum gave; the other ranked proposals fill the places that are left
    in their computed order, computed ties sharing the first of theirs. A decided rank funds nothing by
    itself: who is funded is computed or decided, never inferred.

    Parameters
    ----------
    outcome : Outcome
        Of one list (one district, one pool). Decisions about proposals outside it do not count here.
    resolution : Resolution or None

    Returns
    -------
    DecidedList
        Every proposal of the outcome stands in it exactly once.
    """
    given = Resolution.empty() if resolution is None else resolution
    own = given.of(outcome.table.index).frame.reindex(outcome.table.index)
    computed = outcome.table
    table = pd.DataFrame(
        {
            "rank": _ranks(computed["rank"], own["decided_rank"]),
            "status": [
                _status(standing, decision)
                for standing, decision in zip(computed["standing"], own["decision"], strict=True)
            ],
            "cost": computed["cost"],
            "reason": own["reason"].fillna(""),
            "overridden": own["reason"].notna(),
            "computed_rank": computed["rank"],
            "computed_standing": computed["standing"],
        },
        index=computed.index,
    )
    last = len(table) + 1
    places = table["rank"].fillna(last).to_list()
    table = table.iloc[sorted(range(len(table)), key=lambda at: (places[at], table.index[at]))]
    funded = table["status"] == Status.FUNDED
    paid = table["cost"].where(funded, 0).fillna(0).astype("int64")
    table.insert(3, "running_total", paid.cumsum().where(funded).astype("Int64"))
    spent = int(paid.sum())
    decided_rank = own["decided_rank"]
    ranks_alone = decided_rank.notna() & (own["decision"] == "") & _differs(decided_rank, computed["rank"])
    tied = computed["standing"].isin(LEFT_TO_THE_FORUM) & ~own["decision"].isin(tuple(Decision))
    return DecidedList(
        table=table,
        locked=given.locked,
        room=outcome.room,
        spent=spent,
        left=None if outcome.room is None else outcome.room - spent,
        unpriced=_labels(table.index[funded & table["cost"].isna()]),
        undecided=_labels(computed.index[tied]),
        rank_alone=_labels(computed.index[ranks_alone]),
        beyond=_labels(computed.index[decided_rank.gt(len(table)).fillna(value=False)]),
    )


def _status(standing: str, decision: object) -> Status:
    if decision in tuple(Decision):
        return Status(str(decision))
    if standing == Standing.FUNDED:
        return Status.FUNDED
    if standing in NOT_RANKABLE:
        return Status.NOT_RANKABLE
    return Status.RANKED if standing == Standing.RANKED else Status.NOT_FUNDED


def _ranks(computed: pd.Series, decided: pd.Series) -> pd.Series:
    """Give the decided places, and to the others the free places in their computed order."""
    taken = _taken(decided.dropna().astype("int64"))
    free = (place for place in count(1) if place not in taken)
    rest = computed[computed.notna() & decided.isna()]
    ranks = decided.astype("Int64").copy()
    for _, tied in rest.groupby(rest, sort=True):
        places = [next(free) for _ in tied]
        ranks.loc[tied.index] = places[0]
    return ranks


def _taken(decided: pd.Series) -> set[int]:
    """Return the places that decided proposals take; of several on one place each takes one, from it on."""
    taken = set(decided)
    for place, shared in decided.value_counts().sort_index().items():
        behind = (after for after in count(int(str(place)) + 1) if after not in taken)
        taken |= set(islice(behind, int(shared) - 1))
    return taken


def _differs(one: pd.Series, other: pd.Series) -> pd.Series:
    return (one != other).fillna(value=True).astype(bool)


def _labels(index: pd.Index) -> tuple[str, ...]:
    return tuple(map(str, index))
