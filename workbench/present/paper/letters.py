"""How wide the letters of a font are, so that the height of a row is known before it is set.

The compiler lays a row out twice where it has to find its height itself. That is most of the time that a long
list takes, and its words are plain: their width is the sum of their letters.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

SOFT_HYPHEN, ZERO_BLANK = "\u00ad", "\u200b"
WITHOUT_WIDTH = f"{SOFT_HYPHEN}{ZERO_BLANK}\u200c\u200d"
BREAK = re.compile(rf"(?<=[{SOFT_HYPHEN}{ZERO_BLANK}])|(?<=[^ ][/-])(?=[A-Za-z])")
"""Where a word may be broken: the compiler breaks there, too."""
UNSURE = re.compile(
    rf"[ {SOFT_HYPHEN}{ZERO_BLANK}][/)\]}}!?.,:;\u00bb\u201d\u2019]"
    r"|[(\[{\u00ab\u201c\u2018] |\S\u2013|\u2013\S|\u2014"
)
"""Signs that hold on to the word before or after a blank: there the compiler decides by finer rules."""
TOLERANCE = 0.002
"""Parts of the font size by which a line must be shorter than its room."""


@dataclass(frozen=True, eq=False)
class Letters:
    """The measures of a font, in parts of its size.

    Attributes
    ----------
    widths : mapping of letter to width
    line : float
        Height of a line without the leading.
    """

    widths: Mapping[str, float]
    line: float

    def lines(self, text: str, room: float) -> int | None:
        """Return how many lines a text takes in a room; nothing where only the compiler can tell.

        That is so where the font lacks a letter, and where a sign stands free that may not begin a line.

        Examples
        --------
        >>> Letters({letter: 0.5 for letter in "abc "}, 0.76).lines("aa bbb c", 3)
        2
        """
        if UNSURE.search(text):
            return None
        try:
            return sum(self._lines(line, room - TOLERANCE) for line in text.split("\n"))
        except KeyError:
            return None

    def _lines(self, line: str, room: float) -> int:
        count, used, blank = 1, 0.0, self.widths[" "]
        for word in line.split(" "):
            for width, ended in _measured(self, word):
                if used and used + ended > room:
                    count, used = count + 1, 0.0
                used += width
            used += blank
        return count


@lru_cache(maxsize=1 << 15)
def _measured(letters: Letters, word: str) -> tuple[tuple[float, float], ...]:
    """Return the parts of a word that stay together: the width of each, and that where a line ends in it."""
    widths = letters.widths
    parts = [(sum(map(widths.__getitem__, part)), part) for part in BREAK.split(word)]
    hyphen = widths["-"] if SOFT_HYPHEN in word else 0.0
    return tuple((width, width + hyphen if part.endswith(SOFT_HYPHEN) else width) for width, part in parts)


@cache
def letters_of(path: Path) -> Letters:
    """Read the measures of a TrueType font."""
    data = path.read_bytes()
    (count,) = struct.unpack_from(">H", data, 4)
    places = {
        data[at : at + 4]: int(struct.unpack_from(">L", data, at + 8)[0])
        for at in range(12, 12 + 16 * count, 16)
    }
    (units,) = struct.unpack_from(">H", data, places[b"head"] + 18)
    (measured,) = struct.unpack_from(">H", data, places[b"hhea"] + 34)
    advances = struct.unpack_from(">" + "Hh" * measured, data, places[b"hmtx"])[::2]
    (above,) = struct.unpack_from(">h", data, places[b"OS/2"] + 68)
    widths = {
        chr(code): advances[min(glyph, measured - 1)] / units
        for code, glyph in _glyphs(data, places[b"cmap"])
    }
    return Letters({**widths, **dict.fromkeys(WITHOUT_WIDTH, 0.0)}, above / units)


def _glyphs(data: bytes, place: int) -> Iterator[tuple[int, int]]:
    """Yield the letters of a font with their glyphs, from its table of all letters (format 12)."""
    (count,) = struct.unpack_from(">H", data, place + 2)
    for at in range(place + 4, place + 4 + 8 * count, 8):
        start = place + int(struct.unpack_from(">L", data, at + 4)[0])
        if struct.unpack_from(">H", data, start)[0] == 12:
            (groups,) = struct.unpack_from(">L", data, start + 12)
            for first, last, glyph in struct.iter_unpack(">LLL", data[start + 16 : start + 16 + 12 * groups]):
                yield from zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)
            return
