"""Where the room's pages find their folder: what starts them says so through the environment."""

from __future__ import annotations

import os
from pathlib import Path

from workbench.store.project_files import located

FOLDER, STOP_FILE = "WORKBENCH_FOLDER", "WORKBENCH_STOP_FILE"
"""Variables that ``workbench start`` sets for the pages it serves."""
PRIVATE, CHOSEN = "WORKBENCH_PRIVATE", "folder.txt"
"""In JupyterLab, which no page can stop: the private folder of the run, and what in it names the meeting."""
NOWHERE = "-"
"""What stands for a folder where the operator left one and has not chosen the next."""


def room_folder(given: str | Path = "") -> Path | None:
    """Return the folder to open: the one that is given, else the one the pages were started with.

    Examples
    --------
    >>> room_folder("data/contoh").name
    'contoh'
    """
    named = str(given) or _chosen() or os.environ.get(FOLDER, "")
    return located(named) if named and named != NOWHERE else None


def choose_folder(folder: Path) -> None:
    """Let the other pages of this run open the same folder, where the operator chose it on the page."""
    note = _note()
    if note is not None:
        note.write_text(str(folder.resolve()), encoding="utf-8")


def leave_folder() -> None:
    """Let the other pages of this run go back to waiting: the operator chooses anew."""
    note = _note()
    if note is not None:
        note.write_text(NOWHERE, encoding="utf-8")


def _note() -> Path | None:
    """Return the file in this run's private place that names the chosen folder."""
    place, stop_file = os.environ.get(PRIVATE, ""), os.environ.get(STOP_FILE, "")
    if place:
        return Path(place) / CHOSEN
    return Path(stop_file).with_name(CHOSEN) if stop_file else None


def _chosen() -> str:
    note = _note()
    return note.read_text(encoding="utf-8") if note is not None and note.is_file() else ""


def may_stop() -> bool:
    """Tell whether whoever started the pages waits for a word to stop."""
    return bool(os.environ.get(STOP_FILE))


def ask_to_stop() -> None:
    """Tell whoever started the pages to stop."""
    named = os.environ.get(STOP_FILE, "")
    if named:
        Path(named).touch()


def page_moves_focus() -> bool:
    """Tell whether the page itself moves the focus after Enter, as the app does and Jupyter does not."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila")
