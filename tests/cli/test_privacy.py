"""No command and no page tells the answers of a few: whatever the room, whatever its groups."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deliberation.rooms import CARDS, rooms
from workbench.cli.main import build
from workbench.domain.ballots import Ballots
from workbench.domain.rules import CHOICES, Rules
from workbench.present.i18n import translator
from workbench.prioritisation import prioritise
from workbench.reporting.deliberation_section import PARTS, DeliberationSection
from workbench.store.session_writing import write_session

MINIMUM = 5
CARD = CARDS.split("-")[0]
OF_A_FEW = {"answers", "level", "proposal", "criterion", "most_varied"}
"""What a line about too few answers may still say."""


def said(folder, command, *options):
    result = CliRunner().invoke(build(translator("id")), [command, str(folder), *options])
    assert result.exit_code == 0, result.output
    return result.output


def lines(record):
    """Every object inside a record."""
    if isinstance(record, dict):
        yield record
        for value in record.values():
            yield from lines(value)
    elif isinstance(record, list):
        for value in record:
            yield from lines(value)


def few(line, key):
    return isinstance(line.get(key), int) and 0 < line[key] < MINIMUM


@settings(max_examples=2)
@given(rooms(proposals=6, most=16), st.sampled_from(CHOICES["aggregation"]), st.booleans())
def test_no_command_tells_a_card_or_a_figure_of_a_few(drawn, aggregation, again):
    session = drawn.session()
    if again:
        given_again = session.ballots.frame.iloc[::2].assign(round=2)
        both = pd.concat([session.ballots.frame, given_again], ignore_index=True)
        session = replace(session, ballots=Ballots(both))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "sesi"
        write_session(folder, session, Rules(aggregation=aggregation))
        told = [said(folder, "agreement")]
        records = [json.loads(said(folder, command, "--json")) for command in ("agreement", "methods")]
    assert CARD not in "".join(told)
    assert CARD not in json.dumps(records)
    for line in (each for record in records for each in lines(record)):
        if few(line, "answers"):
            assert all(value is None for name, value in line.items() if name not in OF_A_FEW), line
            assert line["level"] == "too_few_answers"
        for key in ("answers_before", "answers_now", "givers"):
            assert not few(line, key), line
        if few(line, "people"):  # a unit or room too small: its count and no figure
            figures = [value for value in line.values() if isinstance(value, float | dict)]
            assert figures == [], line


@settings(max_examples=3)
@given(rooms(proposals=6), st.sampled_from(CHOICES["aggregation"]))
def test_no_page_tells_a_card(drawn, aggregation):
    session, rules = drawn.session(), Rules(aggregation=aggregation)
    for language in ("id", "en"):
        section = DeliberationSection(session, prioritise(session, rules), None, translator(language))
        assert CARD not in "".join(block for part in PARTS for block in section.blocks(part))
