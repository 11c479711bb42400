"""``workbench count``: votes of a meeting, counted by the rule of their template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from workbench.cli.exits import emit_json, problem_record, refusals
from workbench.errors import InvalidInput, Problem
from workbench.present.i18n import Translator
from workbench.present.problems import problem_place, problem_sentence
from workbench.present.vote_tables import vote_sentences, votes_table
from workbench.store.project_files import located
from workbench.store.templates import find_template
from workbench.store.vote_file import CountedFile, count_vote_file

PATH = click.Path(path_type=Path)


def count_command(t: Translator) -> click.Command:
    """Return ``workbench count``."""

    @click.command("count", help=t("cli.count"))
    @click.argument("name", metavar="TEMPLAT")
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.argument("ballots", metavar="[SUARA]", type=PATH, required=False)
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(name: str, folder: Path, ballots: Path | None, as_json: bool) -> None:
        with refusals(t, as_json=as_json):
            template = find_template(name)
            if not template.is_vote:
                raise InvalidInput([Problem("template_counts_no_votes", value=template.title)])
            source = None if ballots is None else located(ballots)
            counted = count_vote_file(located(folder), template, source)
        if as_json:
            emit_json(_document(counted, t))
        else:
            _say(counted, template.title, t)

    return command


def _document(counted: CountedFile, t: Translator) -> dict[str, Any]:
    count = counted.count
    return {
        "counting": count.counting.value,
        "ballots": count.ballots,
        "choices": count.choices,
        "blank": list(count.blank),
        "undecided": count.undecided,
        "missing": count.missing,
        "proposals": [
            {"proposal": str(label), "points": int(count.points[label]), "rank": int(count.ranks[label])}
            for label in count.ranks.index
        ],
        "ties": [{"rank": rank, "proposals": list(labels)} for rank, labels in count.ties],
        "notes": [problem_record(note, t) for note in counted.notes],
    }


def _say(counted: CountedFile, title: str, t: Translator) -> None:
    click.secho(title, bold=True)
    table = votes_table(counted.count, counted.proposals, t)
    click.echo("  " + "  |  ".join(column.label for column in table.columns))
    for row in table.rows:
        click.echo("  " + "  |  ".join(row))
    for sentence in vote_sentences(counted.count, t):
        click.echo(f"- {sentence}")
    for note in counted.notes:
        click.echo(f"{problem_place(note, t)}: {problem_sentence(note, t)}")
