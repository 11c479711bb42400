"""``agreement``: what the room thinks together, on the terminal or as JSON; nobody's answers."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.agreed_list import AgreedList, Stated
from workbench.cli.agreement_record import record
from workbench.cli.exits import emit_json, refusals
from workbench.cli.lists import by_district, lists_of
from workbench.deliberation import Deliberation
from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem
from workbench.present.agreement_words import (
    opinion_group_sentences,
    priority_sentences,
    support_sentences,
)
from workbench.present.deliberation_tables import displaced_words
from workbench.present.deliberation_words import (
    agreement_sentences,
    attendance_sentences,
    expected_constituencies,
    group_name,
    no_readings_sentence,
    reading_sentences,
)
from workbench.present.i18n import Translator, worded
from workbench.present.rounds_words import changes_sentences, disputed_sentences
from workbench.present.voices_words import personal_sentence, voices_sentences, weighted_sentences
from workbench.store.source import open_source

PATH = click.Path(path_type=Path)
GROUPINGS = ("constituency", "sex", "village", "hamlet", "group")


def agreement_command(t: Translator) -> click.Command:
    """Return ``workbench agreement``."""

    @click.command("agreement", help=t("cli.agreement"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--district", "--kecamatan", "district", default="", help=t("cli.option.district"))
    @click.option("--by", "--menurut", "by", type=click.Choice(GROUPINGS), help=t("cli.option.weigh_by"))
    @click.option("--weight", "--bobot", "weights", multiple=True, help=t("cli.option.group_weight"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(folder: Path, district: str, by: str | None, weights: tuple[str, ...], as_json: bool) -> None:
        with refusals(t, as_json=as_json):
            opened = open_source(folder)
            stated = _stated(by, weights)
            expected = expected_constituencies(t)
            found = {
                name: AgreedList(session, opened.rules, expected, stated)
                for name, session in lists_of(opened, district, worded(t, opened.session.facts)).items()
            }
            if as_json:
                emit_json({"districts": by_district({name: record(entry) for name, entry in found.items()})})
                return
            for name, entry in found.items():
                click.echo()
                click.secho(name.heading, bold=True)
                _say(entry, worded(t, entry.session.facts))

    return command


def _say(entry: AgreedList, t: Translator) -> None:
    found, session = entry.together, entry.session
    opinions = opinion_group_sentences(entry.opinions, session, t)
    weights = priority_sentences(entry.priorities, session, t)
    support = support_sentences(entry.support, session, t)
    _lines(t("report.agreement"), (*agreement_sentences(found, t), *support, *opinions, *weights))
    if found.spreads is not None:
        changes = () if entry.changes is None else changes_sentences(entry.changes, session, t)
        _lines(t("report.rounds"), (*changes, *disputed_sentences(entry.disputed, session, t)))
    if found.groups and not found.has_cards:
        _lines(t("report.two_readings"), (no_readings_sentence(found, t),))
    if found.has_cards:
        said = tuple(line for reading in found.readings for line in reading_sentences(reading, session, t))
        _lines(t("report.two_readings"), said)
        _lines(t("report.voices"), _voices(entry, t))
        if entry.weighted is not None:
            _lines(t("report.weighted"), weighted_sentences(entry.weighted, session, t))
        _lines(t("report.strong_unfunded"), _strong(found, session, t))
    _lines(t("report.attendance"), attendance_sentences(found.attendance, t))


def _stated(by: str | None, weights: tuple[str, ...]) -> Stated | None:
    """Read the weights of groups; both a grouping and weights, or neither."""
    if by is None and not weights:
        return None
    if by is None:
        raise InvalidInput([Problem("weights_without_grouping", column="--bobot", value=weights[0])])
    found, problems = {}, []
    for text in weights:
        name, _, number = text.rpartition("=")
        try:
            found[name.strip()] = float(number.replace(",", "."))
        except ValueError:
            problems.append(Problem("group_weight_invalid", column="--bobot", value=text))
    if problems:
        raise InvalidInput(problems)
    return by, found


def _voices(entry: AgreedList, t: Translator) -> tuple[str, ...]:
    groups = (line for voices in entry.voices.groups for line in voices_sentences(voices, entry.session, t))
    return (*groups, personal_sentence(entry.voices, t))


def _lines(heading: str, sentences: tuple[str, ...]) -> None:
    click.secho(heading, underline=True)
    for sentence in sentences:
        click.echo(f"- {sentence}")


def _strong(found: Deliberation, session: Session, t: Translator) -> tuple[str, ...]:
    return tuple(
        t(
            "deliberation.strong_line",
            group=group_name(reading.name, entry.group, session, t),
            proposal=str(session.proposals.frame["activity"][str(entry.proposal)]),
            place=entry.place_in_group,
            rank=entry.place_in_room,
            cost=entry.cost,
            displaced=displaced_words(entry, session.proposals.frame["activity"], t),
        )
        for reading in found.readings
        for entry in reading.strong
    ) or (t("deliberation.no_strong_at_all"),)
