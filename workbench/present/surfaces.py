"""Sizes and colours of pictures on the wall, the desk and paper (docs: one look for all surfaces)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

INK = "#1a1a1a"
ACCENT = "#0b4f8a"
"""What is funded."""
ACCENT_LIGHT = "#8fb3d1"
WARM_GREY = "#57524a"
"""What is not funded; 7:1 on white, so that it may also be text."""
PALE = "#e9e5dd"
WARNING = "#c8451b"
"""What needs a person's act, and nothing else."""
PAPER = "#ffffff"


@dataclass(frozen=True)
class Surface:
    """How large things are drawn.

    Attributes
    ----------
    width : int
        Usual width of a picture in px.
    rows : int
        Rows that fit.
    title, size, note : int
        Font sizes in px; no title is drawn where it is 0, because the document has a caption.
    row : int
        Height of a row in px.
    two_lines : bool
        Whether the village stands below the activity, as on the wall, or beside it.
    short_money : bool
        ``Rp 1,23 M`` instead of the full amount.
    """

    width: int
    rows: int
    title: int
    size: int
    note: int
    row: int
    two_lines: bool
    short_money: bool


SURFACES: Mapping[str, Surface] = MappingProxyType(
    {
        "wall": Surface(1240, 7, 44, 32, 28, 74, two_lines=True, short_money=True),
        "desk": Surface(1040, 20, 0, 16, 14, 32, two_lines=False, short_money=True),
        "paper": Surface(1040, 18, 0, 14, 12, 25, two_lines=False, short_money=True),
    }
)
"""Surfaces by name."""
