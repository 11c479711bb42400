"""All reports of an input: prepare the districts, run the batch, write the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.domain.region_codes import Level, ancestor, is_region_code
from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem, WorkbenchError
from workbench.present.i18n import Translator, worded
from workbench.present.problems import file_sentence
from workbench.present.recapitulation import recapitulate
from workbench.reporting.batch import Hire, run_batch, usable_cores
from workbench.reporting.batch_state import BatchState, Digests, file_digest
from workbench.reporting.gathering import gather
from workbench.reporting.index_page import INDEX, OPEN_FOLDER, Failure, Told, read_records, write_index
from workbench.reporting.jobs import BatchProgress, BatchResult, Job, JobResult
from workbench.reporting.kabupaten_book import write_book
from workbench.reporting.made_from import MadeFrom
from workbench.reporting.map_section import geometry_of
from workbench.reporting.open_pages import Published, write_open_pages
from workbench.reporting.page import FINISH, OUTCOME_ENDING
from workbench.reporting.published_outcomes import last_year, read_outcomes
from workbench.reporting.recapitulation_sections import Regency
from workbench.reporting.slices import Slices
from workbench.reporting.template import REPORT_TEMPLATE
from workbench.store.geometry import Geometry
from workbench.store.project_files import notebook_folder
from workbench.store.session_folder import open_session

WORKING = ".kerja"
"""Folder beside the reports with the prepared districts; it may be deleted at any time."""
PAGES = "halaman.txt"
WARNING = "JANGAN-DIBAGIKAN.txt"
"""Who gave which points stands in the working folder, so it says itself that it stays at home."""


@dataclass(frozen=True)
class Made:
    """What became of all reports.

    Attributes
    ----------
    index : Path
        The index page.
    batch : BatchResult
    failures : tuple of Failure
        In words, with the names of the districts, and of the inputs that could not be read.
    """

    index: Path
    batch: BatchResult
    failures: tuple[Failure, ...]

    @property
    def complete(self) -> bool:
        """Whether every input could be read and every report stands."""
        return self.batch.complete and not self.failures

    @property
    def pages_written(self) -> bool:
        """Whether the index is of this time, and not of an earlier one."""
        return all(failure.code != INDEX for failure in self.failures)


@dataclass(frozen=True)
class BatchOptions:
    """How the batch is run.

    Attributes
    ----------
    districts : sequence of str
        Codes; empty for all.
    workers : int, optional
        One for each core when not given.
    engine : {"warm", "inprocess", "nbclient"}
    force : bool
        Make all reports again.
    cluster : bool
        Whether dask starts the workers, on this machine.
    scheduler : str, optional
        Address of a dask scheduler whose workers make the reports.
    last_year : Path, optional
        Last year's folder of reports, or its session folder.
    book : bool
        Whether all reports are put into one PDF, too.
    """

    districts: Sequence[str] = ()
    workers: int | None = None
    engine: str = "warm"
    force: bool = False
    cluster: bool = False
    scheduler: str | None = None
    last_year: Path | None = None
    book: bool = False

    def hire(self) -> Hire | None:
        """Return who makes the reports instead of plain workers of this machine.

        Raises
        ------
        WorkbenchError
            ``extra_missing``: dask is not installed.
        """
        if not self.cluster and self.scheduler is None:
            return None
        try:
            from workbench.reporting.cluster import cluster
        except ModuleNotFoundError as error:
            raise WorkbenchError("extra_missing", extra="scale", module=str(error.name)) from error
        return cluster(self.scheduler, self.workers or usable_cores())


def make_reports(
    source: Path,
    recipe: Path | None,
    out: Path,
    t: Translator,
    options: BatchOptions,
    progress: Callable[[BatchProgress], None] = lambda _: None,
) -> Made:
    """Make the report of every district of an input, and the index.

    Parameters
    ----------
    source, recipe : Path
        As for `workbench.store.source.open_source`.
    out : Path
        Folder of the reports.
    t : Translator
        The language of the reports.
    options : BatchOptions
    progress : callable
        Called after each report.

    Raises
    ------
    InvalidInput
        All problems of the input at once, where none of it can be used, or a district that the list does not
        have.
    """
    out.mkdir(parents=True, exist_ok=True)
    gathered = gather(source, recipe, out / WORKING, t)
    slices = gathered.slices
    (out / WORKING / WARNING).write_text(t("working.warning") + "\n", encoding="utf-8")
    unknown = [code for code in options.districts if code not in (*slices.folders, *slices.faulty)]
    if unknown:
        facts = {"known": tuple(slices.folders)}
        raise InvalidInput(
            Problem("district_without_proposals", column="--kecamatan", value=code, facts=facts)
            for code in unknown
        )
    hire = options.hire()
    jobs = {code: _job(code, slices, out, t) for code in slices.folders}
    batch = run_batch(
        [jobs[code] for code in options.districts or jobs if code in jobs],
        out,
        workers=options.workers,
        engine=options.engine,
        force=options.force,
        progress=progress,
        hire=hire,
    )
    failures = (
        *gathered.failures,
        *(Failure(result.name, slices.names[result.name], _reason(result, t)) for result in batch.failures),
    )
    listed = Listed(failures, gathered.damaged, outdated(out, jobs.values()))
    try:
        _write_pages(out, slices, listed, options, t)
    except OSError as error:  # a full disk: what became of the reports is told all the same
        failures = (*failures, Failure(INDEX, t("reports.pages"), file_sentence(error, out, t)))
    return Made(out / INDEX, batch, failures)


@dataclass(frozen=True)
class Listed:
    """What the index says beside the finished reports.

    Attributes
    ----------
    failures : tuple of Failure
    damaged : mapping of district code to name
        Reports of an earlier time, whose input cannot be read now.
    outdated : tuple of str
        Districts whose report was made from an input that has changed since.
    """

    failures: tuple[Failure, ...]
    damaged: Mapping[str, str]
    outdated: tuple[str, ...]


def outdated(out: Path, jobs: Iterable[Job]) -> tuple[str, ...]:
    """Return the reports in a folder that would be made anew: input, rules or edition have changed since."""
    made, digests = BatchState(out).made, Digests()
    return tuple(
        job.name
        for job in jobs
        if job.name in made
        and made[job.name].key != digests.key(job)
        and job.target_notebook.with_suffix(".html").is_file()
    )


def _write_pages(out: Path, slices: Slices, listed: Listed, options: BatchOptions, t: Translator) -> None:
    """Write index and open pages, unless those stand there that this would give again."""
    names = {**slices.names, **listed.damaged}
    reports = [path for code in sorted(names) for path in sorted(out.glob(f"{code}.*json"))]
    before = () if options.last_year is None else (options.last_year,)
    pages = MadeFrom(out / WORKING / PAGES, (out / INDEX, out / OPEN_FOLDER / INDEX))
    made_from = pages.key(t.language, listed, (*reports, slices.overview, *before))
    if not pages.stand(made_from):
        overview = _overview(slices)
        t = worded(t, overview.facts)
        outcomes = read_outcomes(out, names)
        regency = Regency(
            now=recapitulate(outcomes, names, overview.regions),
            last=None if options.last_year is None else last_year(options.last_year, overview.regions),
            geometry=_geometry(slices),
            missing=tuple(sorted(f.name for f in listed.failures if _lacks(f.code, outcomes))),
        )
        old = frozenset((*listed.outdated, *listed.damaged))
        write_index(out, overview, read_records(out, names), Told(listed.failures, old), regency, t)
        digests = {code: file_digest(out / f"{code}{OUTCOME_ENDING}") for code in outcomes}
        write_open_pages(out, Published(overview.facts, regency, digests), t)
        pages.note(made_from)
    if options.book:
        facts = _overview(slices).facts
        write_book(out, names, facts, out / WORKING, worded(t, facts))


def _lacks(code: str, outcomes: Mapping[str, object]) -> bool:
    """Tell whether a failure leaves a district without any report, this time's or an earlier one's."""
    return is_region_code(code) and code not in outcomes


def _geometry(slices: Slices) -> Geometry | None:
    """Return the shapes of the districts; those of several regencies are not drawn on one map."""
    regencies = {ancestor(code, Level.REGENCY) for code in slices.names}
    return geometry_of(slices.overview, regencies.pop()) if len(regencies) == 1 else None


def _overview(slices: Slices) -> Session:
    """Open the proposals without a district; that there are none is no fault of anybody's table.

    A list that does not name its regency is headed by the name that the codes give it.
    """
    session = open_session(slices.overview).session
    facts, names = session.facts, session.regions.names
    if not facts.region_name and facts.region in names:
        facts = replace(facts, region_name=session.regions.name(facts.region))
    kept = tuple(n for n in session.notes if n.code != "table_without_rows")
    return replace(session, facts=facts, notes=kept)


def _job(code: str, slices: Slices, out: Path, t: Translator) -> Job:
    return Job(
        name=code,
        notebook=notebook_folder() / REPORT_TEMPLATE,
        parameters={"folder": slices.folders[code], "district": code, "language": t.language},
        target_notebook=out / f"{code}.ipynb",
        inputs=(slices.digests[code],),
        finish=FINISH,
    )


def _reason(result: JobResult, t: Translator) -> str:
    reason = result.reason
    if reason is None:
        return ""
    return t(f"failure.{reason.code}", error=reason.error, message=reason.message, cell=reason.cell or 0)
