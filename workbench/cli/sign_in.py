"""What the app shows to whoever lacks its secret or is lost: Indonesian pages; loaded by the server alone."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Any

import jinja2
from tornado.web import RequestHandler
from voila.voila_identity_provider import (  # type: ignore[import-untyped]
    VoilaIdentityProvider,
    VoilaLoginHandler,
)

from workbench.cli.room_app import OPERATOR, WALL

PAGES = Path(__file__).parent / "app" / "sign_in"
"""The folder of the pages; JupyterLab is told of it by its settings."""
SERVED = "voila/(?:templates|static|api|query|execution|labextensions|files|tree|render)|api/|log(?:in|out)$"
"""Beginnings of the addresses that the server answers itself."""


def page(name: str) -> jinja2.Template:
    """Return one of our pages."""
    return jinja2.Environment(loader=jinja2.FileSystemLoader(PAGES), autoescape=True).get_template(name)


class SignInHandler(VoilaLoginHandler):  # type: ignore[misc]
    """The login page with our words and without a form: the icon is what opens the app."""

    @property
    def template_namespace(self) -> dict[str, Any]:
        """Return what the page may use; the server's own word, that a form is there, is overruled."""
        return {**super().template_namespace, "login_available": False}

    def get_template(self, name: str) -> jinja2.Template:
        """Return one of our pages."""
        return page(name)

    def post(self) -> None:
        """Take no secret from a form; the address that ``workbench start`` opens carries it."""
        self.set_status(HTTPStatus.UNAUTHORIZED)
        self._render()


class LostHandler(RequestHandler):
    """Any other address: a page that leads back to the operator's, in the place of the server's bare line."""

    def prepare(self) -> None:
        """Answer whatever was asked for; the page tells nothing about the meeting."""
        self.set_status(HTTPStatus.NOT_FOUND)
        base = self.settings.get("base_url", "/")
        places = {
            name: f"{base}voila/render/{notebook}"
            for name, notebook in (("operator_page", OPERATOR), ("wall_page", WALL))
        }
        self.finish(page("error.html").render(status_code=HTTPStatus.NOT_FOUND, **places))


class RoomIdentity(VoilaIdentityProvider):  # type: ignore[misc]
    """Ask for the secret of this run on our page."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - whatever the server passes on
        super().__init__(**{**given, "login_handler_class": SignInHandler})

    def set_login_cookie(self, handler: Any, user: Any) -> None:  # noqa: ANN401 - the server's own
        """Let a page that was opened with the secret also say that it is closed, which ends its kernel."""
        super().set_login_cookie(handler, user)
        handler.current_user = user
        _ = handler.xsrf_token  # reading it sends the cookie that such a message must repeat

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return who answers at the door, and who meets the lost."""
        handlers: list[tuple[str, object]] = super().get_handlers()
        return [*handlers, (rf"/(?!{SERVED}).+", LostHandler)]
