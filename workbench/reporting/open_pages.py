"""The open pages: what a kabupaten may put on any web host, with keys of their own and without small groups.

Nothing here comes from cards or identities. Proposals are named by new keys, so nobody can join them with
another list by the old ones; counts of women's proposals and of poor households that are small are not told.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from workbench.domain.facts import Facts
from workbench.engine.disclosure import suppressed
from workbench.present.documents import Page, Section, html_page, html_paragraph, html_table
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.reasons import reason_body
from workbench.present.recapitulation import Recapitulation
from workbench.present.table import Table, columns_of, rows_of
from workbench.prioritisation import Reason
from workbench.reporting.index_page import OPEN_FOLDER
from workbench.reporting.recapitulation_sections import Regency, recapitulation_sections
from workbench.reporting.whole_files import write_whole

LIST, HASHES = "usulan.csv", "SHA256SUMS"
LIST_COLUMNS = ("kode", "kecamatan", "desa", "bidang", "kegiatan", "volume", "satuan", "perangkat_daerah",
    "biaya", "peringkat", "kedudukan", "alasan")  # fmt: skip
MINIMUM = 5
"""The smallest number of a group that is told."""
NUMBERS = re.compile(
    r"(?<!\d)(?:\+?62[\s.-]?8|08)\d[\d\s.-]{6,13}\d(?!\d)"  # with dots only where it begins as a telephone's
    r"|(?<!\d)8\d[\d\s-]{6,12}\d(?!\d)|(?<!\d)\d{16}(?!\d)"
)
"""Numbers of telephones and identity cards that somebody typed into a list."""
TYPED = ("activity", "agency", "field", "unit", "volume", "village_name")
"""Columns of words that people typed; any of them may hold such a number."""


@dataclass(frozen=True)
class Published:
    """What the open pages are made from.

    Attributes
    ----------
    facts : Facts
        Of the whole list.
    regency : Regency
    digests : mapping of district code to hash of its published outcome
    """

    facts: Facts
    regency: Regency
    digests: Mapping[str, str]


def write_open_pages(folder: Path, published: Published, t: Translator) -> Path:
    """Write the open pages into a folder of their own and return their first page.

    Parameters
    ----------
    folder : Path
        The folder of reports; the pages go to ``terbuka`` in it.
    published : Published
    t : Translator
    """
    regency = published.regency
    last = None if regency.last is None else _without_numbers(regency.last)
    published = replace(published, regency=replace(regency, now=_without_numbers(regency.now), last=last))
    place = folder / OPEN_FOLDER
    place.mkdir(exist_ok=True)
    for old in place.iterdir():
        if old.is_file():
            old.unlink()
    listed = keyed(published.regency.now.proposals)
    written = {"index.html": _first_page(published, t), LIST: _list(listed, published, t)}
    for code in published.regency.now.districts.index:
        written[f"{code}.html"] = _district_page(str(code), listed, published, t)
    for name, text in written.items():
        write_whole(place / name, text)
    hashes = (
        f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in sorted(written.items())
    )
    write_whole(place / HASHES, "".join(hashes))
    return place / "index.html"


def keyed(proposals: pd.DataFrame) -> pd.DataFrame:
    """Return the proposals under new keys: the district's code and a number in the order of the list."""
    within = proposals.groupby("district").cumcount() + 1
    keys = [f"{code}-{number:04d}" for code, number in zip(proposals["district"], within, strict=True)]
    return proposals.assign(key=keys).drop(columns=["proposal"])


def _without_numbers(recap: Recapitulation) -> Recapitulation:
    """Return a year without the numbers that lead to a person, whatever column they were typed into."""
    return replace(recap, proposals=masked(recap.proposals))


def masked(proposals: pd.DataFrame) -> pd.DataFrame:
    """Return proposals whose typed words hold no number of a telephone or an identity card."""
    shown = [column for column in TYPED if column in proposals]
    return proposals.assign(**{column: proposals[column].map(_masked) for column in shown})


def _masked(value: object) -> object:
    return NUMBERS.sub("\u2026", value) if isinstance(value, str) else value


def _first_page(published: Published, t: Translator) -> str:
    recap, facts = published.regency.now, published.facts
    head = Page(t("open.title"), facts.region_name, facts.data_mark, facts.data_source, searched=True)
    head = replace(head, footer=t("open.footer", minimum=MINIMUM))
    summary, *others = recapitulation_sections(published.regency, t)
    sections = [
        summary,
        Section(t("open.districts"), (html_table(_districts(published, t)),)),
        *others,
        Section(t("open.groups"), (html_table(_groups(recap, t)),)),
        Section(t("open.files"), tuple(_files(t))),
    ]
    return html_page(head, sections, t)


def _districts(published: Published, t: Translator) -> Table:
    recap = published.regency.now
    figures = ["proposals", *(["funded"] if recap.has_ceiling else [])]
    amounts = ["room", "spent"] if recap.has_ceiling else []
    rows = [
        (
            Markup('<a href="{}.html">{}</a>').format(code, line["name"]),
            *(t.style.count(int(line[figure])) for figure in figures),
            *(t.style.rupiah(line[amount]) for amount in amounts),
            Markup('<code title="{0}">{1}</code>').format(*_short(published.digests.get(str(code), ""))),
        )
        for code, line in recap.districts.iterrows()
    ]
    columns = columns_of(
        t,
        ("district", "left", 0),
        *((f"recap_{name}", "right", 0) for name in [*figures, *amounts]),
        ("open_digest", "left", 0),
    )
    return Table(t("open.districts"), columns, rows_of(rows), note=t("open.digest_note"))


def _short(digest: str) -> tuple[str, str]:
    return digest, digest[:12] or EMPTY


def _groups(recap: Recapitulation, t: Translator) -> Table:
    """Return women's proposals and poor households by district; small numbers are hidden.

    Where no proposal of a district says anything about it, nothing is known, and that is no zero.
    """
    proposals = recap.proposals
    said = pd.DataFrame({"women": proposals["womens_proposal"], "poor": proposals["poor_households"]})
    counts = pd.DataFrame(
        {
            "women": said["women"].map(lambda yes: int(yes is True)),
            "poor": said["poor"].map(lambda count: 0 if count is None else int(count)),
        },
        dtype="int64",
    )
    districts = recap.districts.index
    counts = counts.groupby(proposals["district"]).sum().reindex(districts, fill_value=0)
    known = said.notna().groupby(proposals["district"]).any().reindex(districts, fill_value=False)
    shown = suppressed(counts, MINIMUM)
    rows = [
        (
            str(recap.districts["name"][code]),
            *(_group(value, told, t) for value, told in zip(line, heard, strict=True)),
        )
        for code, line, heard in zip(shown.index, shown.to_numpy(), known.to_numpy(), strict=True)
    ]
    columns = columns_of(t, ("district", "left", 0), ("open_women", "right", 0), ("open_poor", "right", 0))
    return Table(t("open.groups"), columns, rows_of(rows), note=t("open.groups_note", minimum=MINIMUM))


def _group(value: int | None, known: bool, t: Translator) -> str:  # noqa: FBT001 - whether anything was said
    if not known:
        return EMPTY
    return t("open.few") if value is None else t.style.count(value)


def _files(t: Translator) -> Iterator[Markup]:
    yield html_paragraph(t("open.files_intro"))
    for name in (LIST, HASHES):
        yield Markup('<p><a href="{0}">{0}</a></p>').format(name)


def _district_page(code: str, listed: pd.DataFrame, published: Published, t: Translator) -> str:
    recap, facts = published.regency.now, published.facts
    name = str(recap.districts["name"][code])
    head = Page(name, facts.region_name, facts.data_mark, facts.data_source, contents=False, searched=True)
    digest = published.digests.get(code, "")
    head = replace(head, facts={t("card.outcome"): digest} if digest else {})
    own = listed[listed["district"] == code]
    back = Markup('<p><a href="index.html">{}</a></p>').format(t("open.back"))
    return html_page(head, [Section(t("open.list"), (back, html_table(_proposals(own, t))))], t)


def _proposals(own: pd.DataFrame, t: Translator) -> Table:
    rows = [
        (
            str(line["key"]),
            str(line["activity"]),
            str(line["village_name"]) or EMPTY,
            str(line["agency"]) or EMPTY,
            t.style.rupiah(line["cost"]),
            t.style.count(line["rank"]),
            t(f"standing.{line['standing']}"),
            _reason(line, t),
        )
        for _, line in own.iterrows()
    ]
    columns = columns_of(
        t,
        ("open_key", "left", 10),
        ("activity", "left", 22),
        ("village", "left", 11),
        ("agency", "left", 12),
        ("cost", "right", 11),
        ("rank", "right", 5),
        ("standing", "left", 9),
        ("reason", "left", 20),
    )
    return Table(t("open.list"), columns, rows_of(rows))


def _reason(line: pd.Series, t: Translator) -> str:
    return reason_body(Reason(line["reason"]["code"], line["reason"]["facts"]), t)


def _list(listed: pd.DataFrame, published: Published, t: Translator) -> str:
    """Return all proposals as CSV for other programs, numbers as plain digits."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerow(LIST_COLUMNS)
    names = published.regency.now.districts["name"]
    for _, line in listed.iterrows():
        kept: list[Any] = [line["key"], names[line["district"]], line["village_name"], line["field"],
            line["activity"], line["volume"], line["unit"], line["agency"], line["cost"], line["rank"],
            t(f"standing.{line['standing']}"), _reason(line, t)]  # fmt: skip
        writer.writerow(["" if value is None else _harmless(value) for value in kept])
    return "\ufeff" + stream.getvalue()


def _harmless(value: object) -> object:
    """Return a text that a spreadsheet does not take for a formula."""
    return "'" + value if isinstance(value, str) and value[:1] in "=+-@\t\r" and value != "" else value
