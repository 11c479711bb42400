"""The room that runs on this laptop already: a second double click shows it instead of starting another."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from pathlib import Path

from workbench.cli.room_app import HOST, RoomApp

FOLDER = ".musrenbang-workbench"
NOTE = "ruang.json"
PATIENCE = 3.0
"""Seconds that a server that runs may take to answer; a laptop that just woke is slow."""


def note_path() -> Path:
    """Return the private file that knows the address of the room that runs."""
    return Path.home() / FOLDER / NOTE


def note_running(app: RoomApp) -> None:
    """Keep the address for the next double click; where nothing can be written, nothing is kept."""
    path = note_path()
    known = {"port": app.port, "token": app.token, "folder": str(app.folder or ""), "pid": os.getpid()}
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps(known), encoding="utf-8")
    except OSError:
        return


def forget_running(app: RoomApp) -> None:
    """Drop the address when its room has ended; that of another room stays."""
    known = _known()
    if known is not None and known.token == app.token:
        note_path().unlink(missing_ok=True)


def running_room(folder: Path | None) -> RoomApp | None:
    """Return the room that runs and answers, if it is that of the folder (or none was asked for)."""
    known = _known()
    if known is None or (folder is not None and known.folder != folder.resolve()):
        return None
    return known if _answers(known) else None


def _known() -> RoomApp | None:
    try:
        held = json.loads(note_path().read_text(encoding="utf-8"))
        folder = Path(held["folder"]) if held["folder"] else None
        return RoomApp(note_path().parent, int(held["port"]), folder, token=str(held["token"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _answers(app: RoomApp) -> bool:
    """Tell whether our own server, which knows the secret, listens at the port."""
    address = f"http://{HOST}:{app.port}/?token={app.token}"  # the bare list of pages, which starts none
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return bool(answer.status == 200 and "login" not in str(answer.url))
    except (OSError, urllib.error.HTTPError):
        return False
