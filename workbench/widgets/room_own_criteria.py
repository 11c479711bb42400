"""A forum's own criteria: added one by one, judged on cards, each with its scale and what its ends mean."""

from __future__ import annotations

from typing import Any

from workbench.domain.criteria import Direction, Measure
from workbench.present.format import EMPTY
from workbench.store.numbers import read_number
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import (
    button,
    choice,
    column,
    heading,
    note,
    row,
    seen,
    suggestion,
    text_field,
)

LOWEST, HIGHEST = "1", "5"


class OwnCriteriaPart:
    """Add a criterion that people judge, or take one out; the whole set is one entry.

    Attributes
    ----------
    name, low, high, anchors, reason : Text
    direction : Dropdown
    leaving : Combobox
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        self.name = text_field(t("own.name"), width="860px", name="own-name", hint=t("own.name.hint"))
        self.low = text_field(t("own.low"), LOWEST, width="400px", name="own-low")
        self.high = text_field(t("own.high"), HIGHEST, width="400px", name="own-high")
        self.anchors = text_field(
            t("own.anchors"), width="860px", name="own-anchors", hint=t("own.anchors.hint")
        )
        ends = [(t(f"own.direction.{end.value}"), end.value) for end in Direction]
        self.direction = choice(t("own.direction"), ends, name="own-direction")
        self.leaving = suggestion(t("own.leaving"), name="own-leaving")
        self.reason = text_field(t("room.reason"), name="own-reason")
        self.view = column(
            heading(t("own.title")),
            note(t("own.help")),
            self.name,
            row(self.low, self.high),
            self.anchors,
            self.direction,
            self.reason,
            button(t("own.add"), self.add, name="own-add"),
            row(self.leaving, button(t("own.remove"), self.remove, name="own-remove")),
        )

    def add(self) -> None:
        """Add one criterion."""
        t, name = self.desk.t, self.name.value.strip()
        scale = [_number(field.value) for field in (self.low, self.high)]
        if not name:
            self.desk.say(t("own.name.missing"), wrong=True)
            return
        if None in scale:
            wrong = (self.low, self.high)[scale.index(None)].value.strip() or EMPTY
            self.desk.say(t("own.scale.wrong", value=wrong), wrong=True)
            return
        row = {
            "criterion": self._label(),
            "name": name,
            "direction": self.direction.value,
            "scale_min": scale[0],
            "scale_max": scale[1],
            "scale_anchors": self.anchors.value.strip(),
            "measure": Measure.JUDGED.value,
        }
        made = {key: value for key, value in row.items() if value != ""}
        if self._set([*self._rows(), made]):
            self.name.value = self.anchors.value = ""

    def remove(self) -> None:
        """Take a criterion out, by its name."""
        name = self.leaving.value.strip()
        kept = [row for row in self._rows() if row["name"] != name]
        if len(kept) == len(self._rows()):
            self.desk.say(self.desk.t("own.unknown", name=name or EMPTY), wrong=True)
        elif self._set(kept):
            self.leaving.value = ""

    def _rows(self) -> list[dict[str, Any]]:
        return [dict(row) for row in self.desk.state.criteria.rows.values()]

    def _label(self) -> str:
        taken = self.desk.state.criteria.rows
        return next(label for at in range(1, len(taken) + 2) if (label := f"K{at}") not in taken)

    def _set(self, rows: list[dict[str, Any]]) -> bool:
        labels = {row["criterion"] for row in rows}
        held = [dict(row) for row in self.desk.state.points.rows.values()]
        points = [row for row in held if row["criterion"] in labels]
        reason = self.reason.value.strip()
        body = {"criteria": rows, "points": points, **({"reason": reason} if reason else {})}
        taken = self.desk.act("criteria_set", body)
        if taken:
            self.reason.value = ""
        return taken

    def show(self) -> None:
        """Offer the criteria in force to be taken out."""
        seen(self.reason, shown=self.desk.state.scores_seen)
        self.leaving.options = tuple(str(row["name"]) for row in self._rows())


def _number(text: str) -> float | None:
    value = read_number(text.strip()).value if text.strip() else None
    return float(value) if isinstance(value, int | float) else None
