"""Two dask workers against one, and two plain workers against one: the same reports, in one run.

    python benchmarks/scale_out.py [--reports 12] [--rounds 1]

Synthetic lists at real codes, as `national.py` draws them. The clock counts from the call to the last report,
the start of the scheduler and of the workers included, and again with one report's worth of start taken out.
Promised: two dask workers at least 1.8x one. On a busy machine the second worker has no core of its own, so
the load is printed.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

from national import sampled_session

from workbench.domain.rules import Rules
from workbench.present.i18n import translator
from workbench.reporting.jobs import BatchProgress
from workbench.reporting.kabupaten import BatchOptions, make_reports
from workbench.store.session_writing import write_session

SEED = 20250303


def measured(source: Path, out: Path, workers: int, *, cluster: bool) -> tuple[float, float]:
    """Return the seconds from the call, and from the first report of each worker, to the last report."""
    done: list[float] = []

    def note(_: BatchProgress) -> None:
        done.append(time.perf_counter())

    started = time.perf_counter()
    options = BatchOptions(workers=workers, cluster=cluster)
    made = make_reports(source, None, out, translator("id"), options, note)
    if not made.batch.complete:
        raise SystemExit(str(made.failures))
    steady = (done[-1] - done[workers - 1]) / (len(done) - workers)
    return done[-1] - started, steady


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reports", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    print(f"{given.reports} reports, {given.rounds} rounds, best of each; load {os.getloadavg()[0]:.1f}")
    print(f"{'':16}{'whole s':>10}{'1 worker':>10}{'s a report':>12}{'1 worker':>10}")
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "data")
        write_session(source, sampled_session(given.reports, SEED)[0], Rules())
        for kind in ("plain", "dask"):
            best: dict[int, tuple[float, ...]] = {}
            for workers in (1, 2):
                rounds = [
                    measured(source, Path(scratch, f"{kind}{workers}{n}"), workers, cluster=kind == "dask")
                    for n in range(given.rounds)
                ]
                best[workers] = tuple(min(column) for column in zip(*rounds, strict=True))
                (whole, steady), (one_whole, one_steady) = best[workers], best[1]
                print(
                    f"{kind} {workers:<10}{whole:10.1f}{one_whole / whole:9.2f}x"
                    f"{steady:12.2f}{one_steady / steady:9.2f}x"
                )


if __name__ == "__main__":
    main()
