"""The kernel that reads ahead: what it becomes, what replaces it, and that it does not outlive its server."""

import ast
import asyncio
import io
import os
import signal
import subprocess
import sys

import pytest

pytest.importorskip("jupyter_server")

from jupyter_client.provisioning import LocalProvisioner

from workbench.cli import early_kernel, early_process
from workbench.cli.early_process import EarlyKernel
from workbench.cli.instruments import lab_arguments
from workbench.cli.kernels import EarlyProvisioner, RoomKernelManager
from workbench.cli.room_app import KERNEL_MANAGER, RoomApp

READ = f"'{early_kernel.PAGE}' in __import__('sys').modules"
ASKED = (
    "import os, sys\n"
    "sys.path.count(''), os.getcwd(), os.environ.get('DITAMBAH'), os.environ.get('DIBUANG'), "
    f"'JPY_PARENT_PID' in os.environ, {READ}, "
    "{'jupyter.widget', 'jupyter.widget.control'} <= set(get_ipython().kernel.comm_manager.targets)"
)


@pytest.fixture
def early(monkeypatch):
    """An early kernel of this process, as a server has one."""
    monkeypatch.setenv("DIBUANG", "dulu")
    EarlyKernel.clear_instance()
    held = EarlyKernel.instance()
    held.begin()
    begun = [held.process]
    yield held
    EarlyKernel.clear_instance()
    begun += [held.process] if held.process not in (None, *begun) else []
    for process in begun:
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
            assert await told(kernel, ASKED) == (1, str(tmp_path), "kini", None, True, True, True)
            early.begin()
            await kernel.restart_kernel(now=True)
            assert early.process is not None
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


def test_where_every_page_is_a_kernel_another_one_is_read_ahead(early, monkeypatch):
    monkeypatch.setattr(early_process, "REST", 0.0)
    first = early.process

    async def take(*, again):
        early.again = again
        early.taken(["--version"], {}, "")
        await asyncio.sleep(0.05)
        return early.process

    second = asyncio.run(take(again=True))
    try:
        assert second.pid != first.pid
        assert asyncio.run(take(again=False)) is None
    finally:
        second.wait(30)


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


def test_an_interrupt_does_not_end_what_is_no_kernel_yet(monkeypatch):
    seen = []
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    monkeypatch.setattr(early_kernel, "read_ahead", lambda: seen.append(signal.getsignal(signal.SIGINT)))
    before = signal.getsignal(signal.SIGINT)
    try:
        early_kernel.main()
    finally:
        signal.signal(signal.SIGINT, before)
    assert seen == [signal.SIG_IGN]


def test_without_an_input_it_reads_nothing_and_ends(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(early_kernel, "read_ahead", pytest.fail)
    early_kernel.main()


def test_it_ends_with_a_server_that_is_killed():
    code = (
        "import os, sys\n"
        "from workbench.cli.early_process import EarlyKernel\n"
        "EarlyKernel.instance().begin()\n"
        "print(EarlyKernel.instance().process.pid, flush=True)\n"
        "os._exit(1)"
    )
    server = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    # Its output is the server's: the pipe ends when the last that holds it is gone.
    output, _ = server.communicate(timeout=60)
    assert server.returncode == 1
    assert int(output) > 0


def test_both_servers_are_told_of_it_and_find_it(tmp_path):
    assert RoomApp(tmp_path, 9000).settings()["MappingKernelManager"] == {
        "kernel_manager_class": KERNEL_MANAGER
    }
    assert f"--MappingKernelManager.kernel_manager_class={KERNEL_MANAGER}" in lab_arguments(8888)
    assert f"{RoomKernelManager.__module__}.{RoomKernelManager.__qualname__}" == KERNEL_MANAGER
