"""``workbench journal``: in Indonesian, with exit codes and JSON that programs can read."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from tests.store.rooms import opened, play
from workbench.cli.exits import Exit
from workbench.cli.main import build
from workbench.present.i18n import translator
from workbench.store.journal_format import JOURNAL


def run(*arguments: object):
    return CliRunner().invoke(build(translator("id")), ["journal", *map(str, arguments)])


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("musyawarah")
    with opened(folder) as room:
        play(room, 1)
    return folder


@pytest.fixture
def folder(original, tmp_path):
    return shutil.copytree(original, tmp_path / "musyawarah")


def test_an_intact_journal_is_confirmed_with_its_closing_hash(folder):
    told = run("verify", folder)
    assert told.exit_code == Exit.DONE, told.output
    assert "Riwayat utuh" in told.output
    found = json.loads(run("verify", folder, "--json").output)
    assert found["intact"]
    assert found["closing_hash"] in told.output
    assert run("verify", folder, "--hash", found["closing_hash"]).exit_code == Exit.DONE
    other = run("verify", folder, "--hash", "0" * 64)
    assert other.exit_code == Exit.FAILED
    assert "tidak sama dengan yang tercetak" in other.output


def test_a_damaged_journal_fails_and_names_the_place(folder):
    content = bytearray((folder / JOURNAL).read_bytes())
    at = content.rindex(b"latihan-1-00010")
    content[at : at + 7] = b"LATIHAN"
    (folder / JOURNAL).write_bytes(content)
    told = run("verify", folder)
    assert told.exit_code == Exit.FAILED
    assert "Isian ke-" in told.output
    assert "Traceback" not in told.output
    found = json.loads(run("verify", folder, "--json").output)
    assert found["faults"][0]["entry"] == found["entries"] + 1


def test_the_state_is_told_without_anybodys_points(folder):
    told = run("replay", folder)
    assert told.exit_code == Exit.DONE, told.output
    assert "Putaran 1 (kartu nilai) ditutup" in told.output
    assert "Hasil terkunci (final)." in told.output
    found = json.loads(run("replay", folder, "--until", 12, "--json").output)
    assert found["entries"] == 12
    assert not found["locked"]
    assert "points" not in json.dumps(found)


def test_tables_and_lines_are_written(folder, tmp_path):
    told = run("export", folder, "--out", tmp_path / "tabel", "--jsonl", tmp_path / "riwayat.jsonl")
    assert told.exit_code == Exit.DONE, told.output
    assert (tmp_path / "tabel/nilai.csv").is_file()
    assert len((tmp_path / "riwayat.jsonl").read_text("utf-8").splitlines()) > 50
    here = json.loads(run("export", folder, "--json").output)
    assert any(path.endswith("keputusan.csv") for path in here["files"])


def test_merging_tells_what_was_new(folder, original):
    told = run("merge", folder, original)
    assert told.exit_code == Exit.DONE, told.output
    assert "Ditambahkan 0 isian" in told.output
    assert json.loads(run("merge", folder, original, "--json").output)["conflicts"] == []


def test_bringing_in_nothing_says_so_and_a_reason_is_asked_for(folder):
    assert "Dicatat 0 isian" in run("import", folder, "--alasan", "uji").output
    assert run("import", folder).exit_code == Exit.MISUSED


@pytest.mark.parametrize("command", [["verify"], ["replay"], ["export"], ["import", "--alasan", "x"]])
def test_a_folder_without_a_journal_is_refused_in_words(tmp_path, command):
    told = run(command[0], tmp_path, *command[1:])
    assert told.exit_code == Exit.REFUSED
    assert "belum dibuka" in told.output
    assert not list(tmp_path.iterdir())
