"""What can go wrong in the night: the rest is finished, the failed are named, a rerun completes."""

import errno
import json
import resource
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from tests.reporting.kabupaten_sessions import kabupaten, write_kabupaten
from workbench.domain.budget import Budget
from workbench.domain.regions import Regions
from workbench.domain.rules import Rules
from workbench.present.i18n import translator
from workbench.reporting import kabupaten as batch_of_kabupaten
from workbench.reporting.jobs import FailureCode
from workbench.reporting.kabupaten import BatchOptions, make_reports
from workbench.reporting.verification import verify
from workbench.store.session_writing import write_session

T = translator("id")
ONE_WORKER = BatchOptions(workers=1)


@pytest.mark.usefixtures("in_this_process")
def test_a_template_that_raises_for_one_district_and_a_damaged_list_in_the_middle(tmp_path, monkeypatch):
    source = write_kabupaten(tmp_path / "data", {"99.01.01": 2, "99.01.02": 3, "99.01.03": 2})
    templates = tmp_path / "templat"
    shutil.copytree(batch_of_kabupaten.notebook_folder(), templates)
    sound = (templates / "laporan_kecamatan.ipynb").read_text("utf-8")
    notebook = json.loads(sound)
    notebook["cells"] = notebook["cells"][:6] + notebook["cells"][-6:]  # short, but whole
    short = json.dumps(notebook)
    notebook["cells"][4]["source"] = "report.summary() if district != '99.01.02' else 1 / 0"
    notebook["cells"][4] |= {"cell_type": "code", "outputs": [], "execution_count": None}
    (templates / "laporan_kecamatan.ipynb").write_text(json.dumps(notebook), "utf-8")
    monkeypatch.setattr(batch_of_kabupaten, "notebook_folder", lambda: templates)
    out = tmp_path / "hasil"

    made = make_reports(source, None, out, T, ONE_WORKER)
    assert [failure.code for failure in made.failures] == ["99.01.02"]
    assert made.batch.failures[0].reason.code is FailureCode.CELL_RAISED
    index = made.index.read_text("utf-8")
    assert "99.01.02): sel" in index
    assert "ZeroDivisionError" in index
    assert {path.name for path in out.glob("*.html")} >= {"99.01.01.html", "99.01.03.html", "index.html"}
    assert not (out / "99.01.02.html").exists()
    assert (out / "gagal" / "99.01.02.ipynb").exists()

    # mended, but meanwhile a prepared list was cut short by a power cut
    (templates / "laporan_kecamatan.ipynb").write_text(short, "utf-8")
    table = out / ".kerja" / "99.01.02" / "usulan.csv"
    table.write_bytes(table.read_bytes()[:40])
    again = make_reports(source, None, out, T, ONE_WORKER)
    assert again.batch.complete
    assert "ZeroDivisionError" not in again.index.read_text("utf-8")
    assert json.loads((out / "99.01.02.json").read_text("utf-8"))["proposals"] == 3
    assert not (out / "gagal").exists()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_full_disk_leaves_no_half_file_and_a_rerun_completes(tmp_path):
    source = write_kabupaten(tmp_path / "data", {"99.01.01": 2})
    out = tmp_path / "hasil"
    command = [sys.executable, "-m", "workbench", "reports", str(source), "--out", str(out), "--workers", "1"]
    run = {"cwd": Path(__file__).parents[2], "capture_output": True, "text": True}
    full = subprocess.run(
        [*command, "--json"],
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
        **run,
    )
    assert full.returncode == 1, full.stderr
    assert "Traceback" not in full.stdout + full.stderr
    assert json.loads(full.stdout)
    assert json.loads(full.stdout)["failures"][0]["district"] == "99.01.01"
    assert not [*out.glob("99.*"), *out.rglob("*.part")]
    again = subprocess.run([*command, "--json"], check=False, **run)
    assert (again.returncode, json.loads(again.stdout)["totals"]["written"]) == (0, 1)
    assert (out / "99.01.01.html").stat().st_size > 20_000


def test_pages_that_find_no_room_are_named_beside_the_reports_that_stand(tmp_path, monkeypatch):
    source = write_kabupaten(tmp_path / "data", {"99.01.01": 2})
    out = tmp_path / "hasil"

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as context:
        context.setattr(batch_of_kabupaten, "write_open_pages", full)
        made = make_reports(source, None, out, T, ONE_WORKER)
    assert [(failure.code, failure.name) for failure in made.failures] == [("index.html", T("reports.pages"))]
    assert "disk penuh" in made.failures[0].reason
    assert str(out) in made.failures[0].reason
    assert not made.pages_written
    assert (out / "99.01.01.html").is_file()
    again = make_reports(source, None, out, T, ONE_WORKER)
    assert (again.complete, again.pages_written, (out / "terbuka" / "index.html").is_file()) == (True,) * 3


def test_a_district_with_a_ceiling_and_nothing_asked_for_has_its_report(tmp_path):
    asked = kabupaten({"99.01.01": 2})
    names = pd.Series({"99": "P", "99.01": "Kab Uji", "99.01.01": "Ada", "99.01.09": "Kosong"})
    unnamed = replace(asked.facts, region_name="")  # its code has a name all the same
    lines = pd.DataFrame([{"region": code, "amount": 3_500_000} for code in ("99.01.01", "99.01.09")])
    both = replace(asked, facts=unnamed, regions=Regions(names, "uji"), budget=Budget.from_table(lines))
    write_session(tmp_path / "data", both, Rules())
    options = BatchOptions(districts=("99.01.09",), workers=1)
    made = make_reports(tmp_path / "data", None, tmp_path / "hasil", T, options)
    assert made.batch.complete, made.failures
    record = json.loads((tmp_path / "hasil" / "99.01.09.json").read_text("utf-8"))
    assert (record["proposals"], record["room"], record["funded"]) == (0, 3_500_000, 0)
    assert "Kosong" in made.index.read_text("utf-8")
    for page in (made.index, made.index.parent / "terbuka" / "index.html"):
        assert '<p class="subtitle">Kab Uji</p>' in page.read_text("utf-8")
    page = (tmp_path / "hasil" / "99.01.09.html").read_text("utf-8")
    assert page.count(T("wall.list.empty")) == 2  # and no sentence that holds because nobody asked
    for published in ("99.01.09.html", "99.01.09.hasil.json"):
        assert verify(tmp_path / "hasil" / published, tmp_path / "data").identical
    more = replace(both, budget=Budget.from_table(lines.assign(amount=4_500_000)))
    write_session(tmp_path / "naik", more, Rules())
    differing = verify(tmp_path / "hasil" / "99.01.09.hasil.json", tmp_path / "naik")
    assert not differing.identical
    assert any(difference.what.endswith("room") for difference in differing.differences)
    for vacuous in ("table.village_totals.all_served", "budgeting.why.none_below", "report.villages_caption"):
        assert T(vacuous) not in page
