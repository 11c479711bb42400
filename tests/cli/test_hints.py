"""What an import only suspects is confirmed or refused by a person: in the table or in the journal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_intake import run
from tests.store.intake.sheets import du_rkp
from workbench.cli.exits import Exit
from workbench.present.i18n import translator
from workbench.present.reasons import reason_sentence
from workbench.prioritisation import prioritise
from workbench.store.room import open_room
from workbench.store.session_folder import open_session

RENJA = "belum tertampung di Renja"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    village, plan, last = (tmp_path / name for name in ("desa.xlsx", "renja.csv", "lalu.csv"))
    village.write_bytes(du_rkp())
    plan.write_text(
        "Kode;Sub Kegiatan;Pagu Indikatif (Rp);SKPD\n1.03;Pelatihan menenun Dusun Tanetang;100000000;Dinas\n"
        "1.04;Sumur bor Dusun Birakeke;90000000;Dinas\n",
        encoding="utf-8",
    )
    last.write_text(
        "No;Kegiatan;Lokasi (desa/kel);Volume;Pagu;OPD;Alasan\n"
        "1;Sumur bor Dusun Birakeke;Bira;1 unit;75.000.000;PU;Pagu tidak cukup\n",
        encoding="utf-8",
    )
    place = tmp_path / "bira"
    said = run("import", village, place, "--renja", plan, "--lalu", last)
    assert "3 kemiripan menunggu jawaban" in said.stdout
    run("template", "apply", "usg", place)
    return place


def answers(folder: Path) -> dict[tuple[str, str], bool | None]:
    hints = json.loads(run("hints", folder, "--json").stdout)
    return {(hint["proposal"], hint["gate"]): hint["said"] for hint in hints}


def standing(folder: Path, label: str) -> tuple[str, str]:
    opened = open_session(folder)
    reason = prioritise(opened.session, opened.rules).reasons[label]
    return reason.code, reason_sentence(reason, translator("id"))


def test_a_hint_holds_nothing_back_until_a_person_confirms_it(folder: Path) -> None:
    assert answers(folder) == {
        ("B12", RENJA): None, ("B14", RENJA): None, ("B12", "riwayat usulan"): None
    }  # fmt: skip
    assert standing(folder, "B14")[0] == "not_scored"
    done = run("hints", folder, "--benar", "B14", "--catatan", "dipastikan Dinas")
    assert done.exit_code == Exit.DONE, done.output
    code, sentence = standing(folder, "B14")
    assert code == "gate_failed"
    assert RENJA in sentence
    assert "renja.csv: 1.03 Pelatihan menenun" in sentence
    assert "dipastikan Dinas" in sentence
    assert run("hints", folder, "--bukan", "B12", "--syarat", RENJA).exit_code == Exit.DONE
    assert standing(folder, "B12")[0] == "not_scored"  # nobody has scored it yet: it is free to be
    assert answers(folder)["B12", RENJA] is False
    assert len(open_session(folder).session.proposals) == 3


def test_a_refused_history_is_taken_out_again_and_a_vague_answer_is_asked(folder: Path) -> None:
    refused = run("hints", folder, "--bukan", "B12", "--benar", "X-1")
    assert refused.exit_code == Exit.REFUSED
    assert "B12" in refused.stderr
    assert "X-1" in refused.stderr
    assert open_session(folder).session.proposals.frame.loc["B12", "times_proposed"] == 2
    run("hints", folder, "--bukan", "B12", "--syarat", "riwayat usulan")
    frame = open_session(folder).session.proposals.frame
    assert frame.loc["B12", ["times_proposed", "last_reason"]].isna().tolist() == [True, False]
    assert frame.loc["B12", "last_reason"] == ""
    assert answers(folder)["B12", "riwayat usulan"] is False


def test_where_a_room_is_open_each_answer_is_an_entry_of_its_journal(folder: Path) -> None:
    open_room(folder, lambda: "2026-02-03T09:00:00+08:00").close()
    assert answers(folder)["B14", RENJA] is None
    assert run("hints", folder, "--benar", "B14").exit_code == Exit.DONE
    assert run("hints", folder, "--bukan", "B12", "--syarat", "riwayat usulan").exit_code == Exit.DONE
    assert standing(folder, "B14")[0] == "gate_failed"
    assert open_session(folder).session.proposals.frame.loc["B12", "last_reason"] == ""
