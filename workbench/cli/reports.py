"""``reports``: one command from a list of proposals to a page for every district."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from workbench.cli.exits import Exit, emit_json, problem_record, refusals
from workbench.present.i18n import Translator
from workbench.present.problems import problem_lines
from workbench.reporting.jobs import BatchProgress, JobStatus
from workbench.reporting.kabupaten import BatchOptions, Made, make_reports
from workbench.store.project_files import sample_folder

PATH = click.Path(path_type=Path)
ENGINES = ("warm", "inprocess", "nbclient")


def reports_command(t: Translator) -> click.Command:
    """Return ``workbench reports``."""

    @click.command("reports", help=t("cli.reports"))
    @click.argument("source", metavar="[SUMBER]", type=PATH, required=False)
    @click.option("--mapping", type=PATH, help=t("cli.option.mapping"))
    @click.option("--out", type=PATH, default=None, help=t("cli.option.out"))
    @click.option("--district", "--kecamatan", "districts", multiple=True, help=t("cli.option.districts"))
    @click.option("--workers", type=click.IntRange(min=1), help=t("cli.option.workers"))
    @click.option(
        "--engine", type=click.Choice(ENGINES), default="warm", show_default=True, help=t("cli.option.engine")
    )
    @click.option("--cluster", is_flag=True, help=t("reports.option.cluster"))
    @click.option("--scheduler", metavar="TCP://...", help=t("reports.option.scheduler"))
    @click.option("--last-year", "--tahun-lalu", "last_year", type=PATH, help=t("reports.option.last_year"))
    @click.option("--book", "--satu-pdf", "book", is_flag=True, help=t("reports.option.book"))
    @click.option("--force", is_flag=True, help=t("cli.option.force"))
    @click.option("--quiet", is_flag=True, help=t("cli.option.quiet"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(
        source: Path | None,
        mapping: Path | None,
        out: Path | None,
        quiet: bool,
        as_json: bool,
        **how: Any,  # noqa: ANN401 - click's values for BatchOptions
    ) -> None:
        quiet = quiet or as_json
        if how["scheduler"]:
            click.echo(t("reports.data_travels", address=how["scheduler"]), err=True)
        if not quiet:
            click.echo(t("cli.reports_preparing"))
        chosen = source or sample_folder()
        folder = out or Path("reports") / chosen.name.split(".")[0]
        with refusals(t, as_json=as_json), progress_bar(t, quiet=quiet) as advance:
            try:
                made = make_reports(chosen, mapping, folder, t, BatchOptions(**how), advance)
            except KeyboardInterrupt:
                click.echo("\n" + t("cli.interrupted"), err=True)
                sys.exit(Exit.FAILED)
        if as_json:
            emit_json(_document(made, t))
        else:
            _say(made, t)
        sys.exit(Exit.DONE if made.complete else Exit.FAILED)

    return command


@contextmanager
def progress_bar(t: Translator, *, quiet: bool) -> Iterator[Callable[[BatchProgress], None]]:
    """Give the function that shows each finished report on a bar with the time left; nothing when quiet."""
    with ExitStack() as opened:
        bars: list[tqdm[Any]] = []  # opened with the first report: refused input shows no bar

        def advance(progress: BatchProgress) -> None:
            if not bars:
                label = t("cli.reports_progress")
                bars.append(
                    opened.enter_context(tqdm(desc=label, total=progress.total, disable=quiet, unit=""))
                )
            bars[0].update(progress.done - bars[0].n)

        yield advance


def _document(made: Made, t: Translator) -> dict[str, object]:
    return {
        "index": str(made.index),
        "seconds": round(made.batch.seconds, 2),
        "totals": {status.value: made.batch.count(status) for status in JobStatus},
        "reports": [{"district": job.name, "status": job.status.value} for job in made.batch.jobs],
        "failures": [
            {
                "district": failure.code,
                "name": failure.name,
                "reason": failure.reason,
                "problems": [problem_record(problem, t) for problem in failure.problems],
            }
            for failure in made.failures
        ],
    }


def _say(made: Made, t: Translator) -> None:
    batch = made.batch
    click.echo(
        t(
            "cli.reports_done",
            written=batch.count(JobStatus.WRITTEN),
            unchanged=batch.count(JobStatus.UNCHANGED),
            failed=len(made.failures),
            seconds=batch.seconds,
        )
    )
    for failure in made.failures:
        click.echo(
            t("cli.reports_failed", name=failure.name, code=failure.code, reason=failure.reason), err=True
        )
        for line in problem_lines(failure.problems, t):
            click.echo(f"  - {line}", err=True)
    if made.pages_written:
        click.echo(t("cli.reports_look", path=made.index.resolve()))
