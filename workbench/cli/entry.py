"""Where the command line begins: ``start`` is made alone, so that a page stands on the screen at once."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Callable, Iterable
from importlib import resources

import click

from workbench import __version__
from workbench.present.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator, translator

Maker = Callable[[Translator], click.Command]


def language_of(arguments: list[str]) -> str:
    """Return the language asked for by ``--lang`` or the variable WORKBENCH_LANG, before click speaks.

    Examples
    --------
    >>> language_of(["--lang", "en", "selftest"]), language_of(["--lang=en"])
    ('en', 'en')
    """
    asked = os.environ.get("WORKBENCH_LANG", DEFAULT_LANGUAGE)
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            asked = arguments[place + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def asks_to_start(arguments: list[str]) -> bool:
    """Tell whether the command is ``start``.

    Examples
    --------
    >>> asks_to_start(["--lang", "en", "start", "--lab"]), asks_to_start(["lab", "start"])
    (True, False)
    """
    rest = list(arguments)
    while rest and rest[0].startswith("--lang"):
        rest = rest[2:] if rest[0] == "--lang" else rest[1:]
    return rest[:1] == ["start"]


def group_of(t: Translator, makers: Iterable[Maker]) -> click.Group:
    """Return a group of commands that speaks one language."""
    settings = {"help_option_names": ["-h", "--help"], "max_content_width": 110}

    @click.group(help=t("cli.group"), context_settings=settings, subcommand_metavar=t("cli.metavar.command"))
    @click.option(
        "--lang", type=click.Choice(LANGUAGES), default=t.language, help=t("cli.lang"), expose_value=False
    )
    @click.version_option(__version__, prog_name="workbench")
    def group() -> None:
        pass

    for make in makers:
        group.add_command(make(t))
    for command in (group, *group.commands.values()):
        command.options_metavar = t("cli.metavar.options")
    return group


def speak(language: str) -> None:
    """Let click's own words (usage, options, errors) come from the shipped catalogue."""
    # click looks its words up by the environment's language; this process is the command line alone.
    os.environ["LANGUAGE"] = language
    with resources.as_file(resources.files("workbench.cli").joinpath("words")) as folder:
        gettext.bindtextdomain("messages", str(folder))
    gettext.textdomain("messages")


def main() -> None:
    """Run the command line."""
    arguments = sys.argv[1:]
    language = language_of(arguments)
    speak(language)
    group_of(translator(language), _makers(arguments))(prog_name="workbench")


def _makers(arguments: list[str]) -> Iterable[Maker]:
    if asks_to_start(arguments):
        from workbench.cli.start import start_command

        return (start_command,)
    from workbench.cli.main import COMMANDS

    return COMMANDS
