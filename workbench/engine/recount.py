"""Totals and ranks that a sheet brings along, counted again: how it counted, and where it erred."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

ENOUGH_TO_DOUBT = 3
"""From so many compared rows on, a column that fits nowhere is counted in a way unknown to us, not wrong."""
TINY = 1e-9


@dataclass(frozen=True)
class Recount:
    """What counting again says about a written column.

    Attributes
    ----------
    reading : str
        The way of counting that fits most rows, the first declared of those; empty where none is known.
    compared : int
        Rows that could be compared.
    differences : DataFrame
        Index proposal, in label order; columns written, computed. Empty where no reading is known.
    """

    reading: str
    compared: int
    differences: pd.DataFrame


@dataclass(frozen=True)
class _Span:
    """What may be written by proposal: anything from low to high; low is what we would write."""

    low: pd.Series
    high: pd.Series


def recount_totals(
    written: pd.Series, readings: Mapping[str, pd.Series], decimals: pd.Series | None = None
) -> Recount:
    """Compare written totals with every way they may have been counted.

    Parameters
    ----------
    written : Series
        Total by proposal as the sheet has it; missing where none is written.
    readings : mapping of str to Series
        Computed totals by proposal, by the name of the way of counting, the likeliest first; missing where
        they cannot be computed.
    decimals : Series, optional
        Decimals that each written total has: the computed one is rounded half up to as many. 0 without it.

    Returns
    -------
    Recount

    Examples
    --------
    The sheet writes 14 where urgency 5, seriousness 4 and growth 4 make 13:

    >>> points = pd.DataFrame({"U": [5, 4], "S": [4, 5], "G": [4, 3]}, index=["1", "2"])
    >>> found = recount_totals(pd.Series({"1": 14, "2": 12}), {"sum": points.sum(axis="columns")})
    >>> found.differences.loc["1"].tolist()
    [14.0, 13.0]
    """
    places = pd.Series(0, index=written.index) if decimals is None else decimals.reindex(written.index)
    slack = 0.5 * 10.0 ** -places.fillna(0).astype("float64") + TINY
    spans = {
        name: _Span(totals.reindex(written.index) - slack, totals.reindex(written.index) + slack)
        for name, totals in readings.items()
    }
    shown = {name: totals.reindex(written.index).astype("float64") for name, totals in readings.items()}
    return _best(written.astype("float64"), spans, shown)


def recount_ranks(
    written: pd.Series, totals: Mapping[str, pd.Series], groups: Mapping[str, pd.Series]
) -> Recount:
    """Compare written ranks with those of the totals, highest first, in the whole list or within groups.

    Among equal totals any rank of their places is right, whether the sheet lets them share it or not.

    Parameters
    ----------
    written : Series
        Rank by proposal; missing where none is written. Only proposals with a rank are ranked.
    totals : mapping of str to Series
        Totals by proposal, by name.
    groups : mapping of str to Series
        Group by proposal, by the name of the grouping (district, pool); the whole list is tried first.

    Returns
    -------
    Recount
        Its reading names totals and grouping: ``"sum/whole"``.

    Examples
    --------
    >>> recount_ranks(pd.Series({"a": 1, "b": 2}), {"sum": pd.Series({"a": 12, "b": 13})}, {}).compared
    2
    """
    given = written.dropna().astype("float64")
    spans = dict(_rank_spans(given.index, totals, groups))
    return _best(given, spans, {name: span.low for name, span in spans.items()})


def _rank_spans(
    labels: pd.Index, totals: Mapping[str, pd.Series], groups: Mapping[str, pd.Series]
) -> Iterator[tuple[str, _Span]]:
    whole = {"whole": pd.Series("", index=labels)}
    for name, sums in totals.items():
        values = sums.reindex(labels).astype("float64").round(9)
        for grouping, group in (whole | dict(groups)).items():
            lists = values.groupby(group.reindex(labels).fillna(""))
            low, high = (lists.rank(ascending=False, method=side) for side in ("min", "max"))
            dense = lists.rank(ascending=False, method="dense")
            yield f"{name}/{grouping}", _Span(low, high)
            yield f"{name}/{grouping}/dense", _Span(dense, dense)


def _best(written: pd.Series, spans: Mapping[str, _Span], shown: Mapping[str, pd.Series]) -> Recount:
    best = Recount("", 0, _differences(written, written, written.index[:0]))
    most = -1
    for name, span in spans.items():
        both = written.notna() & span.low.notna()
        right = both & (written >= span.low) & (written <= span.high)
        if int(right.sum()) > most and both.any():
            most = int(right.sum())
            wrong = written.index[(both & ~right).to_numpy()]
            best = Recount(name, int(both.sum()), _differences(written, shown[name], wrong))
    if most == 0 and best.compared >= ENOUGH_TO_DOUBT:
        return Recount("", best.compared, best.differences.iloc[:0])
    return best


def _differences(written: pd.Series, computed: pd.Series, labels: pd.Index) -> pd.DataFrame:
    table = pd.DataFrame({"written": written.loc[labels], "computed": computed.loc[labels]})
    return table.astype("float64").sort_index()
