"""``workbench``: all commands in the language that is asked for; one is read when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple, cast

import click

from workbench import __version__
from workbench.present.i18n import LANGUAGES, Translator


class Home(NamedTuple):
    """Where a command stands.

    Attributes
    ----------
    module : str
        In `workbench.cli`.
    maker : str
        The function that makes the command for a translator.
    help : str
        The key of what its help says.
    """

    module: str
    maker: str
    help: str


HOMES: Mapping[str, Home] = MappingProxyType(
    {
        "start": Home("start", "start_command", "cli.start"),
        "prioritise": Home("calculation", "prioritise_command", "cli.prioritise"),
        "agreement": Home("agreement", "agreement_command", "cli.agreement"),
        "methods": Home("methods", "methods_command", "cli.methods"),
        "decide": Home("decisions", "decide_command", "cli.decide"),
        "sure": Home("sureness", "sure_command", "cli.sure"),
        "why": Home("why", "why_command", "cli.why"),
        "compare": Home("budgeting", "compare_command", "cli.compare"),
        "split": Home("split", "split_command", "cli.split"),
        "years": Home("years", "years_command", "cli.years"),
        "pb": Home("elections", "pb_command", "cli.pb"),
        "reports": Home("reports", "reports_command", "cli.reports"),
        "minutes": Home("minutes", "minutes_command", "cli.minutes"),
        "verify": Home("verify", "verify_command", "verify.help"),
        "export": Home("export", "export_command", "cli.export"),
        "publish": Home("publish", "publish_command", "cli.publish"),
        "verify-publication": Home("publish", "verify_publication_command", "cli.published"),
        "validate": Home("calculation", "validate_command", "cli.validate"),
        "import": Home("intake", "import_command", "cli.import"),
        "map": Home("mapping", "map_command", "cli.map"),
        "hints": Home("hints", "hints_command", "cli.hints"),
        "form": Home("forms", "form_command", "cli.form"),
        "terms": Home("terms", "terms_command", "cli.terms"),
        "template": Home("templates", "template_command", "cli.template"),
        "count": Home("counting", "count_command", "cli.count"),
        "weights": Home("weights", "weights_command", "cli.weights"),
        "selftest": Home("instruments", "selftest_command", "cli.selftest"),
        "sample": Home("instruments", "sample_command", "cli.sample"),
        "repair": Home("calculation", "repair_command", "cli.repair"),
        "journal": Home("journal", "journal_command", "cli.journal"),
        "rehearse": Home("rehearse", "rehearse_command", "cli.rehearse"),
        "lab": Home("instruments", "lab_command", "cli.lab"),
    }
)


def command_of(name: str, t: Translator) -> click.Command:
    """Return a command in one language."""
    home = HOMES[name]
    command = cast("click.Command", getattr(import_module(f"workbench.cli.{home.module}"), home.maker)(t))
    command.options_metavar = t("cli.metavar.options")
    return command


class Commands(click.Group):
    """All commands by name; one is read when it is asked for, and the list of them reads none.

    Parameters
    ----------
    t : Translator
    """

    def __init__(self, *, t: Translator, **given: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(**given)
        self._t = t

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        """Return the names as click sorts them."""
        return sorted(HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of a name, if there is one."""
        return command_of(cmd_name, self._t) if cmd_name in HOMES else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list as click does."""
        room = formatter.width - 6 - max(map(len, HOMES))
        named = [click.Command(name, help=self._t(HOMES[name].help)) for name in self.list_commands(ctx)]
        with formatter.section(gettext("Commands")):
            formatter.write_dl([(str(each.name), each.get_short_help_str(room)) for each in named])


def build(t: Translator) -> click.Group:
    """Return the group of all commands that speaks one language."""
    settings = {"help_option_names": ["-h", "--help"], "max_content_width": 110}

    @click.group(
        cls=Commands,
        t=t,
        help=t("cli.group"),
        context_settings=settings,
        subcommand_metavar=t("cli.metavar.command"),
        options_metavar=t("cli.metavar.options"),
    )
    @click.option(
        "--lang", type=click.Choice(LANGUAGES), default=t.language, help=t("cli.lang"), expose_value=False
    )
    @click.version_option(__version__, prog_name="workbench")
    def group() -> None:
        pass

    return group
