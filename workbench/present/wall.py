"""The frame of a projected page: title, at most eight lines, a note; large, still, black on white."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypeVar

from workbench.present import svg
from workbench.present.i18n import Translator

LINE = 32
"""Size of a line at 1280 x 720; ``wall.css`` lets it grow with the projector and never become smaller."""
WIDTH = 1200
"""What a line has at 1280 x 720."""
LINES = 8
"""Lines between title and note, so that a page never has more than ten."""
WIDER = 1.12
"""How much wider than estimated the widest of the usual fonts runs."""

Item = TypeVar("Item")


@dataclass(frozen=True)
class WallPage:
    """One page as values.

    Attributes
    ----------
    title : str
    body : str
        Elements made by this package; every text in it is escaped.
    note : str
        One line at the foot.
    mark : str
        A warning above the body, such as "simulation, not a result".
    """

    title: str
    body: str
    note: str = ""
    mark: str = ""


def wall_html(page: WallPage, place: str = "", clock: str = "") -> str:
    """Return the page as one element that covers the screen.

    Parameters
    ----------
    page : WallPage
    place : str
        Which page of how many, in words; empty where there is one.
    clock : str
        The time, in words.

    Examples
    --------
    >>> "<h1>Hasil</h1>" in wall_html(WallPage("Hasil", paragraph("Satu")))
    True
    """
    mark = f'<p class="wall-mark">{svg.clean(page.mark)}</p>' if page.mark else ""
    right = " · ".join(part for part in (place, clock) if part)
    foot = f"<span>{svg.clean(page.note)}</span><span>{svg.clean(right)}</span>"
    return (
        f'<style>{_style()}</style><section class="wall" aria-live="polite"><h1>{svg.clean(page.title)}</h1>'
        f'{mark}<div class="wall-main">{page.body}</div>'
        f'<div class="wall-note wall-foot">{foot}</div></section>'
    )


@cache
def _style() -> str:
    return resources.files("workbench.present").joinpath("wall.css").read_text(encoding="utf-8")


def page_place(number: int, count: int, t: Translator) -> str:
    """Say which page of how many; nothing where there is only one."""
    return t("wall.page", number=number + 1, count=count) if count > 1 else ""


def paragraph(text: str, kind: str = "") -> str:
    """Return one paragraph; ``huge`` and ``middle`` are centred."""
    return svg.element("p", svg.clean(text) or " ", class_=kind or None)


def wrapped_lines(text: str, size: float, room: float) -> int:
    """Return how many lines a text takes, estimated on the wide side.

    Examples
    --------
    >>> wrapped_lines("Posyandu", 32, 600), wrapped_lines("Posyandu " * 10, 32, 600)
    (1, 4)
    """
    count, used, size = 1, 0.0, size * WIDER
    for word in text.split():
        wide = svg.text_width(word, size)
        blank = svg.text_width(" ", size)
        if used and used + blank + wide > room:
            count, used = count + 1, 0.0
        used += (blank if used else 0) + wide
        count += int(used // room) if used > room else 0
        used = used % room if used > room else used
    return count


def shortened(text: str, size: float, room: float, lines: int) -> str:
    """Return the text, or its beginning with an ellipsis, so that it takes at most so many lines."""
    text = " ".join(text.split())
    if wrapped_lines(text, size, room) <= lines:
        return text
    words = text.split(" ")
    while len(words) > 1 and wrapped_lines(" ".join(words) + "…", size, room) > lines:
        words.pop()
    return svg.fitted(" ".join(words).rstrip(" ,.;:") + "…", size, room * lines / WIDER)


def paged(items: Sequence[tuple[Item, int]], lines: int = LINES) -> tuple[tuple[Item, ...], ...]:
    """Divide items of known height into pages that hold so many lines; no page is empty but the only one.

    Examples
    --------
    >>> paged([("a", 2), ("b", 2), ("c", 1)], lines=4)
    (('a', 'b'), ('c',))
    """
    pages: list[list[Item]] = [[]]
    used = 0
    for item, height in items:
        if pages[-1] and used + height > lines:
            pages.append([])
            used = 0
        pages[-1].append(item)
        used += height
    return tuple(map(tuple, pages))


def sentence_pages(
    title: str, sentences: Iterable[str], note: str = "", mark: str = ""
) -> tuple[WallPage, ...]:
    """Return pages of sentences to be read aloud."""
    room = WIDTH - LINE
    sized = [(text, wrapped_lines(text, LINE, room)) for text in sentences if text]
    capacity = LINES - 1 if mark else LINES
    return tuple(
        WallPage(title, "".join(paragraph(text) for text in texts), note, mark)
        for texts in paged(sized, capacity)
    )
