"""``workbench decide``: from the first override to the locked list, as a person types it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from tests.deliberation.test_decided import room
from workbench.cli.exits import Exit
from workbench.cli.main import build
from workbench.domain.rules import Rules
from workbench.present.i18n import translator
from workbench.store.session_writing import write_session


def run(*arguments, language="id"):
    return CliRunner().invoke(build(translator(language)), ["decide", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path):
    write_session(tmp_path / "sesi", room(), Rules())
    return tmp_path / "sesi"


def test_a_forum_decides_locks_and_reopens(folder):
    assert run("set", folder, "U-5", "--status", "diakomodir", "--alasan", "longsor").exit_code == Exit.DONE
    said = run("list", folder).output
    assert "MELEBIHI Rp 250 sebesar Rp 50" in said
    assert "Keputusan: Diakomodir" in said
    assert "Alasan musyawarah: longsor" in said
    assert "Status: draf" in said
    assert run("set", folder, "U-2", "--status", "belum", "--alasan", "sudah ada").exit_code == Exit.DONE
    locked = run("lock", folder)
    assert "sisa Rp 50" in locked.output
    assert "final" in locked.output
    refused = run("withdraw", folder, "U-5")
    assert refused.exit_code == Exit.REFUSED
    assert "sudah final" in refused.output
    assert run("reopen", folder, "--alasan", "salah tulis").exit_code == Exit.DONE
    assert "salah tulis" in run("list", folder).output
    assert run("withdraw", folder, "U-5").exit_code == Exit.DONE
    record = json.loads(run("list", folder, "--json").output)
    (found,) = record["districts"].values()
    assert [step["action"] for step in record["steps"]] == ["locked", "reopened"]
    assert found["proposals"]["U-5"]["overridden"] is False
    assert found["proposals"]["U-2"]["status"] == "not_funded"


def test_what_decides_nothing_or_has_no_reason_is_refused_in_words(folder):
    nothing = run("set", folder, "U-1", "--alasan", " ")
    assert nothing.exit_code == Exit.REFUSED
    assert "tidak memuat peringkat maupun status" in nothing.output
    unknown = run("set", folder, "U-9", "--peringkat", 0, "--alasan", "x")
    assert "“U-9”" in unknown.output
    assert "kurang dari 1" in unknown.output
    assert not (folder / "keputusan.csv").exists()
    assert run("reopen", folder, "--alasan", "x", language="en").output.count("not locked") == 1
