from __future__ import annotations

import pandas as pd

from workbench.domain.budget import COLUMNS, Budget, check
from workbench.domain.columns import conform


def budget(*lines: tuple) -> Budget:
    return Budget.from_table(
        pd.DataFrame(lines, columns=["region", "kind", "amount", "agency", "field"][: len(lines[0])])
    )


def test_no_line_is_no_ceiling_and_earmarks_alone_make_none():
    assert Budget.empty().ceiling() is None
    assert Budget.empty().earmarked() == 0
    assert Budget.empty().room() is None
    assert budget(("73.02.01", "earmark", 5)).room() is None


def test_a_line_without_kind_is_a_ceiling_and_room_may_be_negative():
    given = budget(("73.02.01", "", 5), ("73.02.01", "earmark", 7), ("", "earmark", 1))
    assert (given.ceiling(), given.earmarked(), given.room()) == (5, 8, -3)


def test_amounts_add_up_beyond_what_a_float_holds():
    assert budget(("", "ceiling", 2**53), ("", "ceiling", 1)).ceiling() == 2**53 + 1


def test_lines_of_all_agencies_go_before_those_of_one():
    given = budget(("73.02.01", "ceiling", 10, "", ""), ("73.02.01", "ceiling", 4, "PUPR", ""))
    assert given.ceiling() == 10
    assert (
        budget(("73.02.01", "ceiling", 4, "PUPR", ""), ("73.02.01", "ceiling", 3, "", "air")).ceiling() == 7
    )


def test_villages_lie_inside_their_district_and_do_not_count_twice():
    village = ("73.02.01.2001", "ceiling", 4, "", "")
    assert budget(("73.02.01", "ceiling", 10, "", ""), village).ceiling() == 10
    assert budget(("73.02.01", "ceiling", 9, "PUPR", ""), village).ceiling() == 9
    assert budget(village, ("73.02.01.2002", "ceiling", 5, "", "")).ceiling() == 9


def test_a_district_keeps_its_lines_and_what_is_for_all_but_the_ceiling_of_all():
    given = budget(
        ("", "ceiling", 100),
        ("", "earmark", 1),
        ("73.02.01", "ceiling", 10),
        ("73.02.01.2001", "earmark", 2),
        ("73.02.011", "ceiling", 7),
        ("73.02", "ceiling", 50),
    )
    inside = given.within("73.02.01")
    assert inside.frame["amount"].tolist() == [1, 10, 2]
    assert (inside.ceiling(), inside.earmarked()) == (10, 3)
    assert given.ceiling() == 100


def test_a_simulated_ceiling_replaces_all_others():
    given = budget(("73.02.01", "ceiling", 10), ("73.02.01", "earmark", 2)).with_ceiling("73.02.01", 99)
    assert (given.ceiling(), given.earmarked()) == (99, 2)
    assert Budget.empty().with_ceiling("", 0).ceiling() == 0


def test_empty_and_negative_amounts_are_named():
    table = conform(pd.DataFrame({"amount": [None, -1, 0]}, index=[2, 3, 4]), COLUMNS)
    assert [(p.code, p.row, p.column) for p in check(table)] == [
        ("empty_cell", 2, "amount"),
        ("negative_value", 3, "amount"),
    ]
