"""``workbench agreement`` on the shipped sample."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from workbench.cli.main import build
from workbench.present.i18n import translator


@pytest.fixture
def run(project_root):
    def call(*arguments):
        command = build(translator("id"))
        return CliRunner().invoke(command, ["agreement", str(project_root / "data/contoh"), *arguments])

    return call


def test_it_speaks_without_anybodys_card_number(run):
    result = run("--kecamatan", "99.01.09")
    assert result.exit_code == 0
    for heading in (
        "Seberapa sepakat",
        "Dua cara baca",
        "Usulan kuat kelompok yang belum terdanai",
        "Kehadiran",
    ):
        assert heading in result.output
    assert "09-0" not in result.output.replace("K09-0", "")


def test_json_is_strict_and_holds_back_small_groups(run):
    result = run("--kecamatan", "99.01.09", "--json")
    district = json.loads(result.output, parse_constant=pytest.fail)["districts"]["99.01.09"]
    assert district["attendance"]["women"]["count"] == 19
    for reading in district["readings"].values():
        assert all(people >= district["minimum_group"] for people in reading["people"].values())
    assert "09-0" not in result.output.replace("K09-0", "")
    assert district["readings"]["sex"]["distinction"] == "shown"


def test_an_unknown_district_is_refused(run):
    assert run("--kecamatan", "73.02.01").exit_code == 3


def test_weights_of_groups_are_printed_with_what_they_change(run):
    result = run("--kecamatan", "99.01.03", "--menurut", "constituency", "--bobot", "Tokoh masyarakat=3")
    assert result.exit_code == 0
    assert "Dengan bobot suara kelompok yang disebut" in result.output
    assert "Bobot suara: Gabungan kelompok kecil" in result.output
    assert run("--bobot", "Tokoh masyarakat=3").exit_code == 3
    assert "bukan bilangan" in run("--menurut", "sex", "--bobot", "female=banyak").output


def test_who_stands_behind_neighbours_and_what_strong_proposals_displace_is_said(run):
    said = run("--kecamatan", "99.01.09").output
    found = json.loads(run("--kecamatan", "99.01.09", "--json").output)["districts"]["99.01.09"]
    first = found["support"]["lines"][0]
    share, people = round(100 * first["share"]), first["people"]
    assert f"{share} % dari {people} penilai keduanya; sebaliknya" in said.replace("\u00a0", " ")
    strong = [entry for reading in found["readings"].values() for entry in reading["strong_unfunded"]]
    assert strong
    told = said.split("Usulan kuat kelompok yang belum terdanai")[1].split("Kehadiran")[0]
    lines = [line for line in told.splitlines() if "di kelompok" in line]
    assert len(lines) == len(strong)
    assert all("Bila didanai: " in line for line in lines)
    assert "minoritas" not in said.casefold()
