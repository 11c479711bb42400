"""``workbench map``: a person matches the columns of an unknown list, once, and the layout is kept."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.exits import refusals
from workbench.domain.intake import ListKind
from workbench.errors import InvalidInput
from workbench.present.i18n import Translator
from workbench.store.intake.assisted import KEPT, NEEDED, LayoutDraft, assigned, draft_of, layout_from
from workbench.store.intake.conversions import MONEY_UNITS
from workbench.store.intake.layouts import layout_text
from workbench.store.project_files import located

PATH = click.Path(path_type=Path)
NOTHING = "-"
"""Typed for a column that is not used."""


def map_command(t: Translator) -> click.Command:
    """Return ``workbench map``."""

    @click.command("map", help=t("cli.map"))
    @click.argument("source", metavar="BERKAS", type=PATH)
    @click.option("--out", type=PATH, required=True, help=t("cli.option.layout_out"))
    @click.option(
        "--jenis",
        "--kind",
        "kind",
        type=click.Choice([kind.value for kind in NEEDED]),
        default=ListKind.PROPOSALS.value,
        help=t("cli.option.list_kind"),
    )
    @click.option("--lembar", "--sheet", "sheet", default="", help=t("cli.option.one_sheet"))
    @click.option("--ya", "--yes", "accept", is_flag=True, help=t("cli.option.accept"))
    def command(source: Path, out: Path, kind: str, sheet: str, accept: bool) -> None:
        with refusals(t, as_json=False):
            draft = draft_of(located(source), ListKind(kind), sheet)
            click.secho(t("cli.map.title", file=draft.file, sheet=draft.sheet or draft.file), bold=True)
            for header in draft.left_out:
                click.echo(t("cli.map.left_out", column=header))
            click.echo(t("cli.map.fields", fields=list(draft.fields)))
            draft = draft if accept else _asked(draft, t)
            unit, region = ("", "") if accept else _answers(t)
            layout = layout_from(draft, out.stem, source.name, unit, region)
            out.write_text(layout_text(layout), encoding="utf-8")
        click.echo(t("cli.map.written", path=out, source=source))

    return command


def _asked(draft: LayoutDraft, t: Translator) -> LayoutDraft:
    """Ask for the field of every column, and again while one that is needed is missing."""
    for column in draft.columns:
        current = next(each for each in draft.columns if each.header == column.header)
        samples = "; ".join(column.samples) or t("intake.nothing")
        click.echo(t("cli.map.column", column=column.header, samples=samples))
        draft = _one(draft, column.header, current.field or NOTHING, t)
    for field in draft.missing:
        header = click.prompt(t("cli.map.missing", field=field), default="")
        if header:
            draft = assigned(draft, header, field)
    return draft


def _one(draft: LayoutDraft, header: str, suggestion: str, t: Translator) -> LayoutDraft:
    while True:
        answer = str(click.prompt(t("cli.map.which"), default=suggestion)).strip()
        try:
            return assigned(draft, header, "" if answer == NOTHING else answer)
        except InvalidInput:
            click.echo(t("cli.map.unknown", field=answer, kept=KEPT, nothing=NOTHING))


def _answers(t: Translator) -> tuple[str, str]:
    """Ask for what no column says: the unit of money and the region of the whole list."""
    units = click.Choice(["", *MONEY_UNITS])
    unit = click.prompt(t("cli.map.unit"), default="", type=units, show_choices=False)
    return str(unit), str(click.prompt(t("cli.map.region"), default="")).strip()
