"""``publish`` and ``verify-publication``: what notice board and portal show, and whether it is intact."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workbench.cli.documents import write_documents
from workbench.cli.exits import Exit, refusals
from workbench.present.i18n import Translator, worded
from workbench.publishing.forums import forums_of
from workbench.publishing.publication import State, check_publication, publication_files
from workbench.store.outcome_file import outcome_digest
from workbench.store.project_files import located
from workbench.store.source import open_source

PATH = click.Path(path_type=Path)
FOLDER = "publikasi"


def publish_command(t: Translator) -> click.Command:
    """Return ``workbench publish``."""

    @click.command("publish", help=t("cli.publish"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--kecamatan", "--district", "district", default="", help=t("cli.option.district"))
    @click.option("--out", type=PATH, help=t("cli.option.publish_out"))
    @click.option("--ganti", "--replace", "overwrite", is_flag=True, help=t("cli.option.overwrite"))
    def command(folder: Path, district: str, out: Path | None, overwrite: bool) -> None:
        folder = located(folder)
        kept: list[str] = []
        with refusals(t, as_json=False):
            forums = forums_of(open_source(folder), district)
            for forum in forums:
                files = publication_files(forum, worded(t, forum.session.facts))
                kept += write_documents(out or folder / FOLDER, files, t, overwrite=overwrite)
                published = next(content for name, content in files.items() if name.endswith(".json"))
                click.echo(t("cli.publish.digest", digest=outcome_digest(published)))
        if not all(forum.resolution is not None and forum.resolution.locked for forum in forums):
            click.echo(t("cli.publish.draft"))
        sys.exit(Exit.FAILED if kept else Exit.DONE)

    return command


def verify_publication_command(t: Translator) -> click.Command:
    """Return ``workbench verify-publication``: exit 0 when intact, 1 when something differs."""

    @click.command("verify-publication", help=t("cli.published"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--sidik", "--digest", "digest", default="", help=t("cli.option.digest"))
    def command(folder: Path, digest: str) -> None:
        with refusals(t, as_json=False):
            found = check_publication(folder)
        for one in found.checked:
            click.echo(t(f"cli.published.{one.state}", file=one.file), err=one.state is not State.INTACT)
        given = digest.strip().casefold().removeprefix("sha256:")
        other = bool(given) and given not in found.digests
        if other:
            click.echo(t("cli.published.other"), err=True)
        elif found.intact:
            click.echo(t("cli.published.all", digest=", ".join(found.digests)))
        sys.exit(Exit.DONE if found.intact and not other else Exit.FAILED)

    return command
