"""Participatory prioritisation workbench for Indonesian musrenbang.

>>> from workbench import open_session, prioritise
>>> opened = open_session("data/contoh")  # doctest: +SKIP
>>> prioritise(opened.session.within("99.01.03"), opened.rules).table  # doctest: +SKIP

Single methods, from a matrix of comparisons to second opinions: ``docs/mesin-hitung.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench._version import __version__

if TYPE_CHECKING:
    from workbench.domain.rules import Rules
    from workbench.domain.session import Session
    from workbench.prioritisation import Outcome, prioritise
    from workbench.store.session_folder import open_session

__all__ = ["Outcome", "Rules", "Session", "__version__", "open_session", "prioritise"]

_HOMES = {
    "Outcome": "workbench.prioritisation",
    "Rules": "workbench.domain.rules",
    "Session": "workbench.domain.session",
    "open_session": "workbench.store.session_folder",
    "prioritise": "workbench.prioritisation",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    # Loaded when first asked for: `import workbench` must not cost a second on the hall's laptop.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
