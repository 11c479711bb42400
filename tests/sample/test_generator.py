"""The whole sample: valid, of the promised size, the same on every run, and nobody's real data."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys

import pandas as pd
import pytest

from workbench.sample import Sample, generate
from workbench.sample.wordlists import read

DISTRICTS = [f"99.01.{number:02d}" for number in range(1, 11)]


def digest(sample: Sample) -> str:
    text = "".join(f"{name}\n{table.to_csv()}" for name, table in sample.tables.items())
    return hashlib.sha256(f"{text}{sample.facts}{sample.rules}{sample.geometry}".encode()).hexdigest()


def of_district_stage(sample: Sample) -> pd.DataFrame:
    proposals = sample.tables["proposals"]
    return proposals[proposals["stage"] == sample.rules.stage]


def test_every_table_passes_the_checks_of_the_domain(sample):
    session = sample.session()
    assert session.check() == []
    assert session.facts.data_mark == "data contoh (sintetis)"
    assert list(session.proposals.districts) == DISTRICTS


@pytest.mark.parametrize("district", DISTRICTS)
def test_every_district_is_a_session_of_its_own(sample, district):
    session = sample.session().within(district)
    ranked = session.proposals.at_stage(sample.rules.stage)
    assert 90 <= len(ranked) <= 380
    assert 4_000_000_000 <= session.budget.ceiling() <= 6_500_000_000
    assert 0 < session.budget.earmarked() < session.budget.ceiling() / 10
    assert 35 <= session.participants.frame["voting_right"].sum() <= 45
    assert session.facts.region_name == sample.session().regions.name(district)


def test_another_seed_is_valid_too(sample):
    other = generate(7)
    assert other.session().check() == []
    assert len(other.tables["ballots"]) < 70_000
    assert digest(other) != digest(sample)


def test_the_same_seed_gives_the_same_bytes_whatever_the_hash_seed(sample):
    # The generator's digest must not depend on the order of sets, which PYTHONHASHSEED shuffles.
    script = f"import sys; sys.path.insert(0, {os.path.dirname(__file__)!r})\n"  # noqa: PTH120
    script += "import test_generator as t; from workbench.sample import generate; print(t.digest(generate()))"
    environment = os.environ | {"PYTHONHASHSEED": "12345", "PYTHONPATH": os.pathsep.join(sys.path)}
    found = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == digest(sample)


def test_size_and_gaps_follow_a_real_list(sample):
    proposals = of_district_stage(sample)
    assert len(proposals) >= 2_080
    assert 0.045 < proposals["cost"].isna().mean() < 0.075
    assert 0.01 < proposals["beneficiaries"].isna().mean() < 0.06
    assert 0.10 < proposals["womens_proposal"].mean() < 0.30
    assert 0.15 < (proposals["parent"] != "").mean() < 0.35
    by_village = proposals[proposals["village"] != ""].groupby("region").size()
    assert by_village.max() > 3 * by_village.median()
    assert by_village.min() < by_village.median() / 3
    between = proposals[proposals["village"] == ""]
    assert 0 < len(between) < 60
    assert between["region"].isin(DISTRICTS).all()


def test_money_pays_for_about_a_tenth(sample):
    proposals, session = of_district_stage(sample), sample.session()
    demand, room = int(proposals["cost"].sum()), session.budget.room()
    assert 0.08 < room / demand < 0.20
    assert proposals["cost"].min() >= 1_000_000
    assert proposals["cost"].max() <= 1_500_000_000
    assert (proposals["cost"].dropna() % 1_000 == 0).all()
    assert (proposals["cost"].dropna() % 2_500_000 == 0).mean() > 0.6


def test_the_village_stage_is_history(sample):
    proposals = sample.tables["proposals"].set_index("proposal")
    children = proposals[proposals["parent"] != ""]
    parents = proposals.loc[children["parent"]]
    assert children["parent"].is_unique
    assert (parents["stage"] != sample.rules.stage).all()
    assert (children["stage"] == sample.rules.stage).all()
    assert parents["region"].tolist() == children["region"].tolist()
    earlier = proposals[proposals["stage"] != sample.rules.stage]
    stayed = earlier.index.difference(children["parent"])
    assert 0.08 < len(stayed) / len(earlier) < 0.25


def test_codes_are_unique_text_that_excel_leaves_alone(sample):
    codes = sample.tables["proposals"]["proposal"]
    assert codes.is_unique
    assert codes.str.fullmatch(r"[KD]\d\d-\d{4}").all()
    assert sample.tables["participants"]["participant"].str.fullmatch(r"\d\d-\d{3}").all()


def test_texts_survive_a_file(sample):
    for name, table in sample.tables.items():
        for column in table.columns[table.dtypes == "str"]:
            texts = table[column][table[column] != ""]
            assert (texts == texts.str.strip()).all(), (name, column)
            bad = texts[texts.str.contains(r"[\n\r\t;{}]|^[=+@-]|  ") & (column != "scale_anchors")]
            assert bad.empty, (name, column, bad.head())


def test_facts_are_filled_and_people_are_named_in_one_table_only(sample):
    facts = sample.facts
    assert facts.data_source
    assert "20250303" in facts.data_source
    participants, identities = sample.tables["participants"], sample.tables["identities"]
    assert set(facts.delegates) <= set(participants["participant"])
    assert set(identities["key"]) - set(participants["participant"]) == {"chair"}
    names = "|".join(map(re.escape, identities["name"]))
    for name, table in sample.tables.items():
        if name != "identities":
            assert not table.to_csv().count("Contoh ") or not re.search(names, table.to_csv()), name


def test_every_region_in_use_is_listed(sample):
    regions = sample.tables["regions"]
    assert regions["region"].is_unique
    used = set(sample.tables["proposals"]["region"]) | set(sample.tables["participants"]["region"])
    assert used <= set(regions["region"])
    villages = regions.loc[regions["region"].str.count(r"\.") == 3, "region"]
    assert len(villages) == 130
    assert villages.str[-4:].str.fullmatch(r"[12]0\d\d").all()
    assert (villages.str[-4] == "1").sum() == 10


@pytest.mark.shared_data
def test_no_place_has_the_name_of_a_real_one(shared_folder):
    def plain(names: pd.Series) -> set[str]:
        without_kind = names.str.replace(r"^(Kabupaten|Kota|Provinsi) ", "", regex=True)
        return set(without_kind.str.lower().str.replace(r"[^a-z]", "", regex=True))

    folder = shared_folder / "data/wilayah"
    real = plain(pd.read_csv(folder / "desa.csv.gz", dtype=str)["nama_desa"])
    real |= plain(pd.read_csv(folder / "kecamatan.csv", dtype=str)["nama_kec"])
    real |= plain(pd.read_csv(folder / "kabupaten_kota.csv", dtype=str)["nama_kab"])
    real |= plain(pd.read_csv(folder / "provinsi.csv", dtype=str)["nama_prov"])
    listed = read("regions")
    invented = [listed["province"]["name"], listed["regency"]["name"]]
    for district in listed["district"]:
        invented += [district["name"], *district["villages"]]
    assert len(set(invented)) == len(invented)
    assert plain(pd.Series(invented)) & real == set()


@pytest.mark.shared_data
def test_no_activity_is_a_row_of_the_real_list(shared_folder, sample):
    # Short generic names of a work may coincide; whole descriptions of place and problem may not.
    source = pd.read_csv(shared_folder / "data/musrenbang" / "sukabumi_usulan_2019.csv.gz", dtype=str)
    real = set()
    for column in ("kegiatan", "keluaran_tolok_ukur", "hasil_tolok_ukur", "lokasi"):
        real |= set(source[column].dropna().str.strip().str.lower())
    proposals = sample.tables["proposals"]
    for column in ("activity", "problem", "activity_target"):
        assert set(proposals[column].str.lower()) & real - {""} == set(), column
