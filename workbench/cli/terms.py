"""``workbench terms``: what a place calls its villages, districts and agencies; suggested, never assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from workbench.cli.exits import refusals
from workbench.domain.facts import WORDS, Facts
from workbench.domain.local_terms import suggested_words
from workbench.errors import InvalidInput, Problem
from workbench.present.i18n import Translator
from workbench.store.headers import load_headers
from workbench.store.project_files import located
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session

PATH = click.Path(path_type=Path)


def terms_command(t: Translator) -> click.Command:
    """Return ``workbench terms``."""

    @click.command("terms", help=t("cli.terms"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--isi", "--set", "given", multiple=True, help=t("cli.terms.option"))
    @click.option("--terima", "--accept", "accept", is_flag=True, help=t("cli.terms.accept"))
    def command(folder: Path, given: tuple[str, ...], accept: bool) -> None:
        with refusals(t, as_json=False):
            opened = open_session(located(folder))
            facts = opened.session.facts
            usual = suggested_words(facts.region)
            chosen = {**(usual if accept else {}), **_told(given)}
            if chosen:
                session = replace(opened.session, facts=replace(facts, **chosen))  # type: ignore[arg-type]
                write_session(located(folder), session, opened.rules, opened.resolution)
        if chosen:
            click.echo(t("cli.terms.written", folder=folder, words=_pairs(chosen)))
            return
        _say(facts, usual, folder, t)

    return command


def _say(facts: Facts, usual: Mapping[str, str], folder: Path, t: Translator) -> None:
    for name in WORDS:
        word = getattr(facts, name) or t("intake.nothing")
        click.echo(t("cli.terms.row", place=load_headers().facts[name], word=word))
    if not usual:
        click.echo(t("cli.terms.none"))
    elif any(getattr(facts, name) != word for name, word in usual.items()):
        click.echo(t("cli.terms.suggested", words=_pairs(usual), folder=folder))


def _pairs(words: Mapping[str, str]) -> list[str]:
    headers = load_headers().facts
    return [f"{headers[name]} = {word}" for name, word in words.items()]


def _told(given: Sequence[str]) -> dict[str, str]:
    """Read ``desa=nagari``.

    Raises
    ------
    InvalidInput
        ``term_unknown`` for each that names no place.
    """
    names = {load_headers().facts[name].removeprefix("sebutan_"): name for name in WORDS}
    pairs = [text.partition("=") for text in given]
    wrong = [
        text for text, (place, sign, _) in zip(given, pairs, strict=True) if place not in names or not sign
    ]
    if wrong:
        facts = {"allowed": tuple(names)}
        raise InvalidInput([Problem("term_unknown", value=text, facts=facts) for text in wrong])
    return {names[place]: word.strip() for place, _, word in pairs}
