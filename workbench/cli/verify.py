"""``verify``: compute a published report or outcome again, and say what differs."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from workbench.cli.exits import Exit, emit_json, refusals
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.reporting.verification import Difference, Verdict

PATH = click.Path(path_type=Path)
MOST_SHOWN = 20


def verify_command(t: Translator) -> click.Command:
    """Return ``workbench verify``: exit 0 when identical, 1 when something differs."""

    @click.command("verify", help=t("verify.help"))
    @click.argument("target", metavar=t("verify.metavar"), type=PATH)
    @click.option("--session", "source", type=PATH, required=True, help=t("verify.option.session"))
    @click.option("--mapping", type=PATH, help=t("cli.option.mapping"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(target: Path, source: Path, mapping: Path | None, as_json: bool) -> None:
        from workbench.reporting.verification import verify

        with refusals(t, as_json=as_json):
            verdict = verify(target, source, mapping)
        if as_json:
            emit_json({"identical": verdict.identical} | asdict(verdict))
        else:
            _say(target, verdict, t)
        sys.exit(Exit.DONE if verdict.identical else Exit.FAILED)

    return command


def _say(target: Path, verdict: Verdict, t: Translator) -> None:
    if verdict.identical:
        click.echo(t("verify.identical", file=target.name, digest=verdict.given))
        return
    click.echo(t("verify.differs", file=target.name))
    if verdict.only_written:
        click.echo(t("verify.only_written"))
        return
    click.echo(t("verify.same_input" if verdict.same_input else "verify.other_input"))
    click.echo(t("verify.same_outcome" if verdict.same_outcome else "verify.other_outcome"))
    for difference in verdict.differences[:MOST_SHOWN]:
        click.echo("- " + _sentence(difference, t))
    more = len(verdict.differences) - MOST_SHOWN
    if more > 0:
        click.echo(t("verify.more", count=more))
    if verdict.sections:
        click.echo(t("verify.sections", names=verdict.sections))
    if verdict.outside:
        click.echo(t("verify.outside"))


def _sentence(difference: Difference, t: Translator) -> str:
    if difference.subject and not difference.what:
        key = "verify.added" if difference.given is not None else "verify.gone"
        return t(key, code=difference.subject)
    given, computed = (_short(value) for value in (difference.given, difference.computed))
    subject = t("verify.proposal", code=difference.subject) if difference.subject else t("verify.whole")
    what = t(f"column.{difference.what}") if t.has(f"column.{difference.what}") else difference.what
    return t("verify.difference", subject=subject, what=what, given=given, computed=computed)


def _short(value: object, most: int = 60) -> str:
    text = EMPTY if value is None else str(value)
    return text if len(text) <= most else text[: most - 1] + "\u2026"
