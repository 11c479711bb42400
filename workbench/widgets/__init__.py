"""ipywidgets for the notebooks: models apart from views; a view binds inputs and shows pictures."""

from workbench.widgets.batch_panel import batch_of_reports
from workbench.widgets.choose_template import choose_template
from workbench.widgets.compare import compare_criteria
from workbench.widgets.explore import explore
from workbench.widgets.map_columns import map_columns
from workbench.widgets.price_panel import price_of_conditions
from workbench.widgets.projector import projector
from workbench.widgets.room import meeting_room

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
