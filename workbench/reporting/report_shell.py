"""The IPython shell in which a report runs: every output becomes a notebook output, nothing is kept on disk.

Loading this module loads IPython; import it inside functions.
"""

from __future__ import annotations

import atexit
import io
import os
import sys
import tempfile
from binascii import b2a_base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from workbench.reporting.process_state import restored_process_state

INLINE_BACKEND = "module://matplotlib_inline.backend_inline"


class CellOutputs:
    """The outputs of the cell that runs now, in the order in which they came."""

    def __init__(self) -> None:
        self.current: list[Any] = []
        self._by_display_id: dict[str, list[Any]] = {}
        self._clear_first = False

    def start_cell(self, outputs: list[Any]) -> None:
        """Send what follows to ``outputs``."""
        self.current = outputs
        self._clear_first = False

    def text(self, stream: str, text: str) -> None:
        """Add text to a stream; neighbours on one stream are one output."""
        if not text:
            return
        self._clear_when_asked()
        last = self.current[-1] if self.current else None
        if last is not None and last["output_type"] == "stream" and last["name"] == stream:
            last["text"] += text
        else:
            self.add("stream", name=stream, text=text)

    def add(self, kind: str, display_id: str | None = None, **fields: Any) -> None:  # noqa: ANN401
        """Add one output of any kind."""
        from nbformat.v4 import new_output

        self._clear_when_asked()
        output = new_output(kind, **fields)  # type: ignore[no-untyped-call] # nbformat's
        self.current.append(output)
        if display_id is not None:
            self._by_display_id.setdefault(display_id, []).append(output)

    def update(self, display_id: str, data: dict[str, Any], metadata: dict[str, Any]) -> None:
        """Replace what was shown under a display id, in whatever cell it stands."""
        for output in self._by_display_id.get(display_id, ()):
            output["data"], output["metadata"] = data, metadata

    def clear(self, *, wait: bool) -> None:
        """Forget what the cell has shown so far, at once or when the next output comes."""
        self._clear_first = wait
        if not wait:
            self.current.clear()

    def _clear_when_asked(self) -> None:
        if self._clear_first:
            self.clear(wait=False)


class CellStream(io.TextIOBase):
    """A text stream that ends in the outputs of the running cell."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, name: str, outputs: CellOutputs) -> None:
        super().__init__()
        self._stream, self._outputs = name, outputs

    def writable(self) -> bool:
        """Say that text may be written."""
        return True

    def write(self, text: str) -> int:
        """Take text."""
        self._outputs.text(self._stream, text)
        return len(text)


class CellDisplayPublisher(DisplayPublisher):
    """Turns ``display(...)`` into ``display_data``."""

    def publish(  # type: ignore[override,unused-ignore] # narrower than the base on purpose
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: object,
    ) -> None:
        """Add a display, or replace the ones of the same display id."""
        display_id = (transient or {}).get("display_id")
        bundle, notes = _as_messages_send(data), _as_messages_send(metadata or {})
        if update:
            if display_id is not None:
                self.shell.cell_outputs.update(display_id, bundle, notes)
        else:
            self.shell.cell_outputs.add("display_data", display_id, data=bundle, metadata=notes)

    def clear_output(self, wait: bool = False) -> None:  # noqa: FBT001,FBT002 - the signature is IPython's
        """Clear the outputs of the cell."""
        self.shell.cell_outputs.clear(wait=wait)


class CellDisplayHook(DisplayHook):
    """Turns the value of a cell's last line into ``execute_result``."""

    shell: ZMQLikeShell

    def write_output_prompt(self) -> None:
        """Write nothing: the notebook shows the count."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        """Add the value in all its representations."""
        self.shell.cell_outputs.add(
            "execute_result",
            data=_as_messages_send(format_dict),
            metadata=_as_messages_send(md_dict or {}),
            execution_count=self.prompt_count,
        )

    def finish_displayhook(self) -> None:
        """Write no line end."""
        self._is_active = False


class ZMQLikeShell(InteractiveShell):
    """A shell without kernel, sockets, history file or start-up files of the user.

    pandas shortens printed tables to the width of a terminal unless the shell's class name holds "zmq", as
    that of the notebook kernel does; the name makes printed tables equal to those of a kernel.
    """

    displayhook_class = CellDisplayHook
    display_pub_class = CellDisplayPublisher
    kernel = None  # pandas takes a shell without this attribute for a terminal, and then shows other columns

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - handed through to IPython
        self.cell_outputs = CellOutputs()
        super().__init__(**given)  # type: ignore[no-untyped-call] # IPython's

    def init_virtualenv(self) -> None:
        """Leave the import path as the worker has it."""

    def enable_gui(self, gui: str | None = None) -> None:
        """Start no window system: figures become pictures in the notebook."""

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.cell_outputs.add("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb))


def _as_messages_send(bundle: dict[str, Any]) -> dict[str, Any]:
    """Return a bundle as it would arrive through a kernel's message: bytes as base64 text."""
    return {
        mime: b2a_base64(value, newline=False).decode("ascii") if isinstance(value, bytes) else value
        for mime, value in bundle.items()
    }


@contextmanager
def _figures_of_their_own() -> Iterator[None]:
    """Set aside what matplotlib remembers of a surrounding notebook, and forget what it remembers of ours.

    Both pyplot and matplotlib_inline note in the process that a shell has been prepared for figures. A second
    shell would then show no figure at all, without any error, and could not switch interactive drawing off.
    """
    import matplotlib.pyplot as plt
    from matplotlib_inline import backend_inline
    from matplotlib_inline.config import InlineBackend

    support, shown = vars(backend_inline.configure_inline_support), vars(backend_inline.show)
    outer, outer_backend = InlineBackend._instance, support.get("current_backend", "unset")  # noqa: SLF001
    if InteractiveShell.initialized():
        plt.uninstall_repl_displayhook()
    InlineBackend.clear_instance()
    support["current_backend"] = "unset"
    shown.update(_to_draw=[], _draw_called=False)
    try:
        yield
    finally:
        InlineBackend.clear_instance()
        InlineBackend._instance = outer  # noqa: SLF001
        support["current_backend"] = outer_backend
        shown.update(_to_draw=[], _draw_called=False)
        if InteractiveShell.initialized():
            plt.install_repl_displayhook()


def _make_figures_visible(shell: ZMQLikeShell) -> None:
    import matplotlib.pyplot as plt

    os.environ["MPLBACKEND"] = INLINE_BACKEND
    shell.enable_matplotlib("inline")  # type: ignore[no-untyped-call] # IPython's
    # pyplot draws after each cell what has changed. That is nothing once figures have been shown and closed;
    # the other way round, as it is in a kernel, every figure is drawn twice.
    plt.uninstall_repl_displayhook()
    plt.install_repl_displayhook()


def _show_tables_as_a_notebook_does() -> None:
    """Undo what pandas concluded when it was loaded before there was a notebook: as many columns as fit."""
    if "pandas" in sys.modules:
        import pandas as pd

        pd.set_option("display.max_columns", 20)


@contextmanager
def _without_outer_shell() -> Iterator[None]:
    """Set aside the shell of a surrounding notebook; IPython allows one instance at a time."""
    outer = InteractiveShell._instance  # noqa: SLF001 - IPython offers no other way to nest
    outer_main = sys.modules.get("__main__")
    InteractiveShell._instance = None  # noqa: SLF001
    try:
        yield
    finally:
        ZMQLikeShell.clear_instance()
        InteractiveShell._instance = outer  # noqa: SLF001
        if outer_main is not None:
            sys.modules["__main__"] = outer_main


@contextmanager
def report_shell() -> Iterator[ZMQLikeShell]:
    """Give a fresh shell and put the process back as it was afterwards.

    Yields
    ------
    ZMQLikeShell
        Its ``cell_outputs`` collects streams, displays, results and errors.
    """
    import matplotlib.pyplot as plt  # loaded before its settings are noted down below

    settings = Config()
    settings.HistoryManager.enabled = False
    settings.HistoryManager.hist_file = ":memory:"
    with (
        restored_process_state(),
        _figures_of_their_own(),
        _without_outer_shell(),
        tempfile.TemporaryDirectory(prefix="workbench-", ignore_cleanup_errors=True) as folder,
    ):
        shell = ZMQLikeShell.instance(config=settings, ipython_dir=folder)
        _make_figures_visible(shell)
        _show_tables_as_a_notebook_does()
        sys.stdout = CellStream("stdout", shell.cell_outputs)
        sys.stderr = CellStream("stderr", shell.cell_outputs)
        try:
            yield shell
        finally:
            plt.uninstall_repl_displayhook()
            shell.atexit_operations()  # type: ignore[no-untyped-call] # IPython's
            atexit.unregister(shell.atexit_operations)
