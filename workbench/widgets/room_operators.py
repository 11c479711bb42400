"""Who keys in where two operators key everything: each reads the same paper, neither sees the other's."""

from __future__ import annotations

from collections.abc import Callable

from workbench.room.counting import SINGLE
from workbench.room.round import Round
from workbench.widgets.room_desk import Desk
from workbench.widgets.room_parts import choice

OPERATORS = ("operator 1", "operator 2")


class OperatorChoice:
    """Bind the operator of the desk to a choice that is there with double entry alone.

    Attributes
    ----------
    view : Dropdown
    """

    def __init__(self, desk: Desk, held: Round, changed: Callable[[], object]) -> None:
        self.desk = desk
        self._double = held.double_entry
        options = [(name, name) for name in OPERATORS]
        self.view = choice(desk.t("entry.operator"), options, width="460px", name="entry-operator")
        self.view.layout.display = "" if held.double_entry else "none"
        desk.operator = OPERATORS[0]

        def change(chosen: dict[str, str]) -> None:
            desk.operator = chosen["new"]
            changed()

        self.view.observe(change, names="value")

    @property
    def keyed_by(self) -> str:
        """The operator under whom a line of this page stands in its round."""
        return self.desk.operator if self._double else SINGLE
