"""Folders to practise in: the class case or a copy of a real folder, reset at will, never a real room."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from workbench.errors import InvalidInput, Problem
from workbench.store.edited_tables import RULES_FILE
from workbench.store.folder_tables import table_files
from workbench.store.journal_format import JOURNAL, WITNESS, has_journal
from workbench.store.manifest import MANIFEST
from workbench.store.project_files import data_folder
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session

MARK = ".latihan"
"""A file that says that nothing in the folder is a real meeting."""


def case_folder() -> Path:
    """Return the class case that ships with the workbench: a village with 12 proposals.

    Examples
    --------
    >>> (case_folder() / "usulan.csv").is_file()
    True
    """
    return data_folder() / "latihan" / "desa-12-usulan"


def is_practice(folder: Path) -> bool:
    """Tell whether a folder was made to practise in."""
    return (folder / MARK).is_file()


def prepare_practice(folder: Path, source: Path | None = None, mark: str = "") -> Path:
    """Make a folder to practise in, from a session folder (the class case where none is given).

    A practice folder that exists stays as it is. Only the tables and rules are copied, never the file of
    names and never a journal.

    Parameters
    ----------
    folder : Path
    source : Path, optional
    mark : str
        Words that the wall and every paper carry (tanda data), where the tables do not carry a mark already.

    Raises
    ------
    InvalidInput
        ``practice_needs_own_folder``: the folder holds something that is no practice.
    """
    if is_practice(folder):
        return folder
    if folder.exists() and any(folder.iterdir()):
        raise InvalidInput([Problem("practice_needs_own_folder", file=folder.name)])
    with made_whole(folder):
        _copy(source or case_folder(), folder)
        (folder / MARK).write_text(str((source or case_folder()).resolve()), encoding="utf-8")
        _carry(folder, mark)
    return folder


@contextmanager
def made_whole(folder: Path) -> Iterator[None]:
    """Make a folder for what is written inside the block; where that fails, nothing of it stays behind."""
    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        if new:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def reset_practice(folder: Path, mark: str = "") -> Path:
    """Put a practice folder back to its beginning; whatever was entered in it is gone.

    Parameters
    ----------
    folder : Path
    mark : str
        As in `prepare_practice`.

    Raises
    ------
    InvalidInput
        ``not_a_practice``: a real meeting is never reset.
    """
    if not is_practice(folder):
        raise InvalidInput([Problem("not_a_practice", file=folder.name)])
    named = (folder / MARK).read_text(encoding="utf-8").strip()
    source = Path(named) if named and Path(named).is_dir() else case_folder()
    names = [JOURNAL, f"{JOURNAL}-wal", f"{JOURNAL}-shm", WITNESS, MANIFEST, RULES_FILE]
    for path in [*(folder / name for name in names), *table_files(folder)]:
        path.unlink(missing_ok=True)
    _copy(source, folder)
    _carry(folder, mark)
    return folder


def _carry(folder: Path, mark: str) -> None:
    """Let a copy of a real folder say on everything that comes of it that it is practice."""
    if not mark:
        return
    opened = open_session(folder)
    facts = opened.session.facts
    if not facts.data_mark:
        marked = replace(opened.session, facts=replace(facts, data_mark=mark))
        write_session(folder, marked, opened.rules, opened.resolution)


def _copy(source: Path, folder: Path) -> None:
    if not source.is_dir():
        raise InvalidInput([Problem("folder_missing", file=str(source))])
    if has_journal(source) and is_practice(source):
        raise InvalidInput([Problem("practice_of_a_practice", file=source.name)])
    for path in [*table_files(source), source / RULES_FILE]:
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
