from __future__ import annotations

import pandas as pd
import pytest

from workbench.domain.proposals import Proposals
from workbench.domain.resolution import Action, Decision, Resolution, steps_from_table
from workbench.errors import InvalidInput

PROPOSALS = Proposals.from_table(
    pd.DataFrame({"proposal": ["a", "b", "c"], "activity": "x", "region": "", "cost": None})
)


def test_an_override_has_a_reason():
    lines = pd.DataFrame(
        {"proposal": ["a"], "decided_rank": [1], "decision": ["funded"], "reason": ["darurat"]}
    )
    decided = Resolution.from_table(lines, PROPOSALS)
    assert not decided.locked
    assert decided.frame.loc["a"].tolist() == [1, "funded", "darurat"]


def test_what_an_override_must_not_be():
    lines = pd.DataFrame(
        {
            "proposal": ["a", "a", "z", "b", "c"],
            "decided_rank": [1, 2, 3, None, 0],
            "decision": "",
            "reason": ["x", "x", "x", "", "x"],
        },
        index=range(2, 7),
    )
    with pytest.raises(InvalidInput) as caught:
        Resolution.from_table(lines, PROPOSALS)
    assert [(p.code, p.row) for p in caught.value.problems] == [
        ("empty_cell", 5),
        ("duplicate_id", 3),
        ("unknown_proposal", 4),
        ("decides_nothing", 5),
        ("rank_below_one", 6),
    ]


def codes(action, *arguments, **options):
    with pytest.raises(InvalidInput) as caught:
        action(*arguments, **options)
    return [problem.code for problem in caught.value.problems]


def test_a_draft_may_be_changed_and_a_later_decision_takes_the_place_of_an_earlier_one():
    first = Resolution.empty().decided("a", "darurat", PROPOSALS, decision=Decision.FUNDED)
    second = first.decided("a", " longsor ", PROPOSALS, rank=2).decided("b", "siap", PROPOSALS, rank=1)
    assert first.frame["reason"].to_dict() == {"a": "darurat"}
    assert second.frame.loc["a"].tolist() == [2, "", "longsor"]
    assert second.withdrawn("a").frame.index.tolist() == ["b"]
    assert codes(second.withdrawn, "c") == ["nothing_decided"]
    assert codes(first.decided, "z", " ", PROPOSALS) == ["empty_cell", "unknown_proposal", "decides_nothing"]


def test_final_decisions_change_only_after_reopening_with_a_reason_that_stays():
    final = Resolution.empty().decided("a", "darurat", PROPOSALS, rank=1).lock("10.30")
    assert final.locked
    assert codes(final.lock) == ["locked_already"]
    assert codes(final.withdrawn, "a") == ["resolution_locked"]
    assert codes(final.decided, "b", "siap", PROPOSALS, rank=1) == ["resolution_locked"]
    assert codes(final.reopen, "  ") == ["reopened_without_reason"]
    again = final.reopen("salah catat", "10.40").decided("b", "siap", PROPOSALS, rank=2).lock()
    assert [step.action for step in again.steps] == [Action.LOCKED, Action.REOPENED, Action.LOCKED]
    assert [(step.reason, step.at) for step in again.reopenings] == [("salah catat", "10.40")]
    assert codes(Resolution.empty().reopen, "perlu") == ["not_locked"]


def test_a_table_of_steps_must_tell_a_possible_story():
    table = pd.DataFrame(
        {"action": ["locked", "locked", "reopened", "reopened", ""], "reason": ["", "", "", "x", ""]},
        index=range(2, 7),
    )
    with pytest.raises(InvalidInput) as caught:
        steps_from_table(table)
    assert [(p.code, p.row) for p in caught.value.problems] == [
        ("empty_cell", 6),
        ("locked_already", 3),
        ("reopened_without_reason", 4),
        ("not_locked", 5),
    ]


def test_a_part_of_the_decisions_is_draft_or_final_as_the_whole():
    whole = Resolution.empty().decided("a", "x", PROPOSALS, rank=1).decided("b", "y", PROPOSALS, rank=2)
    part = whole.lock().of(pd.Index(["b", "q"]))
    assert part.locked
    assert part.frame.index.tolist() == ["b"]
