"""Ctrl-C, and the end of whoever started the workers."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

SLOW = """
import os, pathlib, time
pathlib.Path(os.environ["PIDS"], kode).write_text(f"{os.getpid()} {os.getppid()}")
time.sleep(0 if kode == "a" else 60)
"""

BATCH = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background ignores it
from pathlib import Path
from workbench.reporting.batch import run_batch
from workbench.reporting.jobs import Job
notebook, folder = Path(sys.argv[1]), Path(sys.argv[2])
jobs = [Job(name, notebook, {"kode": name}, folder / f"{name}.ipynb") for name in "abc"]
run_batch(jobs, folder, workers=1)
"""


def is_gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def wait_for(condition, seconds=30.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL], ids=lambda end: end.name)
def test_a_batch_that_is_ended_leaves_no_process_and_no_half_report(
    template, run_reports, reports, tmp_path, monkeypatch, in_this_process, end
):
    pids = tmp_path / "pids"
    pids.mkdir()
    monkeypatch.setenv("PIDS", str(pids))
    notebook = template("kode = ''", SLOW)
    batch = subprocess.Popen(
        [sys.executable, "-c", BATCH, str(notebook), str(reports)], stderr=subprocess.PIPE, text=True
    )
    try:
        wait_for(lambda: (pids / "b").exists() and (pids / "b").read_text().count(" ") == 1)
        batch.send_signal(end)
        complaint = batch.communicate(timeout=20)[1]
    finally:
        batch.kill()
        batch.wait(20)
    assert batch.returncode == -end
    assert ("KeyboardInterrupt" in complaint) == (end == signal.SIGINT)
    for pid in (pids / "b").read_text().split():
        wait_for(lambda pid=pid: is_gone(pid), seconds=5)
    assert {path.name for path in reports.glob("*.*") if path.name[0] != "."} == {"a.ipynb"}
    record = [json.loads(line) for line in (reports / ".batch.jsonl").read_text().split("\n") if line]
    assert [report["name"] for report in record] == ["a"]

    quick = json.loads(notebook.read_text())
    assert run_reports(notebook, ["a"]).jobs[0].status == "unchanged"
    quick["cells"][1]["source"] = "kode"
    notebook.write_text(json.dumps(quick))
    assert run_reports(notebook, ["a", "b", "c"]).complete
    assert not (reports / ".part").exists()


def test_ctrl_c_reaches_the_caller_and_the_next_call_makes_the_rest(
    template, run_reports, reports, in_this_process
):
    notebook = template("kode = ''", "kode")

    def interrupt(progress):
        if progress.done == 2:
            signal.raise_signal(signal.SIGINT)  # to this thread: one sent to the process may come late

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # an earlier kernel may ignore it
    try:
        with pytest.raises(KeyboardInterrupt):
            run_reports(notebook, ["a", "b", "c", "d"], progress=interrupt)
    finally:
        signal.signal(signal.SIGINT, before)
    again = run_reports(notebook, ["a", "b", "c", "d"])
    assert again.complete
    assert [str(job.status) for job in again.jobs[:2]] == ["unchanged", "unchanged"]


UNGUARDED = """
import multiprocessing, os, sys
from pathlib import Path
from workbench.reporting.batch import run_batch
from workbench.reporting.jobs import Job
print("top level", flush=True)
folder = Path(sys.argv[2])
job = Job("a", Path(sys.argv[1]), {"kode": "a"}, folder / "a.ipynb")

def make():
    print(run_batch([job], folder, workers=1).jobs[0].status, flush=True)

if sys.argv[3] == "daemon":
    process = multiprocessing.get_context("fork").Process(target=make, daemon=True)
    process.start()
    process.join()
else:
    make()
"""


@pytest.mark.parametrize("caller", ["script", "daemon"])
def test_a_script_without_a_main_guard_and_a_daemonic_process_may_start_a_batch(
    template, reports, tmp_path, caller
):
    # a pool of multiprocessing would run the script's top level again, or refuse to start at all
    script = tmp_path / "skrip.py"
    script.write_text(UNGUARDED)
    elsewhere = tmp_path / "elsewhere"  # where somebody's file is called like a module of Python
    elsewhere.mkdir()
    (elsewhere / "timeit.py").write_text("raise ImportError('not this one')")
    said = subprocess.run(
        [sys.executable, str(script), str(template("kode = ''")), str(reports), caller],
        capture_output=True,
        cwd=elsewhere,
        text=True,
        check=True,
    )
    assert (said.stdout, said.stderr) == ("top level\nwritten\n", "")
