from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.facts import LISTS, NUMBERS, WORDS, Facts
from workbench.errors import InvalidInput
from workbench.store.facts_table import facts_from_table, facts_to_table
from workbench.store.headers import load_headers

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=10).map(
    str.strip
)
facts = st.builds(
    Facts,
    **{
        name: (
            st.lists(words.filter(bool), max_size=3).map(tuple)
            if name in LISTS
            else st.one_of(st.none(), st.integers(0, 3000))
            if name in NUMBERS
            else words
        )
        for name in load_headers().facts
    },
)


@given(facts)
def test_facts_come_back(given_facts):
    assert facts_from_table(facts_to_table(given_facts), "sesi.csv") == given_facts


def test_every_fact_has_a_word_and_a_blank_is_seen():
    assert set(load_headers().facts) == set(Facts.__dataclass_fields__)
    table = facts_to_table(Facts())
    assert len(table) == len(load_headers().facts) - len(WORDS)
    assert set(table["value"]) == {""}


def test_every_fault_is_named_with_its_row():
    table = pd.DataFrame(
        {
            "fact": ["cuaca", "forum", "forum", "tahun_rencana", "delegasi", "delegasi"],
            "value": ["x", "a", "b", "-1", "1", "2"],
        },
        index=range(2, 8),
    )
    with pytest.raises(InvalidInput) as caught:
        facts_from_table(table, "sesi.csv")
    assert [(p.code, p.row, p.column, p.value) for p in caught.value.problems] == [
        ("unknown_fact", 2, "cuaca", "x"),
        ("fact_repeated", 4, "forum", "b"),
        ("fact_not_a_number", 5, "tahun_rencana", "-1"),
    ]
    assert "forum" in caught.value.problems[0].facts["allowed"]
