"""Two rounds side by side: cards that can be followed, counts that cannot, and answers of another kind."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from workbench.deliberation.heard import Heard
from workbench.deliberation.held_rounds import SCALE
from workbench.deliberation.spreads import widest_cells
from workbench.engine.agreement import DelphiRule, Level, compare_rounds, distribution_change, spread

IN_TWO = ["moved", "mean_move", "change"]
"""Figures of those who answered in both rounds."""
MEASURED = [
    *("answers_before", "answers_now", "median_before", "median_now", "iqr_before", "iqr_now"),
    *("level_before", "level_now", "in_band", "consensus", "stable", *IN_TWO),
]
NAMED = ["criterion_before", "criterion_now"]
"""The least agreed criterion of a tallied proposal in each round; empty where answers are known whole."""
COLUMNS = [*MEASURED, *NAMED]


def compared_one_way(before: Heard, now: Heard, asked: set[str], rule: DelphiRule) -> pd.DataFrame:
    """Compare the proposals that were answered in one way in both rounds.

    Parameters
    ----------
    before, now : Heard
    asked : set of str
        Proposals that the later round asked; the others count as stable.
    rule : DelphiRule

    Returns
    -------
    DataFrame
        Index proposal, columns `MEASURED` and `NAMED`; proposals with enough answers in both.
    """
    fewest = max(before.fewest_groups, now.fewest_groups)
    parts = (
        _cards(*enough_in_both(before.people, now.people, rule.minimum_answers), asked, rule),
        _cards(
            *enough_in_both(before.groups, now.groups, fewest), asked, replace(rule, minimum_answers=fewest)
        ),
        _tallies(before.marks, now.marks, asked, rule),
    )
    return pd.concat([part for part in parts if len(part)] or parts[:1]).sort_index()


def compared_another_way(before: Heard, now: Heard, labels: list[str], rule: DelphiRule) -> pd.DataFrame:
    """Set the figures of two rounds beside each other that were answered in different ways.

    Each round's figures are its own, so nothing compares them, and none of these proposals counts as stable.
    What the forum agreed on directly has no spread; it is agreed, and settled. A proposal that too few
    answered now is left out.

    Parameters
    ----------
    before, now : Heard
    labels : list of str
    rule : DelphiRule
    """
    was, is_now = (compared_one_way(one, one, set(), rule) for one in (before, now))
    then = [name for name in COLUMNS if name.endswith("_before")]
    table = is_now.drop(columns=then).reindex(labels).join(was[then])
    table = table[table.index.isin([*now.agreed, *is_now.index])]
    settled = table.index.isin(now.agreed)
    table = table.assign(**dict.fromkeys(IN_TWO, np.nan), stable=settled)
    words = {
        "level_before": table["level_before"].fillna(Level.TOO_FEW.value),
        "level_now": table["level_now"].fillna(""),
        **{name: table[name].fillna("") for name in NAMED},
    }
    return table.assign(**words)[COLUMNS]


def enough_in_both(before: pd.DataFrame, now: pd.DataFrame, fewest: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the columns with enough answers in both rounds, over the rows of either."""
    shown = [
        label
        for label in before.columns.intersection(now.columns)
        if min(before[label].count(), now[label].count()) >= fewest
    ]
    rows = before.index.union(now.index)
    return before.reindex(index=rows)[shown], now.reindex(index=rows)[shown]


def _cards(before: pd.DataFrame, now: pd.DataFrame, asked: set[str], rule: DelphiRule) -> pd.DataFrame:
    """Compare what the same people, or groups, thought.

    Where so few cards are in only one of the rounds that what they moved would be their own answers, `IN_TWO`
    is missing, and whether an item is stable is read from the published quartiles.
    """
    if not len(before.columns):
        return pd.DataFrame(columns=COLUMNS)
    again = now.loc[:, now.columns.isin(asked)]
    table = compare_rounds(before, again if again.shape[1] else now, SCALE, 2, rule).table
    table = table.assign(
        answers_before=before.count(),
        answers_now=table["answers"],
        level_before=_levels(before, rule),
        level_now=_levels(now, rule),
        **dict.fromkeys(NAMED, ""),
    )
    return _guarded(table, (before.notna() != now.notna()).sum(), rule)[COLUMNS]


def _tallies(before: pd.DataFrame, now: pd.DataFrame, asked: set[str], rule: DelphiRule) -> pd.DataFrame:
    """Compare what two tallies counted: nobody can be followed, so nothing is said of who moved.

    Median and middle half belong to the criterion that was least agreed before, in both rounds; the words to
    the least agreed criterion of each round, as the wall showed them then. All criteria must agree for a
    proposal to be agreed, and keep their distribution for it to be stable.
    """
    was, is_now = enough_in_both(before, now, rule.minimum_answers)
    if not len(was.columns):
        return pd.DataFrame(columns=COLUMNS)
    cells = compare_rounds(was, is_now, SCALE, 2, rule).table
    cells = cells.assign(answers_before=was.count(), change=distribution_change(was, is_now))
    cells["stable"] = cells["change"] <= rule.change + 1e-9
    cells = _guarded(cells, (was.count() - is_now.count()).abs(), rule)
    least = rule.minimum_answers
    return _by_proposal(cells, widest_cells(was, least), widest_cells(is_now, least), asked)


def _by_proposal(
    cells: pd.DataFrame, was: pd.DataFrame, is_now: pd.DataFrame, asked: set[str]
) -> pd.DataFrame:
    """Return one line for each proposal: figures of one criterion, verdicts over all of them."""
    every = cells.groupby(level="proposal", sort=True)
    shown = cells.loc[list(zip(was.index, was["most_varied"], strict=True))].droplevel("criterion")
    table = shown.assign(
        answers_now=shown["answers"],
        in_band=every["in_band"].min(),
        consensus=every["consensus"].all(),
        stable=every["stable"].all() | ~shown.index.isin(asked),
        level_before=was["level"],
        level_now=is_now["level"],
        criterion_before=was["most_varied"],
        criterion_now=is_now["most_varied"],
        moved=np.nan,
        mean_move=np.nan,
        change=every["change"].max().mask(every["change"].count() < every.size()),
    )
    return table[COLUMNS]


def _levels(values: pd.DataFrame, rule: DelphiRule) -> pd.Series:
    return spread(values, SCALE, minimum_answers=rule.minimum_answers).levels.map(str)


def _guarded(table: pd.DataFrame, in_one: pd.Series, rule: DelphiRule) -> pd.DataFrame:
    """Take away what would tell the answers of the few who stand in only one of the rounds."""
    few = (in_one > 0) & (in_one < rule.minimum_answers)
    steady = (table["median_before"] - table["median_now"]).abs()
    steady += (table["iqr_before"] - table["iqr_now"]).abs()
    hidden = {name: table[name].mask(few) for name in IN_TWO}
    return table.assign(**hidden, stable=table["stable"].where(~few, steady <= 1e-9))
