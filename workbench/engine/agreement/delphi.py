"""Two rounds of points: consensus and stability kept apart, what moved, and when to stop."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.agreement.concordance import kendall_w
from workbench.engine.agreement.spread import spread
from workbench.engine.agreement.tables import Floats, in_label_order
from workbench.errors import InvalidValue, same_labels


@dataclass(frozen=True)
class DelphiRule:
    """When an item has consensus, when it is stable, and how many rounds there may be; declared beforehand.

    Attributes
    ----------
    band : float
        Points around the median that count as near it.
    share_in_band : float
        Consensus needs this share of the answers within the band ...
    iqr : float
        ... and an interquartile range no larger than this, in points.
    change : float
        Stable means that the distribution of answers changed by at most this share of the people (0.15:
        Scheibe, Skutsch & Schofer 1975).
    most_rounds : int
        The forum's limit; in one evening two are realistic.
    minimum_answers : int
        Items with fewer answers show nothing but their count, and count as disputed.
    """

    band: float = 1.0
    share_in_band: float = 0.75
    iqr: float = 1.0
    change: float = 0.15
    most_rounds: int = 2
    minimum_answers: int = 5


class Stop(StrEnum):
    """Whether another round is worth its time, and why."""

    CONSENSUS = "consensus_and_stable"
    STABLE_DISSENT = "stable_without_consensus"
    ROUNDS_USED = "rounds_used"
    GO_ON = "go_on"


@dataclass(frozen=True, eq=False)
class RoundComparison:
    """What a second round changed.

    Attributes
    ----------
    table : DataFrame, items x columns
        ``asked_again``; ``answers``, ``median_before``, ``median_now``, ``iqr_before``, ``iqr_now``,
        ``in_band`` (share of the answers near the median now); ``consensus``; ``moved`` (share of those who
        answered twice and changed their points), ``mean_move`` (in points), ``change`` (share of the people
        by which the distribution shifted), ``stable``. An item that was not asked again keeps its answers and
        counts as stable. Figures of items with too few answers are NaN.
    w_before, w_now : float
        Kendall's W over the participants who answered everything; NaN where it is not defined.
    disputed : tuple of labels
        Items still without consensus, the least agreed first.
    decision : Stop
    round_number : int
    rule : DelphiRule
    """

    table: pd.DataFrame
    w_before: float
    w_now: float
    disputed: tuple[object, ...]
    decision: Stop
    round_number: int
    rule: DelphiRule


def disputed_items(
    points: pd.DataFrame, scale: tuple[float, float], rule: DelphiRule | None = None
) -> tuple[object, ...]:
    """List the items without consensus after a round, the least agreed first: these are asked again.

    Parameters
    ----------
    points : DataFrame, participants x items
    scale : (lowest, highest)
    rule : DelphiRule, optional

    Examples
    --------
    >>> points = pd.DataFrame({"well": [4, 4, 5, 5, 5], "road": [1, 1, 5, 5, 3]})
    >>> disputed_items(points, (1, 5))
    ('road',)
    """
    return _disputed(_state(in_label_order(points, "points"), scale, rule or DelphiRule()))


def compare_rounds(
    before: pd.DataFrame,
    now: pd.DataFrame,
    scale: tuple[float, float],
    round_number: int = 2,
    rule: DelphiRule | None = None,
) -> RoundComparison:
    """Compare a round with the one before it.

    Parameters
    ----------
    before, now : DataFrame, participants x items
        The same participants; NaN for who did not answer. ``now`` may hold fewer items (only the disputed
        ones were asked again), never others.
    scale : (lowest, highest)
    round_number : int
        Number of the later round, for the limit of rounds.
    rule : DelphiRule, optional

    Raises
    ------
    LabelMismatch
        When the participants differ.
    InvalidValue
        ``unknown_items`` when ``now`` has items that ``before`` has not; ``invalid_round``;
        ``outside_scale``.

    Examples
    --------
    >>> before = pd.DataFrame({"road": [1, 1, 5, 5, 3]})
    >>> now = pd.DataFrame({"road": [4, 4, 5, 5, 4]})
    >>> result = compare_rounds(before, now, (1, 5))
    >>> result.table.loc["road", "consensus"].item(), result.table.loc["road", "stable"].item()
    (True, False)
    """
    first, second = in_label_order(before, "points"), in_label_order(now, "points")
    same_labels("participants of both rounds", first.index, second.index)
    unknown = second.columns.difference(first.columns)
    if len(unknown):
        raise InvalidValue("unknown_items", items=tuple(map(str, unknown)))
    if round_number < 2:
        raise InvalidValue("invalid_round", round_number=round_number)
    stated = rule or DelphiRule()
    together = first.copy()
    together[second.columns] = second
    old, new = _state(first, scale, stated), _state(together, scale, stated)
    table = _compared(first, together, old, new, stated)
    table.insert(0, "asked_again", first.columns.isin(second.columns))
    return RoundComparison(
        table=table,
        w_before=_w(first),
        w_now=_w(together),
        disputed=_disputed(new),
        decision=stop_decision(table, round_number, stated),
        round_number=round_number,
        rule=stated,
    )


def _state(points: pd.DataFrame, scale: tuple[float, float], rule: DelphiRule) -> pd.DataFrame:
    """Median, spread and consensus of every item of one round."""
    table = spread(points, scale, minimum_answers=rule.minimum_answers).table
    values = points.to_numpy()
    near = np.abs(values - table["median"].to_numpy()) <= rule.band + 1e-9
    answers = table["answers"].to_numpy()
    enough = table["median"].notna().to_numpy()
    in_band = np.divide(near.sum(axis=0), answers, out=np.full(len(answers), np.nan), where=enough)
    table["in_band"] = in_band
    table["agreed"] = enough & (in_band >= rule.share_in_band - 1e-9) & (table["iqr"] <= rule.iqr + 1e-9)
    return table


def _disputed(state: pd.DataFrame) -> tuple[object, ...]:
    left = state[~state["agreed"]]
    return tuple(left.sort_values(["in_band", "iqr"], ascending=[True, False], kind="stable").index)


def _compared(
    first: pd.DataFrame, now: pd.DataFrame, old: pd.DataFrame, new: pd.DataFrame, rule: DelphiRule
) -> pd.DataFrame:
    before, after = first.to_numpy(), now.to_numpy()
    twice = ~np.isnan(before) & ~np.isnan(after)
    people = twice.sum(axis=0)
    shown = (people >= rule.minimum_answers) & new["median"].notna().to_numpy()
    step = np.where(twice, after - before, 0.0)
    change = _distribution_change(before, after, twice)
    table = pd.DataFrame(
        {
            "answers": new["answers"],
            "median_before": old["median"],
            "median_now": new["median"],
            "iqr_before": old["iqr"],
            "iqr_now": new["iqr"],
            "in_band": new["in_band"],
            "consensus": new["agreed"],
            "moved": _share((step != 0).sum(axis=0), people, shown),
            "mean_move": _share(step.sum(axis=0), people, shown),
            "change": _share(change, people, shown),
        }
    )
    table["stable"] = (table["change"] <= rule.change + 1e-9).to_numpy()
    return table


def _distribution_change(before: Floats, after: Floats, twice: NDArray[np.bool_]) -> Floats:
    """People by which the histogram shifted: half the absolute differences, over those who answered twice."""
    shift = np.zeros(before.shape[1])
    for value in np.unique(np.r_[before[twice], after[twice]]):
        was, is_now = (before == value) & twice, (after == value) & twice
        shift += np.abs(is_now.sum(axis=0) - was.sum(axis=0))
    return shift / 2


def distribution_change(before: pd.DataFrame, now: pd.DataFrame) -> pd.Series:
    """Return by which share the distribution of each item's answers shifted, where nobody is known.

    Half the absolute differences of the shares that gave each value, as Scheibe, Skutsch & Schofer (1975)
    count it: 0 nothing moved, 1 no value is left. Where the same people answered both rounds it is the
    ``change`` of `compare_rounds`.

    Parameters
    ----------
    before, now : DataFrame, answers x items
        The same items, each with at least one answer; rows need not belong together.

    Examples
    --------
    >>> marks = [pd.DataFrame({"road": given}) for given in ([1, 1, 5, 5], [4, 4, 5, 5])]
    >>> distribution_change(*marks)["road"].item()
    0.5
    """
    shift = pd.Series(0.0, index=before.columns)
    for value in np.unique(np.r_[before.to_numpy().ravel(), now.to_numpy().ravel()]):
        shares = [(table == value).sum() / table.notna().sum() for table in (before, now)]
        shift += (shares[1] - shares[0]).abs()
    return shift / 2


def _share(part: Floats, people: Floats, shown: NDArray[np.bool_]) -> Floats:
    share: Floats = np.divide(part, people, out=np.full(len(people), np.nan), where=shown & (people > 0))
    return share


def _w(points: pd.DataFrame) -> float:
    answered = points.dropna()
    try:
        return kendall_w(answered).w
    except InvalidValue:
        # Too few full answers, or nobody told two items apart: there is no order to agree on.
        return float("nan")


def stop_decision(table: pd.DataFrame, round_number: int, rule: DelphiRule) -> Stop:
    """Say whether another round is worth its time; consensus and stability are asked apart.

    Parameters
    ----------
    table : DataFrame, items x (consensus, stable)
    round_number : int
        Number of the round just held.
    rule : DelphiRule

    Examples
    --------
    >>> table = pd.DataFrame({"consensus": [True, False], "stable": [True, True]})
    >>> str(stop_decision(table, 1, DelphiRule()))
    'stable_without_consensus'
    """
    if bool((table["consensus"] & table["stable"]).all()):
        return Stop.CONSENSUS
    if bool(table.loc[~table["consensus"], "stable"].all()) and not table["consensus"].all():
        return Stop.STABLE_DISSENT
    return Stop.ROUNDS_USED if round_number >= rule.most_rounds else Stop.GO_ON
