"""Templates as people choose them: what they are called, where they come from, what they ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbench.domain.template import Template
from workbench.engine.rankings.ballots import choices_required
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.table import Table, columns_of, rows_of

LEAST_FOR_A_VOTE = 3


def ground_sentence(template: Template, t: Translator) -> str:
    """Return the legal basis with its year, or that the form is practice and no regulation."""
    ground = template.provenance
    year = t(f"template.year.{ground.year_of.value}", year=str(ground.year))
    if ground.legal_basis:
        return t("template.legal_basis", basis=ground.legal_basis, year=year)
    return t("template.practice", source=ground.source, year=year)


def template_sentences(template: Template, t: Translator, proposals: int | None = None) -> tuple[str, ...]:
    """Return what a person should hear before choosing a template.

    Parameters
    ----------
    template : Template
    t : Translator
    proposals : int, optional
        How many proposals stand in the list; a vote then says how many choices everybody has.
    """
    ground = template.provenance
    sentences = [ground_sentence(template, t)]
    if ground.legal_basis and ground.source:
        sentences.append(t("template.seen", source=ground.source))
    if ground.note:
        sentences.append(ground.note)
    sentences.append(t(f"template.counting.{template.counting.value}"))
    if template.dots is not None:
        sentences.append(t("template.dots", each=template.dots.each, most=template.dots.most))
    if template.counting == "mad_vote" and proposals is not None and proposals >= LEAST_FOR_A_VOTE:
        choices = choices_required(proposals)
        sentences.append(t("template.choices", proposals=proposals, choices=choices))
    return tuple(sentences)


def applied_sentences(
    template: Template, columns: Sequence[str], gates: int, kept_apart: Sequence[str], t: Translator
) -> tuple[str, ...]:
    """Return what became of a folder that got a template, and what is to be filled in now.

    Parameters
    ----------
    template : Template
    columns : sequence of str
        Columns that were added to the list of proposals.
    gates : int
        Lines of conditions that were added.
    kept_apart : sequence of str
        Files with the former criteria and answers.
    t : Translator
    """
    criteria = 0 if template.criteria is None else len(template.criteria)
    said = [t("template.applied", title=template.title, criteria=criteria)]
    if columns:
        said.append(t("template.columns_added", columns=list(columns)))
    if gates:
        said.append(t("template.gates_added", count=gates))
    if kept_apart:
        said.append(t("template.kept_apart", files=list(kept_apart)))
    return tuple(said)


def templates_table(templates: Iterable[Template], t: Translator) -> Table:
    """Return one line for each template."""
    rows = [
        (
            template.name,
            template.title,
            EMPTY if template.criteria is None else t.style.count(len(template.criteria)),
            ground_sentence(template, t),
        )
        for template in templates
    ]
    columns = columns_of(
        t,
        ("template", "left", 20),
        ("template_title", "left", 30),
        ("template_criteria", "right", 8),
        ("template_ground", "left", 42),
    )
    return Table(t("table.templates"), columns, rows_of(rows))


def template_tables(template: Template, t: Translator) -> tuple[Table, ...]:
    """Return the criteria, conditions and bands of a template; those that it has none of are left out."""
    tables = (_criteria(template, t), _gates(template, t), _bands(template, t))
    return tuple(table for table in tables if table.rows)


def _criteria(template: Template, t: Translator) -> Table:
    criteria = template.criteria
    rows = [
        (
            str(label),
            str(line["name"]),
            str(line["weight_text"]) or EMPTY,
            f"{t.style.number(line['scale_min'], 0)}\u2013{t.style.number(line['scale_max'], 0)}",
            str(line["scale_anchors"]) or EMPTY,
        )
        for label, line in (() if criteria is None else criteria.frame.iterrows())
    ]
    columns = columns_of(
        t,
        ("criterion_code", "left", 8),
        ("criterion", "left", 28),
        ("weight", "right", 10),
        ("scale", "right", 8),
        ("scale_anchors", "left", 46),
    )
    return Table(t("table.template_criteria"), columns, rows_of(rows))


def _gates(template: Template, t: Translator) -> Table:
    rows = [(gate.name, gate.meaning or EMPTY) for gate in template.gates]
    columns = columns_of(t, ("gate", "left", 30), ("meaning", "left", 70))
    return Table(t("table.template_gates"), columns, rows_of(rows), note=t("table.template_gates.note"))


def _bands(template: Template, t: Translator) -> Table:
    rows = [
        (str(line["band"]), t.style.number(line["lower"], 0), str(line["meaning"]) or EMPTY)
        for _, line in template.bands.frame.iterrows()
    ]
    columns = columns_of(t, ("band", "left", 15), ("band_from", "right", 15), ("meaning", "left", 70))
    return Table(t("table.template_bands"), columns, rows_of(rows), note=t("table.template_bands.note"))
