"""What grows on the wall while the room gives it aloud: votes by proposal, and the plano table of orders."""

from __future__ import annotations

import pandas as pd

from workbench.engine.rankings import merge_group_orders
from workbench.present import svg
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.wall import WallPage
from workbench.present.wall_table import PAD, WallColumn, WallRow, table_pages
from workbench.room.counting import votes
from workbench.room.round import COUNTED, Round, Way
from workbench.widgets.room_desk import Desk

MOST_GROUPS = 6
"""Groups whose columns fit on a page."""
FOR_GROUPS = 580
"""Their columns together, in px at 1280 x 720; few groups keep their whole names."""
HEAD = 28
"""Size of a head."""


def growing_pages(desk: Desk) -> tuple[WallPage, ...]:
    """Return the table of the round that is, or was last, counted aloud; none where there is none."""
    aloud = [held for held in desk.state.rounds.values() if held.way in (*COUNTED, Way.ORDERS)]
    if not aloud:
        return ()
    held = aloud[-1]
    return _plano(desk, held) if held.way is Way.ORDERS else _votes(desk, held)


def _votes(desk: Desk, held: Round) -> tuple[WallPage, ...]:
    t, cast = desk.t, votes(held)
    columns = (
        WallColumn(t("wall.proposal")),
        WallColumn(t(f"wall.growing.{held.way.value}.unit"), 180, number=True),
    )
    rows = [
        WallRow((desk.name(label), t.style.count(cast[label]) if label in cast else EMPTY))
        for label in held.proposals
        if label not in desk.state.departures
    ]
    return table_pages(t(f"wall.growing.{held.way.value}"), columns, rows, t("wall.growing.votes.note"))


def _plano(desk: Desk, held: Round) -> tuple[WallPage, ...]:
    t = desk.t
    groups = list(held.orders)
    places = {group: places_of(held.orders[group]) for group in groups}
    sums, ranks = merged(places)
    shown = groups[-MOST_GROUPS:]
    wide = min(150, FOR_GROUPS // max(len(shown), 1))
    columns = (
        WallColumn(t("wall.proposal")),
        *(
            WallColumn(svg.fitted(name, HEAD, wide - PAD), wide, number=True)
            for name in told_apart(shown, groups)
        ),
        WallColumn(t("wall.sum"), 120, number=True),
        WallColumn(t("wall.rank"), 140, number=True),
    )
    labels = sorted(
        (label for label in held.proposals if label not in desk.state.departures),
        key=lambda label: (ranks.get(label, len(held.proposals)), desk.numbers()[label]),
    )
    rows = [
        WallRow(
            (
                desk.name(label),
                *(place_text(places[group].get(label), t) for group in shown),
                place_text(sums.get(label), t),
                str(ranks.get(label, EMPTY)),
            )
        )
        for label in labels
    ]
    return table_pages(t("wall.growing.plano"), columns, rows, t("wall.growing.plano.note"))


def told_apart(shown: list[str], groups: list[str]) -> list[str]:
    """Return names of groups without a first word that all of them share, so that short heads differ.

    Examples
    --------
    >>> told_apart(["Kelompok 2"], ["Kelompok 1", "Kelompok 2"]), told_apart(["Melati"], ["Melati"])
    (['2'], ['Melati'])
    """
    split = [group.split(maxsplit=1) for group in groups]
    alike = len(groups) > 1 and all(len(words) > 1 and words[0] == split[0][0] for words in split)
    return [group.split(maxsplit=1)[1] for group in shown] if alike else shown


def places_of(order: tuple[tuple[str, ...], ...]) -> dict[str, float]:
    """Return the place of each proposal in one group's order; those side by side share the mean of theirs.

    Examples
    --------
    >>> places_of((("a",), ("b", "c")))
    {'a': 1.0, 'b': 2.5, 'c': 2.5}
    """
    places: dict[str, float] = {}
    for level in order:
        first = len(places) + 1
        places |= dict.fromkeys(level, first + (len(level) - 1) / 2)
    return places


def place_text(place: float | None, t: Translator) -> str:
    """Return a place, or a sum of places, as people write it; halves where places are shared.

    Examples
    --------
    >>> from workbench.present.i18n import translator
    >>> place_text(2.5, translator("id")), place_text(4.0, translator("id"))
    ('2,5', '4')
    """
    return EMPTY if place is None else t.style.number(place, 0 if place.is_integer() else 1)


def merged(places: dict[str, dict[str, float]]) -> tuple[dict[str, float], dict[str, int]]:
    """Return the sum of places and the rank of each proposal that all groups have put in order."""
    if not places:
        return {}, {}
    sheet = pd.DataFrame(places).T.dropna(axis="columns")
    if sheet.empty:
        return {}, {}
    found = merge_group_orders(sheet)
    sums = {str(label): float(value) for label, value in found.sums.items()}
    return sums, {str(label): int(rank) for label, rank in found.ranks.items()}
