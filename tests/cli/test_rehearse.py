"""``workbench rehearse``: practice in a folder of its own, with a power cut in it, and the class case."""

from __future__ import annotations

import json
import subprocess
import sys

import pandas as pd
from click.testing import CliRunner

from workbench.cli.exits import Exit
from workbench.cli.main import build
from workbench.present.i18n import translator
from workbench.prioritisation import prioritise
from workbench.store.journal_check import verify_journal
from workbench.store.journal_format import JOURNAL
from workbench.store.practice import case_folder
from workbench.store.session_folder import open_session


def run(*arguments: object):
    return CliRunner().invoke(build(translator("id")), ["rehearse", *map(str, arguments)])


def test_a_rehearsal_that_lost_its_power_goes_on_and_ends_as_an_undisturbed_one(tmp_path):
    folder = tmp_path / "putus"
    command = [sys.executable, "-m", "workbench", "rehearse", str(folder), "--seed", "3", "--padam", "57"]
    told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert told.returncode == Exit.FAILED
    assert "Listrik padam" in told.stdout
    assert verify_journal(folder).sound == 58
    goes_on = json.loads(run(folder, "--seed", 3, "--json").output)
    whole = json.loads(run(tmp_path / "utuh", "--seed", 3, "--json").output)
    assert goes_on["refused"] == whole["refused"] == 0
    assert goes_on["taken"] + 57 == whole["taken"]
    one, other = (open_session(tmp_path / name) for name in ("putus", "utuh"))
    pd.testing.assert_frame_equal(
        prioritise(one.session, one.rules).table, prioritise(other.session, other.rules).table
    )
    assert one.session.facts.data_mark == "latihan (simulasi)"


def test_practice_is_reset_and_a_real_folder_never_touched(tmp_path):
    assert run(tmp_path / "latihan").exit_code == Exit.DONE
    assert run(tmp_path / "latihan", "--reset").exit_code == Exit.DONE
    assert not (tmp_path / "latihan" / JOURNAL).exists()
    assert len(open_session(tmp_path / "latihan").session.proposals) == 12
    real = tmp_path / "nyata"
    real.mkdir()
    (real / "usulan.csv").write_bytes((case_folder() / "usulan.csv").read_bytes())
    for option in ([], ["--reset"], ["--prepare"]):
        refused = run(real, *option)
        assert refused.exit_code == Exit.REFUSED
        assert "folder latihan" in refused.output
    assert [path.name for path in real.iterdir()] == ["usulan.csv"]


def test_another_folder_can_be_copied_to_practise_with(tmp_path):
    told = run(tmp_path / "salinan", "--from", case_folder().parent / "kunci-jawaban", "--prepare")
    assert told.exit_code == Exit.DONE, told.output
    assert (tmp_path / "salinan/nilai.csv").is_file()
    missing = run(tmp_path / "lain", "--dari", tmp_path / "tidak-ada")
    assert missing.exit_code == Exit.REFUSED


def test_the_answer_key_is_what_the_tool_computes():
    root = case_folder().parent
    key = open_session(root / "kunci-jawaban")
    table = prioritise(key.session, key.rules).table
    written = pd.read_csv(root / "kunci-jawaban.csv", sep=";", encoding="utf-8-sig", dtype=str).fillna("")
    assert list(written["kode_usulan"]) == list(table.index)
    ranks = ["" if pd.isna(rank) else str(rank) for rank in table["rank"]]
    assert list(written["peringkat"]) == ranks
    scores = ["" if pd.isna(score) else translator("id").style.number(score) for score in table["score"]]
    assert list(written["skor"]) == scores
    assert (written["alasan"] != "").all()


def test_the_worksheet_holds_the_cards_of_the_key_and_no_answer():
    root = case_folder().parent
    sheet = pd.read_csv(root / "lembar-kerja.csv", sep=";", encoding="utf-8-sig", dtype=str).fillna("")
    key = open_session(root / "kunci-jawaban").session
    points = key.ballots.frame.set_index(["proposal", "criterion", "participant"])["points"]
    for row in sheet.to_dict("records"):
        for group in ("Melati", "Kenanga", "Mawar", "Anggrek"):
            for criterion in key.criteria.labels:
                written = row[f"{criterion} {group}"]
                held = points.get((row["kode_usulan"], criterion, f"K-{group}"))
                assert (written == "") if held is None else float(written) == held
        assert row["skor"] == row["peringkat"] == row["alasan"] == ""
    case = open_session(case_folder()).session
    assert case.ballots.frame.empty
    assert len(sheet) == len(case.proposals) == 12
