from __future__ import annotations

import pandas as pd
import pytest

from workbench.domain.regions import Regions
from workbench.errors import Severity
from workbench.store.region_names import bare_name, differing_names, find_districts, missing_codes

LISTED = Regions(
    pd.Series(
        {
            "73": "Sulsel",
            "73.02": "Harapan",
            "73.02.01": "Harapan",
            "73.02.02": "Ujung Loe",
            "73.02.03": "Harapan",
            "73.02.01.2001": "Harapan",
        }
    ),
    "uji",
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kec. Ujung Loe", "UJUNGLOE"),
        ("kecamatan ujung-loe", "Ujung Loe"),
        ("Distrik Heram", "Heram"),
        ("Desa", "DESA"),
    ],
)
def test_names_are_compared_without_their_level_and_case(one, other):
    assert bare_name(one) == bare_name(other) != ""


def test_only_districts_are_offered_and_all_of_them():
    assert find_districts(LISTED, "Kec. Harapan") == ("73.02.01", "73.02.03")
    assert find_districts(LISTED, "Sulsel") == ()
    assert find_districts(Regions(pd.Series(dtype="str"), ""), "x") == ()


def test_codes_are_asked_for_where_a_name_is_known_and_noted_elsewhere():
    table = pd.DataFrame(
        {
            "region": ["", "", "", "", "73.02.01"],
            "district": ["Harapan", "ujung loe", "Entah", " ", "Harapan"],
        },
        index=range(2, 7),
    )
    found = [(p.code, p.row, p.severity, p.facts.get("candidates")) for p in missing_codes(table, LISTED)]
    assert found == [
        ("region_code_missing", 2, Severity.ERROR, ("73.02.01", "73.02.03")),
        ("region_code_missing", 3, Severity.ERROR, ("73.02.02",)),
        ("region_code_missing", 4, Severity.NOTE, None),
        ("region_missing", 5, Severity.NOTE, None),
    ]
    assert missing_codes(table[4:], LISTED) == []


def test_names_are_held_against_their_code_alone():
    table = pd.DataFrame(
        {
            "region": ["73.02.01.2001", "73.02.01.2001", "73.02.02", "99.01.01", "73", ""],
            "village": ["Desa Harapan", "Lain", "Apa saja", "x", "y", "z"],
            "district": ["Ujung Loe", "", "Ujungloe", "x", "y", "z"],
        },
        index=range(2, 8),
    )
    found = [
        (p.row, p.column, p.value, p.facts["region"], p.facts["listed"])
        for p in differing_names(table, LISTED)
    ]
    assert found == [
        (3, "village", "Lain", "73.02.01.2001", "Harapan"),
        (2, "district", "Ujung Loe", "73.02.01", "Harapan"),
    ]
