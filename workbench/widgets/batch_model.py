"""What a batch of reports is asked for, and how far it is; who makes the reports is given from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from workbench.errors import InvalidInput, Problem
from workbench.store.project_files import located

REPORTS = "reports"
"""Folder in which the reports of every session get a folder of their own."""


class Progress(Protocol):
    """Counts after one more report."""

    @property
    def total(self) -> int:
        """Reports that are asked for."""

    @property
    def done(self) -> int:
        """Reports whose end is known."""

    @property
    def unchanged(self) -> int:
        """Reports of those that stood there already."""


class Failed(Protocol):
    """A report that failed, in words."""

    @property
    def code(self) -> str:
        """Code of the district."""

    @property
    def name(self) -> str:
        """Name of the district."""

    @property
    def reason(self) -> str:
        """Why."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What must be mended in its rows, every one."""


class Finished(Protocol):
    """What became of all reports."""

    @property
    def index(self) -> Path:
        """The index page."""

    @property
    def written(self) -> int:
        """Reports made now."""

    @property
    def unchanged(self) -> int:
        """Reports that stood there already."""

    @property
    def failures(self) -> Sequence[Failed]:
        """Reports that failed."""

    @property
    def seconds(self) -> float:
        """How long it took."""


class Maker(Protocol):
    """Makes the reports of all districts of a session folder."""

    def __call__(
        self,
        source: Path,
        out: Path,
        workers: int | None,
        progress: Callable[[Progress], None],
        *,
        force: bool,
    ) -> Finished:
        """Make them and call `progress` after each."""


@dataclass(frozen=True)
class Order:
    """What is asked for.

    Attributes
    ----------
    source, out : Path
        Session folder, and folder of the reports.
    workers : int, optional
        One for each core when not given.
    force : bool
        Make all reports again.
    """

    source: Path
    out: Path
    workers: int | None
    force: bool


def order_of(source: str, out: str, workers: int, *, force: bool) -> Order:
    """Return what the fields of the front ask for.

    Parameters
    ----------
    source, out : str
        As typed or pasted; quotes around a path, as Windows copies it, are no part of it.
    workers : int
        0 for one worker each core.
    force : bool

    Raises
    ------
    InvalidInput
        All problems of the fields at once.
    """
    named, target = _named(source), _named(out)
    problems = [*_source_problems(named), *_target_problems(named, target)]
    if named is None or target is None or problems:
        raise InvalidInput(problems)
    return Order(named, target, workers or None, force)


def usual_out(source: str) -> str:
    """Return where the reports of a session folder go unless another folder is named.

    Examples
    --------
    >>> usual_out("data/contoh")
    'reports/contoh'
    """
    named = _named(source)
    return "" if named is None else f"{REPORTS}/{named.name}"


def seconds_left(progress: Progress, seconds: float) -> float | None:
    """Return how long the rest takes at the pace so far; None before the first report that took time.

    Parameters
    ----------
    progress : Progress
    seconds : float
        Since the start.
    """
    made = progress.done - progress.unchanged
    return seconds / made * (progress.total - progress.done) if made else None


def _named(text: str) -> Path | None:
    bare = text.strip().strip('"').strip()
    if not bare:
        return None
    path = Path(bare).expanduser()
    # A folder that is still to be made lies where its parent is, in the notebook's folder or the project's.
    return located(path).absolute() if path.exists() else (located(path.parent) / path.name).absolute()


def _source_problems(source: Path | None) -> list[Problem]:
    if source is None:
        return [Problem("session_folder_not_named")]
    if not source.exists():
        return [Problem("file_missing", file=str(source))]
    return [] if source.is_dir() else [Problem("session_is_a_file", file=str(source))]


def _target_problems(source: Path | None, target: Path | None) -> list[Problem]:
    if target is None:
        return [Problem("reports_folder_not_named")]
    if target.exists() and not target.is_dir():
        return [Problem("reports_folder_is_a_file", file=str(target))]
    if source is not None and target.resolve() == source.resolve():
        return [Problem("reports_into_session_folder", file=str(target))]
    return []
