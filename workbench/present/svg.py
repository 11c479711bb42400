"""A small, safe builder of SVG: everything is escaped, numbers are written the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape

FONTS = "'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
"""Fonts that a machine has already; nothing is fetched."""

NARROW = frozenset("fijlrtI.,:;'|!()[]-/ \u2019")
WIDE = frozenset("mwMW@%\u2026\u2014")
NARROW_WIDTH, USUAL_WIDTH, CAPITAL_WIDTH, WIDE_WIDTH = 0.33, 0.61, 0.70, 0.92
"""Widths in parts of the font size, those of the widest font in use (DejaVu) so that text never runs over."""

KEPT = 4096
"""Pieces that are remembered: a picture that follows a slider is made of nearly the same ones each time."""


def number(value: float) -> str:
    """Write a coordinate with at most two decimals, no trailing zeros and no minus zero.

    Examples
    --------
    >>> number(10.0), number(1 / 3), number(-0.001)
    ('10', '0.33', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def clean(text: object) -> str:
    """Escape a text and drop what XML cannot hold (control characters, lone surrogates).

    Examples
    --------
    >>> clean('Sumur "bor" & <air>')
    'Sumur &quot;bor&quot; &amp; &lt;air&gt;'
    """
    text = str(text)
    if text.isprintable():  # nearly every text: nothing to drop, and the blank is its only space
        return escape(text, quote=True)
    kept = (letter for letter in text if letter.isprintable() or letter in "\u00a0\u200c\u200d")
    return escape("".join(letter if not letter.isspace() else " " for letter in kept), quote=True)


def element(name: str, *children: str, **attributes: object) -> str:
    """Return one element; children are elements already, attributes are escaped.

    ``_`` in an attribute's name stands for ``-`` and a closing one is dropped (``class_``); attributes that
    are None are left out.

    Examples
    --------
    >>> element("rect", x=1.5, width=10, fill="none", class_="bar")
    '<rect x="1.5" width="10" fill="none" class="bar"/>'
    """
    written = _attributes(tuple(attributes.items()))
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


@lru_cache(maxsize=KEPT)
def _attributes(given: tuple[tuple[str, object], ...]) -> str:
    return "".join([f' {_name(key)}="{_value(value)}"' for key, value in given if value is not None])


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: object) -> str:
    if isinstance(value, str):
        return clean(value)
    return number(value) if isinstance(value, int | float) else clean(value)


def text(content: object, x: float, y: float, size: float, **attributes: object) -> str:
    """Return a line of text at its baseline."""
    return element("text", clean(content) or " ", x=x, y=y, font_size=size, **attributes)


def document(width: float, height: float, title: str, children: Iterable[str], description: str = "") -> str:
    """Return a whole picture that a screen reader can name and a phone can scale.

    Parameters
    ----------
    width, height : float
        Of the drawing; the picture scales down with its place.
    title : str
        Name for those who do not see it.
    children : iterable of str
        Elements.
    description : str
        What the picture shows, in one sentence.
    """
    label = f"{title}. {description}" if description else title
    parts = [element("title", clean(title)), *([element("desc", clean(description))] if description else [])]
    return element(
        "svg",
        *parts,
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img",
        aria_label=label,
        font_family=FONTS,
        # text keeps its size on every surface, so the picture shrinks only where the place is narrower
        style="max-width:100%;height:auto",
    )


@lru_cache(maxsize=KEPT)
def text_width(content: str, size: float) -> float:
    """Estimate how wide a text will be, on the wide side.

    Examples
    --------
    >>> text_width("iii", 10) < text_width("aaa", 10) < text_width("MMM", 10)
    True
    """
    return size * sum(map(_letter_width, content))


@cache
def _letter_width(letter: str) -> float:
    if letter in NARROW:
        return NARROW_WIDTH
    if letter in WIDE:
        return WIDE_WIDTH
    if ord(letter) > 0x2E7F:  # ideographs and the like stand in full squares
        return 1.0
    return CAPITAL_WIDTH if letter.isupper() else USUAL_WIDTH


@lru_cache(maxsize=KEPT)
def fitted(content: str, size: float, room: float) -> str:
    """Return the text, or its beginning with an ellipsis, so that it fits the room.

    Examples
    --------
    >>> fitted("Posyandu", 10, 200), fitted("Rehabilitasi jembatan", 10, 60)
    ('Posyandu', 'Rehabilita…')
    """
    content = " ".join(content.split())
    if text_width(content, size) <= room:
        return content
    used, kept = text_width("\u2026", size), []
    for letter in content:
        used += size * _letter_width(letter)
        if used > room:
            break
        kept.append(letter)
    return "".join(kept).rstrip(" ,.;:") + "\u2026"
