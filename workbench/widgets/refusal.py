"""An error in words, as every panel shows it."""

from __future__ import annotations

from markupsafe import escape

from workbench.errors import WorkbenchError
from workbench.present.i18n import Translator
from workbench.present.problems import error_sentence


def refusal_html(error: WorkbenchError, t: Translator) -> str:
    """Return an error as an alert; what a file says in it stays text.

    Examples
    --------
    >>> from workbench.present.i18n import translator
    >>> "<b>" in refusal_html(WorkbenchError("extra_missing", extra="<b>", module="x"), translator("id"))
    False
    """
    lines = str(escape(error_sentence(error, t))).replace("\n", "<br>")
    return f"<p role='alert'>{lines}</p>"
