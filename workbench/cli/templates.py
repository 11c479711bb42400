"""``workbench template``: forms that facilitators know, listed, shown, and put into a session folder."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.exits import refusals
from workbench.present.i18n import Translator
from workbench.present.table import Table
from workbench.present.templates import (
    applied_sentences,
    ground_sentence,
    template_sentences,
    template_tables,
)
from workbench.store.project_files import located
from workbench.store.template_apply import apply_template
from workbench.store.templates import find_template, read_templates

PATH = click.Path(path_type=Path)


def template_command(t: Translator) -> click.Command:
    """Return ``workbench template`` with its three commands."""

    @click.group("template", help=t("cli.template"), subcommand_metavar=t("cli.metavar.command"))
    def group() -> None:
        pass

    for make in (_list, _show, _apply):
        command = make(t)
        command.options_metavar = t("cli.metavar.options")
        group.add_command(command)
    return group


def _list(t: Translator) -> click.Command:
    @click.command("list", help=t("cli.template.list"))
    def command() -> None:
        with refusals(t, as_json=False):
            templates = read_templates()
        for template in templates.values():
            click.secho(template.name, bold=True)
            click.echo(f"    {template.title}")
            click.echo(f"    {ground_sentence(template, t)}")
        click.echo(t("cli.template.hint"))

    return command


def _show(t: Translator) -> click.Command:
    @click.command("show", help=t("cli.template.show"))
    @click.argument("name", metavar="TEMPLAT")
    def command(name: str) -> None:
        with refusals(t, as_json=False):
            template = find_template(name)
        click.secho(template.title, bold=True)
        for sentence in template_sentences(template, t):
            click.echo(f"- {sentence}")
        for table in template_tables(template, t):
            _say_table(table)

    return command


def _apply(t: Translator) -> click.Command:
    @click.command("apply", help=t("cli.template.apply"))
    @click.argument("name", metavar="TEMPLAT")
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--ganti", "--replace", "replace_scored", is_flag=True, help=t("cli.option.replace_scored"))
    def command(name: str, folder: Path, replace_scored: bool) -> None:
        with refusals(t, as_json=False):
            done = apply_template(located(folder), find_template(name), replace_scored=replace_scored)
        for sentence in applied_sentences(done.template, done.columns, done.gates, done.kept_apart, t):
            click.echo(sentence)

    return command


def _say_table(table: Table) -> None:
    click.echo()
    click.secho(table.caption, bold=True)
    for row in table.rows:
        click.echo("  " + "  |  ".join(row))
    if table.note:
        click.echo(table.note)
