"""The wall's page while the room compares two criteria."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.present.wall import WallPage, paragraph
from workbench.widgets.room_desk import Desk


def pair_page(desk: Desk, details: Mapping[str, Any]) -> WallPage:
    """Return one pair, large, with what the room has found out so far.

    Parameters
    ----------
    desk : Desk
    details : mapping
        ``first`` and ``second`` (criteria), ``lines``: sentences such as consistency and contradictions,
        ``asked``: ``best_worst`` where the question is how many times as important the first is.
    """
    t = desk.t
    names = {label: str(row["name"]) for label, row in desk.state.criteria.rows.items()}
    first, second = (names.get(str(details.get(side, "")), "") for side in ("first", "second"))
    lines = [str(line) for line in details.get("lines", ())]
    if not first or not second:
        return WallPage(
            t("wall.view.pair"), "".join(paragraph(line) for line in lines or [t("wall.pair.done")])
        )
    key = "wall.best_worst" if details.get("asked") == "best_worst" else "wall.pair"
    between = t("wall.best_worst.than" if key == "wall.best_worst" else "wall.pair.or")
    body = [paragraph(first, "big"), paragraph(between, "middle"), paragraph(second, "big")]
    return WallPage(t(key), "".join([*body, *(paragraph(line) for line in lines[:3])]), t(f"{key}.note"))
