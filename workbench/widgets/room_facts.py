"""Forum, place and time: each field is written down as soon as it is left."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import ipywidgets as widgets

from workbench.domain.facts import WORDS
from workbench.domain.local_terms import suggested_words
from workbench.store.dates import DAY_FIRST, ISO, MONTHS, NAMED
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import LABEL, choice, column, heading, note, text_field

FIELDS = (
    "forum",
    "region_name",
    "plan_year",
    "date",
    "start",
    "end",
    "zone",
    "place",
    "address",
    "minutes_number",
    "legal_basis",
    "data_source",
)
LISTED = ("speeches", "presentations", "responses", "copies_to")
"""Facts with several entries, one a line."""
LEVELS = ("desa", "kecamatan", "kabupaten")
NUMBERS = ("plan_year",)
TIMES = ("start", "end")
TIME = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])")


class FactsPart:
    """Bind the facts of the meeting to fields.

    Attributes
    ----------
    fields : dict
    words : dict
        Those of `fields` that are local words.
    lists : dict of Textarea
    level : Dropdown
    delegates : Text
        Card numbers of who was chosen to go on to the next forum; never names.
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._quiet = False
        t = desk.t
        self.fields = {
            name: text_field(
                t(f"fact.{name}"), name=f"fact-{name.replace('_', '-')}", hint=t(f"fact.{name}.hint")
            )
            for name in FIELDS
        }
        usual = suggested_words(str(desk.state.facts.get("region") or ""))
        self.words = {
            name: text_field(
                t(f"fact.{name}"),
                name=f"fact-{name.replace('_', '-')}",
                hint=t("fact.word.usual", word=usual[name]) if name in usual else t("fact.word.hint"),
            )
            for name in WORDS
        }
        self.fields |= self.words
        self.lists = {name: _lines_field(t(f"fact.{name}"), t(f"fact.{name}.hint"), name) for name in LISTED}
        levels = [(t("prepare.open"), ""), *((t(f"fact.level.{level}"), level) for level in LEVELS)]
        self.level = choice(t("fact.level"), levels, name="fact-level")
        self.delegates = text_field(t("fact.delegates"), name="fact-delegates", hint="004 011")
        for name, field in self.fields.items():
            field.observe(lambda change, name=name: self._set(name, change["new"]), names="value")
        for name, lines in self.lists.items():
            lines.observe(lambda change, name=name: self._set_list(name, change["new"]), names="value")
        self.level.observe(lambda change: self._set("level", change["new"]), names="value")
        self.delegates.observe(lambda change: self._set_delegates(change["new"]), names="value")
        self.view = column(
            note(t("prepare.facts.help")),
            self.level,
            *(field for name, field in self.fields.items() if name not in self.words),
            heading(t("prepare.facts.minutes")),
            note(t("prepare.facts.lists")),
            *self.lists.values(),
            self.delegates,
            heading(t("prepare.facts.words")),
            note(t("prepare.facts.words.help")),
            *self.words.values(),
        )

    def _set(self, name: str, text: str) -> None:
        if self._quiet:
            return
        said = text.strip()
        value = self._read(name, said) if said else ("" if name not in NUMBERS else None)
        if value is None and said:
            self.desk.say(self.desk.t(f"prepare.not_readable.{_kind(name)}", value=said), wrong=True)
            return
        self.desk.act("facts_set", {"facts": {name: value}})

    def _read(self, name: str, text: str) -> Any:  # noqa: ANN401 - text, or the number of a year
        readers = {"year": _year, "date": read_date, "time": read_time}
        return readers[_kind(name)](text) if _kind(name) in readers else text

    def _set_list(self, name: str, text: str) -> None:
        if not self._quiet:
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            self.desk.act("facts_set", {"facts": {name: lines}})

    def _set_delegates(self, text: str) -> None:
        if self._quiet:
            return
        known = self.desk.state.participants.rows
        said = text.replace(",", " ").split()
        cards = [card if card in known else card.zfill(3) for card in said]
        strange = [card for card in cards if card not in known]
        if strange:
            self.desk.say(self.desk.t("fact.delegates.unknown", cards=strange), wrong=True)
            return
        self.desk.act("facts_set", {"facts": {"delegates": list(dict.fromkeys(cards))}})

    def show(self) -> None:
        """Show the facts as they stand in the journal."""
        facts = self.desk.state.facts
        self._quiet = True
        try:
            for name, field in self.fields.items():
                field.value = str(facts.get(name) or "")
            for name, lines in self.lists.items():
                lines.value = "\n".join(facts.get(name, ()))
            held = facts.get("level", "")
            self.level.value = held if held in LEVELS else ""
            self.delegates.value = " ".join(facts.get("delegates", ()))
        finally:
            self._quiet = False

    @staticmethod
    def summary(desk: Desk) -> str:
        """Return the place, or that it is open."""
        facts = desk.state.facts
        return str(facts.get("place") or desk.t("prepare.open"))


def _lines_field(label: str, hint: str, name: str) -> widgets.Textarea:
    made = widgets.Textarea(
        description=label,
        placeholder=hint,
        rows=3,
        continuous_update=False,
        style={"description_width": LABEL},
        layout=widgets.Layout(width="860px"),
    )
    made.add_class(f"fact-{name.replace('_', '-')}")
    return made


def _kind(name: str) -> str:
    return "year" if name in NUMBERS else "time" if name in TIMES else name if name == "date" else "text"


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) == 4 else None


def read_time(text: str) -> str | None:
    """Return a time of day as the minutes write it; None where it is none.

    Examples
    --------
    >>> read_time("8:30"), read_time("13.05"), read_time("pagi")
    ('08.30', '13.05', None)
    """
    found = TIME.fullmatch(text)
    return None if found is None else f"{int(found[1]):02d}.{found[2]}"


def read_date(text: str) -> str | None:
    """Return a full date as YYYY-MM-DD from the usual ways of writing it; None where it is none.

    Examples
    --------
    >>> read_date("18 Februari 2026"), read_date("18/2/2026"), read_date("2026-02-18"), read_date("besok")
    ('2026-02-18', '2026-02-18', '2026-02-18', None)
    """
    if match := ISO.fullmatch(text):
        parts = (match[1], match[2], match[3])
    elif match := DAY_FIRST.fullmatch(text):
        parts = (match[3], match[2], match[1])
    elif (match := NAMED.fullmatch(text)) and len(match[3]) == 4:
        parts = (match[3], str(MONTHS.get(match[2].lower(), 0)), match[1])
    else:
        return None
    try:
        return date(*map(int, parts)).isoformat()
    except ValueError:
        return None
