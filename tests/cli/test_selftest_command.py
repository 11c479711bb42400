"""``workbench selftest`` as an examiner from outside meets it.

One run for each exit code is a process of its own; the many odd files run inside this one.
"""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from workbench.cli.exits import Exit
from workbench.cli.main import build
from workbench.present.i18n import translator
from workbench.selftest.runner import KINDS

GOOD = {
    "id": "bobot-dua",
    "kind": "rank_order_centroid",
    "inputs": {"n": 2},
    "expected": {"weights": [0.75, 0.25]},
    "tol": 1e-9,
    "source": "closed form",
}
WRONG = {**GOOD, "id": "keliru", "expected": {"weights": [0.7, 0.3]}}
BROKEN = {**GOOD, "id": "rusak", "inputs": {"n": None}}
STRANGE = {**GOOD, "id": "asing", "kind": "tarot"}
LACKING = {"id": "kurang", "kind": "rank_order_centroid"}


def process(*arguments, before=()):
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    environment.pop("WORKBENCH_LANG", None)
    return subprocess.run(
        [sys.executable, "-m", "workbench", *before, "selftest", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )


def selftest(*arguments, language="id"):
    return CliRunner().invoke(build(translator(language)), ["selftest", *map(str, arguments)])


@pytest.fixture
def cases_file(tmp_path):
    def write(content):
        path = tmp_path / "kasus.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("cases", "code"),
    [([GOOD], 0), ([GOOD, WRONG], 1), ([GOOD, STRANGE], 2), ([GOOD, "x"], 3)],
)
def test_exit_codes_of_the_process(cases_file, cases, code):
    result = process("--cases", cases_file(cases))
    assert result.returncode == code
    assert (result.stdout == "") is (code == 3)
    assert (result.stderr == "") is (code != 3)
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("cases", "code"),
    [
        ([GOOD], Exit.DONE),
        ([], Exit.DONE),
        ([GOOD, WRONG], Exit.FAILED),
        ([GOOD, BROKEN], Exit.FAILED),
        ([LACKING], Exit.FAILED),
        ([GOOD, STRANGE], Exit.MISUSED),
        ([STRANGE, WRONG], Exit.FAILED),
        ([{}], Exit.MISUSED),
    ],
)
def test_exit_codes(cases_file, cases, code):
    result = selftest("--cases", cases_file(cases))
    assert (result.exit_code, result.stderr) == (code, "")
    lines = [line for line in result.stdout.splitlines() if not line.startswith("        ")]
    assert len(lines) == len(cases) + 1
    assert lines[-1].endswith(f"dari {len(cases)} kasus.")


def test_a_line_for_each_case_its_differences_and_a_total_in_both_languages(cases_file):
    path = cases_file([GOOD, WRONG, STRANGE, BROKEN])
    indonesian, english = selftest("--cases", path), selftest("--cases", path, language="en")
    assert indonesian.exit_code == english.exit_code == Exit.FAILED
    lines = english.stdout.splitlines()
    assert lines[-1] == "1 passed, 2 failed, 1 of unsupported kinds, of 4 cases."
    assert ".weights[0]: 0.7 != 0.75" in english.stdout
    for case in (GOOD, WRONG, STRANGE, BROKEN):
        assert sum(case["id"] in line for line in lines) == 1
        assert sum(case["id"] in line for line in indonesian.stdout.splitlines()) == 1
    assert indonesian.stdout.splitlines()[-1].startswith("1 lulus, 2 gagal, 1 jenis belum didukung")


def test_json_holds_totals_and_every_case(cases_file):
    result = selftest("--cases", cases_file([GOOD, WRONG, STRANGE]), "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (Exit.FAILED, "")
    assert told["totals"] == {"passed": 1, "failed": 1, "unsupported": 1, "total": 3}
    assert [case["status"] for case in told["cases"]] == ["passed", "failed", "unsupported"]
    assert set(told["cases"][0]) == {"id", "kind", "status", "differences", "source"}
    assert told["cases"][0]["differences"] == []
    assert len(told["cases"][1]["differences"]) == 2


@pytest.mark.parametrize(
    "content", ["", "not json", "[1, 2", '{"cases": []}', "7", '"text"', "null", "[1, 2]", '[{}, "x", []]']
)
def test_a_file_that_is_no_list_of_objects_is_refused(cases_file, content):
    path = cases_file(content)
    for language, word in (("id", "tidak dapat dibaca"), ("en", "cannot be read")):
        result = selftest("--cases", path, language=language)
        assert (result.exit_code, result.stdout) == (Exit.REFUSED, "")
        assert word in result.stderr
        assert path.name in result.stderr
    told = selftest("--cases", path, "--json")
    assert told.exit_code == Exit.REFUSED
    assert json.loads(told.stdout)["error"] == "cases_unreadable"


def test_strangers_in_the_list_are_numbered(cases_file):
    assert "#2, #3" in selftest("--cases", cases_file([GOOD, 5, None])).stderr


def test_missing_files_folders_and_other_encodings_are_refused(tmp_path):
    latin = tmp_path / "latin.json"
    latin.write_bytes('[{"id": "é"}]'.encode("latin-1"))
    for path in (tmp_path / "tidak-ada.json", tmp_path, latin):
        result = selftest("--cases", path)
        assert result.exit_code == Exit.REFUSED
        assert path.name in result.stderr


def test_a_byte_order_mark_and_words_beyond_ascii_are_read(tmp_path):
    path = tmp_path / "kasus.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps([{**GOOD, "id": "café ✓"}], ensure_ascii=False).encode())
    result = selftest("--cases", path)
    assert result.exit_code == Exit.DONE
    assert "café ✓" in result.stdout


def test_the_shipped_cases_pass_and_name_every_kind():
    result = process("--json", before=("--lang", "en"))
    told = json.loads(result.stdout)
    assert result.returncode == Exit.DONE
    assert told["totals"]["passed"] == told["totals"]["total"] >= 2 * len(KINDS)
    assert {case["kind"] for case in told["cases"]} == set(KINDS)


def test_kinds_prints_each_kind_on_a_line_of_its_own():
    result = selftest("--kinds")
    assert (result.exit_code, result.stderr) == (Exit.DONE, "")
    assert set(KINDS) <= set(result.stdout.splitlines())


def test_option_without_a_value_is_misuse():
    assert selftest("--cases").exit_code == Exit.MISUSED
