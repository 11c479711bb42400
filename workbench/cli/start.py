"""``start``: the room's pages in the browser, without a terminal in sight; and the icons that open them."""

from __future__ import annotations

import signal
import sys
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from subprocess import Popen
from typing import NoReturn

import click

from workbench.cli.exits import Exit, refusals
from workbench.cli.instruments import lab_arguments, run_lab
from workbench.cli.room_app import OPERATOR, RoomApp, app_is_installed, free_port, stop
from workbench.cli.running import forget_running, note_running, running_room
from workbench.cli.shortcuts import write_shortcuts
from workbench.cli.waiting_page import WaitingPage
from workbench.errors import WorkbenchError
from workbench.present.i18n import Translator
from workbench.present.problems import error_sentence
from workbench.store.room_place import FOLDER

PATH = click.Path(path_type=Path)
PORT = 8899
SHOWN_LINES = 15
ENDINGS = ("SIGTERM", "SIGHUP")
"""What ends the program beside Ctrl-C; Windows has no SIGHUP."""
FAILED_PAGE = "ruang-musyawarah-gagal.html"
"""Shown in the browser where a double click failed: nobody sees a terminal then."""


def start_command(t: Translator) -> click.Command:
    """Return ``workbench start``."""

    @click.command("start", help=t("cli.start"))
    @click.option("--folder", type=PATH, help=t("cli.option.room_folder"))
    @click.option("--lab", is_flag=True, help=t("cli.option.in_lab"))
    @click.option(
        "--port",
        type=click.IntRange(1, 65535),
        default=PORT,
        show_default=True,
        help=t("cli.option.room_port"),
    )
    @click.option("--no-browser", is_flag=True, help=t("cli.option.no_browser"))
    @click.option("--make-shortcut", type=PATH, metavar="FOLDER", help=t("cli.option.make_shortcut"))
    @click.option("--icon", is_flag=True, hidden=True)
    def command(
        folder: Path | None, lab: bool, port: int, no_browser: bool, make_shortcut: Path | None, icon: bool
    ) -> None:
        if make_shortcut is not None:
            _refuse_unusable(folder, t, icon=icon)
            with refusals(t, as_json=False):
                for path in write_shortcuts(make_shortcut, folder, t):
                    click.echo(t("cli.written", path=path))
            return
        if lab:
            _refuse_unusable(folder, t, icon=icon)
            _in_lab(folder, port, browser=not no_browser)
        _as_app(folder, port, t, browser=not no_browser, icon=icon)

    return command


def _refuse_unusable(folder: Path | None, t: Translator, *, icon: bool) -> None:
    """End the program where a session folder cannot be opened; the problems are told."""
    if folder is None:
        return
    from workbench.store.session_folder import open_session  # a second that only this needs

    with refusals(t, as_json=False):
        try:
            open_session(folder)
        except WorkbenchError as error:
            _failed(t, error_sentence(error, t), icon=icon)
            raise


def _failed(t: Translator, sentence: str, log: str = "", *, icon: bool) -> None:
    """Show in the browser why a double click opened no room."""
    if not icon:
        return
    log = f"<details><summary>{t('cli.start.log')}</summary><pre>{escape(log)}</pre></details>" if log else ""
    said = "".join(f"<p>{escape(line)}</p>" for line in (*sentence.splitlines(), t("cli.start.help")))
    page = Path(tempfile.gettempdir()) / FAILED_PAGE
    look = "font:20px/1.5 sans-serif;max-width:44em;margin:2em auto;padding:0 1em"
    page.write_text(
        f"<!doctype html><html lang='{t.language}'><meta charset='utf-8'>"
        f"<title>{t('cli.start.not_open')}</title><body style='{look}'>"
        f"<h1>{t('cli.start.not_open')}</h1>{said}{log}</body></html>",
        encoding="utf-8",
    )
    webbrowser.open(page.as_uri())


def _in_lab(folder: Path | None, port: int, *, browser: bool) -> NoReturn:
    arguments = lab_arguments(free_port(port), OPERATOR) + ([] if browser else ["--no-browser"])
    sys.exit(run_lab(arguments, {FOLDER: str(folder.resolve())} if folder else {}))


def _as_app(folder: Path | None, port: int, t: Translator, *, browser: bool, icon: bool) -> None:
    if not app_is_installed():
        click.echo(t("cli.start.extra_missing"), err=True)
        _failed(t, t("cli.start.extra_missing"), icon=icon)
        sys.exit(Exit.REFUSED)
    running = running_room(folder)
    if running is not None:
        click.echo(t("cli.start.running", address=running.address()))
        if browser:
            webbrowser.open(running.address())
        return
    with (
        _ended_like_a_key(),
        tempfile.TemporaryDirectory(prefix="workbench-", ignore_cleanup_errors=True) as place,
    ):
        app = RoomApp(Path(place), free_port(port), folder, t.language)
        server = app.start()
        try:
            _refuse_unusable(folder, t, icon=icon)  # the server reads its modules meanwhile
            click.echo(t("cli.start.starting"))
            with _waiting(t, browser=browser) as waiting:
                _open(app, server, waiting, t, icon=icon)
        except KeyboardInterrupt:
            click.echo()
        finally:
            forget_running(app)
            stop(server)
    click.echo(t("cli.start.stopped"))


def _open(
    app: RoomApp, server: Popen[bytes], waiting: WaitingPage | None, t: Translator, *, icon: bool
) -> None:
    """Lead the browser to the room when its server answers, and stay until the room is closed."""
    if not app.wait(server):
        _say_log(app, t, icon=icon)
        sys.exit(Exit.FAILED)
    note_running(app)
    click.echo(t("cli.start.open", address=app.address()))
    if waiting is not None:
        waiting.ready(app.address())
    app.run(server)


@contextmanager
def _ended_like_a_key() -> Iterator[None]:
    """Let a closed terminal or the end of the laptop's session end the room's server as Ctrl-C does.

    Without it this process alone would go, and its server would go on with the kernels of its pages.
    """
    numbers = [getattr(signal, name) for name in ENDINGS if hasattr(signal, name)]
    before = [(number, signal.signal(number, signal.default_int_handler)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


@contextmanager
def _waiting(t: Translator, *, browser: bool) -> Iterator[WaitingPage | None]:
    """Show the waiting page in the browser at once; without a browser there is none."""
    if not browser:
        yield None
        return
    page = WaitingPage(t)
    try:
        webbrowser.open(page.address)
        yield page
    finally:
        page.close()


def _say_log(app: RoomApp, t: Translator, *, icon: bool) -> None:
    log = (app.place / "voila.log").read_text(encoding="utf-8", errors="replace").splitlines()
    click.echo(t("cli.start.failed"), err=True)
    click.echo("\n".join(log[-SHOWN_LINES:]), err=True)
    click.echo(t("cli.start.help"), err=True)
    _failed(t, t("cli.start.failed"), "\n".join(log[-SHOWN_LINES:]), icon=icon)
