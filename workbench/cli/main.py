"""``workbench``: the group of all commands, in the language that is asked for."""

from __future__ import annotations

import gettext
import os
import sys
from importlib import resources

import click

from workbench import __version__
from workbench.cli.agreement import agreement_command
from workbench.cli.budgeting import compare_command, why_command
from workbench.cli.calculation import prioritise_command, repair_command, validate_command
from workbench.cli.counting import count_command
from workbench.cli.decisions import decide_command
from workbench.cli.elections import pb_command
from workbench.cli.export import export_command
from workbench.cli.forms import form_command
from workbench.cli.hints import hints_command
from workbench.cli.instruments import lab_command, sample_command, selftest_command
from workbench.cli.intake import import_command
from workbench.cli.journal import journal_command
from workbench.cli.mapping import map_command
from workbench.cli.methods import methods_command
from workbench.cli.minutes import minutes_command
from workbench.cli.publish import publish_command, verify_publication_command
from workbench.cli.rehearse import rehearse_command
from workbench.cli.reports import reports_command
from workbench.cli.split import split_command
from workbench.cli.start import start_command
from workbench.cli.sureness import sure_command
from workbench.cli.templates import template_command
from workbench.cli.verify import verify_command
from workbench.cli.weights import weights_command
from workbench.cli.years import years_command
from workbench.present.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator, translator

COMMANDS = (
    start_command,
    prioritise_command,
    agreement_command,
    methods_command,
    decide_command,
    sure_command,
    why_command,
    compare_command,
    split_command,
    years_command,
    pb_command,
    reports_command,
    minutes_command,
    verify_command,
    export_command,
    publish_command,
    verify_publication_command,
    validate_command,
    import_command,
    map_command,
    hints_command,
    form_command,
    template_command,
    count_command,
    weights_command,
    selftest_command,
    sample_command,
    repair_command,
    journal_command,
    rehearse_command,
    lab_command,
)


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


def build(t: Translator) -> click.Group:
    """Return the group of commands that speaks one language."""
    settings = {"help_option_names": ["-h", "--help"], "max_content_width": 110}

    @click.group(help=t("cli.group"), context_settings=settings, subcommand_metavar=t("cli.metavar.command"))
    @click.option(
        "--lang", type=click.Choice(LANGUAGES), default=t.language, help=t("cli.lang"), expose_value=False
    )
    @click.version_option(__version__, prog_name="workbench")
    def group() -> None:
        pass

    for make in COMMANDS:
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
    language = language_of(sys.argv[1:])
    speak(language)
    build(translator(language))(prog_name="workbench")
