"""A filled form that comes back to its session: what ``workbench import`` does with it and says about it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from workbench.cli.exits import Exit, emit_json, problem_record, refusals
from workbench.cli.journal import now
from workbench.errors import Problem
from workbench.present.i18n import Translator
from workbench.present.problems import problem_place, problem_sentence
from workbench.store.headers import load_headers
from workbench.store.intake.filled_forms import filled_tables, take_in
from workbench.store.intake.forms_in_room import take_into_room
from workbench.store.journal_format import has_journal
from workbench.store.raw_tables import RawTable
from workbench.store.room import open_room

Tables = Mapping[str, RawTable]
SHOWN = 10
"""Notes that the terminal lists; `--json` gives all."""


def take_form(
    source: Path, folder: Path, t: Translator, *, operator: str, as_json: bool, force: bool
) -> None:
    """Take a filled form into its session and exit; return where the file is no such form."""
    with refusals(t, as_json=as_json):
        tables = filled_tables(source)
        if not tables:
            return
        if has_journal(folder):  # what stands in a journal is never replaced, with --force neither
            record, lines, notes = _into_room(source, tables, folder, t, operator)
        else:
            record, lines, notes = _into_folder(source, tables, folder, t, force=force)
    if as_json:
        emit_json({"file": source.name, **record, "notes": [problem_record(note, t) for note in notes]})
        sys.exit(Exit.DONE)
    for line in lines:
        click.echo(line)
    for note in notes[:SHOWN]:
        click.echo(f"- {problem_place(note, t)}: {problem_sentence(note, t)}", err=True)
    if len(notes) > SHOWN:
        click.echo(t("cli.import.more", count=len(notes) - SHOWN), err=True)
    sys.exit(Exit.DONE)


def _into_folder(
    source: Path, tables: Tables, folder: Path, t: Translator, *, force: bool
) -> tuple[dict[str, object], list[str], Sequence[Problem]]:
    taken = take_in(source, tables, folder, replace_old=force)
    headers = load_headers()
    lines = [
        t("cli.import.form", table=headers.tables[name].file, count=count, folder=folder)
        for name, count in taken.lines.items()
    ]
    return {"tables": dict(taken.lines)}, lines, taken.notes


def _into_room(
    source: Path, tables: Tables, folder: Path, t: Translator, operator: str
) -> tuple[dict[str, object], list[str], Sequence[Problem]]:
    with open_room(folder, now) as room:
        taken = take_into_room(source, tables, room, operator=operator)
    record: dict[str, object] = {"lines": taken.lines, "known": taken.known, "people": taken.people}
    return record, [t("cli.import.form_room", folder=folder, **record)], taken.notes
