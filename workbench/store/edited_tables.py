"""Tables beside a journal are exports: one that a person changed is refused by name, never mixed in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from workbench.errors import InvalidInput, Problem
from workbench.store.folder_tables import table_files
from workbench.store.journal_format import JOURNAL

RULES_FILE = "aturan.toml"


def file_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file that the session is read from, by name."""
    rules = folder / RULES_FILE
    files = [*table_files(folder), *([rules] if rules.is_file() else [])]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)}


def edited_files(folder: Path, *written: Mapping[str, str]) -> tuple[str, ...]:
    """Name the tables of a folder that are none of the written ones.

    Parameters
    ----------
    folder : Path
    written : mappings of file name to SHA-256
        As the room took them over, and as the last export wrote them.
    """
    return tuple(
        name
        for name, digest in file_hashes(folder).items()
        if digest not in {hashes.get(name) for hashes in written}
    )


def refuse_edited(folder: Path, *written: Mapping[str, str]) -> None:
    """Raise for every table that was changed or added after the room opened.

    Raises
    ------
    InvalidInput
        ``table_edited_beside_journal`` for each.
    """
    problems = [
        Problem("table_edited_beside_journal", file=name, facts={"journal": JOURNAL})
        for name in edited_files(folder, *written)
    ]
    if problems:
        raise InvalidInput(problems)
