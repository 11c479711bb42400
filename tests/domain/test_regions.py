from __future__ import annotations

import pandas as pd
import pytest

from workbench.domain.region_codes import Level, ancestor, is_region_code, level_of
from workbench.domain.regions import Regions, lies_in
from workbench.errors import InvalidInput

NAMES = {
    "73.02.01.2001": "Bira",
    "73": "Sulsel",
    "73.02": "Bulukumba",
    "73.02.01": "Gantarang",
    "73.03": "Bantaeng",
}
LISTED = Regions(pd.Series(NAMES), "uji")


@pytest.mark.parametrize(
    "text", ["7", "73.2", "73.02.1", "73.02.01.201", "73.02.01.2001.1", "73.02.", "٧٣", " 73", "73\n"]
)
def test_what_is_no_code(text):
    assert not is_region_code(text)


def test_levels_and_ancestors():
    assert [level_of(code) for code in ("73", "73.02", "73.02.01", "73.02.01.2001")] == list(Level)
    assert ancestor("73.02.01.2001", Level.PROVINCE) == "73"
    assert ancestor("", Level.DISTRICT) == ""
    assert ancestor("73.02.01", Level.DISTRICT) == "73.02.01"


def test_a_region_does_not_hold_one_whose_code_begins_alike():
    codes = pd.Series(["73.02.01", "73.02.01.2001", "73.02.011", "73.02", ""])
    assert lies_in(codes, "73.02.01").tolist() == [True, True, False, False, False]


def test_a_list_is_sorted_and_knows_its_own():
    assert list(LISTED.names.index) == sorted(NAMES)
    assert "73.02" in LISTED
    assert "99" not in LISTED
    assert LISTED.name("73.02") == "Bulukumba"
    assert LISTED.name("99.01") == "99.01"
    assert LISTED.children("73").to_dict() == {"73.02": "Bulukumba", "73.03": "Bantaeng"}
    assert LISTED.children("73.03").empty


def test_malformed_and_repeated_codes_are_named_together():
    with pytest.raises(InvalidInput) as caught:
        Regions(pd.Series(["a", "b", "c"], index=["73", "73", "7"]), "uji")
    assert [(p.code, p.value) for p in caught.value.problems] == [
        ("region_code_malformed", "7"),
        ("duplicate_id", "73"),
    ]


def test_two_lists_become_one_and_both_editions_are_named():
    other = Regions(pd.Series({"73.02": "Bulukumba Baru", "99": "Rekaan"}), "lain")
    joined = LISTED.joined(other)
    assert joined.name("73.02") == "Bulukumba Baru"
    assert joined.name("73.03") == "Bantaeng"
    assert joined.edition == "uji + lain"
    assert LISTED.joined(LISTED).edition == "uji"


def test_around_keeps_whole_regencies_and_their_provinces():
    assert list(LISTED.around(["73.02.01.2001", ""]).names.index) == [
        "73",
        "73.02",
        "73.02.01",
        "73.02.01.2001",
    ]
    assert list(LISTED.around(["73"]).names.index) == sorted(NAMES)
    assert LISTED.around([]).names.empty
    assert LISTED.around([""]).children("73").empty


def test_codes_of_a_table_are_judged_by_the_list():
    table = pd.DataFrame({"region": ["73.02", "", None, "73.02.09", "73.2"]}, index=[2, 3, 4, 5, 6])
    assert [(p.code, p.row, p.facts.get("edition")) for p in LISTED.check(table, "region")] == [
        ("region_code_unknown", 5, "uji"),
        ("region_code_malformed", 6, None),
    ]
