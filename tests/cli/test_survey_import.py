"""``workbench import --form``: a survey counted, made proposals, and laid beside proposals that are there."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.store.survey.surveys import form, households, kobo_book
from workbench.cli.exits import Exit
from workbench.cli.main import build
from workbench.present.i18n import translator
from workbench.store.session_folder import open_session


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    export, asked = tmp_path / "survei.xlsx", tmp_path / "formulir.xlsx"
    export.write_bytes(kobo_book(households(20, 7)))
    asked.write_bytes(form())
    return export, asked


def run(*arguments: object) -> Result:
    return CliRunner().invoke(build(translator("id")), [str(each) for each in arguments])


def test_a_survey_is_counted_made_proposals_and_gives_them_a_criterion(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    export, asked = files
    folder = tmp_path / "rapat"
    alone = run("import", export, folder)
    assert alone.exit_code == Exit.REFUSED
    assert "--form" in alone.stderr
    common = ("import", export, folder, "--form", asked, "--wilayah", "73.02")
    counted = run(*common)
    assert counted.exit_code == Exit.DONE, counted.output
    assert [each.name for each in folder.iterdir()] == ["impor"]
    with (folder / "impor/kebutuhan-rumah-tangga.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream, delimiter=";"))
    small = [line for line in lines if line["kode_pilihan"] == "jamban" and line["dusun"] == "Dusun Barat"]
    assert {line["rumah_tangga_menyebut"] for line in small} == {""}
    made = run(*common, "--usulan", "Usulan rumah tangga")
    assert made.exit_code == Exit.DONE, made.output
    assert "27 rumah tangga dihitung; jawabannya menjadi 4 usulan" in made.stdout
    frame = open_session(folder).session.proposals.frame
    assert frame["rumah_tangga_pengusul"].tolist() == ["10", "10", "", ""]
    filled = run(*common, "--kolom", "air=kebutuhan/Air bersih", "--json")
    assert filled.exit_code == Exit.DONE, filled.output
    told = [each for each in json.loads(filled.stdout)["problems"] if each["code"] == "survey_nothing_told"]
    assert len(told) == 1
    frame = open_session(folder).session.proposals.frame
    assert frame.loc["S001", ["air", "air_rumah_tangga"]].tolist() == ["60", "6"]
    assert frame.loc["S003", "air"] == ""
    page = (folder / "impor/laporan-impor.html").read_text(encoding="utf-8")
    assert "Kebutuhan rumah tangga" in page
    assert "Keluarga 3" not in page


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--kolom", "air=kebutuhan/zzz"), "bukan pilihan pertanyaan"),
        (("--kolom", "kegiatan=kebutuhan/jalan"), "sudah punya arti sendiri"),
        (("--kolom", "air"), "NAMA=PERTANYAAN/PILIHAN"),
        (("--tempat", "foo=q3"), "bagian tempat"),
        (("--usulan", "tidak ada"), "bukan satu pertanyaan"),
    ],
)
def test_what_cannot_be_meant_is_said(
    options: tuple[str, str], said: str, files: tuple[Path, Path], tmp_path: Path
) -> None:
    export, asked = files
    made = tmp_path / "rapat"
    if options[0] == "--kolom":
        run("import", export, made, "--form", asked, "--wilayah", "73.02", "--usulan", "usulan")
    result = run("import", export, made, "--form", asked, "--wilayah", "73.02", *options)
    assert result.exit_code == Exit.REFUSED
    assert said in result.stderr
