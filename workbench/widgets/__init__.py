"""ipywidgets for the notebooks: models apart from views; a view binds inputs and shows pictures.

A notebook shows one of these pages, so each is imported when its name is asked for.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.widgets.batch_panel import batch_of_reports
    from workbench.widgets.choose_template import choose_template
    from workbench.widgets.compare import compare_criteria
    from workbench.widgets.explore import explore
    from workbench.widgets.map_columns import map_columns
    from workbench.widgets.price_panel import price_of_conditions
    from workbench.widgets.projector import projector
    from workbench.widgets.room import meeting_room

PAGES = {
    "batch_of_reports": "batch_panel",
    "choose_template": "choose_template",
    "compare_criteria": "compare",
    "explore": "explore",
    "map_columns": "map_columns",
    "meeting_room": "room",
    "price_of_conditions": "price_panel",
    "projector": "projector",
}
"""The module of each page."""

__all__ = [
    "batch_of_reports",
    "choose_template",
    "compare_criteria",
    "explore",
    "map_columns",
    "meeting_room",
    "price_of_conditions",
    "projector",
]


def __getattr__(name: str) -> object:
    if name not in PAGES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{PAGES[name]}"), name)


class _Package(ModuleType):
    """The package, in which a page keeps its name although its module may bear the same."""

    def __setattr__(self, name: str, value: object) -> None:
        # What imports a module hangs it into its package, where it would hide the page of that name.
        if not (name in PAGES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
