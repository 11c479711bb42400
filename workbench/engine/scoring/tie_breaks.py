"""Breaking ties by declared keys in a declared order, with a record of what decided."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.domain.criteria import Direction
from workbench.engine.scoring.inputs import canonical, numbers, unique_labels
from workbench.engine.scoring.ranking import RELATIVE_TOLERANCE, Ranking
from workbench.errors import InvalidValue, same_labels


@dataclass(frozen=True)
class TieKey:
    """A declared rule that may order proposals of equal score.

    Attributes
    ----------
    name : str
        Name of the rule, recorded beside every rank that it decided.
    by_proposal : Series
        Value by proposal; a missing value never breaks a tie.
    direction : Direction
        Whether the higher or the lower value goes first.
    seed : int or None
        The printed seed when the values are drawn lots.
    """

    name: str
    by_proposal: pd.Series
    direction: Direction = Direction.HIGHER
    seed: int | None = None


@dataclass(frozen=True)
class TieBreak:
    """One use of one key on one group of tied proposals.

    Attributes
    ----------
    key : str
        Name of the key.
    group : tuple
        The tied proposals, sorted.
    into : tuple of tuples
        The group in order after the key; one part when nothing was decided.
    missing : tuple
        Members without a value: with any, the key was not used on this group.
    """

    key: str
    group: tuple[Hashable, ...]
    into: tuple[tuple[Hashable, ...], ...]
    missing: tuple[Hashable, ...]


@dataclass(frozen=True)
class BrokenTies:
    """Ranks after tie keys.

    Attributes
    ----------
    ranks : Series
        Competition rank by proposal, in the order of the ranking it came from.
    ties : tuple of tuples
        Groups that still share a rank.
    decided_by : mapping
        Proposal -> names of the keys that parted it from others, in the order of use; empty when it was tied
        and no key helped; proposals that were never tied do not occur.
    steps : tuple of TieBreak
        Every use of a key, in order.
    seeds : mapping
        Key name -> printed seed of the keys that were drawn.
    """

    ranks: pd.Series
    ties: tuple[tuple[Hashable, ...], ...]
    decided_by: Mapping[Hashable, tuple[str, ...]]
    steps: tuple[TieBreak, ...]
    seeds: Mapping[str, int]


def break_ties(ranking: Ranking, keys: Sequence[TieKey]) -> BrokenTies:
    """Apply tie keys in their declared order to each group of equal rank.

    Parameters
    ----------
    ranking : Ranking
        From `rank_with_ties`.
    keys : sequence of TieKey
        First key first; each must carry exactly the proposals of `ranking`.

    Returns
    -------
    BrokenTies
        What no key decides stays tied; the order of rows never decides.

    Raises
    ------
    LabelMismatch
        A key's proposals are not those of the ranking.
    InvalidValue
        ``duplicate_tie_keys``, ``duplicate_labels``, ``not_a_number``.

    Examples
    --------
    >>> from workbench.engine.scoring.ranking import rank_with_ties
    >>> ranking = rank_with_ties(pd.Series({"road": 70.0, "well": 70.0}))
    >>> broken = break_ties(ranking, [TieKey("poor_households", pd.Series({"road": 12, "well": 40}))])
    >>> broken.ranks.to_dict(), broken.decided_by["well"]
    ({'road': 2, 'well': 1}, ('poor_households',))
    """
    _refuse_unusable(ranking, keys)
    steps: list[TieBreak] = []
    ranks = dict(zip(ranking.ranks.index, ranking.ranks.tolist(), strict=True))
    left: list[tuple[Hashable, ...]] = []
    plain = [_plain(key) for key in keys] if ranking.ties else []
    for group in ranking.ties:
        rank = ranks[group[0]]
        for part in _part_group(group, plain, steps):
            ranks.update(dict.fromkeys(part, rank))
            rank += len(part)
            if len(part) > 1:
                left.append(part)
    return BrokenTies(
        ranks=pd.Series(list(ranks.values()), index=ranking.ranks.index, name="rank", dtype=np.int64),
        ties=tuple(left),
        decided_by=MappingProxyType(_decided_by(ranking.ties, steps)),
        steps=tuple(steps),
        seeds=MappingProxyType({key.name: key.seed for key in keys if key.seed is not None}),
    )


def lot_key(proposals: Iterable[Hashable], seed: int) -> TieKey:
    """Draw a lot for each proposal: the last key, whose seed is printed beside the result.

    A proposal's lot depends on the seed and its own label alone, so neither the order of rows nor other
    proposals change it, and anybody can draw it again.

    Parameters
    ----------
    proposals : iterable of labels
        All proposals of the ranking.
    seed : int
        The seed that the meeting sees, for example from dice.

    Returns
    -------
    TieKey
        Named ``"lot"``; the lower lot goes first.

    Examples
    --------
    >>> lots = lot_key(["road", "well"], seed=7).by_proposal
    >>> again = lot_key(["well", "road"], seed=7).by_proposal
    >>> lots.to_dict() == again.to_dict()
    True
    """
    labels = list(proposals)
    lots = [_lot(seed, label) for label in labels]
    return TieKey("lot", pd.Series(lots, index=labels, dtype=np.int64), Direction.LOWER, seed)


def _lot(seed: int, label: Hashable) -> int:
    digest = hashlib.sha256(f"{seed}|{label}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def _refuse_unusable(ranking: Ranking, keys: Sequence[TieKey]) -> None:
    names = [key.name for key in keys]
    if len(set(names)) != len(names):
        raise InvalidValue("duplicate_tie_keys", names=tuple(names))
    for key in keys:
        unique_labels(f"tie key {key.name}", key.by_proposal.index)
        same_labels(f"tie key {key.name}", ranking.scores.index, key.by_proposal.index)
        numbers(f"tie key {key.name}", key.by_proposal)


@dataclass(frozen=True)
class _Plain:
    """A key as plain numbers; None where there is no value."""

    name: str
    direction: Direction
    whole: bool
    numbers: Mapping[Hashable, float | None]


def _plain(key: TieKey) -> _Plain:
    column = key.by_proposal
    whole = pd.api.types.is_integer_dtype(column.dtype) or pd.api.types.is_bool_dtype(column.dtype)
    blank = column.isna().tolist()
    values = [
        None if missing else int(value) if whole else float(value)
        for value, missing in zip(column.tolist(), blank, strict=True)
    ]
    return _Plain(key.name, key.direction, whole, dict(zip(column.index.tolist(), values, strict=True)))


def _part_group(
    group: tuple[Hashable, ...], keys: Sequence[_Plain], steps: list[TieBreak]
) -> list[tuple[Hashable, ...]]:
    parts = [group]
    for key in keys:
        parts = [
            piece for part in parts for piece in (_use_key(part, key, steps) if len(part) > 1 else (part,))
        ]
    return parts


def _use_key(
    group: tuple[Hashable, ...], key: _Plain, steps: list[TieBreak]
) -> tuple[tuple[Hashable, ...], ...]:
    values = {label: key.numbers[label] for label in group}
    # One member without a value stops the key for the whole group: parting only the others would let a blank
    # decide who is compared with whom.
    missing = tuple(label for label, value in values.items() if value is None)
    known = {label: value for label, value in values.items() if value is not None}
    into = (group,) if missing else _in_order(known, key)
    steps.append(TieBreak(key.name, group, into, missing))
    return into


def _in_order(values: Mapping[Hashable, float], key: _Plain) -> tuple[tuple[Hashable, ...], ...]:
    tolerance = 0 if key.whole else RELATIVE_TOLERANCE * max(map(abs, values.values()))
    sign = -1 if key.direction is Direction.HIGHER else 1
    pairs = sorted(values.items(), key=lambda pair: (sign * pair[1], str(pair[0])))
    parts: list[list[Hashable]] = []
    last: float = 0
    for label, value in pairs:
        if parts and abs(value - last) <= tolerance:
            parts[-1].append(label)
        else:
            parts.append([label])
        last = value
    return tuple(tuple(canonical(part)) for part in parts)


def _decided_by(
    ties: tuple[tuple[Hashable, ...], ...], steps: list[TieBreak]
) -> dict[Hashable, tuple[str, ...]]:
    decided: dict[Hashable, tuple[str, ...]] = {label: () for group in ties for label in group}
    for step in steps:
        if len(step.into) > 1:
            for label in step.group:
                decided[label] = (*decided[label], step.key)
    return decided
