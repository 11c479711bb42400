"""``python -m workbench.cli.early_kernel``: a kernel that has read the room's pages before anyone asks.

A server starts it first of all and hands it over when a page wants a kernel (`workbench.cli.kernels`), so
that reading the modules falls into the seconds in which server and browser start. It waits at its standard
input; a server that is gone has closed it, and then nothing is left to wait for.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

PAGE = "workbench.widgets.room"
"""The operator's page; the projector's needs nothing more."""


def read_ahead() -> None:
    """Import what every page needs; what cannot be imported the page itself says in its place."""
    import_module("ipykernel.kernelapp")
    with suppress(ImportError):
        import_module(PAGE)
        # ipywidgets does so itself only where it is imported inside a kernel. Without it a page that finds
        # its widgets made already would ask for each of them by a message of its own.
        import_module("ipywidgets").register_comm_target()


def main() -> None:
    """Read ahead, wait for the order, and be the kernel it speaks of."""
    if sys.stdin is None:
        return  # Windows without a console gives none where the pipe is lost: better gone than silent
    # As kernels do. On Windows a Ctrl-C of the server's console comes here, too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.path[0] == "" or Path(sys.path[0]) == Path.cwd():
        del sys.path[0]  # as ipykernel does: a file beside the notebook may bear a module's name
    read_ahead()
    line = sys.stdin.readline()
    if not line:
        return
    order = json.loads(line)
    for name, value in order["environment"].items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    if order["cwd"]:
        os.chdir(order["cwd"])
    import_module("ipykernel.kernelapp").launch_new_instance(order["arguments"])


if __name__ == "__main__":
    main()
