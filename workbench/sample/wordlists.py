"""The word lists of the sample, in TOML beside this module."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def read(name: str) -> dict[str, Any]:
    """Return one word list.

    Parameters
    ----------
    name : str
        ``activities``, ``criteria``, ``regions`` or ``words``.

    Examples
    --------
    >>> read("regions")["regency"]["code"]
    '99.01'
    """
    text = files("workbench.sample").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
