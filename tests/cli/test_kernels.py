"""The kernel that reads ahead: what it becomes, what replaces it, and that it does not outlive its server."""

import ast
import asyncio
import os
import subprocess
import sys

import pytest

pytest.importorskip("jupyter_server")

from jupyter_client.provisioning import LocalProvisioner

from workbench.cli import early_kernel
from workbench.cli.instruments import KERNEL_MANAGER, lab_arguments
from workbench.cli.kernels import EarlyKernel, EarlyProvisioner, RoomKernelManager

READ = f"'{early_kernel.PAGE}' in __import__('sys').modules"
ASKED = (
    "import os, sys\n"
    "sys.path.count(''), os.getcwd(), os.environ.get('DITAMBAH'), os.environ.get('DIBUANG'), "
    f"'JPY_PARENT_PID' in os.environ, {READ}"
)


@pytest.fixture
def early(monkeypatch):
    """An early kernel of this process, as a server has one."""
    monkeypatch.setenv("DIBUANG", "dulu")
    EarlyKernel.clear_instance()
    held = EarlyKernel.instance()
    held.begin()
    process = held.process
    yield held
    EarlyKernel.clear_instance()
    process.stdin.close()
    process.wait(30)


async def told(kernel, code):
    """Return the value that a kernel answers."""
    client = kernel.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=60)
        heard = []
        await client.execute_interactive(code, timeout=60, output_hook=heard.append)
        said = next(m["content"]["data"]["text/plain"] for m in heard if m["msg_type"] == "execute_result")
        return ast.literal_eval(said)
    finally:
        client.stop_channels()


def test_the_early_process_becomes_the_first_kernel_and_a_restart_a_new_one(early, tmp_path):
    first = early.process.pid
    wanted = {name: value for name, value in os.environ.items() if name != "DIBUANG"} | {"DITAMBAH": "kini"}

    async def use():
        kernel = RoomKernelManager(kernel_name="python3")
        await kernel.start_kernel(env=wanted, cwd=str(tmp_path))
        try:
            assert kernel.provisioner.pid == first
            assert await told(kernel, ASKED) == (1, str(tmp_path), "kini", None, True, True)
            await kernel.restart_kernel(now=True)
            assert kernel.provisioner.pid != first
            assert await told(kernel, f"__import__('os').getcwd(), {READ}") == (str(tmp_path), False)
        finally:
            await kernel.shutdown_kernel(now=True)

    asyncio.run(use())


def test_a_kernel_starts_as_ever_where_the_early_one_is_gone(early, monkeypatch):
    early.process.kill()
    early.process.wait()
    ordinary = []

    async def launch(self, cmd, **_):
        ordinary.append(cmd)

    monkeypatch.setattr(LocalProvisioner, "launch_kernel", launch)
    own = [sys.executable, "-m", "ipykernel_launcher", "-f", "sambungan.json"]
    asyncio.run(EarlyProvisioner().launch_kernel(own, env={}))
    assert ordinary == [own]


def test_other_kernels_do_not_take_it(early, monkeypatch):
    ordinary = []

    async def launch(self, cmd, **_):
        ordinary.append(cmd)

    monkeypatch.setattr(LocalProvisioner, "launch_kernel", launch)
    strangers = ["ir", "--args", "ipykernel_launcher"], [sys.executable, "-m", "xeus", "-f", "sambungan.json"]
    for cmd in strangers:
        asyncio.run(EarlyProvisioner().launch_kernel(cmd, env={}))
    assert ordinary == list(strangers)
    assert early.process.poll() is None


def test_it_ends_with_a_server_that_is_killed():
    code = (
        "import os, sys\n"
        "from workbench.cli.kernels import EarlyKernel\n"
        "EarlyKernel.instance().begin()\n"
        "print(EarlyKernel.instance().process.pid, flush=True)\n"
        "os._exit(1)"
    )
    server = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    # Its output is the server's: the pipe ends when the last that holds it is gone.
    output, _ = server.communicate(timeout=60)
    assert server.returncode == 1
    assert int(output) > 0


def test_jupyterlab_is_told_of_it_and_finds_it():
    assert f"--MappingKernelManager.kernel_manager_class={KERNEL_MANAGER}" in lab_arguments(8888)
    assert f"{RoomKernelManager.__module__}.{RoomKernelManager.__qualname__}" == KERNEL_MANAGER
