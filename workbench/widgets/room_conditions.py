"""Syarat: yes/no conditions of every proposal, with the note that goes into its reason."""

from __future__ import annotations

from collections.abc import Mapping

import ipywidgets as widgets

from workbench.present.format import EMPTY
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import button, choice, column, note, row, suggestion, table_html, text_field


class ConditionsPanel:
    """Examine one condition of one proposal, or of all that are still open.

    Attributes
    ----------
    gate : Combobox
    number, note : Text
    result : Dropdown
    view : Widget
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        t = desk.t
        ready = (part.strip() for part in t("conditions.ready").split(";"))
        self.gate = suggestion(t("conditions.gate"), ready, name="gate-name")
        self.number = text_field(t("proposals.number"), width="340px", name="gate-number")
        self.result = choice(
            t("conditions.result"),
            [(t("conditions.passed"), "yes"), (t("conditions.failed"), "no"), (t("conditions.open"), "open")],
            width="460px",
            name="gate-result",
        )
        self.note = text_field(t("conditions.note"), name="gate-note")
        self.table = widgets.HTML()
        self.view = column(
            note(t("step.conditions.help")),
            self.gate,
            row(self.number, self.result),
            self.note,
            row(
                button(t("conditions.record"), self.record, "primary", "gate-record"),
                button(t("conditions.rest"), self.pass_rest, name="gate-rest"),
            ),
            self.table,
        )

    def record(self) -> None:
        """Write the result of one proposal down."""
        label = self.desk.proposal_of(self.number.value)
        if label is None:
            self.desk.say(
                self.desk.t("proposals.unknown", number=self.number.value.strip() or EMPTY), wrong=True
            )
            return
        passed = {"yes": True, "no": False, "open": None}[self.result.value]
        gate = self.gate.value.strip()
        body = {
            "proposal": label,
            "gate": gate,
            "passed": passed,
            "note": self.note.value.strip() or self.noted(label, gate),
        }
        if self.desk.act("gate_examined", body):
            self.number.value, self.note.value = "", ""

    def noted(self, label: str, gate: str) -> str:
        """Return what stands beside a condition already: the hint that it was asked for stays its reason."""
        rows = self.desk.state.gates.rows.values()
        found = [row.get("note") for row in rows if row["proposal"] == label and row["gate"] == gate]
        return str(found[0] or "") if found else ""

    def pass_rest(self) -> None:
        """Write down that all proposals without a result meet the named condition."""
        gate, state = self.gate.value.strip(), self.desk.state
        known = {
            row["proposal"]
            for row in state.gates.rows.values()
            if row["gate"] == gate and row.get("passed") is not None
        }
        rest = [label for label in state.listed if label not in known]
        taken = [
            self.desk.quiet_act("gate_examined", {"proposal": label, "gate": gate, "passed": True})
            for label in rest
        ]
        if all(taken):
            self.desk.say(self.desk.t("conditions.rest.done", count=len(taken)))
        else:
            self.desk.tell()

    def show(self) -> None:
        """Show all conditions as a table of signs."""
        state, t = self.desk.state, self.desk.t
        gates = list(dict.fromkeys(row["gate"] for row in state.gates.rows.values()))
        ready = [part.strip() for part in t("conditions.ready").split(";")]
        self.gate.options = tuple(dict.fromkeys((*gates, *ready)))
        by_place = {(row["proposal"], row["gate"]): row for row in state.gates.rows.values()}
        rows = []
        for label in state.listed:
            found = [by_place.get((label, gate)) for gate in gates]
            notes = [str(held["note"]) for held in found if held and held.get("note")]
            rows.append((self.desk.name(label), *(_sign(held) for held in found), "; ".join(notes)))
        self.table.value = table_html((t("wall.proposal"), *gates, t("proposals.note")), rows)


def _sign(held: object) -> str:
    passed = held.get("passed") if isinstance(held, Mapping) else None
    return "·" if passed is None else "+" if passed else "\u2212"
