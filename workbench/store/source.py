"""One door for every input: a session folder, or a list made elsewhere with its recipe."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from workbench.domain.orders import Orders
from workbench.domain.resolution import Resolution
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem
from workbench.store.journal_format import JOURNAL, WITNESS, has_journal
from workbench.store.journal_opening import reading
from workbench.store.list_import import import_list
from workbench.store.recipe import read_recipe
from workbench.store.session_folder import OpenedSession, open_session


@dataclass(frozen=True)
class Source:
    """An opened input: the whole list, the rules, the files a person edited, what the forum decided.

    The orders of discussion groups come along where the folder has some.
    """

    session: Session
    rules: Rules
    edited: tuple[str, ...] = ()
    resolution: Resolution | None = None
    orders: Orders | None = None


def open_source(path: Path, recipe_folder: Path | None = None) -> Source:
    """Open a session folder, or a list by its recipe.

    Raises
    ------
    InvalidInput
        All problems at once; ``list_without_mapping`` when a file comes without a recipe;
        ``list_without_proposals`` when there is a list and nothing in it.
    """
    return not_empty(_opened(path, recipe_folder), path)


def not_empty(opened: Source, path: Path) -> Source:
    """Return an opened input that has a proposal.

    Raises
    ------
    InvalidInput
        ``list_without_proposals``.
    """
    if not len(opened.session.proposals):
        raise InvalidInput([Problem("list_without_proposals", file=path.name)])
    return opened


def source_of(opened: OpenedSession) -> Source:
    """Return an opened folder as an input."""
    return Source(opened.session, opened.rules, opened.edited, opened.resolution, opened.orders)


def _opened(path: Path, recipe_folder: Path | None) -> Source:
    if not path.exists():
        raise InvalidInput([Problem("file_missing", file=str(path))])
    if path.is_dir():
        return source_of(open_session(path))
    if recipe_folder is None:
        raise InvalidInput([Problem("list_without_mapping", file=path.name)])
    recipe = read_recipe(recipe_folder)
    return Source(import_list(path, recipe), recipe.rules)


def source_digest(path: Path, recipe_folder: Path | None = None) -> str:
    """Return the hash of everything that `open_source` would read, without reading it as a table.

    Of a room's journal its closing hash counts: its files change when they are only read.
    """
    total = hashlib.sha256()
    for root in (path, recipe_folder):
        if root is None:
            continue
        files = sorted(root.iterdir()) if root.is_dir() else [root]
        if root.is_dir() and has_journal(root):
            with reading(root) as journal:
                total.update(journal.tip().hash.encode())
        for file in files:
            beside = file.name.startswith((JOURNAL, WITNESS))
            if file.is_file() and not file.name.startswith("~$") and not beside:
                total.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()
