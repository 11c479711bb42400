"""Opinion groups, found only when chance does not find them as well."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from workbench.engine.agreement.clusters import Members, k_means, point_distances, projected, silhouette
from workbench.engine.agreement.tables import Floats, complete
from workbench.errors import InvalidValue

FEWEST_PEOPLE = 25
FEWEST_PERMUTATIONS = 199
CELLS_AT_ONCE = 2_000_000


class Finding(StrEnum):
    """What the search for opinion groups found."""

    GROUPS = "groups_found"
    NONE = "no_clear_groups"
    TOO_FEW = "too_few_people"


@dataclass(frozen=True, eq=False)
class OpinionGroups:
    """Groups of opinion as profiles, or the normal answer that none is clear.

    Nobody's membership is part of the result, and every group has at least ``minimum_group`` people.

    Attributes
    ----------
    finding : Finding
    sizes : Series by group number
        Empty unless groups were found; the largest first.
    profiles : DataFrame, groups x items
        Mean points of a group minus the mean of the room.
    silhouette : float
        Best mean silhouette over the numbers of groups tried; NaN when no split had large enough groups. Pure
        noise reaches 0.4, so it decides nothing by itself.
    p : float
        (1 + permuted rooms that split at least as well) / (1 + permutations); NaN when there were too few
        people.
    people, permutations, seed, minimum_group : int
    """

    finding: Finding
    sizes: pd.Series
    profiles: pd.DataFrame
    silhouette: float
    p: float
    people: int
    permutations: int
    seed: int
    minimum_group: int


@dataclass(frozen=True)
class Search:
    """How groups are searched for.

    Attributes
    ----------
    most_groups : int
        Numbers of groups from two to this one are tried.
    minimum_group : int
        Splits with a smaller group do not count.
    permutations : int
        At least 199.
    level : float
        Groups are reported only when ``p`` is at most this.
    """

    most_groups: int = 5
    minimum_group: int = 5
    permutations: int = FEWEST_PERMUTATIONS
    level: float = 0.05


def opinion_groups(points: pd.DataFrame, seed: int, search: Search | None = None) -> OpinionGroups:
    """Look for groups of people who judge alike, guarded by permutation.

    Two main axes, k-means for each number of groups, the best mean silhouette; then the same on rooms in
    which every item's answers are shuffled over the people, which keeps the items and destroys the groups.
    Below 25 people the guard is too weak and the answer is "too few people". Groups that people belong to by
    declaration (women, farmers, hamlets) need none of this and are preferred.

    Parameters
    ----------
    points : DataFrame, participants x items
        No gaps.
    seed : int
    search : Search, optional

    Raises
    ------
    InvalidValue
        ``too_few_permutations`` below 199, ``invalid_search``, ``incomplete_table``.

    Examples
    --------
    >>> noise = pd.DataFrame(np.random.default_rng(4).normal(size=(30, 6)))
    >>> str(opinion_groups(noise, seed=1).finding)
    'no_clear_groups'
    """
    wanted = search or Search()
    if wanted.permutations < FEWEST_PERMUTATIONS:
        raise InvalidValue(
            "too_few_permutations", permutations=wanted.permutations, minimum=FEWEST_PERMUTATIONS
        )
    if wanted.most_groups < 2 or wanted.minimum_group < 2:
        raise InvalidValue(
            "invalid_search", most_groups=wanted.most_groups, minimum_group=wanted.minimum_group
        )
    table = complete(points, "points")
    if len(table) < max(FEWEST_PEOPLE, 2 * wanted.minimum_group):
        return _without_groups(Finding.TOO_FEW, float("nan"), float("nan"), table, seed, wanted)
    quality, members = _best_split(table.to_numpy()[None], wanted)
    by_chance = _qualities_by_chance(table.to_numpy(), seed, wanted)
    p = (1 + int((by_chance >= quality[0] - 1e-12).sum())) / (1 + wanted.permutations)
    if p > wanted.level or np.isneginf(quality[0]):
        shown = float(quality[0]) if np.isfinite(quality[0]) else float("nan")
        return _without_groups(Finding.NONE, shown, p, table, seed, wanted)
    return _with_groups(table, members[0], float(quality[0]), p, seed, wanted)


def _best_split(rooms: Floats, wanted: Search) -> tuple[Floats, Members]:
    """Best mean silhouette of every room over the numbers of groups, and its split."""
    points = projected(rooms)
    distances = point_distances(points)
    best = np.full(len(rooms), -np.inf)
    chosen = np.zeros(points.shape[:2], dtype=np.int64)
    for groups in range(2, wanted.most_groups + 1):
        members = k_means(points, groups)
        smallest = (members[:, :, None] == np.arange(groups)).sum(axis=1).min(axis=1)
        quality = np.where(smallest >= wanted.minimum_group, silhouette(distances, members, groups), -np.inf)
        better = quality > best
        best[better], chosen[better] = quality[better], members[better]
    return best, chosen


def _qualities_by_chance(values: Floats, seed: int, wanted: Search) -> Floats:
    random = np.random.default_rng(seed)
    people = len(values)
    block = max(1, CELLS_AT_ONCE // max(people * people, values.size))
    qualities = []
    for start in range(0, wanted.permutations, block):
        rooms = np.broadcast_to(values, (min(block, wanted.permutations - start), *values.shape))
        qualities.append(_best_split(random.permuted(rooms, axis=1), wanted)[0])
    return np.concatenate(qualities)


def _without_groups(
    finding: Finding, quality: float, p: float, table: pd.DataFrame, seed: int, wanted: Search
) -> OpinionGroups:
    return OpinionGroups(
        finding=finding,
        sizes=pd.Series(dtype="int64"),
        profiles=pd.DataFrame(columns=table.columns, dtype="float64"),
        silhouette=quality,
        p=p,
        people=len(table),
        permutations=wanted.permutations,
        seed=seed,
        minimum_group=wanted.minimum_group,
    )


def _with_groups(
    table: pd.DataFrame, members: Members, quality: float, p: float, seed: int, wanted: Search
) -> OpinionGroups:
    means = (table - table.mean()).groupby(members).mean()
    sizes = pd.Series(members).groupby(members).size()
    # Largest first; equally large ones by their profile, so that no label of a person decides.
    order = sorted(sizes.index, key=lambda group: (-int(sizes[group]), *means.loc[group].round(9)))
    numbers = pd.RangeIndex(1, len(order) + 1, name="group")
    return OpinionGroups(
        finding=Finding.GROUPS,
        sizes=pd.Series(sizes.loc[order].to_numpy(), index=numbers),
        profiles=pd.DataFrame(means.loc[order].to_numpy(), index=numbers, columns=table.columns),
        silhouette=quality,
        p=p,
        people=len(table),
        permutations=wanted.permutations,
        seed=seed,
        minimum_group=wanted.minimum_group,
    )
