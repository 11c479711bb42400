"""The page that stands in the browser while the server starts: quiet, at once, and gone when all is ready."""

from __future__ import annotations

import json
import secrets
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from threading import Thread

from workbench.present.i18n import Translator

HOST = "127.0.0.1"


class WaitingPage:
    """A page of this laptop alone, behind a secret address, that opens another one when it is told.

    Attributes
    ----------
    address : str
        Where the browser finds it.
    """

    def __init__(self, t: Translator) -> None:
        self._secret = f"/{secrets.token_urlsafe(24)}"
        self._state = {"ready": ""}
        self._page = _page(t).encode()
        self._server = ThreadingHTTPServer((HOST, 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://{HOST}:{self._server.server_port}{self._secret}"
        Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()

    def ready(self, address: str) -> None:
        """Let the page open the address."""
        self._state["ready"] = address

    def close(self) -> None:
        """End it; whoever still looks at it sees that the program has ended."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        secret, state, page = self._secret, self._state, self._page

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == secret:
                    self._answer(200, "text/html; charset=utf-8", page)
                elif self.path == f"{secret}/siap":
                    self._answer(200, "application/json", json.dumps(state).encode())
                else:
                    self._answer(404, "text/plain", b"")

            def _answer(self, status: int, kind: str, content: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.send_header("Cache-Control", "no-store")
                self.send_header("Referrer-Policy", "no-referrer")
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own
                """Write nothing: the address is a secret."""

        return Handler


def _page(t: Translator) -> str:
    text = resources.files("workbench.cli").joinpath("app/menunggu.html").read_text(encoding="utf-8")
    words = {"title": "wait.title", "waiting": "wait.opening", "longer": "wait.longer", "ended": "wait.ended"}
    for place, key in words.items():
        text = text.replace(f"[[{place}]]", t(key))
    return text.replace("[[lang]]", t.language)
