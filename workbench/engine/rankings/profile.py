"""Rankings of a room as one checked, labelled value."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.rankings.sheets import sheet
from workbench.errors import InvalidValue, same_labels

Floats = NDArray[np.float64]

EXACT_INTEGER = 2**53


@dataclass(frozen=True, eq=False)
class Profile:
    """Rankings of a room with the weight that each of them carries.

    Build it with `profile`, `profile_from_orders` or `profile_from_scores`, which check and canonicalise:
    rows and columns stand in label order and every row holds average ranks, so that neither the order of a
    table nor the way a tie was written (1, 1, 3 or 1, 1, 2) can reach a result.

    Attributes
    ----------
    ranks : DataFrame, participants x proposals
        Average rank among the proposals that this participant ranked; 1 is best, equal is tied, NaN is
        unranked. An unranked proposal is one about which the participant says nothing: it is compared with
        nothing. Who wants "not named means last" says so with `unranked_last`.
    weights : Series by participant
        How many equal ballots a row stands for, or the weight of its voice; not negative.
    """

    ranks: pd.DataFrame
    weights: pd.Series

    @property
    def proposals(self) -> pd.Index:
        """Labels of the proposals, in label order."""
        return self.ranks.columns

    @property
    def participants(self) -> pd.Index:
        """Labels of the participants (or of distinct ballots), in label order."""
        return self.ranks.index

    @property
    def is_complete(self) -> bool:
        """Whether every participant ranked every proposal."""
        return not bool(self.ranks.isna().to_numpy().any())


def label_order(labels: pd.Index) -> pd.Index:
    """Give labels in the order of their text, so that the order of a table cannot matter.

    Examples
    --------
    >>> list(label_order(pd.Index(["b", "a"])))
    ['a', 'b']
    """
    return labels[np.argsort(np.array([str(label) for label in labels], dtype=object), kind="stable")]


def profile(ranks: pd.DataFrame, weights: pd.Series | None = None) -> Profile:
    """Check a table of rankings and make it a `Profile`.

    Parameters
    ----------
    ranks : DataFrame, participants x proposals
        Places that each participant gave, 1 (or the smallest number) is best; equal numbers are ties, NaN is
        unranked. Only their order within a row counts.
    weights : Series by participant, optional
        Multiplicity or weight of each row; one each when left out.

    Raises
    ------
    InvalidValue
        ``empty_profile``, ``duplicate_label``, ``not_a_number``, ``not_finite``, ``invalid_weights``.
    LabelMismatch
        When weights and rankings do not name the same participants.

    Examples
    --------
    >>> room = pd.DataFrame({"well": [1, 2], "road": [2, 1]}, index=["p1", "p2"])
    >>> profile(room).ranks.loc["p1"].to_dict()
    {'road': 2.0, 'well': 1.0}
    """
    if ranks.shape[0] == 0 or ranks.shape[1] == 0:
        raise InvalidValue("empty_profile", subject="ranks", shape=ranks.shape)
    table = sheet(ranks, "ranks")
    given = pd.Series(1.0, index=ranks.index) if weights is None else weights.astype("float64")
    same_labels("weights of participants", ranks.index, given.index)
    check_weights(given)
    rows, columns = label_order(ranks.index), label_order(ranks.columns)
    ordered = table.loc[rows, columns].rank(axis=1, method="average")
    return Profile(ordered, given.loc[rows])


def profile_from_orders(orders: Iterable[tuple[float, Sequence[object]]]) -> Profile:
    """Build a profile from counted orders, best first.

    Parameters
    ----------
    orders : iterable of (count, order)
        ``order`` lists proposals from best to worst; a list, tuple or set inside it is a tie. A proposal that
        an order leaves out is unranked there.

    Raises
    ------
    InvalidValue
        ``repeated_proposal`` when an order names a proposal twice, and those of `profile`.

    Examples
    --------
    >>> room = profile_from_orders([(2, ["a", "b", "c"]), (1, ["c", ["a", "b"]])])
    >>> room.ranks.iloc[1].tolist(), room.weights.tolist()
    ([2.5, 2.5, 1.0], [2.0, 1.0])
    """
    rows: list[dict[Hashable, float]] = []
    counts: list[float] = []
    for count, order in orders:
        row: dict[Hashable, float] = {}
        for place, named in enumerate(order, start=1):
            for label in named if isinstance(named, list | tuple | set | frozenset) else [named]:
                if label in row:
                    raise InvalidValue("repeated_proposal", ballot=len(rows) + 1, proposal=str(label))
                row[label] = float(place)
        rows.append(row)
        counts.append(float(count))
    if not any(rows):
        raise InvalidValue("empty_profile", subject="orders")
    width = len(str(len(rows)))
    names = [f"ballot {number:0{width}d}" for number in range(1, len(rows) + 1)]
    return profile(pd.DataFrame(rows, index=names), pd.Series(counts, index=names))


def profile_from_scores(scores: pd.DataFrame, weights: pd.Series | None = None) -> Profile:
    """Build a profile from points or scores, where more is better.

    Parameters
    ----------
    scores : DataFrame, participants x proposals
        More is better; equal scores are ties; NaN is unranked.
    weights : Series by participant, optional

    Examples
    --------
    >>> profile_from_scores(pd.DataFrame({"a": [5, 1], "b": [3, 4]})).ranks["a"].tolist()
    [1.0, 2.0]
    """
    return profile(-sheet(scores, "scores"), weights)


def unranked_last(room: Profile) -> Profile:
    """Read silence as "last": what a participant left unranked shares the last places of that ranking.

    The usual reading of a truncated ballot in a vote; it is a decision of the forum, hence a step of its own.

    Examples
    --------
    >>> room = profile_from_orders([(1, ["a"]), (1, ["b", "c", "a"])])
    >>> unranked_last(room).ranks.iloc[0].tolist()
    [1.0, 2.5, 2.5]
    """
    filled = room.ranks.where(room.ranks.notna(), len(room.proposals) + 1.0)
    return Profile(filled.rank(axis=1, method="average"), room.weights)


def one_group_one_voice(room: Profile, groups: pd.Series) -> Profile:
    """Reweight a profile so that every group weighs the same and every member within it the same.

    Parameters
    ----------
    room : Profile
    groups : Series by participant
        The group of each participant; every participant of the profile must have one.

    Returns
    -------
    Profile
        Whole-number weights (least common multiple over group size) wherever these stay exact, so that ties
        of the reweighted room are exact ties; the sum of weights is the same in every group.

    Raises
    ------
    LabelMismatch
        When groups and profile do not name the same participants.
    InvalidValue
        ``missing_group`` when a participant has no group, ``weightless_group`` when nobody in a group counts.

    Examples
    --------
    >>> room = profile_from_orders([(1, ["a", "b"]), (1, ["a", "b"]), (1, ["b", "a"])])
    >>> groups = pd.Series(["x", "x", "y"], index=room.participants)
    >>> one_group_one_voice(room, groups).weights.tolist()
    [1.0, 1.0, 2.0]
    """
    same_labels("groups of participants", room.participants, groups.index)
    aligned = groups.loc[room.participants]
    if aligned.isna().any():
        raise InvalidValue("missing_group", participants=tuple(map(str, aligned.index[aligned.isna()])))
    sizes = room.weights.groupby(aligned.to_numpy()).sum()
    if (sizes <= 0).any():
        raise InvalidValue("weightless_group", groups=tuple(map(str, sizes.index[sizes <= 0])))
    total = common_multiple(sizes.to_numpy(dtype="float64"))
    factors = total / sizes
    weights = room.weights * factors.loc[aligned.to_numpy()].to_numpy()
    return Profile(room.ranks, weights)


def common_multiple(sizes: Floats) -> float:
    """Give the least common multiple of whole sizes, or 1 when it is not exact in a float.

    Takes an array; not labelled.

    Examples
    --------
    >>> common_multiple(np.array([4.0, 6.0]))
    12.0
    """
    if not np.all(sizes == np.floor(sizes)):
        return 1.0
    multiple = math.lcm(*(int(size) for size in sizes))
    return float(multiple) if multiple * len(sizes) < EXACT_INTEGER else 1.0


def check_weights(weights: pd.Series) -> None:
    """Refuse weights that are negative or no numbers, or that leave nobody a voice.

    Raises
    ------
    InvalidValue
        ``invalid_weights``.
    """
    values = weights.to_numpy(dtype="float64")
    if not np.isfinite(values).all() or (values < 0).any() or values.sum() <= 0:
        bad = weights.index[~(np.isfinite(values) & (values >= 0))]
        raise InvalidValue("invalid_weights", participants=tuple(map(str, bad)), total=float(values.sum()))
