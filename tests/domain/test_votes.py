from __future__ import annotations

import pandas as pd
import pytest

from workbench.domain.columns import conform
from workbench.domain.votes import (
    CHOICE_COLUMNS,
    PAIR_COLUMNS,
    ChoiceVotes,
    PairVotes,
    check_choices,
    check_pairs,
)

PROPOSALS = pd.Index(["A", "B", "C", "D"])


def ballots(**cards: str) -> pd.DataFrame:
    rows = [{"participant": card[1:], **{f"choice_{place}": label for place, label in enumerate(chosen, 1)}}
            for card, chosen in cards.items()]  # fmt: skip
    table = conform(pd.DataFrame(rows).fillna(""), CHOICE_COLUMNS)
    return table.set_axis(range(2, 2 + len(table)))


def pairs(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=[column.name for column in PAIR_COLUMNS])
    return table.set_axis(range(2, 2 + len(table)))


def found(problems):
    return [(problem.code, problem.row, problem.column) for problem in problems]


def test_good_ballots_are_sets_in_their_order():
    table = ballots(_1="ABC", _2="BA")
    assert check_choices(table, PROPOSALS) == []
    votes = ChoiceVotes.of(table)
    assert votes.sets.to_dict() == {"1": ["A", "B", "C"], "2": ["B", "A"]}
    assert votes.named.to_dict() == {"1": 3, "2": 2}


def test_every_fault_of_a_ballot_has_its_row_and_column():
    table = ballots(_1="AAZ", _="B")
    table.loc[4] = table.loc[2].replace("Z", "C")
    assert found(check_choices(table, PROPOSALS)) == [
        ("empty_cell", 3, "participant"),
        ("duplicate_id", 4, "participant"),
        ("unknown_proposal", 2, "choice_3"),
        ("vote_named_twice", 2, "choice_2"),
        ("vote_named_twice", 4, "choice_2"),
    ]


@pytest.mark.parametrize("person", ["", "7"])
def test_every_fault_of_a_pair_has_its_row_and_column(person):
    table = pairs(
        (person, "A", "B", "C"), (person, "B", "A", "A"), (person, "C", "C", ""), (person, "Z", "A", ""),
        (person, "", "A", "A"), ("8", "A", "B", ""),
    )  # fmt: skip
    assert found(check_pairs(table, PROPOSALS)) == [
        ("empty_cell", 6, "first"),
        ("unknown_proposal", 5, "first"),
        ("vote_with_itself", 4, "second"),
        ("vote_outside_pair", 2, "chosen"),
        ("vote_pair_twice", 3, "second"),
    ]


def test_the_same_pair_on_two_sheets_is_no_fault():
    table = pairs(("1", "A", "B", "A"), ("2", "B", "A", "B"))
    assert check_pairs(table, PROPOSALS) == []
    assert len(PairVotes.of(table).frame) == 2
