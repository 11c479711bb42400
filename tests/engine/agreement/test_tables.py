from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.engine.agreement.tables import complete, in_label_order
from workbench.errors import InvalidValue


def test_labels_are_ordered_by_their_text():
    table = in_label_order(pd.DataFrame([[1, 2], [3, 4]], index=["b", "a"], columns=[10, 9]), "points")
    assert table.index.tolist() == ["a", "b"]
    assert table.columns.tolist() == [10, 9]
    assert table.loc["a", 9] == 4.0


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (pd.DataFrame(), "empty_table"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "duplicate_label"),
        (pd.DataFrame([[1], [2]], index=["p", "p"]), "duplicate_label"),
        (pd.DataFrame([[np.inf]]), "not_finite"),
        (pd.DataFrame([[np.nan]]), "incomplete_table"),
    ],
)
def test_what_cannot_be_used_is_refused(table, code):
    with pytest.raises(InvalidValue) as caught:
        complete(table, "points")
    assert caught.value.code == code


def test_the_refusal_of_gaps_counts_and_names_nobody():
    table = pd.DataFrame(
        {"a": [1, np.nan, 2], "b": [np.nan, np.nan, 2], "c": [1, np.nan, 1]}, index=["Siti", "Budi", "Ani"]
    )
    with pytest.raises(InvalidValue) as caught:
        complete(table, "points")
    assert dict(caught.value.facts) == {"subject": "points", "rows": 2, "cells": 4}


def test_text_is_refused_by_name():
    with pytest.raises(InvalidValue, match="not_a_number"):
        in_label_order(pd.DataFrame({"a": ["satu"]}), "scores")
