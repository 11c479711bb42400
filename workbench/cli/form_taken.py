"""A filled form that comes back to its session: what ``workbench import`` does with it and says about it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workbench.cli.exits import Exit, emit_json, problem_record, refusals
from workbench.present.i18n import Translator
from workbench.present.problems import problem_place, problem_sentence
from workbench.store.headers import load_headers
from workbench.store.intake.filled_forms import filled_tables, take_in

SHOWN = 10
"""Notes that the terminal lists; `--json` gives all."""


def take_form(source: Path, folder: Path, t: Translator, *, as_json: bool, force: bool) -> None:
    """Take a filled form into its session and exit; return where the file is no such form."""
    with refusals(t, as_json=as_json):
        tables = filled_tables(source)
        if not tables:
            return
        taken = take_in(source, tables, folder, replace_old=force)
    if as_json:
        notes = [problem_record(note, t) for note in taken.notes]
        emit_json({"file": source.name, "tables": dict(taken.lines), "notes": notes})
        sys.exit(Exit.DONE)
    headers = load_headers()
    for name, count in taken.lines.items():
        click.echo(t("cli.import.form", table=headers.tables[name].file, count=count, folder=folder))
    for note in taken.notes[:SHOWN]:
        click.echo(f"- {problem_place(note, t)}: {problem_sentence(note, t)}", err=True)
    if len(taken.notes) > SHOWN:
        click.echo(t("cli.import.more", count=len(taken.notes) - SHOWN), err=True)
    sys.exit(Exit.DONE)
