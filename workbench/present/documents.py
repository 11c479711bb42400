"""Self-contained pages: they open from a USB stick, print on A4, and ask no other host for anything."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from workbench.present.column_widths import fitted
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.table import Table

PNG = b"\x89PNG"
LONGEST_WORD = 28
"""Characters of a word before it may be broken; the longest word of the official forms has 24."""


@dataclass(frozen=True)
class Section:
    """One part of a page.

    Attributes
    ----------
    heading : str
    blocks : tuple of Markup
        Made by the functions below; nothing else gets in unescaped.
    key : str
        Anchor; made from the heading when empty.
    new_page : bool
        Whether it begins a printed page.
    """

    heading: str
    blocks: tuple[Markup, ...]
    key: str = ""
    new_page: bool = False

    @property
    def anchor(self) -> str:
        """The section's name in links."""
        plain = re.sub(r"[^a-z0-9]+", "-", self.heading.lower()).strip("-")
        return self.key or plain or "bagian-" + hashlib.sha256(self.heading.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Page:
    """What stands around the sections of a page.

    Attributes
    ----------
    title : str
    subtitle : str
        The line below it, for example forum and date.
    mark : str
        Printed on every sheet, for example "data contoh (sintetis)"; empty when there is none.
    source : str
        Where the data comes from; printed on every sheet.
    facts : mapping
        Further lines of the header, item and value.
    footer : str
        Below everything, for example the code edition.
    contents : bool
        Whether a list of the sections stands below the header (not printed).
    told : mapping
        What the page tells to programs, by name: ``<meta name="workbench-NAME">``.
    searched : bool
        Whether its tables can be searched and sorted and its pictures chosen; without scripts everything
        stands there, too.
    """

    title: str
    subtitle: str = ""
    mark: str = ""
    source: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    footer: str = ""
    contents: bool = True
    told: Mapping[str, str] = field(default_factory=dict)
    searched: bool = False


def breakable(text: object) -> Markup:
    """Return text that fits into a cell: a long word may be broken, an amount stays with its ``Rp``.

    A name that somebody typed without blanks would push every other column off the paper.

    Examples
    --------
    >>> breakable("jalan " + "a" * 30), breakable("<b>")
    (Markup('jalan aaaaaaaaaaaaaaaaaaaaaaaaaaaa<wbr/>aa'), Markup('&lt;b&gt;'))
    """
    if isinstance(text, Markup):
        return text  # a link, made and escaped by this package
    parts = [
        Markup("<wbr/>").join(re.findall(f".{{1,{LONGEST_WORD}}}", word, re.DOTALL))
        for word in str(text).split(" ")
    ]
    return Markup(re.sub(r"\bRp (?=\d)", "Rp\u00a0", Markup(" ").join(parts)))  # noqa: S704 - escaped by join


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("workbench.present"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["breakable"] = breakable
    return environment


def html_page(page: Page, sections: Sequence[Section], t: Translator) -> str:
    """Return a whole page in the language of the translator.

    Parameters
    ----------
    page : Page
    sections : sequence of Section
    t : Translator

    Returns
    -------
    str
        HTML without fonts, pictures or styles of another host, and without scripts unless it is searched;
        then with this package's own alone. The same input gives the same bytes.
    """
    style = resources.files("workbench.present").joinpath("templates/page.css").read_text(encoding="utf-8")
    template = _environment().get_template("page.html.jinja")
    # The style is the product's own file; everything else is escaped by the template.
    script = _script(t) if page.searched else ""
    return template.render(
        page=page,
        sections=sections,
        style=Markup(style),  # noqa: S704
        script=script,
        t=t,
        language=t.language,
    )


def _script(t: Translator) -> Markup:
    words = {name: t(f"page.{name}") for name in ("search", "found", "none", "sort", "choose", "decimal")}
    words["unknown"] = EMPTY
    told = json.dumps(words, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    script = resources.files("workbench.present").joinpath("templates/tables.js").read_text(encoding="utf-8")
    return Markup(f"const WORDS = {told};\n{script}")  # noqa: S704 - the product's own file and words


def html_table(table: Table) -> Markup:
    """Return a table whose head is repeated on every printed page; a long one as wide as its content asks."""
    made = _environment().get_template("table.html.jinja").render(table=fitted(table))
    return Markup(made)  # noqa: S704 - escaped there


def html_figure(picture: str | bytes, caption: str = "", alt: str = "") -> Markup:
    """Return a picture with its caption.

    Parameters
    ----------
    picture : str or bytes
        SVG text from this package, or the bytes of a PNG.
    caption : str
    alt : str
        What it shows, for those who do not see it; an SVG that names itself needs none.

    Raises
    ------
    ValueError
        When it is neither.
    """
    if isinstance(picture, bytes) and picture.startswith(PNG):
        encoded = base64.b64encode(picture).decode("ascii")
        image = Markup('<img src="data:image/png;base64,{}" alt="{}">').format(encoded, alt or caption)
    else:
        text = picture.decode("utf-8") if isinstance(picture, bytes) else picture
        start = text.find("<svg")
        if start < 0 or "<script" in text:
            raise ValueError("a picture is SVG text without scripts, or the bytes of a PNG")
        image = Markup(text[start:])  # noqa: S704 - drawn by this package, every text in it is escaped
    return Markup(_environment().get_template("figure.html.jinja").render(image=image, caption=caption))  # noqa: S704


def html_sentences(sentences: Sequence[str], *, lead: bool = False) -> Markup:
    """Return sentences as a list; a leading list is set larger, as on the first page."""
    items = Markup("").join(Markup("<li>{}</li>").format(breakable(sentence)) for sentence in sentences)
    kind = "sentences lead" if lead else "sentences"
    return Markup('<ul class="{}">{}</ul>').format(kind, items)


def html_paragraph(sentence: str) -> Markup:
    """Return one paragraph."""
    return Markup("<p>{}</p>").format(breakable(sentence))


def html_subheading(text: str) -> Markup:
    """Return a heading inside a section."""
    return Markup("<h3>{}</h3>").format(text)


def html_annex(blocks: Sequence[Markup], instead: str) -> Markup:
    """Return blocks that stand on the screen alone, and the sentence that stands for them on paper.

    Parameters
    ----------
    blocks : sequence of Markup
        None give nothing.
    instead : str
        Where a reader of the paper finds them.
    """
    if not blocks:
        return Markup()
    whole = Markup().join(blocks)
    return Markup('<aside class="annex">{}</aside><p class="note instead">{}</p>').format(whole, instead)


def html_note(sentence: str) -> Markup:
    """Return a remark that must not be overlooked, such as what the outcome is and is not."""
    return Markup('<p class="remark">{}</p>').format(sentence)
