"""The app of the room: for this laptop alone, with its secret; and icons that open it by a double click."""

import asyncio
import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.room_folders import small_folder
from workbench import widgets
from workbench.cli import start
from workbench.cli.room_app import HOST, RoomApp, app_is_installed, free_port
from workbench.cli.running import forget_running, note_path, note_running, running_room
from workbench.cli.served import ECHO
from workbench.cli.shortcuts import linux_icon, linux_script, windows_starter, write_shortcuts
from workbench.cli.waiting_page import WaitingPage
from workbench.present.i18n import translator

T = translator("id")


def test_the_server_is_bound_to_this_laptop_and_asks_for_its_secret(tmp_path):
    app = RoomApp(tmp_path, 9000)
    settings = app.settings()
    assert settings["Voila"]["ip"] == HOST == "127.0.0.1"
    assert settings["Voila"]["token"] == app.token
    assert len(app.token) >= 32
    assert app.token != RoomApp(tmp_path, 9000).token
    assert settings["VoilaConfiguration"]["show_tracebacks"] is False
    assert app.token in app.address("layar.ipynb")
    assert app.token not in repr(app)


def test_the_secret_stands_in_a_private_file_and_not_on_the_command_line(tmp_path, monkeypatch):
    seen = {}

    class Started:
        def __init__(self, command, **given):
            seen.update(given, command=command)

    monkeypatch.setattr(subprocess, "Popen", Started)
    app = RoomApp(tmp_path, 9000, tmp_path / "musyawarah")
    app.start()
    assert app.token not in " ".join(seen["command"])
    settings = tmp_path / "voila.json"
    assert json.loads(settings.read_text())["Voila"]["token"] == app.token
    if os.name != "nt":
        assert settings.stat().st_mode & 0o077 == 0
    assert seen["env"]["WORKBENCH_FOLDER"] == str((tmp_path / "musyawarah").resolve())
    assert seen["env"]["WORKBENCH_STOP_FILE"] == str(app.stop_file)


def test_a_port_that_is_taken_is_passed_over():
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) != port


def test_the_page_can_end_the_run(tmp_path):
    app = RoomApp(tmp_path, 9000)
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        app.stop_file.touch()
        app.run(sleeper)
    finally:
        start.stop(sleeper)
    assert sleeper.poll() is not None


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a program without asking it")
def test_the_end_of_the_session_ends_the_server_too(tmp_path):
    pytest.importorskip("voila")
    port = free_port()
    command = [sys.executable, "-m", "workbench", "start", "--no-browser", "--port", str(port)]
    own = {**os.environ, "HOME": str(tmp_path)}  # whoever runs the tests may have a room open
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=own) as running:
        try:
            assert any(f":{port}/" in line for line in running.stdout)  # until the page can be opened
            running.terminate()
            assert running.wait(30) == 0
        finally:
            running.kill()
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect((HOST, port))


def test_without_the_extra_the_command_says_what_to_do(monkeypatch, capsys):
    monkeypatch.setattr(start, "app_is_installed", lambda: False)
    with pytest.raises(SystemExit) as ended:
        start.start_command(T).main([], prog_name="start")
    assert ended.value.code == 3
    assert "start --lab" in capsys.readouterr().err


def test_a_folder_with_problems_is_refused_before_a_page_opens(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(start.webbrowser, "open", pytest.fail)
    with pytest.raises(SystemExit) as ended:
        start.start_command(T).main(["--folder", str(tmp_path)], prog_name="start")
    assert ended.value.code == 3
    assert "usulan.csv" in capsys.readouterr().err


def fetched(address):
    with urllib.request.urlopen(address, timeout=5) as answer:
        return answer.read().decode()


def test_a_page_waits_behind_a_secret_until_it_is_told_where_to_go():
    page = WaitingPage(T)
    try:
        text = fetched(page.address)
        assert "Sedang dibuka" in text
        assert "[[" not in text
        assert not re.search(r"https?://|src=|href=\"(?!data:)", text)  # nothing from elsewhere
        assert json.loads(fetched(page.address + "/siap")) == {"ready": ""}
        page.ready("http://127.0.0.1:1/x?token=rahasia")
        assert json.loads(fetched(page.address + "/siap"))["ready"].endswith("token=rahasia")
        for guess in ("/", "/siap", "/x"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                fetched(page.address.rsplit("/", 1)[0] + guess)
    finally:
        page.close()
    with pytest.raises(OSError, match=r"refused|reset|closed"):
        fetched(page.address)


def test_a_notebook_loads_only_the_page_that_it_shows():
    code = (
        "import sys; from workbench.widgets import projector\n"
        "late = ('openpyxl', 'scipy', 'matplotlib', 'workbench.widgets.batch_panel')\n"
        "print([m for m in late if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[]"
    for name in widgets.PAGES:
        assert callable(getattr(widgets, name))
    with pytest.raises(AttributeError):
        widgets.nothing_of_that_name  # noqa: B018 - the access is what is tried


def test_a_server_of_another_name_is_not_started():
    done = subprocess.run(
        [sys.executable, "-m", "workbench.cli.served", "http.server"], capture_output=True, check=False
    )
    assert done.returncode == 1


def test_the_kernels_of_both_servers_do_not_repeat_what_a_page_said():
    code = (
        "import os, sys; sys.argv = ['served', 'jupyterlab', '--version']\n"
        "from workbench.cli.served import ECHO, main\n"
        "try: main()\nexcept SystemExit: print(ECHO, os.environ[ECHO])"
    )
    own = {name: value for name, value in os.environ.items() if name != ECHO}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=own, check=True)
    assert told.stdout.split()[-2:] == [ECHO, "0"]


def test_the_icons_open_the_folder_and_survive_odd_names(tmp_path):
    folder = small_folder(tmp_path / 'Desa 100% "Maju" & Jaya')
    place = tmp_path / "Meja kerja"
    written = {path.suffix: path for path in write_shortcuts(place, folder, T)}
    script = written[".sh"].read_text(encoding="utf-8")
    assert subprocess.run(["sh", "-n", str(written[".sh"])], check=False).returncode == 0
    assert str(folder).replace('"', "") in script.replace('"', "")
    batch = written[".bat"].read_bytes()
    assert b"\r\n" in batch
    assert b"100%% " in batch
    lines = batch.decode().splitlines()
    assert [line for line in lines if not line.isascii()] == []
    labels = {line for line in lines if line.startswith(":")}
    assert {f":{line.split()[-1]}" for line in lines if " goto " in line} == labels
    assert "/k" not in batch.decode().lower()  # a window that stays
    assert not any("(" in line.replace("^(", "") for line in lines if line.startswith("echo"))
    icon = written[".desktop"].read_text(encoding="utf-8")
    assert "Terminal=false" in icon
    assert f'Exec="{place}' in icon
    if os.name != "nt":
        assert os.access(written[".desktop"], os.X_OK)


def test_an_icon_escapes_what_the_desktop_would_read_as_its_own():
    assert "100%%" in linux_icon("/rumah/100%/x.sh", T)
    assert "%%" in windows_starter("C:\\100%\\python.exe", ("-m",), T)


def test_the_app_is_there_in_the_test_environment():
    pytest.importorskip("voila")
    assert app_is_installed()


def test_the_template_names_no_outside_host():
    for path in (Path(start.__file__).parent / "app").rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert "http://" not in text, path
            assert "https://" not in text, path


def test_a_starter_whose_program_is_gone_says_so(tmp_path):
    script = tmp_path / "Ruang.sh"
    script.write_text(linux_script("/tidak/ada/python", ("-m", "workbench"), T), encoding="utf-8")
    said = subprocess.run(
        [shutil.which("sh"), str(script)], capture_output=True, text=True, check=False, env={"PATH": ""}
    )
    assert said.returncode == 1
    assert "dipindah atau dihapus" in said.stderr


def test_a_folder_that_ends_in_a_backslash_keeps_its_quote():
    text = windows_starter("C:\\py\\python.exe", ("start", "--folder", "D:\\"), T)
    assert '--folder "D:\\\\"' in text


def test_a_failed_double_click_is_told_in_the_browser(tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(start.webbrowser, "open", shown.append)
    monkeypatch.setattr(start.tempfile, "gettempdir", lambda: str(tmp_path))
    with pytest.raises(SystemExit):
        start.start_command(T).main(["--icon", "--folder", str(tmp_path)], prog_name="start")
    page = (tmp_path / start.FAILED_PAGE).read_text(encoding="utf-8")
    assert shown == [(tmp_path / start.FAILED_PAGE).as_uri()]
    assert "usulan.csv" in page
    assert "pemindai virus" in page
    assert "Traceback" not in page


def test_a_second_double_click_shows_the_room_that_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = small_folder(tmp_path / "rapat")

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path.endswith("?token=rahasia") else 403)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = RoomApp(tmp_path, server.server_port, folder, token="rahasia")
    note_running(app)
    assert stat.S_IMODE(note_path().stat().st_mode) == 0o600
    shown = []
    monkeypatch.setattr(start.webbrowser, "open", shown.append)
    with pytest.raises(SystemExit) as ended:
        start.start_command(T).main(["--folder", str(folder)], prog_name="start")
    assert ended.value.code == 0
    assert shown == [app.address()]
    assert "sudah berjalan" in capsys.readouterr().out
    assert running_room(tmp_path / "lain") is None
    server.shutdown()
    server.server_close()
    assert running_room(None) is None
    forget_running(app)
    assert not note_path().exists()


@pytest.fixture
def lost():
    """A server that knows a place or two and the pages of the app's door."""
    pytest.importorskip("voila")
    web = pytest.importorskip("tornado.web")
    from workbench.cli.sign_in import RoomIdentity

    class Known(web.RequestHandler):
        def get(self):
            self.finish("known")

    return web.Application(
        [
            *RoomIdentity(token="rahasia").get_handlers(),
            (r"/", Known),
            (r"/voila/render/(?:.*)", Known),
            (r"/api/kernels/(?:.*)", Known),
        ],
        base_url="/",
    )


def _answers(app, *paths):
    """Return status and text of some addresses of an application, in the order asked."""
    from tornado.httpclient import AsyncHTTPClient
    from tornado.httpserver import HTTPServer as Served
    from tornado.testing import bind_unused_port

    async def ask():
        probe, port = bind_unused_port()
        server = Served(app)
        server.add_sockets([probe])
        client = AsyncHTTPClient(force_instance=True)
        try:
            return [await client.fetch(f"http://127.0.0.1:{port}{path}", raise_error=False) for path in paths]
        finally:
            client.close()
            server.stop()

    return [(answer.code, answer.body.decode()) for answer in asyncio.run(ask())]


def test_a_lost_address_leads_back_to_the_operators_page(lost):
    for status, text in _answers(lost, "/voila", "/voila/", "/apa?token=x", "/voila/lain", "/loginx"):
        assert status == 404
        assert "Halaman ini tidak ada" in text
        assert 'href="/voila/render/ruang.ipynb"' in text
        assert "Data musyawarah aman" in text
        assert "rahasia" not in text


def test_the_addresses_that_the_server_knows_are_left_to_it(lost):
    known = _answers(lost, "/", "/voila/render/ruang.ipynb", "/api/kernels/1")
    assert known == [(200, "known")] * 3
