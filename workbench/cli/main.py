"""``workbench``: the group of all commands, in the language that is asked for."""

from __future__ import annotations

import click

from workbench.cli.agreement import agreement_command
from workbench.cli.budgeting import compare_command
from workbench.cli.calculation import prioritise_command, repair_command, validate_command
from workbench.cli.counting import count_command
from workbench.cli.decisions import decide_command
from workbench.cli.elections import pb_command
from workbench.cli.entry import group_of
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
from workbench.cli.terms import terms_command
from workbench.cli.verify import verify_command
from workbench.cli.weights import weights_command
from workbench.cli.why import why_command
from workbench.cli.years import years_command
from workbench.present.i18n import Translator

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
    terms_command,
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


def build(t: Translator) -> click.Group:
    """Return the group of all commands that speaks one language."""
    return group_of(t, COMMANDS)
