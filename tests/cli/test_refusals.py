"""What the terminal says where a folder, a file or a whole column of rows stands in the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from workbench.cli.exits import Exit
from workbench.cli.instruments import lab_arguments
from workbench.cli.main import build
from workbench.present.i18n import translator

PROPOSALS = "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya\nU1;Jalan;99.01.01;1000\n"
CRITERIA = (
    "kode_kriteria;nama;bobot;arah;skala_min;skala_maks;cara_ukur\nA;Mendesak;1;besar_baik;1;5;dinilai\n"
)
PEOPLE = "no_kartu\n01\n"
REGIONS = "kode_wilayah;nama\n99;P\n99.01;K\n99.01.01;C\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "Musrenbang é 1"
    place.mkdir()
    tables = {"usulan": PROPOSALS, "kriteria": CRITERIA, "peserta": PEOPLE, "wilayah": REGIONS}
    for name, text in tables.items():
        place.joinpath(f"{name}.csv").write_text(text, encoding="utf-8")
    return place


def run(*arguments: object, language: str = "id") -> Result:
    return CliRunner().invoke(build(translator(language)), [str(argument) for argument in arguments])


def test_a_folder_of_reports_that_cannot_be_made_is_refused_in_words(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "berkas"
    file.write_bytes(b"")
    for language, word in (("id", "tidak dapat dibuka atau ditulis"), ("en", "cannot be opened or written")):
        result = run("reports", folder, "--out", file / "hasil", "--quiet", language=language)
        assert result.exit_code == Exit.REFUSED
        assert word in result.stderr
    result = run("reports", folder, "--out", file / "hasil", "--json")
    assert json.loads(result.stdout)["error"] == "file_refused"


def test_a_table_that_cannot_be_written_is_refused_in_words(folder: Path, tmp_path: Path) -> None:
    result = run("prioritise", folder, "--out", tmp_path / "tidak ada" / "hasil.csv")
    assert result.exit_code == Exit.REFUSED
    assert "tidak dapat dibuka atau ditulis" in result.stderr


def test_what_a_folder_holds_is_not_written_over_unasked(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for command in (("sample", folder), ("import", "daftar.csv", folder, "--mapping", "pemetaan")):
        result = run(*command)
        assert result.exit_code == Exit.REFUSED
        assert "--force" in result.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_nothing_to_repair_is_said(folder: Path) -> None:
    assert "Tidak ada penulisan yang terputus" in run("repair", folder).stdout
    folder.joinpath("usulan.csv.part").write_bytes(b"half")
    assert "dibatalkan" in run("repair", folder).stdout


@pytest.mark.parametrize(
    ("count", "words"), [(1, ""), (3, "baris 3, 4."), (9, "baris 3, 4, 5, 6, 7, dan 3 baris")]
)
def test_the_same_fault_in_many_rows_is_one_thing_to_mend(folder: Path, count: int, words: str) -> None:
    rows = "".join(f"1;01;U9;A;{1 + row % 5}\n" for row in range(count))
    folder.joinpath("nilai.csv").write_text(
        f"putaran;no_kartu;kode_usulan;kode_kriteria;nilai\n{rows}", "utf-8"
    )
    result = run("validate", folder)
    assert result.exit_code == Exit.REFUSED
    unknown = [line for line in result.stderr.splitlines() if "U9" in line]
    assert len(unknown) == 1
    assert words in result.stderr
    assert ("Sama pada" in result.stderr) == bool(words)
    in_json = json.loads(run("validate", folder, "--json").stdout)["problems"]
    assert sum(problem["value"] == "U9" for problem in in_json) == count


def test_the_lab_opens_on_its_notebook_and_asks_nobody_for_news() -> None:
    options = dict(argument.split("=", 1) for argument in lab_arguments(8901) if "=" in argument)
    root = Path(options["--ServerApp.root_dir"])
    notebook = options["--LabApp.default_url"].removeprefix("/lab/tree/")
    assert (root / notebook).is_file()
    settings = json.loads(Path(options["--LabApp.app_settings_dir"], "overrides.json").read_text("utf-8"))
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    assert options["--ServerApp.ip"] == "127.0.0.1"


@pytest.mark.parametrize("command", [["prioritise"], ["validate"], ["reports"], ["sure"]])
def test_a_list_of_headers_alone_is_refused_and_not_reported_as_done(
    folder: Path, tmp_path: Path, command: list[str]
) -> None:
    folder.joinpath("usulan.csv").write_text(PROPOSALS.splitlines()[0] + "\n", encoding="utf-8")
    more = ["--out", tmp_path / "laporan"] if command == ["reports"] else []
    done = run(*command, folder, *more)
    assert done.exit_code == Exit.REFUSED
    assert "belum ada satu usulan pun" in done.output
    assert not list(tmp_path.glob("laporan/*.html"))
