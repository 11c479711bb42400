"""``workbench sure`` says how sure the order is and explains single proposals, the same in JSON."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from workbench.cli.main import build
from workbench.present.i18n import translator
from workbench.store.project_files import sample_folder

LIST = ["sure", str(sample_folder()), "--kecamatan", "99.01.09", "--draws", "40"]


def run(*arguments: str, language: str = "id"):
    return CliRunner().invoke(build(translator(language)), [*LIST, *arguments])


@pytest.mark.parametrize("language", ["id", "en"])
def test_says_what_was_drawn_and_what_would_change_the_list(language):
    result = run(language=language)
    assert result.exit_code == 0, result.output
    assert ("dihitung ulang 40 kali" if language == "id" else "recalculated 40 times") in result.output
    assert "{" not in result.output


def test_the_same_seed_says_the_same_and_another_does_not():
    assert run("--seed", "5").output == run("--seed", "5").output != run("--seed", "6").output


def test_one_proposal_is_explained_and_an_unknown_one_refused():
    result = run("K09-0045")
    assert "K09-0045" in result.output
    assert "hitung ulang peringkatnya" in result.output
    assert run("K09-9999").exit_code == 3


def test_json_keeps_the_sources_apart():
    content = json.loads(run("--json", "K09-0045").output)["lists"][0]
    assert content["seeds"] == {
        "joint": {"weights": 4, "people": 5},
        "people": {"people": 2},
        "weights": {"weights": 1},
        "rounding": {"rounding": 3},
    }
    shares = content["proposals"]["K09-0045"]
    assert 0 <= shares["joint"]["funded"] <= 1
    assert shares["joint"]["best"] <= shares["rank"] <= shares["joint"]["worst"]
