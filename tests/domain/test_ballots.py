from __future__ import annotations

import pandas as pd

from workbench.domain.ballots import (
    COLUMNS,
    GATE_COLUMNS,
    Ballots,
    check_ballots,
    check_gates,
)
from workbench.domain.columns import conform
from workbench.domain.criteria import Criteria
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals

PROPOSALS = Proposals.from_table(
    pd.DataFrame({"proposal": ["a", "b"], "activity": "x", "region": "", "cost": None})
)
CRITERIA = Criteria.from_tables(
    pd.DataFrame(
        {
            "criterion": ["K1", "K2", "K3"],
            "name": "x",
            "scale_min": 1.0,
            "scale_max": 5.0,
            "measure": ["judged", "number", "judged"],
            "column": ["", "cost", ""],
        }
    )
)
PEOPLE = Participants.from_table(
    pd.DataFrame(
        {"participant": ["1", "2", "3"], "voting_right": pd.array([True, None, False], dtype="boolean")}
    )
)


def cards(*lines: tuple) -> pd.DataFrame:
    table = pd.DataFrame(lines, columns=["round", "participant", "proposal", "criterion", "points"])
    return conform(table.astype({"round": "Int64"}), COLUMNS).set_axis(range(2, len(lines) + 2))


def found(problems) -> list[tuple[str, int | None, str]]:
    return [(p.code, p.row, p.column) for p in problems]


def test_a_blank_cell_is_allowed_and_a_missing_right_counts_as_one():
    table = cards((1, "1", "a", "K1", None), (1, "2", "a", "K1", 5.0), (2, "2", "a", "K1", 1.0))
    assert check_ballots(table, PROPOSALS, CRITERIA, PEOPLE) == []


def test_every_fault_of_a_card_is_named():
    table = cards(
        (1, "1", "a", "K1", 6.0),
        (1, "1", "a", "K1", 2.0),
        (1, "9", "z", "K9", 2.0),
        (1, "3", "b", "K2", 2.0),
        (None, "", "b", "K1", 0.5),
    )
    assert sorted(found(check_ballots(table, PROPOSALS, CRITERIA, PEOPLE))) == [
        ("criterion_not_judged", 5, "criterion"),
        ("duplicate_cell", 3, "round"),
        ("empty_cell", 6, "participant"),
        ("empty_cell", 6, "round"),
        ("no_voting_right", 5, "participant"),
        ("points_outside_scale", 2, "points"),
        ("points_outside_scale", 6, "points"),
        ("unknown_criterion", 4, "criterion"),
        ("unknown_participant", 4, "participant"),
        ("unknown_proposal", 4, "proposal"),
    ]


def test_two_cards_whose_round_cannot_be_read_are_no_crash():
    table = cards((None, "1", "a", "K1", 2.0), (None, "1", "a", "K1", 2.0))
    assert [code for code, *_ in found(check_ballots(table, PROPOSALS, CRITERIA, PEOPLE))] == [
        "empty_cell",
        "empty_cell",
        "duplicate_cell",
    ]


def test_rounds_are_told_in_order():
    ballots = Ballots(cards((2, "1", "a", "K1", 2.0), (1, "1", "a", "K1", 3.0)))
    assert ballots.rounds == (1, 2)
    assert ballots.of_round(2)["points"].tolist() == [2.0]
    assert len(ballots) == 2
    assert len(Ballots.empty()) == 0


def test_every_fault_of_a_condition_is_named():
    lines = [("a", "lahan", True), ("a", "lahan", False), ("z", "lahan", None), ("b", "", True)]
    table = conform(
        pd.DataFrame(lines, columns=["proposal", "gate", "passed"]).astype({"passed": "boolean"}),
        GATE_COLUMNS,
    )
    assert sorted(found(check_gates(table.set_axis(range(2, 6)), PROPOSALS))) == [
        ("duplicate_cell", 3, "proposal"),
        ("empty_cell", 5, "gate"),
        ("unknown_proposal", 4, "proposal"),
    ]
