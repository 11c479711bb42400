"""``workbench hints``: what an import only suspects, for a person to confirm or refuse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from workbench.cli.exits import emit_json, refusals
from workbench.present.i18n import Translator
from workbench.store.hint_decisions import Hint, Mark, decide_hints, hints_of
from workbench.store.session_folder import open_session

PATH = click.Path(path_type=Path)
SHOWN = 40
"""Hints that the terminal lists; `--json` gives all."""


def hints_command(t: Translator) -> click.Command:
    """Return ``workbench hints``."""

    @click.command("hints", help=t("cli.hints"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--benar", "--confirm", "confirmed", multiple=True, help=t("cli.hints.confirm"))
    @click.option("--bukan", "--refuse", "refused", multiple=True, help=t("cli.hints.refuse"))
    @click.option("--syarat", "--condition", "gate", default="", help=t("cli.hints.condition"))
    @click.option("--catatan", "--note", "note", default="", help=t("cli.hints.note"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(
        folder: Path,
        confirmed: tuple[str, ...],
        refused: tuple[str, ...],
        gate: str,
        note: str,
        as_json: bool,
    ) -> None:
        marks = [Mark(label, said, gate, note) for said, labels in ((True, confirmed), (False, refused))
                 for label in labels]  # fmt: skip
        with refusals(t, as_json=as_json):
            if marks:
                hints = decide_hints(folder, marks, _now, t("cli.hints.operator"))
            else:
                hints = hints_of(open_session(folder).session)
        if as_json:
            emit_json([{name: getattr(hint, name) for name in hint.__slots__} for hint in hints])
            return
        _say(hints, t)

    return command


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _say(hints: Sequence[Hint], t: Translator) -> None:
    waiting = [hint for hint in hints if hint.said is None]
    for hint in sorted(hints, key=lambda hint: hint.said is not None)[:SHOWN]:
        state = {None: "open", True: "confirmed", False: "refused"}[hint.said]
        facts = {name: getattr(hint, name) for name in ("proposal", "activity", "gate", "note")}
        click.echo("- " + t("cli.hints.line", state=t(f"cli.hints.{state}"), **facts))
    if len(hints) > SHOWN:
        click.echo(t("cli.hints.more", count=len(hints) - SHOWN))
    click.echo(t("cli.hints.count", count=len(hints), open=len(waiting)))
