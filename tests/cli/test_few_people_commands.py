"""``sure``, ``compare``, ``why``, ``prioritise``, ``weights``: no table tells of one to four people."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.cli.test_privacy import CARD, few, lines, said
from tests.deliberation.rooms import CARDS, with_points
from tests.test_few_people import small_groups, thin
from workbench.domain.ballots import JUDGEMENT_COLUMNS
from workbench.domain.rules import Rules
from workbench.prioritisation import prioritise
from workbench.robustness import examine
from workbench.store.session_writing import write_session

UNSHRUNK = (Phase.explicit, Phase.generate)
"""Each example runs ten commands: a failing one is told as it is, without a search for a smaller one."""
COMMANDS = (["sure", "--draws", "50"], ["compare"], ["why"], ["prioritise"], ["weights"])
VALUE = re.compile(r"nilai (?:Mendesak|Manfaat)\b", re.IGNORECASE)
"""A sentence that names a value on one criterion."""


def told(tables, rules=None, commands=COMMANDS):
    """Return what commands say of a room, as text and as JSON."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "sesi"
        write_session(folder, tables.session(), rules or Rules())
        texts = {words[0]: said(folder, *words) for words in commands}
        records = {words[0]: json.loads(said(folder, *words, "--json")) for words in commands}
    return texts, records


@settings(max_examples=1, phases=UNSHRUNK)
@given(small_groups())
def test_no_table_of_the_terminal_tells_a_card_or_a_value_of_few(drawn):
    texts, records = told(drawn)
    assert CARD not in "".join(texts.values()) + json.dumps(records)
    names = [f"Kegiatan {label}" for label in thin(drawn)]
    sentences = [*"\n".join(texts.values()).splitlines(), *strings(records)]
    for sentence in (each for each in sentences if VALUE.search(each)):
        before_who_moves = sentence.split(" Masuk:")[0].split(" Keluar:")[0]
        assert not any(name in before_who_moves for name in names), sentence
    for line in (each for record in records.values() for each in lines(record)):
        if isinstance(line.get("withheld"), list):
            assert all(line[name] is None for name in line["withheld"]), line
        for key in ("answers", "participants_without", "participants", "givers", "complete"):
            assert not few(line, key), line
    (district,) = records["prioritise"]["districts"].values()
    told_apart = prioritise(drawn.session(), Rules()).withheld
    assert told_apart
    for label, line in district["proposals"].items():
        assert line["score_public"] == (label not in told_apart)
        assert line["withheld"] == (["answers", "points_sum"] if label in told_apart else [])


def plain(value):
    """Return a record with its numbers to twelve places: sums in another order differ in the last bits."""
    if isinstance(value, dict):
        return {name: plain(held) for name, held in value.items()}
    if isinstance(value, list):
        return list(map(plain, value))
    return round(value, 12) if isinstance(value, float) else value


def strings(record):
    if isinstance(record, str):
        yield record
    elif isinstance(record, dict):
        for value in record.values():
            yield from strings(value)
    elif isinstance(record, list):
        for value in record:
            yield from strings(value)


@settings(max_examples=4, phases=UNSHRUNK)
@given(small_groups())
def test_no_value_of_few_is_among_what_would_change_the_list(drawn):
    session, rules = drawn.session(), Rules()
    outcome = prioritise(session, rules)
    found = examine(session, rules, outcome, draws=20, seed=1)
    assert outcome.thin == thin(drawn)
    table = found.moves.table
    withheld = outcome.withheld
    untold = table.index.isin(withheld) | table["border"].isin(withheld)
    assert set(table.loc[untold, "criterion"]) == {""}
    assert table.loc[untold, ["distance", "at"]].isna().all(axis=None)
    assert table.loc[table.index.isin(withheld) | table["above"].isin(withheld), "gap"].isna().all()
    assert found.certificates.untold == len(withheld)
    value = found.certificates.value
    assert value is None or not withheld.intersection((value.proposal, value.target))


@settings(max_examples=1, phases=UNSHRUNK)
@given(small_groups())
def test_only_the_total_of_one_scorer_reaches_ranking_prices_and_reasons(drawn):
    """One person's points are split otherwise over the criteria so that their total stays: nothing moves."""
    rooms, commands = [], (["compare"], ["why"], ["prioritise"])
    for points in ({"K1": 2.0, "K2": 4.0}, {"K1": 3.0, "K2": 1.0}):  # three quarters and one of the weight
        ballots = drawn.ballots.copy()
        here = ballots["proposal"] == "U-5"
        ballots.loc[here, "points"] = ballots.loc[here, "criterion"].map(points)
        rooms.append(with_points(drawn, ballots))
    (one, one_json), (two, two_json) = (told(room, Rules(ties=()), commands) for room in rooms)
    for (command,) in commands:
        assert one[command] == two[command], command
        assert one_json[command] == two_json[command], command


@settings(max_examples=3, phases=UNSHRUNK)
@given(small_groups(), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_who_gave_which_comparison_reaches_no_weight_table(drawn, answerers, seed):
    chance = np.random.default_rng(seed)
    cards = [CARDS.format(at) for at in range(min(answerers, len(drawn.participants)))]
    values = chance.choice([1 / 5, 1 / 3, 1.0, 3.0, 5.0], len(cards))
    given_to = [chance.permutation(len(cards)) for _ in range(2)]
    rules = Rules(weighting="geometric_mean")
    names = [column.name for column in JUDGEMENT_COLUMNS]
    said_of = []
    for order in given_to:
        asked = {"participant": cards, "first": "K1", "second": "K2", "value": values[order]}
        frame = pd.DataFrame(asked).reindex(columns=names)
        texts, records = told(replace(drawn, judgements=frame), rules, (["weights"],))
        said_of.append((texts["weights"], plain(records["weights"])))
    assert said_of[0] == said_of[1]
    assert CARD not in said_of[0][0] + json.dumps(said_of[0][1])
    for line in lines(said_of[0][1]):
        for key in ("complete", "above_threshold"):
            assert not few(line, key), line
