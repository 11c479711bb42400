"""Kernels of JupyterLab: the first is a process that has read the pages while server and browser started.

Modules are read once: who edits the product and restarts a kernel gets a new process, which reads them anew.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from jupyter_client.launcher import launch_kernel
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from traitlets.config import SingletonConfigurable

LAUNCHER = ["-m", "ipykernel_launcher"]
EARLY = ["-Xfrozen_modules=off", "-m", "workbench.cli.early_kernel"]


class EarlyKernel(SingletonConfigurable):
    """The one process of a server that waits to become a kernel."""

    process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Start it as Jupyter starts kernels, so that interrupts and the end of the server reach it."""
        self.process = launch_kernel([sys.executable, *EARLY], stdin=subprocess.PIPE)

    def taken(
        self, arguments: list[str], environment: dict[str, str], cwd: str
    ) -> subprocess.Popen[bytes] | None:
        """Let it become the kernel of these arguments; None where none waits, or it is gone."""
        process, self.process = self.process, None
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


class EarlyProvisioner(LocalProvisioner):
    """Start a local kernel from the process that waits; from a new one where that cannot be."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:  # noqa: ANN401 - Jupyter's own
        """Start a kernel of this Python early, every other one as Jupyter does."""
        process = None
        if cmd[:1] == [sys.executable] and LAUNCHER[1] in cmd:
            arguments = cmd[cmd.index(LAUNCHER[1]) + 1 :]
            given = kwargs.get("env") or dict(os.environ)
            process = EarlyKernel.instance().taken(arguments, given, str(kwargs.get("cwd") or ""))
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process
        self.pid = process.pid
        self.pgid = os.getpgid(process.pid) if hasattr(os, "getpgid") else None
        return self.connection_info


class RoomKernelManager(ServerKernelManager):
    """Jupyter's own, over a process that may have begun before it was asked for."""

    # Jupyter declares the asynchronous one as the synchronous one that it stands for.
    async def start_kernel(self, **kwargs: Any) -> None:  # type: ignore[override]  # noqa: ANN401
        """Start the kernel."""
        spec = self.kernel_spec
        if self.provisioner is None and spec is not None and "kernel_provisioner" not in spec.metadata:
            name = str(self.kernel_id or kwargs.get("kernel_id", ""))
            self.provisioner = EarlyProvisioner(kernel_id=name, kernel_spec=spec, parent=self)
        await super().start_kernel(**kwargs)
