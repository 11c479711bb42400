"""Reports a second: the batch against a plain papermill loop, both with HTML by nbconvert, in one run.

    python benchmarks/batch.py [--reports 12] [--rounds 2]

The template beside this file is frozen: change it and the figures of earlier runs cannot be compared.
The host's speed drifts, so compare the ratios inside one table, not seconds between tables. "whole" is
everything from the call to the last file, the start of the workers included; "steady" is what each further
report costs once the first ones are there.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import tempfile
import threading
import time
from functools import cache
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import NamedTuple

import nbformat
from nbconvert import HTMLExporter  # at the top: a finish step's module is loaded once, before the forks

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE / "reference_report.ipynb"
PEOPLE, CRITERIA, KECAMATAN, FIGURES = 30, 10, 100, 4


class Measured(NamedTuple):
    """Seconds a report, start included and not, and the megabytes that each worker holds at most."""

    whole: float
    steady: float
    megabytes: float = float("nan")
    processor: float = float("nan")


def write_data(path: Path) -> list[str]:
    """Write the answers of all kecamatan and return their codes."""
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(1)
    codes = [f"99{number:04d}" for number in range(KECAMATAN)]
    pairs = [f"{left}-{right}" for left, right in combinations(range(CRITERIA), 2)]
    frame = pd.MultiIndex.from_product([codes, range(PEOPLE), pairs], names=["kode", "peserta", "pasangan"])
    answers = np.exp(rng.normal(0, 0.6, size=len(frame))).clip(1 / 9, 9)
    pd.Series(answers, index=frame, name="nilai").round(3).to_csv(path)
    return codes


def to_html(notebook: Path, html: Path, _parameters: dict[str, object]) -> None:
    """Export as everybody does; a worker's forks share the exporter that `warm_up` has used."""
    body, _ = exporter().from_filename(str(notebook))
    html.write_text(body, encoding="utf-8")


@cache
def exporter() -> HTMLExporter:
    """Return one exporter for the process: each compiles its templates anew."""
    return HTMLExporter()


def warm_up() -> None:
    """Let a worker load and compile what an export needs, once and before its forks."""
    picture = nbformat.v4.new_output(
        "display_data", {"image/png": "", "text/html": "<b></b>", "text/plain": ""}
    )
    printed = nbformat.v4.new_output("stream", text="1")
    code = nbformat.v4.new_code_cell("print(1)  # 'one'", outputs=[picture, printed])
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# *a* $b$\n- `c`"), code])
    exporter().from_notebook_node(notebook)


def plain_code(data: Path, codes: list[str], _folder: Path) -> Measured:
    """The template's own work as plain Python: no notebook, no HTML, the same four pictures."""
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt

    cells = [cell for cell in json.loads(TEMPLATE.read_text())["cells"] if cell["cell_type"] == "code"]
    lines = [line for cell in cells for line in [*cell["source"], "\n"] if not line.startswith("%")]
    source = "".join(lines).replace("print(", "str(")
    seconds = []
    for kode in codes:
        given = source.replace('kode = "00"', f"kode = {kode!r}").replace(
            'data = ""', f"data = {str(data)!r}"
        )
        code = compile(given, "reference", "exec")
        started = time.perf_counter()
        exec(code, {})
        for number in plt.get_fignums():
            plt.figure(number).savefig(io.BytesIO(), format="png")
        plt.close("all")
        seconds.append(time.perf_counter() - started)
    return Measured(sum(seconds) / len(seconds), median(seconds[1:]))


def papermill_loop(data: Path, codes: list[str], folder: Path) -> Measured:
    """What one writes after reading papermill's first page."""
    import papermill

    seconds = []
    before = sum(os.times()[:4])
    for kode in codes:
        started = time.perf_counter()
        target = folder / f"{kode}.ipynb"
        parameters = {"kode": kode, "data": str(data)}
        papermill.execute_notebook(str(TEMPLATE), str(target), parameters, progress_bar=False)
        to_html(target, target.with_suffix(".html"), {})
        seconds.append(time.perf_counter() - started)
    processor = (sum(os.times()[:4]) - before) / len(codes)
    return Measured(sum(seconds) / len(seconds), median(seconds[1:]), processor=processor)


def batch(workers: int, data: Path, codes: list[str], folder: Path) -> Measured:
    """The same reports by `run_batch`."""
    from workbench.reporting.batch import run_batch
    from workbench.reporting.jobs import Job

    jobs = [
        Job(kode, TEMPLATE, {"kode": kode, "data": data}, folder / f"{kode}.ipynb", [data], "batch:to_html")
        for kode in codes
    ]
    times: list[float] = []
    before = sum(os.times()[:4])
    started = time.perf_counter()
    result = run_batch(jobs, folder, workers=workers, progress=lambda _: times.append(time.perf_counter()))
    whole = time.perf_counter() - started
    processor = (sum(os.times()[:4]) - before) / len(codes)
    if not result.complete:
        raise SystemExit(str(result.failures))
    steady = (times[-1] - times[workers - 1]) / (len(times) - workers)
    with MemoryWatch() as memory:  # in a run of its own: watching costs time
        run_batch(jobs[:4], folder, workers=workers, force=True)
    return Measured(whole / len(codes), steady, memory.most / workers, processor)


def figures_in(folder: Path) -> set[int]:
    """How many pictures the notebooks of a folder hold."""
    return {path.read_text("utf-8").count('"image/png"') for path in folder.glob("*.ipynb")}


class MemoryWatch:
    """The largest proportional set size of all processes below this one, in megabytes; Linux alone."""

    def __enter__(self) -> MemoryWatch:
        self.most, self._over = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.2):
            self.most = max(self.most, sum(_pss(pid) for pid in _below(os.getpid())))


def _below(root: int) -> set[int]:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {root}


def _pss(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


METHODS = {
    "plain Python, 1 process": plain_code,
    "papermill loop": papermill_loop,
    "batch, 1 worker": lambda *given: batch(1, *given),
    "batch, 2 workers": lambda *given: batch(2, *given),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reports", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    os.environ["PYTHONPATH"] = str(HERE)
    measured: dict[str, list[Measured]] = {name: [] for name in METHODS}
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch, "jawaban.csv")
        codes = write_data(data)[: given.reports]
        versions = f"papermill {version('papermill')}, nbconvert {version('nbconvert')}"
        for number in range(given.rounds):
            for name, method in METHODS.items():
                folder = Path(scratch, f"{name} {number}")
                folder.mkdir()
                measured[name].append(method(data, codes, folder))
                if figures_in(folder) - {FIGURES}:
                    raise SystemExit(f"{name}: not every report has {FIGURES} figures")
    print(f"{given.reports} reports, {given.rounds} rounds, best of each; {versions}")
    loop = best(measured["papermill loop"])
    heads = ("whole", "steady", "CPU")
    print(
        f"{'seconds a report (loop = 1x)':28}"
        + "".join(f"{head:>14}" for head in heads)
        + f"{'MB/worker':>11}"
    )
    for name, rounds in measured.items():
        one = best(rounds)
        pairs = ((loop.whole, one.whole), (loop.steady, one.steady), (loop.processor, one.processor))
        cells = "".join(f"{seconds:7.2f} {of / seconds:5.1f}x" for of, seconds in pairs)
        print(f"{name:28}{cells}{one.megabytes:11.0f}")


def best(rounds: list[Measured]) -> Measured:
    """Each figure from the round in which the host disturbed it least."""
    return Measured(
        min(one.whole for one in rounds),
        min(one.steady for one in rounds),
        max(one.megabytes for one in rounds),
        min(one.processor for one in rounds),
    )


if __name__ == "__main__":
    main()
