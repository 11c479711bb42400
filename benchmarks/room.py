"""From a key press to the repaint of the ceiling line, in the room's app and in JupyterLab.

    python benchmarks/room.py [--where app lab] [--presses 30]

60 participants x 40 proposals x 8 criteria, all cards in. The what-if panel is open; a real headless Chromium
presses an arrow key on a weight's slider. Time runs from the keydown event in the page to the first frame
after the picture's DOM has changed, so it holds the browser, the socket, the kernel, the whole calculation
and the drawing. Five presses warm up. Also printed: from starting the server to a page that can be used.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import sync_playwright

from workbench.cli.instruments import lab_arguments
from workbench.cli.room_app import RoomApp, free_port, stop
from workbench.domain.ballots import COLUMNS, Ballots
from workbench.domain.budget import Budget
from workbench.domain.columns import conform
from workbench.domain.criteria import Criteria
from workbench.domain.facts import Facts
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.store.room import open_room
from workbench.store.session_folder import write_session

PEOPLE, PROPOSALS, CRITERIA = 60, 40, 8
WARM_UP = 5
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
MEASURE = """() => {
  window.times = []; let pressed = null;
  document.addEventListener('keydown', () => { pressed = performance.now(); }, true);
  const picture = document.querySelector('.whatif-picture');
  new MutationObserver(() => {
    if (pressed === null) { return; }
    const from = pressed; pressed = null;
    requestAnimationFrame(() => requestAnimationFrame(() => window.times.push(performance.now() - from)));
  }).observe(picture, {subtree: true, childList: true, characterData: true});
}"""


def full_room(place):
    """Write a folder with all cards in, and open its room at the result with the simulation allowed."""
    draw = np.random.default_rng(20250303)
    proposals = [
        {
            "proposal": f"U-{n:02d}",
            "activity": f"Pembangunan saluran irigasi {n}",
            "region": "99.01.01",
            "cost": int(draw.integers(20, 400)) * 10**6,
        }
        for n in range(1, PROPOSALS + 1)
    ]
    criteria = [
        {"criterion": f"K{n}", "name": f"Kriteria {n}", "weight": 1.0, "scale_min": 1.0, "scale_max": 5.0}
        for n in range(1, CRITERIA + 1)
    ]
    people = [{"participant": f"{n:03d}"} for n in range(1, PEOPLE + 1)]
    lines = pd.MultiIndex.from_product(
        [
            [1],
            [row["participant"] for row in people],
            [row["proposal"] for row in proposals],
            [row["criterion"] for row in criteria],
        ],
        names=["round", "participant", "proposal", "criterion"],
    ).to_frame(index=False)
    lines["points"] = draw.integers(1, 6, len(lines)).astype(float)
    names = pd.Series({"99": "P", "99.01": "K", "99.01.01": "C"}, dtype="str")
    session = Session(
        facts=Facts(forum="Ukur"),
        proposals=Proposals.from_table(pd.DataFrame(proposals)),
        criteria=Criteria.from_tables(pd.DataFrame(criteria)),
        regions=Regions(names, "ukur"),
        participants=Participants.from_table(pd.DataFrame(people)),
        ballots=Ballots(conform(lines, COLUMNS)),
        budget=Budget.from_table(pd.DataFrame([{"kind": "ceiling", "amount": 3 * 10**9}])),
    )
    write_session(place, session, Rules())
    with open_room(place, lambda: "") as room:
        room.act("simulation_opened", {"reason": "pengukuran"})
        room.act("step_entered", {"step": "result"})
    return place


def measure(page, presses):
    page.wait_for_selector(".whatif-picture svg", timeout=120_000)
    page.evaluate(MEASURE)
    handle = page.locator(".noUi-handle").first
    handle.focus()
    for number in range(WARM_UP + presses):
        before = page.evaluate("window.times.length")
        handle.press("ArrowRight" if number % 2 else "ArrowLeft")
        page.wait_for_function("before => window.times.length > before", arg=before, timeout=30_000)
        time.sleep(0.1)
    return sorted(page.evaluate("window.times")[WARM_UP:])


def say(where, times, first):
    p95 = times[int(len(times) * 0.95) - 1]
    print(
        f"{where:4}  p50 {statistics.median(times):5.0f} ms   p95 {p95:5.0f} ms   first page {first:4.1f} s"
    )


def in_app(browser, folder, presses):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        app = RoomApp(Path(place), free_port(), folder)
        began = time.monotonic()
        server = app.start()
        try:
            app.wait(server)
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(app.address())
            page.wait_for_selector(".room-steps", timeout=120_000)
            first = time.monotonic() - began
            say("app", measure(page, presses), first)
        finally:
            stop(server)


def in_lab(browser, folder, presses):
    port = free_port()
    fresh = tempfile.mkdtemp()  # a workspace of its own, so that nothing else is opened or saved
    own = [
        "--no-browser",
        "--allow-root",
        "--IdentityProvider.token=ukur",
        "--LabApp.expose_app_in_browser=True",
        f"--LabApp.workspaces_dir={fresh}",
        f"--LabApp.user_settings_dir={fresh}",
    ]
    command = [*lab_arguments(port, "ruang.ipynb"), *own]
    began = time.monotonic()
    nowhere, named = subprocess.DEVNULL, {**os.environ, "WORKBENCH_FOLDER": str(folder)}
    server = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env=named)
    try:
        wait(f"http://127.0.0.1:{port}/api/status?token=ukur")
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"http://127.0.0.1:{port}/lab/tree/notebooks/ruang.ipynb?token=ukur")
        page.wait_for_function(
            "() => window.jupyterapp?.shell.currentWidget?.sessionContext", timeout=120_000
        )
        page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.ready")
        page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_selector(".room-steps", timeout=120_000)
        first = time.monotonic() - began
        say("lab", measure(page, presses), first)
    finally:
        stop(server)


def wait(address):
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    sys.exit("JupyterLab does not answer")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--where", nargs="*", default=["app", "lab"], choices=["app", "lab"])
    parser.add_argument("--presses", type=int, default=30)
    asked = parser.parse_args()
    print(
        f"{PEOPLE} participants x {PROPOSALS} proposals x {CRITERIA} criteria; load {os.getloadavg()[0]:.1f}"
    )
    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        folder = full_room(Path(place) / "ruang")
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for where in asked.where:
            {"app": in_app, "lab": in_lab}[where](browser, folder, asked.presses)
        browser.close()


if __name__ == "__main__":
    main()
