"""Fields filled by the number keys alone: each is written down when Enter is pressed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

from workbench.store.room_place import page_moves_focus
from workbench.widgets.room_parts import heading, text_field

Record = Callable[[str, str], str]
"""Takes the key of a field and what was typed; returns what to say beside it, beginning with a sign."""
DONE, WRONG = "✓", "✗"


@dataclass(frozen=True)
class FieldSpec:
    """One field.

    Attributes
    ----------
    key : str
    label : str
    hint : str
    head : str
        What the fields from here on are about; written once above the first of them.
    """

    key: str
    label: str
    hint: str = ""
    head: str = ""


def focus_when_shown(field: widgets.Text) -> None:
    """Put the caret into a field as soon as the page shows it; before that, no page hears of it.

    The app does so itself, at once and only where the hand is nowhere else.
    """
    if page_moves_focus():
        return
    field.set_trait("_view_count", 0)  # from here on the page counts how often it shows the field

    def look(change: dict[str, Any]) -> None:
        if change["new"]:
            field.unobserve(look, names="_view_count")
            field.focus()

    field.observe(look, names="_view_count")


def hand_over(field: widgets.Text) -> None:
    """Give the caret to a field for the next entry, empty.

    In the app the page has done so already, with the text selected: emptying the field from here would take
    away what a quick hand has typed into it by now.
    """
    if not page_moves_focus():
        field.value = ""
        field.focus()


class LineFields:
    """Show fields, hand what was typed to `record`, and say beside each what became of it.

    Attributes
    ----------
    fields : dict of Text by key
    marks : dict of HTML by key
    view : Widget
    """

    def __init__(self, specs: Sequence[FieldSpec], record: Record, finished: Callable[[], None]) -> None:
        self._record = record
        self._finished = finished
        self._quiet = False
        self._kept: set[str] = set()
        self._focus = not page_moves_focus()
        self.fields: dict[str, widgets.Text] = {}
        self.marks: dict[str, widgets.HTML] = {}
        rows: list[widgets.Widget] = []
        head = ""
        for spec in specs:
            if spec.head != head:
                head = spec.head
                rows.append(heading(head))
            field = text_field(spec.label, width="720px", name="entry-line", hint=spec.hint)
            field.style.description_width = "520px"
            field.observe(lambda change, key=spec.key: self._typed(key, change["new"]), names="value")
            mark = widgets.HTML(layout=widgets.Layout(min_width="320px"))
            mark.add_class("entry-mark")
            self.fields[spec.key], self.marks[spec.key] = field, mark
            rows.append(widgets.HBox([field, mark]))
        self.view = widgets.VBox(rows)

    def _typed(self, key: str, text: str) -> None:
        if self._quiet or not text.strip():
            return
        said = self._record(key, text.strip())
        if said.startswith(WRONG):
            self._refuse(key, text.strip(), said)
        else:
            self.mark(key, said)
            self._kept.add(key)
        self._go_on(key)

    def _refuse(self, key: str, text: str, said: str) -> None:
        """Say what was refused and empty its field: the same digits typed again must be heard again."""
        self._empty(key)
        self.mark(key, f"{WRONG} {text}: {said.removeprefix(WRONG).strip()}")

    def _empty(self, key: str) -> None:
        self._quiet = True
        try:
            self.fields[key].value = ""
        finally:
            self._quiet = False

    def _go_on(self, key: str) -> None:
        """Go to the next field; after the last one to what is still missing, else the card is finished."""
        keys = [other for other, field in self.fields.items() if not field.disabled]
        missing = [other for other in keys if other not in self._kept]
        if not missing:
            self._finished()
        elif key == keys[-1]:
            self.fields[missing[0]].focus()
        elif self._focus:
            self.fields[keys[keys.index(key) + 1] if key in self._kept else key].focus()

    def _first(self) -> widgets.Text | None:
        """Return the first field that takes a line."""
        return next((field for field in self.fields.values() if not field.disabled), None)

    def wait_for_hand(self) -> None:
        """Let the first field that takes a line have the caret as soon as it is shown."""
        first = self._first()
        if first is not None:
            focus_when_shown(first)

    def take_hand(self) -> None:
        """Give the caret to the first field that takes a line; the page shows it already."""
        first = self._first()
        if first is not None:
            first.focus()

    def mark(self, key: str, said: str) -> None:
        """Say something beside a field."""
        weight = "700;color:#c8451b" if said.startswith(WRONG) else "400"
        text = said.replace("&", "&amp;").replace("<", "&lt;")
        self.marks[key].value = f"<span style='font-size:16px;font-weight:{weight}'>{text}</span>"

    def clear(self) -> None:
        """Empty all fields for the next card."""
        self._quiet = True
        self._kept.clear()
        try:
            for key, field in self.fields.items():
                field.value, field.disabled = "", False
                self.marks[key].value = ""
        finally:
            self._quiet = False

    def settle(self, key: str, said: str) -> None:
        """Close a field whose line is in the journal already."""
        self._empty(key)
        self.fields[key].disabled = True
        self.mark(key, said)
