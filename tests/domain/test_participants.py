from __future__ import annotations

import pandas as pd
import pytest

from workbench.domain.participants import COLUMNS, IDENTITY_COLUMNS, Participants
from workbench.errors import InvalidInput


def test_card_numbers_are_text_and_unique():
    people = Participants.from_table(pd.DataFrame({"participant": ["001", "002"], "sex": ["female", ""]}))
    assert list(people.labels) == ["001", "002"]
    assert len(people) == 2
    with pytest.raises(InvalidInput) as caught:
        Participants.from_table(pd.DataFrame({"participant": ["1", "1", ""]}, index=[2, 3, 4]))
    assert [(p.code, p.row) for p in caught.value.problems] == [("empty_cell", 4), ("duplicate_id", 3)]


def test_no_column_of_the_session_holds_a_name():
    assert "name" not in {column.name for column in COLUMNS}
    assert "name" in {column.name for column in IDENTITY_COLUMNS}
