"""The real report of a kecamatan in the batch, against its own work as a plain function, in one run.

    python benchmarks/full_report.py [--reports 8] [--rounds 2] [--source data] [--nbclient]

Plain: the sections are called one after another in one warm process and the page, PDF, workbook and outcome
are written; no notebook, no papermill, no fork. The batch makes the same files through papermill, one worker,
its start taken out by making one report first. Promised: at most 1.35x. Seconds of the processor are printed
beside those of the clock, so that a busy machine is seen.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from national import sampled_session

from workbench.domain.rules import Rules
from workbench.present.i18n import translator
from workbench.reporting.batch import run_batch
from workbench.reporting.jobs import Job
from workbench.reporting.opening import open_report
from workbench.reporting.page import FINISH, warm_up, write_page
from workbench.reporting.slices import prepare_slices
from workbench.reporting.template import REPORT_TEMPLATE, template_sections
from workbench.store.project_files import notebook_folder
from workbench.store.session_writing import write_session

T = translator("id")
SEED = 20250303


def plain_report(folder: Path, district: str, target: Path) -> None:
    """Make one report's files as a plain function would."""
    report = open_report(str(folder), district, T.language)
    shown = [getattr(report, name)() for name in template_sections(notebook_folder() / REPORT_TEMPLATE)]
    cells = [{"cell_type": "code", "outputs": [_output(part)]} for part in shown if part is not None]
    executed = target.with_suffix(".ipynb")
    executed.write_text(json.dumps({"cells": cells}, ensure_ascii=False), encoding="utf-8")
    write_page(executed, target, {"folder": str(folder), "district": district, "language": T.language})


def _output(part: Any) -> dict[str, Any]:
    bundle = part._repr_mimebundle_()
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    return {"data": data, "metadata": metadata}


def plain(folders: dict[str, Path], out: Path) -> Iterator[tuple[float, float]]:
    """Yield clock and processor seconds of each report."""
    for code, folder in folders.items():
        started, before = time.perf_counter(), time.process_time()
        plain_report(folder, code, out / f"{code}.html")
        yield time.perf_counter() - started, time.process_time() - before


def batched(folders: dict[str, Path], out: Path, engine: str) -> tuple[float, float]:
    """Return clock and processor seconds a report of the batch with one worker, its start taken out."""
    codes = list(folders)

    def run(chosen: list[str]) -> tuple[float, float]:
        jobs = [
            Job(
                name=code,
                notebook=notebook_folder() / REPORT_TEMPLATE,
                parameters={"folder": folders[code], "district": code, "language": T.language},
                target_notebook=out / f"{code}.ipynb",
                finish=FINISH,
            )
            for code in chosen
        ]
        started, before = time.perf_counter(), sum(os.times()[:4])
        result = run_batch(jobs, out, workers=1, engine=engine, force=True)
        if not result.complete:
            raise SystemExit(str(result.failures))
        return time.perf_counter() - started, sum(os.times()[:4]) - before

    few = run(codes[:2])
    every = run(codes)
    count = len(codes) - 2
    return (every[0] - few[0]) / count, (every[1] - few[1]) / count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reports", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--source", type=Path, help="a session folder instead of synthetic lists")
    parser.add_argument("--nbclient", action="store_true", help="measure papermill's own engine, too")
    given = parser.parse_args()
    engines = ["warm", *(["nbclient"] if given.nbclient else [])]
    rows: dict[str, list[tuple[float, float]]] = {name: [] for name in ("plain function", *engines)}
    with tempfile.TemporaryDirectory() as scratch:
        source = given.source
        if source is None:
            source = Path(scratch, "data")
            write_session(source, sampled_session(given.reports, SEED)[0], Rules())
        slices = prepare_slices(source, None, Path(scratch, "kerja"))
        folders = dict(list(slices.folders.items())[: given.reports])
        warm_up()
        for number in range(given.rounds):
            out = Path(scratch, f"plain {number}")
            out.mkdir()
            seconds = list(plain(folders, out))
            # the batch's figure leaves the first two reports out, so does this one
            later = seconds[2:]
            rows["plain function"].append(
                (sum(clock for clock, _ in later) / len(later), sum(cpu for _, cpu in later) / len(later))
            )
            for engine in engines:
                rows[engine].append(batched(folders, Path(scratch, f"{engine} {number}"), engine))
    print(f"{len(folders)} reports, {given.rounds} rounds, best of each; load {os.getloadavg()[0]:.1f}")
    base = [min(column) for column in zip(*rows["plain function"], strict=True)]
    print(f"{'seconds a report (plain = 1x)':32}{'clock':>16}{'processor':>16}")
    for name, measured in rows.items():
        best = [min(column) for column in zip(*measured, strict=True)]
        print(f"{name:32}" + "".join(f"{s:9.2f} {s / b:5.2f}x" for s, b in zip(best, base, strict=True)))


if __name__ == "__main__":
    main()
