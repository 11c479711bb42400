"""A batch seen from outside: what stands in the folder afterwards, and what is said of each report."""

import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from workbench.errors import InvalidValue
from workbench.reporting import lanes, worker_link
from workbench.reporting.batch import run_batch
from workbench.reporting.jobs import FailureCode, Job, JobStatus

here = pytest.mark.usefixtures("in_this_process")

WRITTEN, UNCHANGED, FAILED = JobStatus.WRITTEN, JobStatus.UNCHANGED, JobStatus.FAILED


def statuses(result):
    return {job.name: str(job.status) for job in result.jobs}


@here
def test_the_second_run_starts_no_process_and_redoes_only_what_does_not_stand(
    template, run_reports, reports, finish_steps, monkeypatch
):
    notebook = template("kode = ''", "print(kode)")
    settings = {"finish": "finish_steps:page_and_table"}
    seen = []
    first = run_reports(notebook, ["01", "02", "03"], progress=seen.append, **settings)
    assert first.complete
    assert statuses(first) == dict.fromkeys(["01", "02", "03"], "written")
    assert [(p.done, p.written, p.total) for p in seen] == [(1, 1, 3), (2, 2, 3), (3, 3, 3)]
    assert set(first.jobs[0].files) == {"01.ipynb", "01.html", "01.csv"}
    assert all(job.seconds > 0 for job in first.jobs)
    assert json.loads((reports / "02.html").read_text()[3:-4]) == [{"kode": "02"}, 3]
    executed = json.loads((reports / "02.ipynb").read_text())
    assert executed["metadata"]["papermill"]["input_path"] == "templat.ipynb"
    assert executed["metadata"]["papermill"]["output_path"] == "02.ipynb"
    before = {path.name: path.read_bytes() for path in reports.iterdir()}
    assert not any("part" in name for name in before)

    with monkeypatch.context() as context:
        context.setattr(lanes, "WorkerLink", None)
        again = run_reports(notebook, ["01", "02", "03"], **settings)
    assert statuses(again) == dict.fromkeys(["01", "02", "03"], "unchanged")
    assert [job.files for job in again.jobs] == [job.files for job in first.jobs]
    assert {path.name: path.read_bytes() for path in reports.iterdir()} == before

    damaged = (reports / "01.html").read_bytes().replace(b"01", b"02")
    (reports / "01.html").write_bytes(damaged)
    (reports / "03.csv").unlink()
    mended = run_reports(notebook, ["01", "02", "03"], **settings)
    assert statuses(mended) == {"01": "written", "02": "unchanged", "03": "written"}
    assert (reports / "01.html").read_bytes() == before["01.html"]
    assert (reports / "03.csv").exists()
    assert set(statuses(run_reports(notebook, ["01"], force=True, **settings)).values()) == {"written"}


def test_an_unchanged_batch_loads_neither_papermill_nor_pandas_and_prints_nothing(template, reports):
    code = f"""
import sys
from pathlib import Path
from workbench.reporting.batch import run_batch
from workbench.reporting.jobs import Job
folder = Path({str(reports)!r})
job = Job("01", Path({str(template("kode = ''"))!r}), {{"kode": "01"}}, folder / "01.ipynb")
print(run_batch([job], folder, engine=sys.argv[1]).jobs[0].status)
print(*{{"papermill", "pandas", "numpy", "nbformat", "IPython"}} & set(sys.modules))
"""
    for engine, status in (("nbclient", "written"), ("warm", "unchanged")):
        said = subprocess.run(
            [sys.executable, "-c", code, engine], capture_output=True, text=True, check=True
        )
        assert (said.stdout, said.stderr) == (f"{status}\n\n", "")


@here
def test_only_the_reports_whose_input_changed_are_made_again(template, reports, tmp_path):
    notebook = template("kode = ''\ndata = ''", "from pathlib import Path\nprint(Path(data).read_text())")
    jobs = []
    for name in ("01", "02"):
        data = tmp_path / f"{name}.csv"
        data.write_text(name)
        jobs.append(Job(name, notebook, {"data": data}, reports / f"{name}.ipynb", inputs=[data]))
    run_batch(jobs, reports, workers=1)
    (tmp_path / "02.csv").write_text("two")
    assert statuses(run_batch(jobs, reports, workers=1)) == {"01": "unchanged", "02": "written"}
    assert "two" in (reports / "02.ipynb").read_text()


@here
def test_the_longest_report_is_begun_first_and_results_keep_the_order_of_the_jobs(
    template, reports, tmp_path
):
    notebook = template("data = ''", "print(len(data))")
    jobs = []
    for name, size in (("01", 10), ("02", 2000), ("03", 300)):
        data = tmp_path / f"{name}.csv"
        data.write_text("x" * size)
        jobs.append(Job(name, notebook, {"data": data}, reports / f"{name}.ipynb", inputs=[data]))
    begun = []
    made = run_batch(jobs, reports, workers=1, progress=lambda seen: begun.append(seen.latest.name))
    assert begun == ["02", "03", "01"]
    assert [job.name for job in made.jobs] == ["01", "02", "03"]


FAULTS = """
import os, pathlib, resource, signal, sys, time
print("sebelum")
mended = pathlib.Path(os.environ["MENDED"]).exists()
if kode == "raises" and not mended:
    raise ValueError("jumlah tidak cocok: é")
if kode == "dies" and not mended:
    os.kill(os.getpid(), signal.SIGKILL)
if kode == "hangs" and not mended:
    time.sleep(60)
if kode == "full" and not mended:
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))
if kode == "kills its worker once" and not (marker := pathlib.Path(os.environ["MENDED"] + kode)).exists():
    marker.touch()
    os.kill(os.getppid(), signal.SIGKILL)
if kode == "kills every worker" and not mended:
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)
"""


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks and their deaths")
def test_a_fault_costs_only_its_own_report_and_a_rerun_completes(
    template, run_reports, reports, tmp_path, monkeypatch
):
    monkeypatch.setenv("MENDED", str(tmp_path / "mended"))
    notebook = template("kode = ''", FAULTS)
    names = ["a", "raises", "dies", "b", "hangs", "full", "kills its worker once", "kills every worker", "c"]
    seen = []
    result = run_reports(notebook, names, deadline_seconds=3, progress=seen.append, workers=2)
    reasons = {job.name: job.reason for job in result.failures}
    assert {name: reason.code for name, reason in reasons.items()} == {
        "raises": FailureCode.CELL_RAISED,
        "dies": FailureCode.PROCESS_DIED,
        "hangs": FailureCode.DEADLINE_EXCEEDED,
        "full": FailureCode.NOT_WRITTEN,
        "kills every worker": FailureCode.PROCESS_DIED,
    }
    assert [job.name for job in result.jobs] == names
    assert (seen[-1].done, seen[-1].written, seen[-1].failed) == (9, 4, 5)
    assert not result.complete

    raised = reasons["raises"]
    assert (raised.error, raised.message, raised.cell) == ("ValueError", "jumlah tidak cocok: é", 3)
    assert "raise ValueError" in raised.source
    assert "\x1b" not in raised.traceback
    assert reasons["dies"].message == "status -9"
    kept = (reports / "gagal" / "raises.ipynb").read_text()
    assert "sebelum" in kept
    assert "ValueError" in kept
    told = json.loads((reports / "gagal" / "raises.json").read_text("utf-8"))
    assert (told["reason"]["error"], told["reason"]["cell"]) == ("ValueError", 3)
    assert {path.name for path in (reports / "gagal").iterdir()} == {
        "raises.ipynb",
        "raises.json",
        "dies.json",
        "hangs.json",
        "full.json",
        "kills%20every%20worker.json",
    }
    assert {path.stem for path in reports.glob("*.ipynb")} == {"a", "b", "c", "kills its worker once"}
    assert not (reports / ".part").exists()

    (tmp_path / "mended").touch()
    again = run_reports(notebook, names)
    assert again.complete
    assert again.count(UNCHANGED) == 4
    assert again.count(WRITTEN) == 5
    assert not (reports / "gagal").exists()


@pytest.mark.slow
def test_without_forks_a_dead_or_hanging_worker_costs_only_its_own_report(template, run_reports, monkeypatch):
    monkeypatch.setattr(worker_link, "GRACE_SECONDS", 10.0)
    dies = "import os, time\nif kode == 'dies':\n    os._exit(3)\nif kode == 'hangs':\n    time.sleep(60)"
    notebook = template("kode = ''", dies)
    result = run_reports(
        notebook, ["a", "hangs", "b", "dies", "c"], engine="inprocess", workers=1, deadline_seconds=2
    )
    assert statuses(result) == {
        "a": "written",
        "hangs": "failed",
        "b": "written",
        "dies": "failed",
        "c": "written",
    }
    assert {job.name: job.reason.code for job in result.failures} == {
        "hangs": FailureCode.DEADLINE_EXCEEDED,
        "dies": FailureCode.PROCESS_DIED,
    }


@here
def test_a_finish_step_that_fails_publishes_nothing(template, reports, finish_steps):
    notebook = template("kode = ''")
    steps = ["raises", "forgets", "no_such_step", "page"]
    jobs = [
        Job(step, notebook, {}, reports / f"{step}.ipynb", finish=f"finish_steps:{step}") for step in steps
    ]
    jobs.append(Job("x", notebook, {}, reports / "x.ipynb", finish="no_such_module:page"))
    result = run_batch(jobs, reports, workers=1)
    assert {job.name: job.reason.error for job in result.failures} == {
        "raises": "OSError",
        "forgets": "FileNotFoundError",
        "no_such_step": "AttributeError",
        "x": "ModuleNotFoundError",
    }
    assert {path.name for path in reports.glob("*.*") if path.name[0] != "."} == {"page.ipynb", "page.html"}
    assert (reports / "gagal" / "raises.ipynb").exists()


@here
def test_the_report_of_an_earlier_run_is_called_outdated_when_its_successor_fails(
    template, run_reports, reports
):
    run_reports(template("kode = ''"), ["01"])
    result = run_reports(template("kode = ''", "1 / 0"), ["01", "02"])
    assert {job.name: job.outdated for job in result.failures} == {"01": True, "02": False}
    assert (reports / "01.ipynb").exists()
    assert statuses(run_reports(template("kode = ''"), ["01"])) == {"01": "unchanged"}


ODD = ["a b", "{kode}", "é ü 中", 'it\'s "x"', "#%&+;=@$", "-rf", "dua\nbaris", "x" * 150]


@here
def test_odd_characters_in_names_folders_and_parameters(template, tmp_path, finish_steps):
    folder = tmp_path / "laporan {kode} é 'x' %20 #1"
    notebook = template("kode = ''\ndaftar = []", "import json\nprint(json.dumps([kode, daftar]))")
    odd = tmp_path / "templat {aneh} é.ipynb"
    shutil.move(notebook, odd)
    values = ["01", "'\"\\", "a\nb\tc", "\\n", "é中\U0001f600", "{x}", "$HOME", "%time", "!ls", "#", ""]
    names = [f"{name}/{index}" for index, name in enumerate(ODD)]
    jobs = [
        Job(
            name,
            odd,
            {"kode": value, "daftar": [value, 1, True, None]},
            folder / f"{ODD[index % len(ODD)]} {index}.ipynb",
            finish="finish_steps:page",
        )
        for index, (name, value) in enumerate(zip([*names, "x", "y", "z"], values, strict=True))
    ]
    result = run_batch(jobs, folder, workers=1)
    assert result.failures == ()
    for job in jobs:
        executed = json.loads(job.target_notebook.read_text("utf-8"))
        (printed,) = executed["cells"][-1]["outputs"]
        assert json.loads("".join(printed["text"])) == [
            job.parameters["kode"],
            list(job.parameters["daftar"]),
        ]
        assert job.target_html.exists()
    assert run_batch(jobs, folder).count(UNCHANGED) == len(jobs)


@here
def test_odd_names_of_failed_reports(template, tmp_path):
    notebook = template("kode = ''", "1 / 0")
    names = ["../../x", "a/b", "a\\b", ".", "..", "con:"]
    jobs = [Job(name, notebook, {}, tmp_path / "out" / f"{i}.ipynb") for i, name in enumerate(names)]
    result = run_batch(jobs, tmp_path / "out", workers=1)
    assert [job.name for job in result.failures] == names
    kept = [path for path in (tmp_path / "out" / "gagal").iterdir() if path.suffix == ".ipynb"]
    assert len(kept) == len(names)
    assert {path.name for path in tmp_path.iterdir()} == {"out", "templat.ipynb"}


@here
def test_relative_paths_mean_the_callers_folder(template, tmp_path, monkeypatch):
    # papermill resolves paths in the caller's folder, other tools in the notebook's: we hand on absolute ones
    template(
        "kode = ''\ndata = ''", "import os, pathlib\nos.chdir('/')\nprint(pathlib.Path(data).read_text())"
    )
    (tmp_path / "data.csv").write_text("isi")
    monkeypatch.chdir(tmp_path)
    job = Job("a", Path("templat.ipynb"), {"data": Path("data.csv")}, Path("out/a.ipynb"), [Path("data.csv")])
    monkeypatch.chdir("/")
    assert run_batch([job], tmp_path / "out").complete
    monkeypatch.chdir(tmp_path)
    assert statuses(run_batch([job], Path("out"))) == {"a": "unchanged"}


def test_a_wish_to_stop_leaves_what_is_made_and_the_next_call_makes_the_rest(template, run_reports, reports):
    notebook = template("kode = ''", "import time\ntime.sleep(0 if kode == 'a' else 30)", name="lambat.ipynb")
    stop = threading.Event()
    stopped = run_reports(
        notebook, ["a", "b", "c"], workers=1, stop_event=stop, progress=lambda _: stop.set()
    )
    assert statuses(stopped) == {"a": "written", "b": "not_run", "c": "not_run"}
    assert {path.name for path in reports.glob("*.ipynb")} == {"a.ipynb"}
    assert statuses(run_reports(notebook, ["a"])) == {"a": "unchanged"}


@here
def test_a_batch_that_fails_in_the_callers_hands_lets_go_of_the_folder(template, run_reports):
    def refuse(_):
        raise InvalidValue("stopped_by_the_caller")

    notebook = template("kode = ''")
    with pytest.raises(InvalidValue):
        run_reports(notebook, ["a", "b"], progress=refuse)
    assert run_reports(notebook, ["a", "b"]).complete
