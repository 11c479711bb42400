"""From a key press to the repaint, in the room's app and in JupyterLab.

    python benchmarks/room.py [--where app lab] [--presses 30]

60 participants x 40 proposals x 8 criteria, all cards in. The what-if panel is open; a real headless Chromium
presses an arrow key on a weight's slider. Time runs from the keydown event in the page until the first
frame after the picture's DOM has changed is painted (a message posted in that frame arrives after its
paint), so it holds the browser, the socket, the kernel, the whole calculation and the drawing. In the app
two rows more: a line of a paper ballot from Enter to its running check (the line is in the journal by
then), and one judged pair of criteria from Enter to the next pair with its weights. Five presses warm up.
Also printed: from starting (in the app the command ``workbench start``, in JupyterLab its server) to a
page that can be used, and the processor time that all its processes took until then. The modules are
compiled first, as the setup leaves them.
"""

import argparse
import compileall
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

import workbench
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
from workbench.store.session_writing import write_session

PEOPLE, PROPOSALS, CRITERIA = 60, 40, 8
WARM_UP = 5
CRITERIA_PART = 5
"""Which part of the preparation is about criteria."""
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
MEASURE = """([selector, key]) => {
  window.times = []; let pressed = null;
  const {port1, port2} = new MessageChannel(); let from = null;
  port1.onmessage = () => window.times.push(performance.now() - from);
  document.addEventListener('keydown', (event) => {
    if (!key || event.key === key) { pressed = performance.now(); }
  }, true);
  const picture = document.querySelector(selector);
  new MutationObserver(() => {
    if (pressed === null) { return; }
    from = pressed; pressed = null;
    requestAnimationFrame(() => port2.postMessage(null));
  }).observe(picture, {subtree: true, childList: true, characterData: true});
}"""


def full_room(place, *, empty=False):
    """Write a folder with all cards in, and open its room at the result with the simulation allowed.

    An empty one has no card yet and stands at its preparation.
    """
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
        ballots=Ballots(conform(lines.iloc[:0] if empty else lines, COLUMNS)),
        budget=Budget.from_table(pd.DataFrame([{"kind": "ceiling", "amount": 3 * 10**9}])),
    )
    write_session(place, session, Rules())
    with open_room(place, lambda: "") as room:
        if empty:
            return place
        room.act("simulation_opened", {"reason": "pengukuran"})
        room.act("step_entered", {"step": "result"})
    return place


def measure(page, presses):
    page.wait_for_selector(".whatif-picture svg", timeout=120_000)
    page.evaluate(MEASURE, [".whatif-picture", ""])
    handle = page.locator(".noUi-handle").first
    handle.focus()
    for number in range(WARM_UP + presses):
        before = page.evaluate("window.times.length")
        handle.press("ArrowRight" if number % 2 else "ArrowLeft")
        page.wait_for_function("before => window.times.length > before", arg=before, timeout=30_000)
        time.sleep(0.1)
    return sorted(page.evaluate("window.times")[WARM_UP:])


def measure_lines(page, presses):
    """Key lines of paper ballots: eight digits and Enter, until the line's running check stands there."""
    page.wait_for_selector(".entry-card input", timeout=120_000)
    page.evaluate(MEASURE, [".room-body", "Enter"])
    card, keyed = 0, WARM_UP + presses
    while keyed > 0:
        card += 1
        page.locator(".entry-card input").fill(f"{card:03d}")
        page.locator(".entry-card input").press("Enter")
        page.wait_for_selector(f"text=Kartu {card:03d}: ketik")
        for _ in range(min(keyed, PROPOSALS)):
            before = page.evaluate("window.times.length")
            page.keyboard.type("34251435"[:CRITERIA])
            page.keyboard.press("Enter")
            page.wait_for_function("before => window.times.length > before", arg=before, timeout=30_000)
            time.sleep(0.05)
            keyed -= 1
    return sorted(page.evaluate("window.times")[WARM_UP:])


def measure_pairs(page, presses):
    """Judge pairs of criteria with the keyboard, until the next pair and the weights so far stand there."""
    page.locator(".room-preparation .jupyter-widget-Collapse-header").nth(CRITERIA_PART).click()
    page.wait_for_selector(".pair-step", timeout=30_000)
    page.evaluate(MEASURE, [".pair-question", "Enter"])
    steps = page.locator("button.pair-step")
    for number in range(min(WARM_UP + presses, CRITERIA * (CRITERIA - 1) // 2)):
        before = page.evaluate("window.times.length")
        steps.nth(number % 17).focus()
        page.keyboard.press("Enter")
        page.wait_for_function("before => window.times.length > before", arg=before, timeout=30_000)
        time.sleep(0.1)
    return sorted(page.evaluate("window.times")[WARM_UP:])


def taken(server):
    """Return the processor seconds of a server and of all that it started; None where nobody tells."""
    try:
        family = subprocess.run(
            ["ps", "-eo", "pid=,ppid=,cputimes="], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    lines = [tuple(map(int, line.split())) for line in family.splitlines()]
    known = {server.pid}
    for _ in range(4):
        known |= {pid for pid, parent, _ in lines if parent in known}
    return sum(seconds for pid, _, seconds in lines if pid in known)


def say(where, times, first=None, seconds=None):
    p95 = times[int(len(times) * 0.95) - 1]
    opened = "" if first is None else f"   first page {first:4.1f} s, {seconds} s of processor"
    print(f"{where:14}  p50 {statistics.median(times):5.0f} ms   p95 {p95:5.0f} ms{opened}")


def in_app(browser, folder, presses):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        command = [sys.executable, "-m", "workbench", "start", "--no-browser"]
        began = time.monotonic()
        server = subprocess.Popen(
            [*command, "--folder", str(folder), "--port", str(free_port())],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        try:
            address = next(word for line in server.stdout for word in line.split() if "http://" in word)
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(address)
            page.wait_for_selector(".room-steps", timeout=120_000)
            first, seconds = time.monotonic() - began, taken(server)
            say("app", measure(page, presses), first, seconds)
        finally:
            stop(server)
        keyed = Path(place) / "kosong"
        keyed.mkdir()
        app = RoomApp(keyed, free_port(), full_room(folder.with_name("kartu"), empty=True))
        server = app.start()
        try:
            app.wait(server)
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(app.address())
            say("app, one pair", measure_pairs(page, presses))
            with open_room(app.folder, lambda: "") as room:  # as a second page would; the first one follows
                room.act("round_opened", {"round": 1, "way": "cards", "cards": PEOPLE})
                room.act("step_entered", {"step": "first_round"})
            say("app, one line", measure_lines(page, presses))
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
        first, seconds = time.monotonic() - began, taken(server)
        say("lab", measure(page, presses), first, seconds)
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
    compileall.compile_dir(workbench.__path__[0], quiet=1)
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
