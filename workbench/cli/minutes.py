"""``workbench minutes``: the berita acara of a session folder, ready to be printed and signed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from workbench.cli.documents import write_documents
from workbench.cli.exits import Exit, refusals
from workbench.present.i18n import Translator
from workbench.present.minutes.material import Layout
from workbench.present.paper.document import SHEETS
from workbench.publishing.minutes import FORMATS, Asked, kind_of, minutes_files, minutes_of, possible
from workbench.store.minutes_texts import KINDS, own_minutes_text, shipped_minutes_text
from workbench.store.project_files import located
from workbench.store.source import open_source

PATH = click.Path(path_type=Path)
FOLDER = "dokumen"


def minutes_command(t: Translator) -> click.Command:
    """Return ``workbench minutes``."""

    @click.command("minutes", help=t("cli.minutes"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--jenis", "--kind", "kind", type=click.Choice(KINDS), help=t("cli.option.minutes_kind"))
    @click.option("--kecamatan", "--district", "district", default="", help=t("cli.option.district"))
    @click.option(
        "--kertas",
        "--sheet",
        "sheet",
        type=click.Choice(tuple(SHEETS)),
        default="a4",
        help=t("cli.option.sheet"),
    )
    @click.option(
        "--format", "formats", type=click.Choice(FORMATS), multiple=True, help=t("cli.option.minutes_format")
    )
    @click.option(
        "--baris-hadir",
        "--attendance-rows",
        "rows",
        type=click.IntRange(0, 2000),
        default=0,
        help=t("cli.option.attendance_rows"),
    )
    @click.option("--nama", "--names", "names", is_flag=True, help=t("cli.option.names"))
    @click.option("--hasil-skoring", "--computed", "computed", is_flag=True, help=t("cli.option.annex"))
    @click.option("--out", type=PATH, help=t("cli.option.documents_out"))
    @click.option("--ganti", "--replace", "overwrite", is_flag=True, help=t("cli.option.overwrite"))
    @click.option("--salin-naskah", "--copy-text", "copy_text", is_flag=True, help=t("cli.option.copy_text"))
    def command(  # noqa: PLR0913, PLR0917 - one parameter an option
        folder: Path,
        kind: str | None,
        district: str,
        sheet: str,
        formats: tuple[str, ...],
        rows: int,
        names: bool,
        computed: bool,
        out: Path | None,
        overwrite: bool,
        copy_text: bool,
    ) -> None:
        folder = located(folder)
        with refusals(t, as_json=False):
            if copy_text:
                _copy_text(folder, kind or kind_of(open_source(folder).session.facts.level), t)
                return
            layout = Layout(SHEETS[sheet], rows, computed)
            wanted = formats or FORMATS
            papers = minutes_of(folder, Asked(kind or "", district, wanted, names, layout))
            files = minutes_files(papers, possible(wanted))
            kept = write_documents(out or folder / FOLDER, files, t, overwrite=overwrite)
        if any(part.watermark for paper in papers.values() for part in paper.parts):
            click.echo(t("cli.minutes.draft"))
        if names:
            click.echo(t("cli.minutes.names"))
        if possible(wanted) != tuple(wanted):
            click.echo(t("cli.minutes.no_pdf"), err=True)
        sys.exit(Exit.FAILED if kept or possible(wanted) != tuple(wanted) else Exit.DONE)

    return command


def _copy_text(folder: Path, kind: str, t: Translator) -> None:
    own = own_minutes_text(folder, kind)
    if own.exists():
        click.echo(t("cli.minutes.kept", files=[own.name]), err=True)
        sys.exit(Exit.REFUSED)
    shutil.copyfile(shipped_minutes_text(kind), own)
    click.echo(t("cli.minutes.copied", path=own))
