"""ipywidgets for the notebooks: models apart from views; a view binds inputs and shows pictures."""

from workbench.widgets.choose_template import choose_template
from workbench.widgets.compare import compare_criteria
from workbench.widgets.explore import explore

__all__ = ["choose_template", "compare_criteria", "explore"]
