"""Pools apart on the command line: one ranking each, in words, in JSON and in the table."""

import json
import shutil

import pandas as pd
import pytest
from click.testing import CliRunner

from workbench.cli.main import build
from workbench.present.i18n import translator
from workbench.store.project_files import sample_folder

DISTRICT = "99.01.09"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("apart") / "contoh"
    shutil.copytree(sample_folder(), place, ignore=shutil.ignore_patterns("manifest.json", "*.geojson"))
    rules = place / "aturan.toml"
    kept = [line for line in rules.read_text("utf-8").splitlines() if "kelompok_peringkat" not in line]
    rules.write_text('kelompok_peringkat = "terpisah"\n' + "\n".join(kept), "utf-8")
    return str(place)


def run(*arguments):
    return CliRunner().invoke(build(translator("id")), ["prioritise", *arguments, "--kecamatan", DISTRICT])


def test_json_holds_every_pool_by_its_name_and_the_table_says_it(folder, tmp_path):
    out = tmp_path / "hasil.csv"
    result = run(folder, "--json", "--out", str(out))
    pools = json.loads(result.output)["districts"][DISTRICT]
    assert sorted(pools["pools"]) == ["Fisik", "Nonfisik"]
    assert pools["common_ceiling"] > 0
    for record in pools["pools"].values():
        ranks = [line["rank"] for line in record["proposals"].values() if line["rank"] is not None]
        assert min(ranks) == 1
    table = pd.read_csv(out, sep=";", encoding="utf-8-sig")
    assert set(table["Kelompok"]) == {"Fisik", "Nonfisik"}


def test_words_name_the_pools_and_the_money_of_nobody(folder):
    said = run(folder).output
    assert "Kelompok Fisik" in said
    assert "Kelompok Nonfisik" in said
    assert "tidak menyebut kelompok peringkat" in said


def test_a_ceiling_for_all_cannot_be_tried_where_pools_are_apart(folder):
    result = run(folder, "--pagu", "1000000000")
    assert result.exit_code == 3
    assert "kelompok peringkat terpisah" in result.output
