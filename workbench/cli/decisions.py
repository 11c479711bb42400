"""``decide``: what the forum decides beside the computed outcome, in a session folder without a journal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from workbench.cli.exits import emit_json, plain, refusals
from workbench.cli.lists import ListName, by_district, lists_of
from workbench.deliberation import DecidedList, decided_list
from workbench.domain.proposals import Proposals
from workbench.domain.resolution import Decision, Resolution
from workbench.domain.session import Session
from workbench.present.decided_words import decided_sentences, decided_table, state_sentences
from workbench.present.i18n import Translator, worded
from workbench.prioritisation import prioritise
from workbench.store.headers import load_headers
from workbench.store.resolution_files import write_resolution
from workbench.store.session_folder import open_session
from workbench.store.solver_output import QUIET
from workbench.store.source import Source, open_source

PATH = click.Path(path_type=Path)


def decide_command(t: Translator) -> click.Command:
    """Return ``workbench decide`` with its commands list, set, withdraw, lock and reopen."""

    @click.group("decide", help=t("cli.decide"), no_args_is_help=True)
    def group() -> None:
        pass

    group.subcommand_metavar = t("cli.metavar.command")
    for make in (_list, _set, _withdraw, _lock, _reopen):
        command = make(t)
        command.options_metavar = t("cli.metavar.options")
        group.add_command(command)
    return group


def _list(t: Translator) -> click.Command:
    @click.command("list", help=t("cli.decide.list"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--district", "--kecamatan", "district", default="", help=t("cli.option.district"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(folder: Path, district: str, as_json: bool) -> None:
        with refusals(t, as_json=as_json):
            opened = open_source(folder)
            found = _decided(opened, district, t)
        if as_json:
            emit_json(_document(opened.resolution, found, worded(t, opened.session.facts)))
            return
        for name, (session, decided) in found.items():
            click.echo()
            click.secho(name.heading, bold=True)
            _say(session, decided, worded(t, session.facts))
        for sentence in state_sentences(opened.resolution, t):
            click.echo(sentence)

    return command


def _decided(opened: Source, district: str, t: Translator) -> dict[ListName, tuple[Session, DecidedList]]:
    return {
        name: (session, decided_list(prioritise(session, opened.rules, QUIET), opened.resolution))
        for name, session in lists_of(opened, district, t).items()
    }


def _say(session: Session, decided: DecidedList, t: Translator) -> None:
    changed = decided.table[decided.table["overridden"]].index
    table = decided_table(decided, session, t)
    for label, row in zip(decided.table.index, table.rows, strict=True):
        if label in changed:
            names = [f"{column.label}: {cell}" for column, cell in zip(table.columns, row, strict=True)]
            click.echo("- " + "; ".join(names))
    for sentence in decided_sentences(decided, session, t):
        click.echo(sentence)


def _set(t: Translator) -> click.Command:
    words = {load_headers().choices["decision"][choice.value][0]: choice for choice in Decision}

    @click.command("set", help=t("cli.decide.set"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.argument("proposal", metavar="USULAN")
    @click.option("--status", type=click.Choice(tuple(words)), help=t("cli.decide.status"))
    @click.option("--rank", "--peringkat", "rank", type=int, help=t("cli.decide.rank"))
    @click.option("--reason", "--alasan", "reason", required=True, help=t("cli.decide.reason"))
    def command(folder: Path, proposal: str, status: str | None, rank: int | None, reason: str) -> None:
        decision = None if status is None else words[status]
        _change(
            folder,
            t,
            lambda given, listed: given.decided(proposal, reason, listed, rank=rank, decision=decision),
        )
        click.echo(t("cli.decide.recorded", proposal=proposal))

    return command


def _withdraw(t: Translator) -> click.Command:
    @click.command("withdraw", help=t("cli.decide.withdraw"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.argument("proposal", metavar="USULAN")
    def command(folder: Path, proposal: str) -> None:
        _change(folder, t, lambda given, _: given.withdrawn(proposal))
        click.echo(t("cli.decide.withdrawn", proposal=proposal))

    return command


def _lock(t: Translator) -> click.Command:
    @click.command("lock", help=t("cli.decide.lock"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    def command(folder: Path) -> None:
        _change(folder, t, lambda given, _: given.lock(_now()))
        with refusals(t, as_json=False):
            found = _decided(open_source(folder), "", t)
        for session, decided in found.values():
            for sentence in decided_sentences(decided, session, t):
                click.echo(sentence)
        click.echo(t("resolution.final"))

    return command


def _reopen(t: Translator) -> click.Command:
    @click.command("reopen", help=t("cli.decide.reopen"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--reason", "--alasan", "reason", required=True, help=t("cli.decide.reopen_reason"))
    def command(folder: Path, reason: str) -> None:
        _change(folder, t, lambda given, _: given.reopen(reason, _now()))
        click.echo(t("resolution.draft"))

    return command


def _change(folder: Path, t: Translator, change: Callable[[Resolution, Proposals], Resolution]) -> None:
    with refusals(t, as_json=False):
        opened = open_session(folder)
        given = opened.resolution or Resolution.empty()
        write_resolution(folder, change(given, opened.session.proposals))


def _now() -> str:
    return datetime.now().astimezone().strftime("%Y-%m-%d %H.%M")


def _document(
    resolution: Resolution | None, found: dict[ListName, tuple[Session, DecidedList]], t: Translator
) -> dict[str, Any]:
    given = resolution or Resolution.empty()
    return {
        "locked": given.locked,
        "steps": [{"action": s.action.value, "reason": s.reason, "at": s.at} for s in given.steps],
        "districts": by_district(
            {name: _record(session, decided, t) for name, (session, decided) in found.items()}
        ),
    }


def _record(session: Session, decided: DecidedList, t: Translator) -> dict[str, Any]:
    table = decided.table.astype(object).where(decided.table.notna(), None)
    lines: dict[str, dict[str, Any]] = table.to_dict("index")  # type: ignore[assignment]
    return {
        "room": decided.room,
        "spent": decided.spent,
        "left": decided.left,
        "over": decided.over,
        "said": list(decided_sentences(decided, session, t)),
        "proposals": {
            str(label): {str(name): plain(value) for name, value in line.items()}
            for label, line in lines.items()
        },
    }
