"""The shipped list of regions against the official counts, and villages found by name."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.domain.region_codes import Level
from workbench.errors import InvalidInput
from workbench.store.project_files import data_folder
from workbench.store.regions import EDITION, find_village, regions_from_table, shipped_regions


@pytest.fixture(scope="module")
def regions():
    return shipped_regions()


def test_the_shipped_list_is_whole(regions):
    depth = regions.names.index.str.count(r"\.").value_counts()
    assert depth.to_dict() == {0: 38, 1: 514, 2: 7_285, 3: 83_762}
    assert regions.edition == EDITION
    assert (regions.names.str.strip() != "").all()


def test_every_region_lies_in_one_that_is_listed(regions):
    codes = regions.names.index
    parents = codes[codes.str.contains(".", regex=False)].str.replace(r"\.[0-9]+$", "", regex=True)
    assert set(parents) <= set(codes)


def test_counts_are_the_official_ones_of_every_province(regions):
    official = pd.read_csv(
        data_folder() / "wilayah" / "jumlah_resmi_per_provinsi_2025.csv", dtype={"kode_prov": str}
    ).set_index("kode_prov")
    codes = regions.names.index.to_series()
    villages = codes[codes.str.count(r"\.") == Level.VILLAGE - 1]
    regencies = codes[codes.str.count(r"\.") == Level.REGENCY - 1]
    town = regencies.str[3].astype(int) >= 7
    urban = villages.str[9] == "1"
    counted = pd.DataFrame(
        {
            "kab": regencies[~town].str[:2].value_counts(),
            "kota": regencies[town].str[:2].value_counts(),
            "kec": codes[codes.str.count(r"\.") == Level.DISTRICT - 1].str[:2].value_counts(),
            "kel": villages[urban].str[:2].value_counts(),
            "desa": villages[~urban].str[:2].value_counts(),
        }
    ).fillna(0)
    difference = counted - official[counted.columns]
    assert (difference == 0).all(axis=None), difference[(difference != 0).any(axis=1)]


def test_a_village_is_found_by_name_whatever_its_writing(regions):
    for name in ("Polewali", " POLEWALI ", "Desa Polewali", "ds. polewali", "pole-wali"):
        assert find_village(regions, "73.02.01", name) == ("73.02.01.2017",)
    assert find_village(regions, "73.02.02", "Polewali") != ("73.02.01.2017",)
    assert find_village(regions, "73.02.01", "Tidak Ada") == ()
    assert find_village(regions, "73.02.01", "  ") == ()
    assert find_village(regions, "00.00.00", "Polewali") == ()


def test_two_villages_of_one_name_are_both_returned():
    table = pd.DataFrame(
        {"region": ["99.01.01.2001", "99.01.01.2002", "99.01.011.201"][:2], "name": ["Suka Maju", "SUKAMAJU"]}
    )
    regions = regions_from_table(table, "contoh")
    assert find_village(regions, "99.01.01", "sukamaju") == ("99.01.01.2001", "99.01.01.2002")


def test_every_shipped_village_is_found_in_its_district(regions):
    inside = regions.children("73.02.01")
    for code, name in inside.items():
        assert code in find_village(regions, "73.02.01", name.upper())


def test_a_list_of_ones_own_names_every_fault_with_its_row():
    table = pd.DataFrame(
        {"region": ["99.01", "99.01", "9901", ""], "name": ["A", "B", "C", "D"]}, index=[2, 3, 4, 5]
    )
    with pytest.raises(InvalidInput) as caught:
        regions_from_table(table, "contoh", file="wilayah.csv")
    assert sorted((each.row, each.code, each.file) for each in caught.value.problems) == [
        (3, "duplicate_id", "wilayah.csv"),
        (4, "region_code_malformed", "wilayah.csv"),
        (5, "empty_cell", "wilayah.csv"),
    ]
