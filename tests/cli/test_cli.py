"""The command line as its users meet it: in a process of its own, with its exit codes."""

import json
import os
import subprocess
import sys

import click
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from workbench.cli.entry import language_of
from workbench.cli.exits import Exit
from workbench.cli.main import HOMES, command_of
from workbench.present.i18n import translator
from workbench.store.project_files import sample_folder

SAMPLE = str(sample_folder())


def run(*arguments, cwd=None):
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    environment.pop("WORKBENCH_LANG", None)
    return subprocess.run(
        [sys.executable, "-m", "workbench", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=environment,
        check=False,
    )


def test_help_speaks_indonesian_and_on_demand_english():
    indonesian, english = run("--help"), run("--lang", "en", "--help")
    assert indonesian.returncode == english.returncode == 0
    assert "Pemakaian: workbench [PILIHAN] PERINTAH" in indonesian.stdout
    assert "Tunjukkan bantuan ini" in indonesian.stdout
    assert "Usage: workbench [OPTIONS] COMMAND" in english.stdout
    assert "Show this message and exit." in english.stdout
    for left in ("Usage", "Options:", "Show this"):
        assert left not in indonesian.stdout


def test_every_command_has_help_in_both_languages():
    for language in ("id", "en"):
        t = translator(language)
        for name, home in HOMES.items():
            command = command_of(name, t)
            assert command.name == name
            assert command.help == t(home.help)
            options = [option for option in command.params if isinstance(option, click.Option)]
            assert all(option.help for option in options if not option.hidden)


@pytest.mark.parametrize(
    ("words", "shown", "late"),
    [
        (["--help"], "musyawarah", ("workbench.cli.start", "workbench.cli.why")),
        (["start", "--help"], "--make-shortcut", ("workbench.cli.why", "workbench.store.session_folder")),
        (["why", "--help"], "--json", ("workbench.cli.start", "workbench.cli.export")),
    ],
)
def test_a_command_reads_no_other_and_their_list_reads_none(words, shown, late):
    heavy = () if words[0] == "why" else ("numpy", "pandas", "openpyxl")
    code = (
        f"import sys; sys.argv = ['workbench', *{words}]\n"
        "from workbench.cli.entry import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        f"print([name for name in {(*late, *heavy)} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown in told
    assert told.strip().endswith("[]")


def test_a_wrong_command_line_is_two_and_in_indonesian():
    for arguments, words in (
        (("prioritise",), "Argumen belum diisi"),
        (("selfest",), "Tidak ada perintah"),
        (("sure", SAMPLE, "--draws", "banyak"), "tidak sah"),
    ):
        result = run(*arguments)
        assert result.returncode == Exit.MISUSED
        assert words in result.stderr
        assert "Traceback" not in result.stderr


def test_clicks_catalogue_is_compiled_from_its_source(project_root, tmp_path):
    folder = project_root / "workbench/cli/words/id/LC_MESSAGES"
    with (folder / "messages.po").open("rb") as source, (tmp_path / "messages.mo").open("wb") as target:
        write_mo(target, read_po(source, locale="id"))
    assert (tmp_path / "messages.mo").read_bytes() == (folder / "messages.mo").read_bytes()


def test_prioritise_prints_the_outcome_as_json(tmp_path):
    out = tmp_path / "peringkat.csv"
    result = run("prioritise", SAMPLE, "--kecamatan", "99.01.09", "--json", "--out", str(out))
    assert result.returncode == 0
    document = json.loads(result.stdout)
    district = document["districts"]["99.01.09"]
    assert document["data_mark"] == "data contoh (sintetis)"
    assert district["spent"] + district["left"] == district["room"]
    lines = list(district["proposals"].values())
    assert len(lines) == 92
    assert all(line["reason"] and line["standing"] for line in lines)
    assert sum(line["cost"] for line in lines if line["standing"] == "funded") == district["spent"]
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 93


def test_a_ceiling_can_be_tried():
    result = run("prioritise", SAMPLE, "--kecamatan", "99.01.09", "--pagu", "1000000000", "--json")
    district = json.loads(result.stdout)["districts"]["99.01.09"]
    assert district["ceiling"] == 1_000_000_000
    assert district["spent"] <= district["room"]


def test_earmarks_above_the_ceiling_are_said_beside_the_totals():
    said = run("prioritise", SAMPLE, "--kecamatan", "99.01.09", "--pagu", "1000").stdout
    assert "Yang wajib melebihi pagu sebesar" in said
    assert "Yang wajib melebihi pagu" not in run("prioritise", SAMPLE, "--kecamatan", "99.01.09").stdout


def test_an_unknown_district_is_refused_with_the_known_ones():
    result = run("prioritise", SAMPLE, "--kecamatan", "73.02.01")
    assert result.returncode == Exit.REFUSED
    assert "99.01.01" in result.stderr
    assert "Traceback" not in result.stderr


BAD = """kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya
U-1;Jembatan;73.02.01.2004;Rp.100 jt
U-1;Talud;73.02;-5000
U-3;;99.99.99;1000
"""
CRITERIA = "kode_kriteria;nama;bobot;skala_min;skala_maks\nK1;Mendesak;100 %;1;5\n"


@pytest.fixture
def bad_folder(tmp_path):
    (tmp_path / "usulan.csv").write_text(BAD, encoding="utf-8")
    (tmp_path / "kriteria.csv").write_text(CRITERIA, encoding="utf-8")
    return tmp_path


def test_bad_input_is_one_report_with_every_place(bad_folder):
    result = run("validate", str(bad_folder))
    assert result.returncode == Exit.REFUSED
    assert "Traceback" not in result.stderr
    for place in ("usulan.csv", "baris 2", "baris 3", "baris 4", "prakiraan_biaya", "Rp.100 jt", "100000000"):
        assert place in result.stderr
    assert "99.99.99" in result.stderr
    assert "U-1" in result.stderr


def test_bad_input_as_json_names_code_place_and_message(bad_folder):
    result = run("validate", str(bad_folder), "--json")
    assert result.returncode == Exit.REFUSED
    problems = json.loads(result.stdout)["problems"]
    codes = {problem["code"] for problem in problems}
    assert {
        "amount_with_unit",
        "duplicate_id",
        "negative_value",
        "empty_cell",
        "region_code_unknown",
    } <= codes
    amount = next(problem for problem in problems if problem["code"] == "amount_with_unit")
    assert (amount["file"], amount["row"], amount["column"]) == ("usulan.csv", 2, "prakiraan_biaya")
    assert amount["value"] == "Rp.100 jt"
    assert amount["message"]


def test_a_sound_folder_is_said_to_be_sound():
    result = run("validate", SAMPLE)
    assert result.returncode == 0
    assert "2.685 usulan" in result.stdout


def test_a_list_without_mapping_is_refused_in_words(tmp_path):
    listed = tmp_path / "daftar.csv"
    listed.write_text("a;b\n1;2\n", encoding="utf-8")
    result = run("reports", str(listed), cwd=tmp_path)
    assert result.returncode == Exit.REFUSED
    assert "--mapping" in result.stderr


def test_the_sample_is_what_its_seed_makes(tmp_path):
    result = run("sample", str(tmp_path / "contoh"))
    assert result.returncode == 0
    for path in sample_folder().iterdir():
        assert (tmp_path / "contoh" / path.name).read_bytes() == path.read_bytes(), path.name


def test_selftest_tells_each_case_and_a_total():
    result = run("selftest")
    assert result.returncode == 0
    assert "LULUS" in result.stdout
    assert "0 gagal" in result.stdout


def test_language_of_unknown_is_indonesian():
    assert language_of(["--lang", "xx"]) == "id"


def test_repair_says_which_content_won(tmp_path):
    run("sample", str(tmp_path))
    (tmp_path / "usulan.csv.part").write_bytes(b"half")
    refused = run("validate", str(tmp_path))
    assert refused.returncode == Exit.REFUSED
    assert "Traceback" not in refused.stderr
    assert run("repair", str(tmp_path)).returncode == 0
    assert run("validate", str(tmp_path)).returncode == 0
