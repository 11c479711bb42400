"""What the page says where the program itself fails: one sentence, and what is safe; never a traceback."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
from IPython.core.getipython import get_ipython

from workbench.present.i18n import Translator
from workbench.widgets.room_parts import said

PLACE = "position:fixed;left:0;right:0;bottom:0;z-index:60;background:#fff;border-top:3px solid #c8451b"
"""At the foot of the window, wherever the page is scrolled to."""


class Fault:
    """Say on the page that something failed which no check foresaw.

    A press whose callback fails would leave the page as it was, without a word, because the app shows no
    output of its cells. JupyterLab still shows the traceback to whoever looks after the notebook.

    Attributes
    ----------
    view : HTML
        Empty until something fails.
    """

    def __init__(self, t: Translator) -> None:
        self._t = t
        self.view = widgets.HTML()
        self.view.add_class("room-fault")

    def watch(self) -> None:
        """Hear of every fault of this kernel's callbacks; without a kernel there is nothing to hear of."""
        shell: Any = get_ipython()
        if shell is None:
            return
        told = shell.showtraceback

        def both(*args: object, **kwargs: object) -> None:
            told(*args, **kwargs)
            self.tell()

        shell.showtraceback = both

    def tell(self) -> None:
        """Show the sentence."""
        self.view.value = f"<div style='{PLACE}'>{said(self._t('room.fault'), kind='alert')}</div>"
