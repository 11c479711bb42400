"""Golongan: names for parts of the score, one line each, keyed without a mouse; they change no rank."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from workbench.present.format import EMPTY
from workbench.store.numbers import read_number
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_lines import hand_over
from workbench.widgets.room_parts import button, column, note, row, seen, table_html, text_field


class BandsPart:
    """Key one band a line: its name, its least score, what it means; the whole table is one entry.

    Attributes
    ----------
    line, decimals, number, reason : Text
    table : HTML
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.line = text_field(t("bands.line"), width="860px", name="band-line", hint=t("bands.line.hint"))
        self.line.add_class("entry-line")
        self.line.add_class("entry-later")
        self.line.observe(lambda change: self._take(change["new"]), names="value")
        self.decimals = text_field(t("bands.decimals"), width="460px", name="band-decimals", hint="0")
        self.number = text_field(t("heads.number"), width="420px", name="band-number")
        self.reason = text_field(t("room.reason"), name="band-reason")
        self.table = widgets.HTML()
        self.table.add_class("band-table")
        self.view = column(
            note(t("bands.help")),
            self.reason,
            row(self.decimals, button(t("bands.round"), self.round, name="band-round")),
            self.line,
            self.table,
            row(self.number, button(t("heads.remove"), self.remove, name="band-remove")),
        )

    def _lines(self) -> list[dict[str, Any]]:
        return [dict(line) for line in self.desk.state.bands.rows.values()]

    def _take(self, text: str) -> None:
        """Write a line down; one with a known name takes the place of the earlier."""
        if not text.strip():
            return
        read = read_band(text)
        if read is None:
            self.desk.say(self.desk.t("bands.line.wrong", value=text.strip()), wrong=True)
            return
        kept = [line for line in self._lines() if line["band"] != read["band"]]
        given = self._decimals()
        if self._set([*kept, read], given[0] if given else None):
            hand_over(self.line)

    def _decimals(self) -> list[int]:
        return [line["decimals"] for line in self._lines() if line.get("decimals") is not None]

    def round(self) -> None:
        """Let the score be rounded before it is placed; an empty field: as it stands."""
        text = self.decimals.value.strip()
        if text and not text.isdecimal():
            self.desk.say(self.desk.t("bands.decimals.wrong", value=text), wrong=True)
            return
        self._set(self._lines(), int(text) if text else None)

    def remove(self) -> None:
        """Take one band out."""
        lines, text = self._ordered(), self.number.value.strip()
        if not text.isdecimal() or not 1 <= int(text) <= len(lines):
            self.desk.say(self.desk.t("heads.number.wrong", value=text or EMPTY, most=len(lines)), wrong=True)
            return
        given = self._decimals()
        kept = [line for place, line in enumerate(lines, start=1) if place != int(text)]
        if self._set(kept, given[0] if given else None):
            self.number.value = ""

    def _set(self, lines: list[dict[str, Any]], decimals: int | None) -> bool:
        rounded = {} if decimals is None else {"decimals": decimals}
        plain = [{name: value for name, value in line.items() if name != "decimals"} for line in lines]
        body: dict[str, Any] = {"lines": [{**line, **rounded} for line in plain]}
        if self.reason.value.strip():
            body["reason"] = self.reason.value.strip()
        taken = self.desk.act("bands_set", body)
        if taken:
            self.reason.value = ""
        return taken

    def _ordered(self) -> list[dict[str, Any]]:
        """Return the bands as they are read, the highest first."""
        return sorted(self._lines(), key=lambda line: -float(line["lower"]))

    def show(self) -> None:
        """Show the bands in force."""
        t, lines = self.desk.t, self._ordered()
        seen(self.reason, shown=self.desk.state.scores_seen)
        head = (t("wall.number"), t("bands.name"), t("bands.lower"), t("bands.meaning"))
        rows = [
            (
                str(place),
                str(line["band"]),
                t.style.number(float(line["lower"])),
                str(line.get("meaning") or EMPTY),
            )
            for place, line in enumerate(lines, start=1)
        ]
        self.table.value = table_html(head, rows, numbers=(0, 2)) if rows else ""
        self.decimals.value = next((str(one) for one in self._decimals()), "")

    @staticmethod
    def summary(desk: Desk) -> str:
        """Return how many bands there are."""
        return desk.t("bands.summary", count=len(desk.state.bands.rows))


def read_band(text: str) -> dict[str, Any] | None:
    """Return a band as it is keyed: name; least score; meaning. None where it cannot be read.

    Examples
    --------
    >>> read_band("P1; 79,5; sangat mendesak")
    {'band': 'P1', 'lower': 79.5, 'meaning': 'sangat mendesak'}
    >>> read_band("P1 79"), read_band("P1; tinggi")
    (None, None)
    """
    name, *rest = (part.strip() for part in text.split(";"))
    if not name or not rest or len(rest) > 2:
        return None
    lower = read_number(rest[0]).value if rest[0] else None
    if not isinstance(lower, int | float):
        return None
    return {"band": name, "lower": float(lower)} | ({"meaning": rest[1]} if rest[1:] and rest[1] else {})
