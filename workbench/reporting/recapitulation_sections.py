"""The sections of a kabupaten's recapitulation, as the index and the open page both show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from workbench.domain.region_codes import Level
from workbench.present.choropleth import choropleth
from workbench.present.documents import (
    Section,
    html_figure,
    html_note,
    html_paragraph,
    html_sentences,
    html_table,
)
from workbench.present.i18n import Translator
from workbench.present.recapitulation import Recapitulation
from workbench.present.recapitulation_tables import (
    comparison_table,
    recapitulation_sentences,
    shares_table,
    villages_without_table,
)
from workbench.store.geometry import Geometry

Values = dict[str, "int | float | None"]


@dataclass(frozen=True)
class Regency:
    """Everything that the recapitulation of a kabupaten is made from.

    Attributes
    ----------
    now : Recapitulation
    last : Recapitulation or None
        Of the year before, where it was given.
    geometry : Geometry or None
        Schematic shapes of the districts, where there are any.
    missing : tuple of str
        Names of districts that have no report, so that no figure holds them.
    """

    now: Recapitulation
    last: Recapitulation | None
    geometry: Geometry | None
    missing: tuple[str, ...] = ()


def recapitulation_sections(regency: Regency, t: Translator) -> list[Section]:
    """Return the summary, the map, agencies and fields, villages with nothing, and the comparison."""
    recap = regency.now
    missing = (html_note(t("recap.missing", names=regency.missing)),) if regency.missing else ()
    told = html_sentences(recapitulation_sentences(recap, t), lead=True)
    sections = [
        Section(t("recap.summary"), (*missing, told)),
        Section(t("recap.map"), tuple(_maps(regency, t))),
        Section(t("recap.agencies"), tuple(_shares(recap, t))),
    ]
    if recap.has_ceiling:
        sections.append(Section(t("recap.villages"), (html_table(villages_without_table(recap, t)),)))
    if regency.last is not None:
        table = comparison_table(recap, regency.last, t)
        sections.append(Section(t("recap.last_year"), (html_table(table),)))
    return sections


def _shares(recap: Recapitulation, t: Translator) -> Iterator[Markup]:
    for column in ("agency", "field"):
        if (recap.proposals[column] != "").any():
            yield html_table(shares_table(recap, column, t))


def _maps(regency: Regency, t: Translator) -> Iterator[Markup]:
    shapes = None if regency.geometry is None else regency.geometry.at_level(Level.DISTRICT)
    districts = regency.now.districts
    if shapes is None or not any(code in shapes.polygons for code in districts.index):
        yield html_paragraph(t("report.no_map"))
        return
    names = {str(code): str(name) for code, name in districts["name"].items()}
    for figure, (values, write) in _figures(regency.now, t).items():
        title = t(f"recap.map_{figure}")
        yield html_figure(choropleth(shapes.polygons, names, values, title, write, t), title)


def _figures(recap: Recapitulation, t: Translator) -> dict[str, tuple[Values, Callable[[int | float], str]]]:
    """Return the figures by which the map can be coloured."""
    lines = {str(code): line for code, line in recap.districts.iterrows()}

    def counts(column: str) -> Values:
        return {code: line[column] for code, line in lines.items()}

    figures: dict[str, tuple[Values, Callable[[int | float], str]]] = {}
    if recap.has_ceiling:
        shares: Values = {
            code: None
            if line["room"] is None or not line["proposals"]
            else line["funded"] / line["proposals"]
            for code, line in lines.items()
        }
        figures["funded_share"] = (shares, t.style.percent)
        figures["spent"] = (counts("spent"), lambda value: t.style.short_rupiah(int(value)))
        figures["villages_without"] = (counts("villages_without"), lambda value: t.style.count(int(value)))
    figures["proposals"] = (counts("proposals"), lambda value: t.style.count(int(value)))
    return figures
