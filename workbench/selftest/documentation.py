"""What every kind of reference case expects, as text: printed by the command line, kept in the manual."""

from __future__ import annotations

import inspect
import sys

from workbench.selftest.runner import KINDS, Adapter


def kinds_text() -> str:
    """Return the kinds by topic with their inputs and answers.

    The texts are the docstrings of the adapters, so they cannot lag behind them.
    """
    topics: dict[str, list[str]] = {}
    for kind, adapter in KINDS.items():
        topics.setdefault(_topic(adapter), []).append(f"{kind}\n{_indented(inspect.getdoc(adapter) or '')}")
    return "\n\n".join("\n\n".join([topic, *kinds]) for topic, kinds in topics.items()) + "\n"


def _topic(adapter: Adapter) -> str:
    title, _, rest = (inspect.getdoc(sys.modules[adapter.__module__]) or "").partition("\n")
    return _spoken("\n".join([title.upper().rstrip("."), rest])).rstrip()


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in _spoken(text).splitlines())


def _spoken(text: str) -> str:
    return text.replace("``", "`")
