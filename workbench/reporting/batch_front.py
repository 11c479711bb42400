"""The batch of reports as a notebook asks for it: plain arguments in, plain counts out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench.present.i18n import translator
from workbench.reporting.index_page import Failure
from workbench.reporting.jobs import BatchProgress, JobStatus
from workbench.reporting.kabupaten import BatchOptions, make_reports


@dataclass(frozen=True)
class BatchTold:
    """What became of all reports, counted.

    Attributes
    ----------
    index : Path
        The index page.
    written, unchanged : int
        Reports.
    failures : tuple of Failure
        In words, with the names of the districts.
    seconds : float
    """

    index: Path
    written: int
    unchanged: int
    failures: tuple[Failure, ...]
    seconds: float


@dataclass(frozen=True)
class ReportsMaker:
    """Makes the reports of a session folder; called by a front that knows nothing of the batch.

    Attributes
    ----------
    language : {"id", "en"}
        Of the reports.

    Examples
    --------
    >>> ReportsMaker("en").language
    'en'
    """

    language: str = "id"

    def __call__(
        self,
        source: Path,
        out: Path,
        workers: int | None,
        progress: Callable[[BatchProgress], None],
        *,
        force: bool,
    ) -> BatchTold:
        """Make what is missing or out of date; the arguments are those of `make_reports`.

        Raises
        ------
        InvalidInput
            All problems of the input at once.
        """
        options = BatchOptions(workers=workers, force=force)
        made = make_reports(source, None, out, translator(self.language), options, progress)
        batch = made.batch
        return BatchTold(
            made.index,
            batch.count(JobStatus.WRITTEN),
            batch.count(JobStatus.UNCHANGED),
            made.failures,
            batch.seconds,
        )
