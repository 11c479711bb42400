"""A further counting round beside the one before it: a table for page and paper, and pages for the wall."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workbench.present.i18n import Translator
from workbench.present.rounds_words import ranks
from workbench.present.table import Table, columns_of, rows_of
from workbench.present.wall import WallPage
from workbench.present.wall_table import WallColumn, WallRow, table_pages
from workbench.room.counted_rounds import CountedRounds


def counted_table(found: CountedRounds, names: Mapping[str, str], t: Translator) -> Table:
    """Return every proposal that was counted again, with its count and rank before and now.

    Parameters
    ----------
    found : CountedRounds
    names : mapping of proposal to its name
        Proposals without a name here are another list's, and left out.
    t : Translator
    """
    columns = columns_of(
        t,
        ("activity", "left", 0),
        ("count_before", "right", 18),
        ("count_now", "right", 18),
        ("rank_turned", "center", 14),
    )
    rows = [
        (names[label], *_counts(line, t), ranks(line, t)) for label, line in _lines(found) if label in names
    ]
    caption = t("table.counted_rounds", round=found.round_number, way=t(f"room.way.{found.way.value}"))
    return Table(caption, columns, rows_of(rows), note=t("table.counted_rounds.note"))


def counted_pages(found: CountedRounds, names: Mapping[str, str], t: Translator) -> tuple[WallPage, ...]:
    """Return the same for the wall.

    Parameters
    ----------
    found, names, t
        As for `counted_table`; the names with their numbers.
    """
    columns = (
        WallColumn(t("wall.proposal")),
        WallColumn(t("wall.rounds.before"), 200, number=True),
        WallColumn(t("wall.rounds.now"), 200, number=True),
        WallColumn(t("wall.rank"), 170),
    )
    rows = [WallRow((names[label], *_counts(line, t), ranks(line, t))) for label, line in _lines(found)]
    return table_pages(t("wall.rounds", round=found.round_number), columns, rows, t("wall.rounds.votes"))


def _lines(found: CountedRounds) -> list[tuple[str, pd.Series]]:
    return [(str(label), line) for label, line in found.table.iterrows()]


def _counts(line: pd.Series, t: Translator) -> tuple[str, str]:
    before, now = (float(line[f"count_{when}"]) for when in ("before", "now"))
    return _count(before, t), _count(now, t)


def _count(value: float, t: Translator) -> str:
    return t.style.number(value, 0 if value.is_integer() else 1)
