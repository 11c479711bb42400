"""Kernels of a server: one is a process that has read the pages while server and browser started.

Modules are read once: who edits the product and restarts a kernel gets a new process, which reads them anew.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager

from workbench.cli.early_process import EarlyKernel

LAUNCHER = ["-m", "ipykernel_launcher"]


class EarlyProvisioner(LocalProvisioner):
    """Start a local kernel from the process that waits; from a new one where that cannot be.

    A kernel that starts again, because it died or was told to, is always a new one.
    """

    _started = False

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:  # noqa: ANN401 - Jupyter's own
        """Start a kernel of this Python early, every other one as Jupyter does."""
        process = None
        again, self._started = self._started, True
        if not again and cmd[:1] == [sys.executable] and LAUNCHER[1] in cmd:
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
