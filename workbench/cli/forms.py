"""``workbench form``: workbooks to hand out, filled in by the villages and read back."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.exits import refusals
from workbench.present.i18n import Translator
from workbench.store.intake.forms import find_form, form_names, form_workbook

PATH = click.Path(path_type=Path)


def form_command(t: Translator) -> click.Command:
    """Return ``workbench form``."""

    @click.command("form", help=t("cli.form"))
    @click.argument("names", metavar="FORMULIR", nargs=-1)
    @click.option("--out", type=PATH, help=t("cli.option.outfile"))
    @click.option("--force", is_flag=True, help=t("cli.option.replace"))
    def command(names: tuple[str, ...], out: Path | None, force: bool) -> None:
        with refusals(t, as_json=False):
            if not names or out is None:
                for name in form_names():
                    form = find_form(name)
                    click.secho(form.name, bold=True)
                    click.echo(f"    {form.title}")
                click.echo(t("cli.form.hint"))
                return
            if out.exists() and not force:
                raise click.ClickException(t("cli.form.exists", path=out))
            out.write_bytes(form_workbook(tuple(map(find_form, dict.fromkeys(names)))))
        click.echo(t("cli.written", path=out))

    return command
