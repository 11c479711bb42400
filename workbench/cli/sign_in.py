"""What the app shows to whoever lacks its secret: one Indonesian page; loaded by the server alone."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Any

import jinja2
from voila.voila_identity_provider import (  # type: ignore[import-untyped]
    VoilaIdentityProvider,
    VoilaLoginHandler,
)

PAGES = Path(__file__).parent / "app" / "sign_in"
"""The folder of the page; JupyterLab is told of it by its settings."""


class SignInHandler(VoilaLoginHandler):  # type: ignore[misc]
    """The login page with our words and without a form: the icon is what opens the app."""

    @property
    def template_namespace(self) -> dict[str, Any]:
        """Return what the page may use; the server's own word, that a form is there, is overruled."""
        return {**super().template_namespace, "login_available": False}

    def get_template(self, name: str) -> jinja2.Template:
        """Return one of our pages."""
        return jinja2.Environment(loader=jinja2.FileSystemLoader(PAGES), autoescape=True).get_template(name)

    def post(self) -> None:
        """Take no secret from a form; the address that ``workbench start`` opens carries it."""
        self.set_status(HTTPStatus.UNAUTHORIZED)
        self._render()


class RoomIdentity(VoilaIdentityProvider):  # type: ignore[misc]
    """Ask for the secret of this run on our page."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - whatever the server passes on
        super().__init__(**{**given, "login_handler_class": SignInHandler})
