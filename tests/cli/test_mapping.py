"""``workbench map``: an unknown list becomes a known one by a person's answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cli.test_intake import run
from workbench.cli.exits import Exit
from workbench.cli.main import build
from workbench.errors import InvalidInput
from workbench.present.i18n import translator
from workbench.store.intake.assisted import assigned, draft_of, layout_from

LIST = "Apa;Di mana;Berapa;Desa;HP\nJalan tani;RT 1;12,5;Bira;081234567890\nSumur;RT 2;7;Ara;081234567891\n"


@pytest.fixture
def unknown(tmp_path: Path) -> Path:
    path = tmp_path / "aneh.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_person_answers_once_and_the_layout_is_used_again(unknown: Path, tmp_path: Path) -> None:
    saved, folder = tmp_path / "aneh.toml", tmp_path / "baru"
    assert run("import", unknown, folder).exit_code == Exit.REFUSED
    answers = "\n".join(["entah", "kegiatan", "lokasi", "prakiraan_biaya", "", "juta", "73.02.03"]) + "\n"
    result = CliRunner().invoke(
        build(translator("id")), ["map", str(unknown), "--out", str(saved)], input=answers
    )
    assert result.exit_code == Exit.DONE, result.output
    assert "“entah” tidak dikenal" in result.stdout
    assert "081234567890" not in result.stdout
    done = run("import", unknown, folder, "--mapping", saved)
    assert done.exit_code == Exit.DONE, done.output
    written = (folder / "usulan.csv").read_text(encoding="utf-8-sig")
    assert "Jalan tani" in written
    assert "12500000" in written
    assert "73.02.03.2005" in written


def test_what_is_needed_and_not_chosen_is_refused(unknown: Path, tmp_path: Path) -> None:
    result = run("map", unknown, "--out", tmp_path / "x.toml", "--ya")
    assert result.exit_code == Exit.REFUSED
    assert "kegiatan" in result.stderr
    assert not (tmp_path / "x.toml").exists()


def test_a_field_belongs_to_one_column_alone(unknown: Path) -> None:
    draft = assigned(assigned(draft_of(unknown), "Apa", "kegiatan"), "Di mana", "kegiatan")
    assert {column.header: column.field for column in draft.columns}["Apa"] == ""
    assert layout_from(draft, "x", "X").columns["kegiatan"] == ("Di mana",)
    with pytest.raises(InvalidInput):
        assigned(draft, "Apa", "entah")
