"""The room's pages as an app: a Voila server for this laptop alone, with a secret of its own."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import util
from pathlib import Path

from workbench.store.project_files import notebook_folder
from workbench.store.room_place import FOLDER, STOP_FILE

HOST = "127.0.0.1"
TEMPLATE = "ruang"
OPERATOR, WALL = "ruang.ipynb", "layar.ipynb"
KERNEL_MANAGER = "workbench.cli.kernels.RoomKernelManager"
"""By name: importing it takes the command line half a second."""
PATIENCE = 90.0
"""Seconds that a slow laptop may take until the server answers."""
PAUSE = 0.2


def app_is_installed() -> bool:
    """Tell whether the extra ``live`` is there."""
    return util.find_spec("voila") is not None


def free_port(wanted: int = 0) -> int:
    """Return the wanted port of this laptop if nobody listens there, else any free one."""
    with socket.socket() as probe:
        try:
            probe.bind((HOST, wanted))
        except OSError:
            probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class RoomApp:
    """One run of the app.

    Attributes
    ----------
    place : Path
        A private folder for the settings of this run; the secret stands there and not on the command line.
    port : int
    folder : Path or None
        The session folder that the pages open.
    language : str
    token : str
        Without it the server shows nothing.
    """

    place: Path
    port: int
    folder: Path | None = None
    language: str = "id"
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @property
    def stop_file(self) -> Path:
        """The file whose appearance ends the run."""
        return self.place / "berhenti"

    def address(self, page: str = OPERATOR) -> str:
        """Return the address of a page with the secret that opens it."""
        return f"http://{HOST}:{self.port}/voila/render/{page}?token={self.token}"

    def settings(self) -> dict[str, object]:
        """Return the settings of the server: this laptop only, own template, no traceback on any page."""
        return {
            "Voila": {
                "ip": HOST,
                "port": self.port,
                "port_retries": 0,
                "open_browser": False,
                "token": self.token,
                "identity_provider_class": "workbench.cli.sign_in.RoomIdentity",
            },
            "VoilaConfiguration": {
                "template": TEMPLATE,
                "classic_tree": True,
                "show_tracebacks": False,
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
            },
            "MappingKernelManager": {"kernel_manager_class": KERNEL_MANAGER},
            "KernelManager": {"shutdown_wait_time": 1.0},
        }

    def environment(self, outer: Mapping[str, str]) -> dict[str, str]:
        """Return the variables of the server and of the pages' kernels."""
        templates = str(Path(__file__).parent / "app")
        inner = {
            **outer,
            "JUPYTER_PATH": os.pathsep.join(filter(None, (templates, outer.get("JUPYTER_PATH", "")))),
            "JUPYTER_CONFIG_PATH": str(self.place),
            "JUPYTER_PLATFORM_DIRS": "1",
            "WORKBENCH_LANG": self.language,
            STOP_FILE: str(self.stop_file),
        }
        return inner | ({FOLDER: str(self.folder.resolve())} if self.folder else {})

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server; its log stands in the private folder."""
        settings = self.place / "voila.json"
        settings.touch(mode=0o600)
        settings.write_text(json.dumps(self.settings()), encoding="utf-8")
        command = [sys.executable, "-m", "workbench.cli.served", "voila", str(notebook_folder())]
        with (self.place / "voila.log").open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - this Python's own server, no word of the user in it
                command,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env=self.environment(os.environ),
                cwd=self.place,
            )

    def wait(self, server: subprocess.Popen[bytes], patience: float = PATIENCE) -> bool:
        """Return whether the server answers in time; False too where it ended by itself."""
        end = time.monotonic() + patience
        address = f"http://{HOST}:{self.port}/voila/static/voila.js"
        while time.monotonic() < end and server.poll() is None:
            try:
                with urllib.request.urlopen(address, timeout=5):
                    return True
            except urllib.error.HTTPError:
                return True
            except OSError:
                time.sleep(PAUSE)
        return False

    def run(self, server: subprocess.Popen[bytes]) -> None:
        """Return when the server ends or a page asks to stop."""
        while server.poll() is None and not self.stop_file.exists():
            time.sleep(PAUSE)


def stop(server: subprocess.Popen[bytes], patience: float = 10.0) -> None:
    """End the server with the kernels of its pages."""
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(patience)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
