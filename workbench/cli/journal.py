"""``workbench journal``: check, replay, export, merge a room's journal, and bring edited tables into it."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from workbench.cli.exits import Exit, emit_json, problem_record, refusals
from workbench.present.i18n import Translator
from workbench.present.journal_words import conflict_sentences, state_sentences
from workbench.room.counting import progress
from workbench.room.replay import replay
from workbench.room.state import RoomState, SetAside
from workbench.store.journal_check import Fault, Verification, verify_journal
from workbench.store.journal_export import export_tables, jsonl
from workbench.store.journal_import import import_edited
from workbench.store.journal_merge import merge_into, read_for_merge
from workbench.store.journal_opening import reading
from workbench.store.room import open_room

PATH = click.Path(path_type=Path)


def journal_command(t: Translator) -> click.Command:
    """Return ``workbench journal`` with its commands."""

    @click.group("journal", help=t("cli.journal"), subcommand_metavar=t("cli.metavar.command"))
    def group() -> None:
        pass

    for make in (_verify, _replay, _export, _merge, _admit, _import):
        command = make(t)
        command.options_metavar = t("cli.metavar.options")
        group.add_command(command)
    return group


def now() -> str:
    """Return the time of this laptop with its zone."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _verify(t: Translator) -> click.Command:
    @click.command("verify", help=t("cli.journal.verify"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--closing", "--hash", "closing", default="", help=t("cli.option.closing"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(folder: Path, closing: str, as_json: bool) -> None:
        with refusals(t, as_json=as_json):
            found = verify_journal(folder, closing)
        if as_json:
            emit_json(_verification_record(found, t))
        else:
            _say_verification(found, t)
        if not found.intact:
            sys.exit(Exit.FAILED)

    return command


def _verification_record(found: Verification, t: Translator) -> dict[str, Any]:
    return {
        "intact": found.intact,
        "entries": found.sound,
        "closing_hash": found.closing.hash,
        "faults": [
            {"code": fault.code, "entry": fault.seq, "detail": fault.detail, "message": _fault(fault, t)}
            for fault in found.faults
        ],
        "conflicts": [_aside_record(held, t) for held in found.conflicts],
    }


def _aside_record(held: SetAside, t: Translator) -> dict[str, Any]:
    return {
        "request": held.entry.request,
        "kind": held.entry.kind,
        "problems": [problem_record(problem, t) for problem in held.problems],
    }


def _fault(fault: Fault, t: Translator) -> str:
    return t(f"journal.fault.{fault.code}", seq=fault.seq or 0, detail=fault.detail)


def _say_verification(found: Verification, t: Translator) -> None:
    key = "journal.intact" if found.intact else "journal.not_intact"
    click.secho(t(key, entries=found.sound), bold=True)
    for fault in found.faults:
        click.echo(f"- {_fault(fault, t)}")
    click.echo(t("journal.closing", hash=found.closing.hash))
    _say_conflicts(found.conflicts, t)


def _say_conflicts(conflicts: tuple[SetAside, ...], t: Translator) -> None:
    if conflicts:
        click.echo(t("journal.conflicts", count=len(conflicts)))
    for sentence in conflict_sentences(conflicts, t):
        click.echo(f"- {sentence}")


def _replay(t: Translator) -> click.Command:
    @click.command("replay", help=t("cli.journal.replay"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--until", type=click.IntRange(min=1), help=t("cli.option.until"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(folder: Path, until: int | None, as_json: bool) -> None:
        with refusals(t, as_json=as_json):
            with reading(folder) as journal:
                entries = journal.entries()[:until]
            state = replay(held.entry for held in entries)
        if as_json:
            emit_json({"entries": len(entries), **_state_record(state, t)})
            return
        click.secho(t("journal.replayed", entries=len(entries)), bold=True)
        for sentence in state_sentences(state, t):
            click.echo(sentence)
        _say_conflicts(state.set_aside, t)

    return command


def _state_record(state: RoomState, t: Translator) -> dict[str, Any]:
    return {
        "proposals": list(state.listed),
        "departures": {label: held.fate.value for label, held in state.departures.items()},
        "participants": len(state.participants.rows),
        "rounds": [
            {
                "round": held.number,
                "way": held.way.value,
                "open": held.is_open,
                "proposals": list(held.proposals),
                "lines": progress(held).lines,
            }
            for held in state.rounds.values()
        ],
        "decisions": len(state.decisions),
        "to_score": dict(state.to_score),
        "locked": state.locked,
        "conflicts": [_aside_record(held, t) for held in state.set_aside],
    }


def _export(t: Translator) -> click.Command:
    @click.command("export", help=t("cli.journal.export"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--out", type=PATH, help=t("cli.option.journal_out"))
    @click.option("--jsonl", "lines", type=PATH, help=t("cli.option.jsonl"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(folder: Path, out: Path | None, lines: Path | None, as_json: bool) -> None:
        with refusals(t, as_json=as_json):
            with reading(folder) as journal:
                entries, tip = journal.entries(), journal.tip()
            written = []
            if lines is not None:
                lines.write_bytes(jsonl(entries))
                written.append(str(lines))
            if lines is None or out is not None:
                place = out or folder
                manifest = export_tables(place, replay(held.entry for held in entries), tip)
                written += [str(place / name) for name in manifest.files]
        if as_json:
            emit_json({"entries": tip.seq, "closing_hash": tip.hash, "files": written})
            return
        for path in written:
            click.echo(t("cli.written", path=path))
        click.echo(t("journal.closing", hash=tip.hash))

    return command


def _merge(t: Translator) -> click.Command:
    @click.command("merge", help=t("cli.journal.merge"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.argument("others", metavar="LAIN...", type=PATH, nargs=-1, required=True)
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(folder: Path, others: tuple[Path, ...], as_json: bool) -> None:
        with refusals(t, as_json=as_json):
            merged, state = merge_into(folder, read_for_merge(others))
        if as_json:
            conflicts = [_aside_record(held, t) for held in state.set_aside]
            emit_json({"added": merged.added, "known": merged.known, "conflicts": conflicts})
            return
        click.echo(t("journal.merged", added=merged.added, known=merged.known))
        _say_conflicts(state.set_aside, t)

    return command


def _admit(t: Translator) -> click.Command:
    @click.command("admit", help=t("cli.journal.admit"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.argument("requests", metavar="[ISIAN...]", nargs=-1)
    @click.option("--reason", "--alasan", "reason", required=True, help=t("cli.option.reason"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(folder: Path, requests: tuple[str, ...], reason: str, as_json: bool) -> None:
        with refusals(t, as_json=as_json):
            with reading(folder):
                pass
            with open_room(folder, now) as room:
                wanted = list(requests) or [held.entry.request for held in room.state.set_aside]
                if wanted:
                    room.act("admitted", {"requests": wanted, "reason": reason})
                left = room.state.set_aside
        if as_json:
            emit_json({"admitted": wanted, "conflicts": [_aside_record(held, t) for held in left]})
            return
        said = (
            t("journal.admitted", count=len(wanted), left=len(left)) if wanted else t("journal.nothing_aside")
        )
        click.echo(said)
        _say_conflicts(left, t)

    return command


def _import(t: Translator) -> click.Command:
    @click.command("import", help=t("cli.journal.import"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--reason", "--alasan", "reason", required=True, help=t("cli.option.reason"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(folder: Path, reason: str, as_json: bool) -> None:
        with refusals(t, as_json=as_json):
            with reading(folder):
                pass  # a folder without a journal is not opened by bringing tables into it
            with open_room(folder, now) as room:
                imported = import_edited(room, reason)
        if as_json:
            emit_json({"files": list(imported.files), "entries": list(imported.kinds)})
            return
        click.echo(t("journal.imported", count=len(imported.kinds), files=list(imported.files)))

    return command
