"""What a forum publishes: a page without names, the public outcome file, and the hashes of both."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from workbench.errors import InvalidInput, Problem
from workbench.present.i18n import Translator
from workbench.present.minutes.material import MinutesList
from workbench.present.public_page import PublicForum, public_page
from workbench.publishing.forums import Forum
from workbench.store.outcome_file import outcome_digest, public_outcome_bytes

PAGE, OUTCOME, HASHES = "pengumuman", "hasil-publik", "sidik"
LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")
"""A line of the file of hashes, as ``sha256sum -c`` reads it."""


def publication_files(forum: Forum, t: Translator) -> dict[str, bytes]:
    """Return the files of a publication by name.

    Parameters
    ----------
    forum : Forum
    t : Translator

    Returns
    -------
    dict
        The outcome file without what few people stand behind, the page with its hash and QR, and the hashes
        of both in the form of ``sha256sum``.
    """
    content = public_outcome_bytes(forum.session, forum.found, forum.resolution)
    name = f"{OUTCOME}-{forum.code}.json"
    lists = {pool: MinutesList(one.session, one.outcome, one.decided) for pool, one in forum.lists.items()}
    locked = forum.resolution is not None and forum.resolution.locked
    page = public_page(PublicForum(forum.session, lists, locked, name, outcome_digest(content)), t)
    files = {name: content, f"{PAGE}-{forum.code}.html": page.encode()}
    hashes = "".join(f"{hashlib.sha256(files[file]).hexdigest()}  {file}\n" for file in sorted(files))
    return files | {f"{HASHES}-{forum.code}.txt": hashes.encode()}


class State(StrEnum):
    """What became of a published file."""

    INTACT = "intact"
    CHANGED = "changed"
    MISSING = "missing"
    PAGE = "page"
    """A page that does not name the hash of its outcome file."""


@dataclass(frozen=True)
class Checked:
    """What became of one file of a publication."""

    file: str
    state: State


@dataclass(frozen=True)
class Publication:
    """A publication as it was found.

    Attributes
    ----------
    checked : tuple of Checked
    digests : tuple of str
        Hashes of the outcome files, as the file of hashes says them.
    """

    checked: tuple[Checked, ...]
    digests: tuple[str, ...]

    @property
    def intact(self) -> bool:
        """Whether nothing is missing or changed."""
        return all(one.state is State.INTACT for one in self.checked)


def check_publication(folder: Path) -> Publication:
    """Compare every published file of a folder with its hash, and every page with its outcome file.

    Raises
    ------
    InvalidInput
        ``publication_missing``, ``publication_unreadable``.
    """
    listed = dict(_listed(folder))
    checked = []
    for file, digest in sorted(listed.items()):
        path = folder / file
        if not path.is_file():
            checked.append(Checked(file, State.MISSING))
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            checked.append(Checked(file, State.CHANGED))
        else:
            checked.append(Checked(file, _named(path, listed)))
    outcomes = tuple(digest for file, digest in sorted(listed.items()) if file.startswith(OUTCOME))
    return Publication(tuple(checked), outcomes)


def _named(path: Path, listed: dict[str, str]) -> State:
    """Tell whether a page names the hash of the outcome file that belongs to it."""
    if not path.name.startswith(PAGE):
        return State.INTACT
    outcome = listed.get(f"{OUTCOME}{path.stem.removeprefix(PAGE)}.json", "")
    named = outcome and outcome in path.read_text(encoding="utf-8").replace("<wbr/>", "")
    return State.INTACT if named else State.PAGE


def _listed(folder: Path) -> Iterator[tuple[str, str]]:
    files = sorted(folder.glob(f"{HASHES}-*.txt")) if folder.is_dir() else []
    if not files:
        raise InvalidInput([Problem("publication_missing", file=str(folder))])
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            found = LINE.fullmatch(line)
            if not found or Path(found[2]).name != found[2]:
                raise InvalidInput(
                    [Problem("publication_unreadable", file=path.name, row=number, value=line)]
                )
            yield found[2], found[1]
