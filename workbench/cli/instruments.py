"""``selftest``, ``sample``, ``lab``: the instrument checks itself, brings its sample, opens its notebook."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from workbench.cli.exits import Exit, emit_json, refusals, refuse_to_replace
from workbench.cli.room_app import KERNEL_MANAGER
from workbench.present.i18n import Translator
from workbench.store.project_files import notebook_folder
from workbench.store.room_place import PRIVATE

if TYPE_CHECKING:
    from workbench.selftest.runner import CaseResult

PATH = click.Path(path_type=Path)


def selftest_command(t: Translator) -> click.Command:
    """Return ``workbench selftest``: exit 1 if a case fails, 2 if a kind is not supported."""

    @click.command("selftest", help=t("cli.selftest"))
    @click.option("--cases", type=PATH, help=t("cli.option.cases"))
    @click.option("--kinds", is_flag=True, help=t("cli.option.kinds"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(cases: Path | None, kinds: bool, as_json: bool) -> None:
        from workbench.selftest.documentation import kinds_text
        from workbench.selftest.runner import Status, run_cases

        if kinds:
            click.echo(kinds_text(), nl=False)
            return
        results = run_cases(_cases(cases, t, as_json=as_json))
        counts = {status.value: sum(result.status is status for result in results) for status in Status}
        counts["total"] = len(results)
        if as_json:
            emit_json({"totals": counts, "cases": [_record(result) for result in results]})
        else:
            _say_cases(results, t)
            click.echo(t("cli.selftest_total", **counts))
        failed, unknown = counts[Status.FAILED], counts[Status.UNSUPPORTED]
        sys.exit(Exit.FAILED if failed else Exit.MISUSED if unknown else Exit.DONE)

    return command


def _record(result: CaseResult) -> dict[str, Any]:
    return {
        "id": result.case,
        "kind": result.kind,
        "status": result.status.value,
        "differences": list(result.differences),
        "source": result.source,
    }


def _say_cases(results: Iterable[CaseResult], t: Translator) -> None:
    for result in results:
        status = t(f"cli.status.{result.status.value}")
        click.echo(t("cli.selftest_line", status=status, case=result.case, kind=result.kind))
        for difference in result.differences:
            click.echo(f"        {difference}")


def _cases(path: Path | None, t: Translator, *, as_json: bool) -> list[dict[str, Any]]:
    """Read a list of objects; what an object lacks is its own failure and does not stop the others."""
    file = resources.files("workbench.selftest").joinpath("cases.json") if path is None else path
    try:
        # Spreadsheets and editors put a byte order mark in front.
        cases = json.loads(file.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        _refuse_cases(str(file), str(error), t, as_json=as_json)
    if not isinstance(cases, list):
        _refuse_cases(str(file), type(cases).__name__, t, as_json=as_json)
    strangers = [place for place, case in enumerate(cases, 1) if not isinstance(case, dict)]
    if strangers:
        _refuse_cases(str(file), ", ".join(f"#{place}" for place in strangers), t, as_json=as_json)
    return cases


def _refuse_cases(file: str, detail: str, t: Translator, *, as_json: bool) -> NoReturn:
    message = t("cli.cases_unreadable", file=file, detail=detail)
    if as_json:
        emit_json({"error": "cases_unreadable", "message": message})
    else:
        click.echo(message, err=True)
    sys.exit(Exit.REFUSED)


def sample_command(t: Translator) -> click.Command:
    """Return ``workbench sample``."""

    @click.command("sample", help=t("cli.sample"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--seed", type=int, default=20250303, show_default=True, help=t("cli.option.seed"))
    @click.option("--force", is_flag=True, help=t("cli.option.replace"))
    def command(folder: Path, seed: int, force: bool) -> None:
        from workbench.sample.writing import write_sample

        refuse_to_replace(folder, t, force=force)
        with refusals(t, as_json=False):
            write_sample(folder, seed)
        click.echo(t("cli.written", path=folder))

    return command


def lab_command(t: Translator) -> click.Command:
    """Return ``workbench lab``: JupyterLab bound to loopback, with its token, asking no outside host."""

    @click.command("lab", help=t("cli.lab"), context_settings={"ignore_unknown_options": True})
    @click.option(
        "--port", type=click.IntRange(1, 65535), default=8888, show_default=True, help=t("cli.option.port")
    )
    @click.argument("more", nargs=-1, type=click.UNPROCESSED, metavar="")
    def command(port: int, more: tuple[str, ...]) -> None:
        sys.exit(run_lab(lab_arguments(port) + list(more), {}))

    return command


def run_lab(arguments: list[str], more: dict[str, str]) -> int:
    """Run JupyterLab with a private folder in which its pages tell one another the chosen meeting."""
    with tempfile.TemporaryDirectory(prefix="workbench-", ignore_cleanup_errors=True) as place:
        environment = {**os.environ, PRIVATE: place, **more}
        return subprocess.run(arguments, env=environment, check=False).returncode  # noqa: S603 - our own


def lab_arguments(port: int, name: str = "mulai.ipynb") -> list[str]:
    """Return the command that starts JupyterLab on one of the notebooks."""
    notebook = notebook_folder() / name
    # As an address and not as a file: whoever opens the printed address by hand lands on the notebook, too.
    place = f"{notebook.parent.name}/{notebook.name}"
    # Without this setting JupyterLab asks everyone, in English, whether it may fetch news from another host.
    settings = Path(__file__).parent / "lab"
    return [
        sys.executable, "-m", "workbench.cli.served", "jupyterlab",
        f"--LabApp.default_url=/lab/tree/{place}",
        "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.allow_remote_access=False",
        f"--LabApp.app_settings_dir={settings}",
        f"--ServerApp.extra_template_paths={settings.parent / 'app' / 'sign_in'}",
        "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",  # the other one asks the package index
        f"--MappingKernelManager.kernel_manager_class={KERNEL_MANAGER}",
        f"--ServerApp.root_dir={notebook.parent.parent}",
    ]  # fmt: skip
