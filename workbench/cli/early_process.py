"""The process that waits to become a kernel, as its server sees it; inside it is `early_kernel`."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys

from jupyter_client.launcher import launch_kernel
from traitlets.config import SingletonConfigurable

EARLY = ["-Xfrozen_modules=off", "-m", "workbench.cli.early_kernel"]
REST = 8.0
"""Seconds after which the page that took the last one stands, and the cores are free to read ahead again."""


class EarlyKernel(SingletonConfigurable):
    """The one process of a server that waits to become a kernel.

    Attributes
    ----------
    process : Popen or None
        None where none waits.
    again : bool
        Whether another one begins after one was taken: in the app every page is a kernel, and the wall
        follows the operator's page. An analyst who restarts a kernel wants the modules read anew.
    """

    process: subprocess.Popen[bytes] | None = None
    again: bool = False

    def begin(self) -> None:
        """Start it as Jupyter starts kernels, so that interrupts and the end of the server reach it."""
        if self.process is None:
            self.process = launch_kernel([sys.executable, *EARLY], stdin=subprocess.PIPE)

    def taken(
        self, arguments: list[str], environment: dict[str, str], cwd: str
    ) -> subprocess.Popen[bytes] | None:
        """Let it become the kernel of these arguments; None where none waits, or it is gone."""
        process, self.process = self.process, None
        if self.again:
            asyncio.get_running_loop().call_later(REST, self.begin)
        if process is None or process.stdin is None or process.poll() is not None:
            return None
        own = {**dict.fromkeys(os.environ), **environment}
        # Only what differs: on Windows a pipe holds a few thousand characters until they are read.
        differing = {name: value for name, value in own.items() if value != os.environ.get(name)}
        order = {"arguments": arguments, "environment": differing, "cwd": cwd}
        try:
            with process.stdin as pipe:
                pipe.write(json.dumps(order).encode() + b"\n")
        except OSError:
            return None
        return process
