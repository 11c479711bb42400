"""``workbench reports`` as a person types it: one PDF, last year beside it, other machines, no fright."""

import json
import shutil

import pypdf
import pytest
from click.testing import CliRunner
from markupsafe import escape

from tests.reporting.kabupaten_sessions import write_kabupaten
from workbench.cli.exits import Exit
from workbench.cli.main import build
from workbench.errors import InvalidInput
from workbench.present.i18n import translator
from workbench.reporting import kabupaten as batch_of_kabupaten
from workbench.reporting.verification import verify

T = translator("id")
KEPT = ("open_report", "summary", "line", "funded", "card", "record", "result", "workbook")
"""Cells of a short report that is whole all the same."""


def run(*arguments):
    return CliRunner().invoke(build(T), [str(argument) for argument in arguments])


@pytest.fixture
def short_report(tmp_path, monkeypatch):
    templates = tmp_path / "templat"
    shutil.copytree(batch_of_kabupaten.notebook_folder(), templates)
    path = templates / "laporan_kecamatan.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    wanted = ("folder = ", *(f"report.{name}()" for name in KEPT[1:]), KEPT[0])
    notebook["cells"] = [
        cell for cell in notebook["cells"] if any(word in "".join(cell["source"]) for word in wanted)
    ]
    path.write_text(json.dumps(notebook), "utf-8")
    monkeypatch.setattr(batch_of_kabupaten, "notebook_folder", lambda: templates)


@pytest.mark.usefixtures("in_this_process", "short_report")
def test_one_pdf_of_all_and_last_year_beside_this_one(tmp_path):
    before = write_kabupaten(tmp_path / "lalu", {"99.01.01": 3, "99.01.02": 2})
    now = write_kabupaten(tmp_path / "kini", {"99.01.01": 4, "99.01.02": 1})
    first = run("reports", before, "--out", tmp_path / "a", "--workers", 1, "--quiet")
    assert first.exit_code == Exit.DONE, first.output
    command = ["reports", now, "--out", tmp_path / "b", "--workers", 1, "--book", "--json", "--last-year"]
    second = run(*command, tmp_path / "a")
    assert second.exit_code == Exit.DONE, second.output
    told = json.loads(second.stdout)
    assert told["totals"]["written"] == 2
    assert told["failures"] == []
    index = (tmp_path / "b" / "index.html").read_text("utf-8")
    assert T("recap.last_year") in index
    book = pypdf.PdfReader(tmp_path / "b" / "laporan.pdf")
    titles = [entry.title for entry in book.outline if not isinstance(entry, list)]
    assert [title.split(": ")[-1] for title in titles if ": " in title] == [
        "Kec 99.01.01 & <kawan>", "Kec 99.01.02 & <kawan>",
    ]  # fmt: skip
    assert T("word.contents") in book.pages[0].extract_text()
    made = (tmp_path / "b" / "laporan.pdf").stat().st_mtime_ns
    again = run(*command, tmp_path / "a")
    assert json.loads(again.stdout)["totals"]["unchanged"] == 2
    assert (tmp_path / "b" / "laporan.pdf").stat().st_mtime_ns == made

    refused = run(*command, tmp_path / "tidak ada")
    assert refused.exit_code == Exit.REFUSED
    assert json.loads(refused.stdout)["problems"]


@pytest.mark.usefixtures("in_this_process", "short_report")
def test_faulty_rows_of_one_kecamatan_leave_the_others_and_a_rerun_makes_what_is_missing(tmp_path):
    source = write_kabupaten(tmp_path / "data", {"99.01.01": 2, "99.01.02": 3, "99.01.03": 2})
    table = source / "usulan.csv"
    sound = table.read_bytes()
    lines = sound.decode("utf-8-sig").replace("99.01.02;Kegiatan 1;2000000", "99.01.02;Kegiatan 1;dua juta")
    table.write_text(lines.replace("99.01.02;Kegiatan 2;3000000", "99.01.02;;3000000"), "utf-8-sig")
    command = ["reports", source, "--out", tmp_path / "hasil", "--workers", 1]
    said = run(*command, "--quiet", "--book")
    assert said.exit_code == Exit.FAILED, said.output
    assert "2 laporan dibuat, 0 tidak berubah, 1 gagal" in said.stdout
    for told in ("usulan.csv, baris 5, kolom prakiraan_biaya: ", "“dua juta”", "baris 6, kolom kegiatan"):
        assert told in said.stderr
    index = (tmp_path / "hasil" / "index.html").read_text("utf-8")
    missing = str(escape(T("recap.missing", names=("Kec 99.01.02 & <kawan>",))))
    for told in ("dua juta", "baris 5", "baris 6", "kolom kegiatan", missing):
        assert told in index
    assert missing in (tmp_path / "hasil" / "terbuka" / "index.html").read_text("utf-8")
    assert not list((tmp_path / "hasil").glob("99.01.02.*"))
    first = pypdf.PdfReader(tmp_path / "hasil" / "laporan.pdf").pages[0].extract_text()
    assert "belum dapat dibuat: Kec 99.01.02" in " ".join(first.split())
    assert verify(tmp_path / "hasil" / "99.01.01.hasil.json", source).identical

    asked = run(*command, "--json", "--kecamatan", "99.01.02")
    (failure,) = json.loads(asked.stdout)["failures"]
    places = [(line["file"], line["row"], line["column"], line["value"]) for line in failure["problems"]]
    assert (asked.exit_code, failure["district"]) == (Exit.FAILED, "99.01.02")
    assert places == [("usulan.csv", 5, "prakiraan_biaya", "dua juta"), ("usulan.csv", 6, "kegiatan", "")]

    faulty = table.read_bytes()
    table.write_bytes(sound)
    again = json.loads(run(*command, "--json").stdout)
    assert (again["totals"]["written"], again["totals"]["unchanged"], again["failures"]) == (1, 2, [])
    assert missing not in (tmp_path / "hasil" / "index.html").read_text("utf-8")
    table.write_bytes(faulty)
    with pytest.raises(InvalidInput, match="dua juta"):
        verify(tmp_path / "hasil" / "99.01.02.hasil.json", source)


@pytest.mark.slow
@pytest.mark.usefixtures("short_report")
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::UserWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_other_machines_are_asked_by_a_flag_and_a_wrong_address_is_said(tmp_path, monkeypatch):
    cluster_module = pytest.importorskip("workbench.reporting.cluster")
    monkeypatch.setattr(cluster_module, "CONNECT_SECONDS", 0.3)
    source = write_kabupaten(tmp_path / "data", {"99.01.01": 2})
    wrong = run("reports", source, "--out", tmp_path / "c", "--scheduler", "tcp://127.0.0.1:9", "--quiet")
    assert wrong.exit_code == Exit.REFUSED
    assert "tcp://127.0.0.1:9" in wrong.stderr
    assert wrong.stderr.startswith(T("reports.data_travels", address="tcp://127.0.0.1:9"))

    here = run("reports", source, "--out", tmp_path / "c", "--cluster", "--workers", 1, "--json")
    assert here.exit_code == Exit.DONE, here.output
    assert json.loads(here.stdout)["totals"]["written"] == 1
    plain = run("reports", source, "--out", tmp_path / "d", "--workers", 1, "--json")
    assert plain.exit_code == Exit.DONE, plain.output
    for name in ("99.01.01.html", "99.01.01.hasil.json", "99.01.01.xlsx", "99.01.01.pdf"):
        assert (tmp_path / "c" / name).read_bytes() == (tmp_path / "d" / name).read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["warm", "nbclient"])
def test_no_line_of_fright_reaches_the_terminal(engine, template, run_reports, capfd):
    """A kernel warns of TCP without encryption and of KeyboardInterrupt: 7,285 lines that mean nothing."""
    notebook = template("kode = ''", "import sys\nprint(kode)\nprint('ke stderr', file=sys.stderr)")
    assert run_reports(notebook, ["a", "b"], engine=engine).complete
    told, errors = capfd.readouterr()
    assert told == ""
    assert errors == ""
