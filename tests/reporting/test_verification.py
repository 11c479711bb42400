"""What was published comes out again, byte for byte, or it is said what differs."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.reporting.kabupaten_sessions import write_kabupaten
from workbench._version import __version__
from workbench.cli.main import build
from workbench.errors import InvalidInput
from workbench.present.i18n import translator
from workbench.reporting.kabupaten import BatchOptions, make_reports
from workbench.reporting.verification import verify


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    place = tmp_path_factory.mktemp("terbit")
    source = write_kabupaten(place / "data", {"99.01.01": 4, "99.01.02": 7})
    made = make_reports(source, None, place / "hasil", translator("id"), BatchOptions(workers=1))
    assert made.batch.complete
    return place


def test_page_and_outcome_are_identical_on_another_hash_seed_and_in_another_place(published, tmp_path):
    elsewhere = tmp_path / "tempat lain"
    shutil.copytree(published / "data", elsewhere)
    for name in ("99.01.02.html", "99.01.02.hasil.json"):
        command = [sys.executable, "-m", "workbench", "verify", str(published / "hasil" / name)]
        said = subprocess.run(
            [*command, "--session", str(elsewhere)],
            env=os.environ | {"PYTHONHASHSEED": "4711", "TZ": "Asia/Jayapura"},
            cwd=Path(__file__).parents[2],
            check=False,
            capture_output=True,
            text=True,
        )
        assert (said.returncode, said.stderr) == (0, "")
        assert said.stdout.startswith("SAMA PERSIS")


def test_a_changed_cost_is_found_in_page_and_outcome(published, tmp_path):
    changed = tmp_path / "diubah"
    shutil.copytree(published / "data", changed)
    table = changed / "usulan.csv"
    text = table.read_text("utf-8-sig")
    assert text.count("7000000") == 1
    table.write_text(text.replace("7000000", "1500000"), encoding="utf-8-sig")
    outcome = verify(published / "hasil" / "99.01.02.hasil.json", changed)
    page = verify(published / "hasil" / "99.01.02.html", changed)
    for verdict in (outcome, page):
        assert not verdict.identical
        assert not verdict.same_input
        assert not verdict.same_outcome
        costs = {d.subject: (d.given, d.computed) for d in verdict.differences if d.what == "cost"}
        assert costs == {"99.01.02-6": (7_000_000, 1_500_000)}
    assert "Garis pagu" in page.sections
    # the other district was not touched
    assert verify(published / "hasil" / "99.01.01.hasil.json", changed).identical


def test_a_page_that_somebody_edited_is_found_by_its_section(published, tmp_path):
    edited = tmp_path / "99.01.01.html"
    text = (published / "hasil" / "99.01.01.html").read_text("utf-8")
    edited.write_text(text.replace("Kegiatan 3</td>", "Kegiatan pak lurah</td>", 1), encoding="utf-8")
    verdict = verify(edited, published / "data")
    assert (verdict.identical, verdict.same_input, verdict.same_outcome) == (False, True, True)
    assert len(verdict.sections) == 1


def test_what_cannot_be_verified_is_refused_in_words(published, tmp_path):
    plain = tmp_path / "lain.html"
    plain.write_text("<html></html>")
    other = write_kabupaten(tmp_path / "lain", {"99.01.07": 2})
    for target, source, code in (
        (plain, published / "data", "page_not_verifiable"),
        (published / "hasil" / "index.html", published / "data", "page_not_verifiable"),
        (published / "hasil" / "99.01.01.html", other, "session_of_another_place"),
        (published / "hasil" / "99.01.01.hasil.json", other, "session_of_another_place"),
        (published / "hasil" / "99.01.01.json", published / "data", "outcome_unreadable"),
        (tmp_path / "tidak ada.html", other, "file_missing"),
    ):
        with pytest.raises(InvalidInput) as refused:
            verify(target, source)
        assert refused.value.problems[0].code == code


def said_of(published, name, text):
    """What a person reads about a file that somebody changed, with the exit code."""
    given = published / "diubah" / name
    given.parent.mkdir(exist_ok=True)
    given.write_bytes(text.encode())
    result = CliRunner().invoke(
        build(translator("id")), ["verify", str(given), "--session", str(published / "data")]
    )
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, " ".join(result.output.split())


def test_every_way_to_change_an_outcome_is_named(published):
    name = "99.01.01.hasil.json"
    text = (published / "hasil" / name).read_text("utf-8")
    whole = json.loads(text)
    first = whole["lists"][0]["proposals"][0]

    def changed(**fields):
        return json.dumps(whole | {"lists": [whole["lists"][0] | fields]}, ensure_ascii=False)

    proposals = whole["lists"][0]["proposals"]
    for given, code, words in (
        (text, 0, "SAMA PERSIS"),
        (json.dumps(whole, indent=3), 1, "hanya cara berkasnya ditulis"),
        (text.replace("\n", "\r\n") + " ", 1, "hanya cara berkasnya ditulis"),
        (changed(proposals=[first | {"rank": 9}, *proposals[1:]]), 1, "di berkas 9, dihitung ulang 1"),
        (changed(proposals=proposals[1:]), 1, f"usulan {first['proposal']} tidak ada di berkas"),
        (changed(proposals=[*proposals, first | {"proposal": "PALSU"}]), 1, "usulan PALSU ada di berkas"),
        (changed(proposals=[5]), 3, "bukan berkas hasil musyawarah yang utuh"),
        (json.dumps(whole | {"lists": {}}), 3, "bukan berkas hasil musyawarah yang utuh"),
        (text[:200], 3, "bukan berkas hasil musyawarah yang utuh"),
        ("[]", 3, "bukan berkas hasil musyawarah yang utuh"),
    ):
        exit_code, said = said_of(published, name, given)
        assert (exit_code, words in said) == (code, True), said


@pytest.mark.slow
def test_every_way_to_change_a_page_is_named(published):
    name = "99.01.01.html"
    page = (published / "hasil" / name).read_text("utf-8")
    for given, words in (
        (page.replace("<h1>", "<h1>Palsu ", 1), "Di luar bagian-bagian itu"),
        (page.replace("</main>", "<script>alert(1)</script></main>"), "Di luar bagian-bagian itu"),
        (page.replace(f">{__version__}<", ">9.9.9<"), "Kartu pengulangan"),
        (page.replace('outcome" content="', 'outcome" content="0', 1), "Hasil skoringnya tidak sama"),
        (page.replace("\n", "\r\n"), "hanya cara berkasnya ditulis"),
    ):
        assert given != page
        exit_code, said = said_of(published, name, given)
        assert (exit_code, words in said) == (1, True), said
