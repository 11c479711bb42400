"""``workbench rehearse``: a simulated room, in a folder of its own, in accelerated time, with a power cut."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from workbench.cli.exits import Exit, emit_json, refusals
from workbench.cli.journal import now
from workbench.present.i18n import Translator
from workbench.present.journal_words import rehearsal_words, state_sentences
from workbench.room.entries import Entry
from workbench.room.rehearsal import rehearsal
from workbench.room.replay import replay
from workbench.store.practice import prepare_practice, reset_practice
from workbench.store.room import Room, open_room

PATH = click.Path(path_type=Path)


@dataclass(frozen=True)
class Played:
    """What became of the deliveries of a rehearsal."""

    taken: int = 0
    known: int = 0
    refused: int = 0


def rehearse_command(t: Translator) -> click.Command:
    """Return ``workbench rehearse``."""

    @click.command("rehearse", help=t("cli.rehearse"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--from", "--dari", "source", type=PATH, help=t("cli.option.practice_from"))
    @click.option(
        "--seed", type=click.IntRange(min=0), default=1, show_default=True, help=t("cli.option.seed")
    )
    @click.option(
        "--minutes", "--menit", "minutes", type=click.FloatRange(0), default=0.0, help=t("cli.option.minutes")
    )
    @click.option("--cut", "--padam", "cut", type=click.IntRange(min=1), help=t("cli.option.cut"))
    @click.option("--prepare", is_flag=True, help=t("cli.option.prepare"))
    @click.option("--reset", is_flag=True, help=t("cli.option.reset"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(
        folder: Path,
        source: Path | None,
        seed: int,
        minutes: float,
        cut: int | None,
        prepare: bool,
        reset: bool,
        as_json: bool,
    ) -> None:
        with refusals(t, as_json=as_json):
            if reset:
                reset_practice(folder, t("rehearse.mark"))
            prepare_practice(folder, source, t("rehearse.mark"))
            if prepare or reset:
                _say(as_json, {"prepared": str(folder)}, [t("rehearse.prepared", path=folder)])
                return
            with open_room(folder, now) as room:
                entries = rehearsal(replay([room.entries()[0].entry]), seed, rehearsal_words(t))
                played = play(room, entries, minutes * 60, cut, lambda: _power_cut(t, as_json=as_json))
                state, tip = room.state, room.tip
        facts = {"taken": played.taken, "known": played.known, "refused": played.refused, "seed": seed}
        lines = [
            t("rehearse.played", **facts),
            *state_sentences(state, t),
            t("journal.closing", hash=tip.hash),
        ]
        _say(as_json, facts | {"closing_hash": tip.hash}, lines)

    return command


def play(
    room: Room, entries: Sequence[Entry], seconds: float, cut: int | None, power_cut: Callable[[], object]
) -> Played:
    """Deliver a rehearsal, spread over some seconds, and cut the power after so many new entries.

    What was taken by an earlier run is only acknowledged again, so that a rehearsal goes on where it stood.
    """
    taken = known = refused = 0
    for entry in entries:
        (receipt,) = room.deliver([entry])
        taken += receipt.seq is not None and not receipt.repeated
        known += receipt.repeated
        refused += bool(receipt.problems)
        if taken == cut:
            power_cut()
        if seconds and not receipt.repeated:
            time.sleep(seconds / len(entries))
    return Played(taken, known, refused)


def _power_cut(t: Translator, *, as_json: bool) -> None:
    """End the process as a pulled plug does: nothing is closed, nothing is said good-bye to."""
    _say(as_json, {"cut": True}, [t("rehearse.cut")])
    sys.stdout.flush()
    os._exit(Exit.FAILED)


def _say(as_json: bool, record: dict[str, object], lines: Sequence[str]) -> None:
    if as_json:
        emit_json(record)
        return
    for line in lines:
        click.echo(line)
