"""``workbench export``: official forms, the ranking that recomputes itself, the outcome in open formats."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workbench.cli.documents import write_documents
from workbench.cli.exits import Exit, refusals
from workbench.present.i18n import Translator, worded
from workbench.publishing.exports import CONTENTS, FORMATS, SESSION, USUAL, export_files
from workbench.publishing.forums import forums_of
from workbench.store.project_files import located
from workbench.store.source import open_source

PATH = click.Path(path_type=Path)
FOLDER = "dokumen"


def export_command(t: Translator) -> click.Command:
    """Return ``workbench export``."""

    @click.command("export", help=t("cli.export"))
    @click.argument("source", metavar="SUMBER", type=PATH)
    @click.option("--mapping", type=PATH, help=t("cli.option.mapping"))
    @click.option("--kecamatan", "--district", "district", default="", help=t("cli.option.district"))
    @click.option(
        "--format", "formats", type=click.Choice(FORMATS), multiple=True, help=t("cli.option.export_format")
    )
    @click.option(
        "--isi",
        "--content",
        "contents",
        type=click.Choice(CONTENTS),
        multiple=True,
        help=t("cli.option.content"),
    )
    @click.option("--lengkap", "--complete", "complete", is_flag=True, help=t("cli.option.complete"))
    @click.option("--out", type=PATH, help=t("cli.option.documents_out"))
    @click.option("--ganti", "--replace", "overwrite", is_flag=True, help=t("cli.option.overwrite"))
    def command(
        source: Path,
        mapping: Path | None,
        district: str,
        formats: tuple[str, ...],
        contents: tuple[str, ...],
        complete: bool,
        out: Path | None,
        overwrite: bool,
    ) -> None:
        source = located(source)
        kept: list[str] = []
        withheld = 0
        with refusals(t, as_json=False):
            opened = open_source(source, mapping)
            target = out or (source if source.is_dir() else source.parent) / FOLDER
            for forum in forums_of(opened, district):
                said = worded(t, forum.session.facts)
                files = export_files(forum, contents or USUAL, formats or ("xlsx",), said, complete=complete)
                kept += write_documents(target, files, t, overwrite=overwrite)
                withheld += sum(len(one.outcome.withheld) for one in forum.lists.values())
        if withheld and not {"xlsx", "csv"}.isdisjoint(formats or ("xlsx",)):
            click.echo(t(f"cli.export.{'complete' if complete else 'withheld'}", count=withheld))
        if SESSION in contents:
            click.echo(t("cli.export.cards"))
        sys.exit(Exit.FAILED if kept else Exit.DONE)

    return command
