"""A real headless Chromium (Debian's, or one the test machine has), and every request it makes."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import uuid

import pytest

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OPENED = """path => {
  const context = window.jupyterapp?.shell.currentWidget?.context;
  return context?.path === path && context.isReady && context.sessionContext.isReady;
}"""


@pytest.fixture(scope="module")
def chromium():
    # Not longer than a module: while the driver runs, other tests would find its event loop running.
    found = next((path for path in map(shutil.which, CANDIDATES) if path), None)
    if found is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def requests_out():
    """Hosts other than this machine that a page asked for."""
    return []


@pytest.fixture
def page(chromium, requests_out):
    context = chromium.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()

    def note(request):
        address = request.url
        inside = ("http://127.0.0.1", "ws://127.0.0.1", "file:", "data:", "blob:", "about:")
        if not address.startswith(inside):
            requests_out.append(address)

    page.on("request", note)
    page.set_default_timeout(90_000)
    yield page
    context.close()


@pytest.fixture(scope="session")
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def lab(free_port, tmp_path_factory):
    """JupyterLab as `workbench lab` starts it, with a known token and no browser of its own."""
    from workbench.cli.instruments import lab_arguments
    from workbench.store.room_place import PRIVATE

    place = tmp_path_factory.mktemp("lab")
    documents = place / "@jupyterlab/docmanager-extension/plugin.jupyterlab-settings"
    documents.parent.mkdir(parents=True)
    documents.write_text('{"autosave": false}')  # the notebooks of the project are read by other tests
    command = [
        *lab_arguments(free_port),
        "--no-browser",
        "--allow-root",
        "--IdentityProvider.token=uji",
        f"--LabApp.workspaces_dir={place}",
        f"--LabApp.user_settings_dir={place}",
        "--LabApp.expose_app_in_browser=True",
    ]
    log = (place / "lab.log").open("wb")
    private = {**os.environ, PRIVATE: str(place), "WORKBENCH_MEETINGS": str(place / "musyawarah")}
    server = subprocess.Popen(command, stdout=log, stderr=log, env=private)
    try:
        _wait(f"http://127.0.0.1:{free_port}/api/status?token=uji", server)
        yield f"http://127.0.0.1:{free_port}"
    finally:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(20)
        server.kill()
        server.wait(20)
        log.close()


@pytest.fixture
def run_notebook(lab):
    """Open a notebook of the product in a page and run all its cells: ``run_notebook(page, "mulai.ipynb")``.

    Each time in a workspace of its own: JupyterLab restores what an earlier page left open, and while it
    does, the widget in front may be the earlier notebook, which would then be run instead.
    """

    def run(page, name):
        page.goto(f"{lab}/lab/workspaces/{uuid.uuid4()}/tree/notebooks/{name}?token=uji")
        page.wait_for_function(OPENED, arg=f"notebooks/{name}")
        assert page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")

    return run


def _wait(address, server, seconds=90):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.poll() is not None:
            pytest.fail(f"the server ended with {server.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"no answer within {seconds} s on {sys.platform}")
