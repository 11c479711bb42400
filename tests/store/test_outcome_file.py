"""The outcome as JSON: complete, canonical, by its schema, and safe to publish."""

import io
import json
from dataclasses import replace

import jsonschema
import pandas as pd
import polars
import pytest

from workbench.domain.proposals import PROPOSED_ON, Proposals
from workbench.domain.resolution import Resolution
from workbench.errors import InvalidInput
from workbench.prioritisation import Standing, prioritise_pools
from workbench.store.outcome_file import (
    UNTOLD,
    canonical_bytes,
    differing_places,
    outcome_bytes,
    outcome_digest,
    public_outcome_bytes,
    read_outcome,
    recomputed_bytes,
)
from workbench.store.outcome_parquet import parquet_bytes
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session


@pytest.fixture(scope="module")
def forum(project_root):
    opened = open_session(project_root / "data/contoh")
    session = opened.session.within("99.01.01")
    return session, opened.rules, prioritise_pools(session, opened.rules)


@pytest.fixture(scope="module")
def decided(forum):
    session, _, found = forum
    label = str(next(iter(found.outcomes.values())).standing(Standing.OVER_THE_LINE).index[0])
    table = pd.DataFrame({"proposal": [label], "decision": ["funded"], "reason": ["Jembatan putus"]})
    return Resolution.from_table(table, session.proposals)


@pytest.fixture(scope="module")
def schema(project_root):
    return json.loads((project_root / "docs/skema/hasil-v1.schema.json").read_text("utf-8"))


def test_every_proposal_stands_in_the_file_once_with_its_reason(forum, decided, schema):
    session, rules, found = forum
    content = json.loads(outcome_bytes(session, found, decided))
    jsonschema.validate(content, schema)
    written = [line["proposal"] for part in content["lists"] for line in part["proposals"]]
    ranked = session.proposals.at_stage(rules.stage).labels
    assert sorted(written) == sorted(ranked)
    assert content["history"] == sorted(set(session.proposals.labels) - set(ranked))
    assert content["resolution"]["decisions"][0]["reason"] == "Jembatan putus"


def test_the_day_of_a_proposal_is_written_where_the_list_has_one(forum, schema):
    session, rules, _ = forum
    frame = session.proposals.frame.assign(**{PROPOSED_ON: "2026-01-09"})
    some = frame.index[:2]
    frame.loc[some, PROPOSED_ON] = ["", "Januari 2026"]
    dated = replace(session, proposals=Proposals(frame))
    content = outcome_bytes(dated, prioritise_pools(dated, rules))
    jsonschema.validate(json.loads(content), schema)
    days = {
        line["proposal"]: line["proposed_on"]
        for part in json.loads(content)["lists"]
        for line in part["proposals"]
    }
    assert {day for label, day in days.items() if label not in some} == {"2026-01-09"}
    assert {days.get(label) for label in some} == {None}
    table = polars.read_parquet(io.BytesIO(parquet_bytes(content)))
    assert table.schema["proposed_on"] == polars.Date
    assert dict(zip(table["proposal"], table["proposed_on"].cast(polars.String), strict=True)) == days
    assert b"proposed_on" not in outcome_bytes(session, prioritise_pools(session, rules))


def test_what_is_unknown_is_null_and_money_is_whole(forum):
    session, _, found = forum
    content = json.loads(outcome_bytes(session, found))
    outcome = found.outcomes[""]
    by_label = {line["proposal"]: line for line in content["lists"][0]["proposals"]}
    unpriced = outcome.table.index[outcome.table["cost"].isna()]
    assert len(unpriced)
    assert {by_label[label]["cost"] for label in unpriced} == {None}
    assert all(isinstance(line["cost"], int | None) for line in by_label.values())
    spent = sum(line["cost"] for line in by_label.values() if line["standing"] == "funded")
    assert spent == content["lists"][0]["spent"] == outcome.spent


def test_the_parts_of_a_score_add_up_to_it(forum):
    session, _, found = forum
    for line in json.loads(outcome_bytes(session, found))["lists"][0]["proposals"]:
        if line["score"] is not None:
            assert sum(line["contributions"].values()) == pytest.approx(line["score"], abs=1e-8)


def test_a_folder_written_and_read_again_gives_the_same_bytes(forum, tmp_path):
    session, rules, _ = forum
    write_session(tmp_path, session, rules)
    again = open_session(tmp_path)
    session = replace(again.session, facts=session.facts)
    assert outcome_bytes(session, prioritise_pools(session, rules)) == outcome_bytes(*forum[::2])


def test_few_people_hide_the_parts_of_a_published_score(forum, schema):
    session, rules, _ = forum
    strict = prioritise_pools(session, replace(rules, minimum_group=1000))
    content = json.loads(public_outcome_bytes(session, strict, None))
    jsonschema.validate(content, schema)
    lines = content["lists"][0]["proposals"]
    judged = [line for line in lines if line["standing"] not in ("gate_failed",)]
    assert {line["answers"] for line in judged} <= {None, 0}
    assert all(line["contributions"] is None for line in judged if line["rank"])
    full = json.loads(outcome_bytes(session, strict))["lists"][0]["proposals"]
    told = ("proposal", "rank", "shared", "standing", "cost", "running_total")
    assert [[line[name] for name in told] for line in lines] == [
        [line[name] for name in told] for line in full
    ]
    assert {line["score"] for line in lines} == {None}
    for line in lines:
        assert line["withheld"] == ([] if line["score_public"] else list(UNTOLD))
        assert all(line[name] is None for name in line["withheld"])
    assert {line["score_public"] for line in judged} == {False}
    assert all(line["withheld"] == [] for line in full)
    assert [line["score_public"] for line in full] == [line["score_public"] for line in lines]
    table = polars.read_parquet(io.BytesIO(parquet_bytes(outcome_bytes(session, strict))))
    assert table["score_public"].to_list() == [line["score_public"] for line in full]
    assert table["score"].to_list() == [line["score"] for line in full]
    assert not any("score" in line["reason"]["facts"] for line in lines)


def test_no_card_number_proposer_or_delegate_is_published(forum):
    session, _, found = forum
    text = public_outcome_bytes(session, found, None).decode()
    assert not [card for card in session.participants.labels if f'"{card}"' in text]
    assert not [who for who in set(session.proposals.frame["proposer"]) - {""} if f'"{who}"' in text]
    assert "speeches" not in text


def test_a_file_is_checked_by_computing_it_again(forum, tmp_path):
    session, _, found = forum
    path = tmp_path / "hasil.json"
    path.write_bytes(public_outcome_bytes(session, found, None))
    given = read_outcome(path)
    assert canonical_bytes(given) == path.read_bytes()
    computed = recomputed_bytes(given, session, found, None)
    assert outcome_digest(computed) == outcome_digest(path.read_bytes())
    changed = json.loads(path.read_bytes())
    changed["lists"][0]["proposals"][3]["cost"] += 1
    assert differing_places(changed, json.loads(computed)) == ("lists/0/proposals/3/cost",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "outcome_unreadable"),
        ("[1, 2]", "outcome_unreadable"),
        ('{"schema": "lain", "schema_version": 1, "lists": []}', "outcome_unreadable"),
        ('{"schema": "musrenbang-outcome", "schema_version": 99, "lists": []}', "outcome_too_new"),
        ("[" * 100_000, "outcome_unreadable"),
    ],
)
def test_another_file_is_refused_by_name(tmp_path, text, code):
    path = tmp_path / "hasil.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_outcome(path)
    assert [problem.code for problem in caught.value.problems] == [code]
