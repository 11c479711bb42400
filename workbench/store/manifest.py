"""The manifest of a session folder, whole writes, and the way from an old format to this one.

A folder is written in one movement: all files first under a ``.part`` name, then a marker that names what
must go, then the renames, then the marker goes. A folder that holds the marker or a ``.part`` file was cut
off while it was written, and is refused by name instead of read half.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workbench.errors import InvalidInput, Problem

SCHEMA = "musrenbang-session"
VERSION = 1
MANIFEST = "manifest.json"
MARKER = "PENULISAN-BELUM-SELESAI.txt"
MARKER_TEXT = "Folder ini sedang ditulis. / This folder is being written."
PART = ".part"


@dataclass(frozen=True)
class Manifest:
    """What a folder says about itself.

    Attributes
    ----------
    version : int
        Version of the format; 0 for a folder made by hand, which has no manifest.
    region_edition : str
        Edition of the kode wilayah that the tables were checked against when they were written.
    files : mapping
        SHA-256 by file name, as written.
    digest : str
        SHA-256 over all files: the hash of input and rules.
    part_of : str
        Digest of the whole list that this folder is one district of; empty for a whole session.
    journal : mapping
        The end of the journal that the tables were exported from: ``entries`` and ``hash``; empty for tables
        that no room wrote.
    """

    version: int = 0
    region_edition: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    part_of: str = ""
    journal: Mapping[str, Any] = field(default_factory=dict)

    def edited(self, folder: Path) -> tuple[str, ...]:
        """Name the files that differ from what was written; people may edit, and the report says so."""
        changed = [name for name, digest in self.files.items() if _digest_of(folder / name) != digest]
        return tuple(sorted(changed))


def _digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def digest(files: Mapping[str, bytes]) -> str:
    """Return the hash of a set of files: of their names and contents, in name order.

    Examples
    --------
    >>> digest({"a": b"1", "b": b"2"}) == digest({"b": b"2", "a": b"1"})
    True
    """
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return total.hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a folder; a folder made by hand has none and is version 0.

    Raises
    ------
    InvalidInput
        ``folder_half_written``, ``manifest_unreadable`` or ``format_too_new``.
    """
    refuse_half_written(folder)
    path = folder / MANIFEST
    if not path.exists():
        return Manifest()
    try:
        given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        manifest = Manifest(
            int(given["version"]),
            str(given["region_edition"]),
            dict(given["files"]),
            str(given["digest"]),
            str(given.get("part_of", "")),
            dict(given.get("journal", {})),
        )
    except (OSError, ValueError, KeyError, TypeError, OverflowError) as error:
        raise InvalidInput([Problem("manifest_unreadable", file=MANIFEST)]) from error
    if given.get("schema") != SCHEMA:
        raise InvalidInput([Problem("manifest_unreadable", file=MANIFEST, value=str(given.get("schema")))])
    if manifest.version > VERSION:
        facts = {"known": VERSION}
        raise InvalidInput(
            [Problem("format_too_new", file=MANIFEST, value=str(manifest.version), facts=facts)]
        )
    return manifest


def refuse_half_written(folder: Path) -> None:
    """Raise unless the folder was written to its end."""
    left = sorted(path.name for path in folder.glob(f"*{PART}"))
    if (folder / MARKER).exists() or left:
        facts = {"left": tuple(left)}
        raise InvalidInput([Problem("folder_half_written", file=folder.name, facts=facts)])


def interrupted(folder: Path) -> bool:
    """Tell whether a write of this folder was cut off and waits for `repair`."""
    return (folder / MARKER).exists() or any(folder.glob(f"*{PART}"))


def repair(folder: Path) -> bool:
    """Finish or withdraw a write that was cut off; return whether the new files won.

    The marker is set only after every new file lay complete under its ``.part`` name: with it the renames are
    finished, without it the old files are intact and the new ones are withdrawn. Either way nothing is lost
    that had been acknowledged.
    """
    marked = (folder / MARKER).exists()
    if marked:
        _finish(folder)
    for path in folder.glob(f"*{PART}"):
        path.unlink()
    return marked


def _finish(folder: Path) -> None:
    """Do what the marker promises: drop what it names, give every new file its name, take the marker away."""
    for name in (folder / MARKER).read_text(encoding="utf-8").splitlines()[1:]:
        if Path(name).name == name:  # a marker from elsewhere reaches no other folder
            (folder / name).unlink(missing_ok=True)
    for path in sorted(folder.glob(f"*{PART}")):
        path.replace(folder / path.name.removesuffix(PART))
    (folder / MARKER).unlink()


def write_files(
    folder: Path,
    files: Mapping[str, bytes],
    region_edition: str,
    *,
    obsolete: tuple[str, ...] = (),
    part_of: str = "",
    journal: Mapping[str, Any] | None = None,
) -> Manifest:
    """Write all files and the manifest in one movement.

    Parameters
    ----------
    folder : Path
        Made if it does not exist.
    files : mapping of name to bytes
    region_edition : str
        Recorded in the manifest.
    obsolete : tuple of str
        Names of files of the same format that must not stay behind.
    part_of : str
        Digest of the whole list that this is a part of.
    journal : mapping, optional
        As `Manifest.journal`.

    Notes
    -----
    What an earlier write left half done is finished or withdrawn first, so that two writes never mix.
    """
    folder.mkdir(parents=True, exist_ok=True)
    repair(folder)
    manifest = Manifest(
        VERSION,
        region_edition,
        {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)},
        digest(files),
        part_of,
        journal or {},
    )
    written = {**files, MANIFEST: _manifest_bytes(manifest)}
    _move_in(folder, written, [name for name in sorted(obsolete) if name not in written])
    return manifest


def change_files(folder: Path, changed: Mapping[str, bytes], gone: tuple[str, ...] = ()) -> None:
    """Write or drop single files of a folder in one movement; every other file stays as a person left it.

    A manifest is brought up to date for these files alone, so that edits of others are still told; a folder
    made by hand gets none.

    Parameters
    ----------
    folder : Path
        An existing session folder that no write left half done.
    changed : mapping of name to bytes
    gone : tuple of str
        Names of files that must not stay behind.

    Raises
    ------
    InvalidInput
        As `read_manifest`.
    """
    manifest = read_manifest(folder)
    written = dict(changed)
    if manifest.version:
        hashes = {name: hashlib.sha256(content).hexdigest() for name, content in changed.items()}
        kept = {name: was for name, was in manifest.files.items() if name not in {*changed, *gone}}
        files = dict(sorted((kept | hashes).items()))
        present = {name: (folder / name).read_bytes() for name in kept if (folder / name).is_file()}
        updated = replace(manifest, files=files, digest=digest({**present, **changed}))
        written[MANIFEST] = _manifest_bytes(updated)
    _move_in(folder, written, sorted(set(gone) - set(changed)))


def _move_in(folder: Path, written: Mapping[str, bytes], dropped: list[str]) -> None:
    for name, content in written.items():
        _write_through(folder / (name + PART), content)
    # The marker appears whole or not at all: half a marker would promise something else.
    marker = folder / (MARKER + PART)
    _write_through(marker, "\n".join([MARKER_TEXT, *dropped, ""]).encode())
    marker.replace(folder / MARKER)
    _finish(folder)


def _write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _manifest_bytes(manifest: Manifest) -> bytes:
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "version": manifest.version,
        "region_edition": manifest.region_edition,
        "digest": manifest.digest,
        "files": dict(manifest.files),
    }
    content |= {"part_of": manifest.part_of} if manifest.part_of else {}
    content |= {"journal": dict(manifest.journal)} if manifest.journal else {}
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


Migration = Callable[[Mapping[str, bytes]], Mapping[str, bytes]]
"""From the files of one version to those of the next."""

MIGRATIONS: Mapping[int, Migration] = MappingProxyType({0: dict})
"""By the version they start from. Version 0, the folder made by hand, has the tables of version 1."""


def migrate(
    files: Mapping[str, bytes],
    version: int,
    migrations: Mapping[int, Migration] = MIGRATIONS,
    target: int = VERSION,
) -> Mapping[str, bytes]:
    """Bring the files of an old folder to the target version, step by step; the folder itself is not touched.

    Raises
    ------
    InvalidInput
        ``format_not_supported`` when a step is missing.

    Examples
    --------
    >>> dict(migrate({"a.csv": b"1"}, 0))
    {'a.csv': b'1'}
    """
    while version < target:
        if version not in migrations:
            raise InvalidInput([Problem("format_not_supported", file=MANIFEST, value=str(version))])
        files = migrations[version](files)
        version += 1
    return files
