"""Circles of requirements are named on the lines that close them, and on no other."""

from __future__ import annotations

import pandas as pd

from workbench.domain.columns import conform
from workbench.domain.condition_checks import check
from workbench.domain.conditions import COLUMNS


def test_a_line_that_leaves_a_circle_is_not_part_of_it():
    pairs = [("C", "D"), ("D", "C"), ("C", "Z"), ("E", "C"), ("F", "F")]
    rows = [
        {"condition": f"n{at}", "demand": "requires", "proposals": one, "needs": other}
        for at, (one, other) in enumerate(pairs)
    ]
    found = check(conform(pd.DataFrame(rows), COLUMNS))
    circles = {problem.row: problem.facts["circle"] for problem in found}
    assert circles == {0: ("C", "D", "C"), 1: ("D", "C", "D"), 4: ("F", "F")}
