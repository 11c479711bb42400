"""``agreement``: what the room thinks together, on the terminal or as JSON; nobody's answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import click
import pandas as pd

from workbench.cli.exits import emit_json, plain, refusals
from workbench.cli.lists import by_district, lists_of
from workbench.deliberation import (
    Deliberation,
    Disputed,
    Flips,
    GroupReading,
    OpinionsFound,
    PairSupport,
    PriorityConsensus,
    RoundChanges,
    Voices,
    WeightedReading,
    deliberate,
    disputed,
    find_opinions,
    priority_consensus,
    round_changes,
    support_of,
    weighted_reading,
    whose_voice,
)
from workbench.domain.rules import Rules
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
from workbench.prioritisation import Outcome, prioritise
from workbench.store.solver_output import QUIET
from workbench.store.source import open_source

PATH = click.Path(path_type=Path)
GROUPINGS = ("constituency", "sex", "village", "hamlet", "group")
Stated = tuple[str, dict[str, float]]
"""A grouping, and the weights of its groups."""


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
                name: _Found(session, opened.rules, expected, stated)
                for name, session in lists_of(opened, district, worded(t, opened.session.facts)).items()
            }
            if as_json:
                emit_json({"districts": by_district({name: _record(entry) for name, entry in found.items()})})
                return
            for name, entry in found.items():
                click.echo()
                click.secho(name.heading, bold=True)
                _say(entry, worded(t, entry.session.facts))

    return command


@dataclass(frozen=True)
class _Found:
    """One list with what its cards say together."""

    session: Session
    rules: Rules
    expected: tuple[str, ...]
    stated: Stated | None

    @cached_property
    def outcome(self) -> Outcome:
        return prioritise(self.session, self.rules, QUIET)

    @cached_property
    def together(self) -> Deliberation:
        return deliberate(self.session, self.rules, self.outcome, self.expected, QUIET)

    @cached_property
    def weighted(self) -> WeightedReading | None:
        """The reading with the weights asked for; None where none were."""
        if self.stated is None:
            return None
        grouping, weights = self.stated
        return weighted_reading(self.session, self.rules, self.outcome, grouping, weights, QUIET)

    @cached_property
    def voices(self) -> Voices:
        return whose_voice(self.session, self.rules, self.outcome)

    @cached_property
    def opinions(self) -> OpinionsFound:
        return find_opinions(self.session, self.rules, self.outcome)

    @cached_property
    def support(self) -> PairSupport:
        return support_of(self.session, self.rules, self.outcome)

    @cached_property
    def priorities(self) -> tuple[PriorityConsensus, ...]:
        return priority_consensus(self.session, self.rules)

    @cached_property
    def disputed(self) -> Disputed:
        return disputed(self.session, self.rules, QUIET)

    @cached_property
    def changes(self) -> RoundChanges | None:
        return round_changes(self.session, self.rules, QUIET)


def _say(entry: _Found, t: Translator) -> None:
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


def _voices(entry: _Found, t: Translator) -> tuple[str, ...]:
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


def _record(entry: _Found) -> dict[str, Any]:
    """Return everything about one list that may be shown."""
    changes, disputed = entry.changes, entry.disputed
    rounds = {
        "disputed": list(disputed.proposals),
        "agreed": list(disputed.agreed),
        "too_few": list(disputed.too_few),
        "last": disputed.round_number,
        "next": disputed.next_round,
        "most": entry.rules.most_rounds,
        "changes": None if changes is None else _changes(changes),
    }
    voices = {
        group.name: {
            "influence": _rows(group.influence),
            "flips": None if group.flips is None else _flips(group.flips),
        }
        for group in entry.voices.groups
    }
    together = deliberation_record(entry.together) | {
        "opinions": _plain(entry.opinions),
        "support": _plain(entry.support),
        "weighted": None if entry.weighted is None else _weighted(entry.weighted),
        "weights": {one.parent: _weights(one) for one in entry.priorities},
    }
    return together | {"rounds": rounds, "voices": voices, "personal": _plain(entry.voices.personal)}


def _weighted(found: WeightedReading) -> dict[str, Any]:
    return {
        "by": found.grouping,
        "shares": {str(cell): float(share) for cell, share in found.shares.items()},
        "pooled": list(found.pooled),
        "ranks": _rows(found.ranks),
        "enters": list(found.enters),
        "leaves": list(found.leaves),
    }


def _weights(one: PriorityConsensus) -> dict[str, Any]:
    return {
        "answered": one.answered,
        "complete": one.complete,
        "consensus": _plain(one.consensus),
        "chance": _plain(one.baseline),
        "pooled": _rows(one.pooled),
    }


def _flips(flips: Flips) -> dict[str, Any]:
    return {
        "places": flips.places,
        "exact": flips.exact,
        "tied": flips.found.tied,
        "selected": list(map(str, flips.found.selected)),
        "groups": _rows(flips.found.table),
    }


def _changes(changes: RoundChanges) -> dict[str, Any]:
    return {
        "decision": changes.decision.value,
        "withheld": list(changes.withheld),
        "w_before": _plain(changes.w_before),
        "w_now": _plain(changes.w_now),
        "proposals": _rows(changes.table),
    }


def deliberation_record(found: Deliberation) -> dict[str, Any]:
    """Return what may be shown as a JSON object; what is held back is null or absent."""
    return {
        "minimum_group": found.minimum,
        "scored_by": found.scored_by,
        "scored_by_groups": found.groups,
        "spread": {} if found.spreads is None else _cells(found.spreads.cells),
        "overall": {} if found.spreads is None else _rows(found.spreads.overall),
        "agreement": [_plain(unit) for unit in found.agreement],
        "readings": {reading.name: _reading(reading) for reading in found.readings},
        "attendance": _plain(found.attendance),
    }


def _reading(reading: GroupReading) -> dict[str, Any]:
    return {
        "distinction": reading.distinction.value,
        "people": {str(cell): int(size) for cell, size in reading.sizes.items()},
        "pooled": list(reading.pooled),
        "heard_apart": reading.heard_apart,
        "proposals": reading.proposals,
        "ranks": _rows(reading.ranks),
        "enters": list(reading.enters),
        "leaves": list(reading.leaves),
        "influence": _rows(reading.influence),
        "strong_unfunded": [_plain(entry) for entry in reading.strong],
    }


def _cells(table: pd.DataFrame) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for (proposal, criterion), line in _lines_of(table):
        cells.setdefault(str(proposal), {})[str(criterion)] = line
    return cells


def _rows(table: pd.DataFrame) -> dict[str, Any]:
    return {str(label): line for label, line in _lines_of(table)}


def _lines_of(table: pd.DataFrame) -> list[tuple[Any, dict[str, Any]]]:
    whole = table.astype(object).where(table.notna(), None)
    names = [str(name) for name in whole.columns]
    rows = zip(whole.index, whole.to_numpy(), strict=True)
    return [(label, dict(zip(names, map(_plain, row), strict=True))) for label, row in rows]


def _plain(value: Any) -> Any:  # noqa: ANN401 - the values of frozen results
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        # JSON knows neither infinity (full agreement) nor a missing number.
        return value if abs(value) != float("inf") and value == value else None  # noqa: PLR0124 - NaN
    return float(value) if hasattr(value, "numerator") and not isinstance(value, int) else plain(value)
