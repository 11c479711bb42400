"""The meetings of this laptop: one folder each inside one place, so that nobody has to type an address."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import InvalidInput, Problem
from workbench.store.folder_tables import table_files
from workbench.store.journal_format import JOURNAL, has_journal
from workbench.store.practice import is_practice

PLACE = "WORKBENCH_MEETINGS"
"""Variable that names another place than the one in the user's own folder."""
DEFAULT = "Musyawarah"
ELSEWHERE = "terakhir.txt"
"""Folders outside the place that were opened last, one a line."""
MOST_ELSEWHERE = 8
UNUSABLE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
"""What Windows lets no name of a folder hold."""
NEEDED_BYTES = 50_000_000
"""Journal, tables, cards and minutes of a day, with their earlier versions, take a tenth of it."""
SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud")


@dataclass(frozen=True)
class Meeting:
    """A session folder that can be opened.

    Attributes
    ----------
    folder : Path
    is_open : bool
        Whether its room was opened already.
    practice : bool
    changed : float
        When its journal or tables were written last, in seconds.
    """

    folder: Path
    is_open: bool
    practice: bool
    changed: float


def meetings_place() -> Path:
    """Return the folder that holds the meetings; it may not exist yet."""
    named = os.environ.get(PLACE, "")
    return Path(named) if named else Path.home() / DEFAULT


def meeting_at(folder: Path) -> Meeting | None:
    """Return what is known of a folder without reading its tables; None where it is no session folder."""
    try:
        if not folder.is_dir():
            return None
        opened = has_journal(folder)
        files = [folder / JOURNAL] if opened else table_files(folder)
        wal = folder / f"{JOURNAL}-wal"
        changed = [path.stat().st_mtime for path in (*files, wal) if path.is_file()]
    except OSError:  # a stick that was pulled out, a folder of somebody else
        return None
    return Meeting(folder, opened, is_practice(folder), max(changed)) if changed else None


def known_meetings(place: Path) -> tuple[Meeting, ...]:
    """Return the meetings inside a place and those opened elsewhere, the one written last first."""
    try:
        inside = sorted(path for path in place.iterdir() if path.is_dir())
    except OSError:
        inside = []
    folders = dict.fromkeys([*inside, *_elsewhere(place)])
    found = [meeting for folder in folders if (meeting := meeting_at(folder)) is not None]
    return tuple(sorted(found, key=lambda meeting: -meeting.changed))


def _elsewhere(place: Path) -> list[Path]:
    try:
        lines = (place / ELSEWHERE).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    return [Path(line) for line in lines if line.strip()]


def remember(place: Path, folder: Path) -> None:
    """Note a folder outside the place as opened last; where nothing can be written, nothing is noted."""
    folder = folder.resolve()
    if folder.parent == place.resolve():
        return
    kept = [folder, *(other for other in _elsewhere(place) if other != folder)][:MOST_ELSEWHERE]
    try:
        place.mkdir(parents=True, exist_ok=True)
        (place / ELSEWHERE).write_text("".join(f"{path}\n" for path in kept), encoding="utf-8")
    except OSError:
        return


def new_place(place: Path, name: str) -> Path:
    """Return the folder of a new meeting by its name, which must not be taken.

    Raises
    ------
    InvalidInput
        ``meeting_name_missing``, or ``folder_not_empty`` where the name is taken.
    """
    plain = " ".join(UNUSABLE.sub(" ", name).split()).strip(" .")
    if not plain:
        raise InvalidInput([Problem("meeting_name_missing", value=name)])
    folder = place / plain
    if folder.exists() and any(folder.iterdir()):
        raise InvalidInput([Problem("folder_not_empty", file=str(folder))])
    return folder


def trouble_ahead(folder: Path) -> str:
    """Name what will stand in the way of a meeting in a folder; empty text where nothing is seen.

    Returns
    -------
    str
        ``read_only``, ``synced`` (a program copies it to the internet), ``nearly_full`` or ``""``.
    """
    if not os.access(folder, os.W_OK):
        return "read_only"
    if is_synced(folder.resolve()):
        return "synced"
    return "nearly_full" if shutil.disk_usage(folder).free < NEEDED_BYTES else ""


def is_synced(folder: Path) -> bool:
    """Tell whether a folder seems to be one that a program copies to the internet while it is written.

    Examples
    --------
    >>> is_synced(Path("C:/Users/Ani/OneDrive - Kecamatan/Rapat")), is_synced(Path("D:/Rapat"))
    (True, False)
    """
    return any(part.casefold().startswith(SYNCED) for part in folder.parts)
