"""``agreement``: what the room thinks together, on the terminal or as JSON; nobody's answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pandas as pd

from workbench.cli.calculation import forums
from workbench.cli.exits import emit_json, plain, refusals
from workbench.deliberation import Deliberation, GroupReading, deliberate
from workbench.domain.session import Session
from workbench.present.deliberation_words import (
    agreement_sentences,
    attendance_sentences,
    expected_constituencies,
    group_name,
    reading_sentences,
)
from workbench.present.i18n import Translator
from workbench.prioritisation import prioritise
from workbench.store.source import open_source

PATH = click.Path(path_type=Path)


def agreement_command(t: Translator) -> click.Command:
    """Return ``workbench agreement``."""

    @click.command("agreement", help=t("cli.agreement"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--district", "--kecamatan", "district", default="", help=t("cli.option.district"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(folder: Path, district: str, as_json: bool) -> None:
        with refusals(t, as_json=as_json):
            opened = open_source(folder)
            sessions = forums(opened, district)
            expected = expected_constituencies(t)
            found = {
                code: deliberate(session, opened.rules, prioritise(session, opened.rules), expected)
                for code, session in sessions.items()
            }
        if as_json:
            emit_json({"districts": {code: deliberation_record(entry) for code, entry in found.items()}})
            return
        for code, entry in found.items():
            _say(code, entry, sessions[code], t)

    return command


def _say(code: str, found: Deliberation, session: Session, t: Translator) -> None:
    click.echo()
    click.secho(t("cli.district_heading", name=session.regions.name(code), code=code), bold=True)
    _lines(t("report.agreement"), agreement_sentences(found, t))
    if found.has_cards:
        said = tuple(line for reading in found.readings for line in reading_sentences(reading, session, t))
        _lines(t("report.two_readings"), said)
        _lines(t("report.strong_unfunded"), _strong(found, session, t))
    _lines(t("report.attendance"), attendance_sentences(found.attendance, t))


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
        )
        for reading in found.readings
        for entry in reading.strong
    ) or (t("deliberation.no_strong_at_all"),)


def deliberation_record(found: Deliberation) -> dict[str, Any]:
    """Return what may be shown as a JSON object; what is held back is null or absent."""
    return {
        "minimum_group": found.minimum,
        "scored_by": found.scored_by,
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
