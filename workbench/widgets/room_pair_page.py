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
        ``first`` and ``second`` (criteria), ``lines``: sentences such as consistency and contradictions.
    """
    t = desk.t
    names = {label: str(row["name"]) for label, row in desk.state.criteria.rows.items()}
    first, second = (names.get(str(details.get(side, "")), "") for side in ("first", "second"))
    lines = [str(line) for line in details.get("lines", ())]
    if not first or not second:
        return WallPage(
            t("wall.view.pair"), "".join(paragraph(line) for line in lines or [t("wall.pair.done")])
        )
    body = [paragraph(first, "big"), paragraph(t("wall.pair.or"), "middle"), paragraph(second, "big")]
    return WallPage(
        t("wall.pair"), "".join([*body, *(paragraph(line) for line in lines[:3])]), t("wall.pair.note")
    )
