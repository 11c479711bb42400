"""Reports on other machines: nothing is shared but the wire, and a machine that dies costs no report."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.errors import InvalidValue
from workbench.reporting import cluster as cluster_module
from workbench.reporting.batch import run_batch
from workbench.reporting.cluster import cluster
from workbench.reporting.jobs import FailureCode, Job

distributed = pytest.importorskip("distributed")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
    # dask's own: sockets that its background loop closes after us, and a size it would rather not send
    pytest.mark.filterwarnings(
        "ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::UserWarning"
    ),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

REPORT = """
import os, pathlib, time
time.sleep(0.15)
print(pathlib.Path(data, "isi.txt").read_text(), data)
if kode == "raises":
    raise ValueError("tidak cocok")
"""


@pytest.fixture
def scheduler():
    with distributed.LocalCluster(
        n_workers=0, processes=True, dashboard_address=None, silence_logs=50
    ) as started:
        yield started.scheduler_address


@pytest.fixture
def start_worker(scheduler, tmp_path, finish_steps):
    """Start a worker as somebody on another machine would, in a folder of its own."""
    started = []

    def start(name):
        place = tmp_path / f"mesin {name}"
        place.mkdir()
        options = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(place)]
        command = [sys.executable, "-m", "distributed.cli.dask_worker", scheduler, "--name", name, *options]
        paths = [str(Path(__file__).parents[2]), os.environ["PYTHONPATH"]]
        process = subprocess.Popen(
            command,
            cwd=place,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def children_of(pid):
    stats = [path.read_text().rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat")]
    return [stat for stat in stats if int(stat[1]) == pid and stat[0] not in "ZX"]


def jobs(template, tmp_path, reports, names):
    notebook = template("kode = ''\ndata = ''", REPORT)
    made = []
    for name in names:
        folder = tmp_path / "masukan" / name
        folder.mkdir(parents=True)
        (folder / "isi.txt").write_text(f"isi {name}")
        parameters = {"kode": name, "data": folder}
        target = reports / f"{name}.ipynb"
        made.append(Job(name, notebook, parameters, target, [folder], "finish_steps:page_and_table"))
    return made


def test_two_workers_without_a_shared_disk_and_one_of_them_killed(
    template, tmp_path, reports, scheduler, start_worker, text_of, monkeypatch
):
    names = ["raises", *(f"k{number}" for number in range(12))]
    given = jobs(template, tmp_path, reports, names)
    dying = start_worker("a")
    start_worker("b")
    with distributed.Client(scheduler, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=30)

    def kill_one(progress):
        if progress.done == 4:
            dying.send_signal(signal.SIGKILL)

    result = run_batch(given, reports, hire=cluster(scheduler, 1), progress=kill_one)
    assert dying.wait(timeout=5) == -signal.SIGKILL
    assert [job.name for job in result.failures] == ["raises"]
    reason = result.failures[0].reason
    assert (reason.code, reason.error, reason.message) == (
        FailureCode.CELL_RAISED,
        "ValueError",
        "tidak cocok",
    )
    assert "ValueError" in (reports / "gagal" / "raises.ipynb").read_text()
    for name in names[1:]:
        said = text_of(reports / f"{name}.ipynb")
        assert said.startswith(f"isi {name} ")
        assert str(tmp_path / "masukan") not in said  # the worker read its own copy
        assert json.loads((reports / f"{name}.html").read_text()[3:-4])[0]["kode"] == name
        assert (reports / f"{name}.csv").exists()
    # what is published names the caller's folder, and nothing is left of the workers' copies
    assert str(tmp_path / "masukan" / "k3") in (reports / "k3.ipynb").read_text()
    assert not list((tmp_path / "mesin b").rglob("musrenbang-*"))
    assert not (reports / ".part").exists()

    (tmp_path / "masukan" / "k5" / "isi.txt").write_text("isi k5 baru")
    again = run_batch(given[1:], reports, hire=cluster(scheduler, 1))
    assert [job.name for job in again.jobs if job.status == "written"] == ["k5"]
    assert again.complete

    monkeypatch.setattr(cluster_module.Digests, "package", "another edition")
    other = run_batch(given[1:3], reports, hire=cluster(scheduler, 1), force=True)
    assert {job.reason.code for job in other.jobs} == {FailureCode.OTHER_EDITION}


def test_when_every_machine_goes_the_rest_is_named_and_a_local_run_completes(
    template, tmp_path, reports, scheduler, start_worker, monkeypatch
):
    monkeypatch.setattr(cluster_module, "WORKERS_SECONDS", 1.0)
    given = jobs(template, tmp_path, reports, [f"k{number}" for number in range(5)])
    only = start_worker("a")

    def kill_it(progress):
        if progress.done == 1:
            warm = children_of(only.pid)
            assert warm
            only.kill()

    result = run_batch(given, reports, hire=cluster(scheduler, 1), progress=kill_it)
    assert {job.reason.code for job in result.failures} == {FailureCode.NO_WORKERS}
    assert not result.complete
    assert run_batch(given, reports, workers=2).complete


def test_a_scheduler_that_is_not_there_or_has_no_workers_is_refused(
    template, tmp_path, reports, scheduler, monkeypatch
):
    monkeypatch.setattr(cluster_module, "CONNECT_SECONDS", 0.3)
    given = jobs(template, tmp_path, reports, ["a"])
    for address, code in (
        ("tcp://127.0.0.1:9", "scheduler_unreachable"),
        ("bukan alamat", "scheduler_unreachable"),
        (scheduler, "scheduler_without_workers"),
    ):
        with pytest.raises(InvalidValue) as refused:
            run_batch(given, reports, hire=cluster(address, 1))
        assert (refused.value.code, refused.value.facts["address"]) == (code, address)


def test_a_cluster_of_this_machine_gives_what_the_lanes_give(template, tmp_path, reports, finish_steps):
    (given,) = jobs(template, tmp_path, reports, ["a"])
    inside = reports / "masukan"
    inside.mkdir(parents=True)
    (inside / "isi.txt").write_text("isi di dalam")
    near = replace(
        given,
        name="b",
        parameters={"data": inside},
        target_notebook=reports / "b.ipynb",
        target_html=None,
    )

    def made():
        cells = [json.loads((reports / f"{name}.ipynb").read_text())["cells"] for name in "ab"]
        return [cell["source"] for notebook in cells for cell in notebook], (reports / "b.csv").read_bytes()

    assert run_batch([given, near], reports, hire=cluster(None, 2)).complete
    clustered = made()
    assert run_batch([given, near], reports, workers=1, force=True).complete
    assert made() == clustered
    # from the reports' folder, where a person who opens the notebook stands
    assert 'data = "masukan"' in "".join(clustered[0][-2])
