"""Small parts of the operator's page: labelled inputs, buttons, headings and messages that look alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

import ipywidgets as widgets

FINGER = "44px"
"""Tall enough for a finger and for a tired hand."""
LABEL = "280px"


def heading(text: str) -> widgets.HTML:
    """Return a heading of a part of a step."""
    return widgets.HTML(f"<h2 style='font-size:20px;margin:14px 0 4px'>{escape(text)}</h2>")


def said(*texts: str, kind: str = "") -> str:
    """Return paragraphs; ``alert`` and ``status`` are read out by a screen reader."""
    role = f" role='{kind}'" if kind else ""
    colour = "border-left:6px solid #c8451b;padding-left:10px;" if kind == "alert" else ""
    lines = (escape(text).replace("\n", "<br>") for text in texts if text)
    return "".join(f"<p{role} style='{colour}margin:4px 0;font-size:16px'>{line}</p>" for line in lines)


def note(*texts: str) -> widgets.HTML:
    """Return paragraphs as a widget."""
    return widgets.HTML(said(*texts))


def button(label: str, act: Callable[[], object], style: str = "", name: str = "") -> widgets.Button:
    """Return a button; `name` is its class in the page, by which keys and tests find it."""
    made = widgets.Button(
        description=label,
        button_style=style,
        layout=widgets.Layout(width="auto", height=FINGER, align_self="flex-start"),
    )
    made.on_click(lambda _: act())
    if name:
        made.add_class(name)
    return made


def text_field(
    label: str, value: str = "", *, width: str = "640px", name: str = "", hint: str = ""
) -> widgets.Text:
    """Return a line of text that reports when it is finished, not at each letter."""
    made = widgets.Text(
        value=value,
        description=label,
        placeholder=hint,
        continuous_update=False,
        style={"description_width": LABEL},
        layout=widgets.Layout(width=width),
    )
    if name:
        made.add_class(name)
    return made


def suggestion(
    label: str, options: Iterable[str] = (), *, width: str = "640px", name: str = "", label_width: str = LABEL
) -> widgets.Combobox:
    """Return a line of text that offers known words and takes any other."""
    made = widgets.Combobox(
        options=tuple(options),
        description=label,
        ensure_option=False,
        continuous_update=False,
        style={"description_width": label_width},
        layout=widgets.Layout(width=width),
    )
    if name:
        made.add_class(name)
    return made


def choice(
    label: str,
    options: Iterable[tuple[str, Any]],
    value: Any = None,  # noqa: ANN401 - what the options stand for
    *,
    width: str = "640px",
    name: str = "",
) -> widgets.Dropdown:
    """Return a choice among some words."""
    listed = list(options)
    known = [entry for _, entry in listed]
    made = widgets.Dropdown(
        options=listed,
        value=value if value in known else (known[0] if known else None),
        description=label,
        style={"description_width": LABEL},
        layout=widgets.Layout(width=width),
    )
    if name:
        made.add_class(name)
    return made


def row(*parts: widgets.Widget) -> widgets.HBox:
    """Return parts side by side that wrap where the page is narrow."""
    return widgets.HBox(
        list(parts), layout=widgets.Layout(flex_flow="row wrap", align_items="center", grid_gap="8px")
    )


def column(*parts: widgets.Widget) -> widgets.VBox:
    """Return parts one below the other."""
    return widgets.VBox(list(parts))


def seen(part: widgets.Widget, *, shown: bool) -> None:
    """Show or hide a part."""
    part.layout.display = "" if shown else "none"


class Mirror:
    """Show in fields what stands in the journal, and leave what is typed alone until that changes.

    Every act and every message lets the page look at the state again; without this an amount that is asked
    back would be gone from its field before it could be confirmed.
    """

    def __init__(self) -> None:
        self._last: dict[widgets.Text, str] = {}

    def show(self, field: widgets.Text, text: str) -> None:
        """Put a text into a field if it is another than the one that was put there last."""
        if self._last.get(field) != text:
            self._last[field] = text
            field.value = text


def table_html(head: Iterable[str], rows: Iterable[Iterable[str]], numbers: Iterable[int] = ()) -> str:
    """Return a plain table; `numbers` are the columns that stand at the right."""
    right = set(numbers)

    def cell(tag: str, place: int, text: str) -> str:
        align = "right" if place in right else "left"
        return (
            f"<{tag} style='text-align:{align};padding:2px 12px 2px 0;font-size:16px'>{escape(text)}</{tag}>"
        )

    titles = "".join(cell("th", place, text) for place, text in enumerate(head))
    lines = "".join(
        "<tr style='border-top:1px solid #d8d3c9'>"
        + "".join(cell("td", place, text) for place, text in enumerate(cells))
        + "</tr>"
        for cells in rows
    )
    look = "border-collapse:collapse;font-variant-numeric:tabular-nums"
    return f"<table style='{look}'><tr>{titles}</tr>{lines}</table>"
