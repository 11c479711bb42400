"""Whether the program behind a page still answers; where it falls silent, the page itself says what to do."""

from __future__ import annotations

import asyncio
from html import escape
from itertools import count

import ipywidgets as widgets

from workbench.present.i18n import Translator
from workbench.store.room_place import page_moves_focus

BEAT = 2.0
SILENCE = 6
"""Seconds without a beat after which the banner shows itself; a slow calculation takes less."""
KEYFRAMES = "<style>@keyframes room-silent{to{visibility:visible}}</style>"
"""Sent once: with each beat it would have the browser style the whole page anew."""
LOOK = (
    "position:fixed;left:0;right:0;top:0;z-index:99;pointer-events:none;background:#1a1a1a;color:#ffffff;"
    "padding:14px 40px;font:700 22px/1.4 'Segoe UI',Roboto,'Noto Sans','Liberation Sans',Arial,sans-serif"
)


class Watch:
    """Beat under a page as long as this program lives.

    Each beat puts a new banner in the place of the last one. It begins hidden and shows itself, by the style
    sheet alone, once nothing has replaced it for `SILENCE` seconds: no script, no server and no network is
    needed for it, in the app as in JupyterLab.

    Attributes
    ----------
    view : HTML
    style : HTML
        Stands anywhere on the page, once.
    """

    def __init__(self, t: Translator) -> None:
        self._said = t("watch.silent.app" if page_moves_focus() else "watch.silent.lab")
        self._ended = False
        self._task: asyncio.Task[None] | None = None
        self.view = widgets.HTML(layout=widgets.Layout(height="0", margin="0"))
        self.view.add_class("room-watch")
        self.style = widgets.HTML(KEYFRAMES, layout=widgets.Layout(height="0", margin="0"))

    def begin(self) -> None:
        """Beat from here on; a batch has no loop, and nobody who looks."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        self._task = loop.create_task(self._go_on())

    def end(self) -> None:
        """Say nothing any more: the page is closed on purpose."""
        self._ended = True
        self.view.value = ""

    async def _go_on(self) -> None:
        for number in count():
            if self._ended:
                return
            self.beat(number)
            await asyncio.sleep(BEAT)

    def beat(self, number: int) -> None:
        """Put the next banner in the place of the last one."""
        self.view.value = banner(self._said, number)


def banner(text: str, number: int) -> str:
    """Return a banner that shows itself after `SILENCE` seconds; the number makes each one new."""
    return (
        f"<div role='alert' data-beat='{number}' "
        f'style="visibility:hidden;animation:room-silent 0s {SILENCE}s forwards;{LOOK}">{escape(text)}</div>'
    )
