"""Where the command line begins, with the language that every word of it is in."""

from __future__ import annotations

import gettext
import os
import sys
from importlib import resources

from workbench.cli.main import build
from workbench.present.i18n import DEFAULT_LANGUAGE, LANGUAGES, translator


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
    build(translator(language))(prog_name="workbench")
