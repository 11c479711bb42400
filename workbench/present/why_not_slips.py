"""Slips to hand out, "Mengapa usulan ini belum lolos?": one A6 for each proposal, four to an A4 page."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from markupsafe import Markup

from workbench.budgeting import WhyNot
from workbench.domain.regions import Level, ancestor
from workbench.domain.session import Session
from workbench.present.i18n import Translator
from workbench.present.places import village_names
from workbench.present.price_of_rules_table import rule_said
from workbench.present.reasons import reason_body
from workbench.present.why_not_sentences import not_enough_sentences, why_not_sentences
from workbench.prioritisation import Outcome

PER_PAGE = 4

_DOCUMENT = Markup("""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{pages}
</body>
</html>
""")
_PAGE = Markup('<div class="page">{slips}</div>\n')
_SLIP = Markup("""<article class="slip">
<header><h1>{title}</h1><p class="from">{subtitle}</p>{mark}</header>
<h2>{activity}</h2>
<p class="place">{code} \u00b7 {village}</p>
<p class="place">{place}</p>
<p>{reason}</p>
<h3>{would}</h3>
<ul>{sentences}</ul>
<p class="not-enough">{not_enough}</p>
<footer><p>{rule}</p><p>{each} {caveat}</p></footer>
</article>
""")


def why_not_slips(
    answers: Sequence[WhyNot], outcome: Outcome, session: Session, t: Translator
) -> tuple[Markup, ...]:
    """Return one slip for each answer, for `slips_page`.

    Parameters
    ----------
    answers : sequence of WhyNot
        In the order of the slips.
    outcome, session
        What they were found for.
    t : Translator
    """
    return tuple(_slip(answer, outcome, session, t) for answer in answers)


def slips_page(slips: Sequence[Markup], t: Translator) -> str:
    """Return one self-contained page of slips; the same input gives the same bytes.

    Parameters
    ----------
    slips : sequence of Markup
        From `why_not_slips`, of one list or of several.
    t : Translator

    Returns
    -------
    str
        HTML without scripts, fonts, pictures or styles of another host; it prints on A4 and is cut in four.
    """
    pages = [
        _PAGE.format(slips=Markup("").join(slips[start : start + PER_PAGE]))
        for start in range(0, len(slips), PER_PAGE)
    ]
    style = resources.files("workbench.present").joinpath("templates/slips.css").read_text(encoding="utf-8")
    page = _DOCUMENT.format(
        language=t.language,
        title=t("budgeting.slips.title"),
        style=Markup(style),  # noqa: S704 - the product's own file; everything else is escaped by format
        pages=Markup("").join(pages),
    )
    return str(page)


def _slip(answer: WhyNot, outcome: Outcome, session: Session, t: Translator) -> Markup:
    label = answer.proposal
    facts = session.facts
    district = ancestor(str(session.proposals.frame["region"][label]), Level.DISTRICT)
    name = session.regions.name(district) if district in session.regions else facts.region_name
    place = {
        "rank": outcome.ranking_of(label),
        "score": float(outcome.scoring.scores[label]),
        "cost": outcome.cost_of(label),
    }
    mark = Markup('<p class="mark">{}</p>').format(facts.data_mark) if facts.data_mark else Markup("")
    said = why_not_sentences(answer, outcome, session, t)
    year = facts.plan_year or t("word.unknown")
    return _SLIP.format(
        title=t("budgeting.slips.title"),
        subtitle=t("budgeting.slips.subtitle", name=name, year=year),
        mark=mark,
        activity=str(session.proposals.frame["activity"][label]),
        code=label,
        village=str(village_names(session, t)[label]),
        place=t("budgeting.slips.place", **place),
        reason=_reason(answer, outcome, t),
        would=t("budgeting.slips.would"),
        sentences=Markup("").join(Markup("<li>{}</li>").format(sentence) for sentence in said),
        not_enough=" ".join(not_enough_sentences(answer, t)),
        rule=t("budgeting.slips.rule", rule=rule_said(answer.rule, t)),
        each=t("budgeting.slips.each"),
        caveat=t("word.caveat"),
    )


def _reason(answer: WhyNot, outcome: Outcome, t: Translator) -> str:
    """Return the outcome's own reason; under another rule than its own it would say the wrong thing."""
    return (
        reason_body(outcome.reasons[answer.proposal], t) if answer.rule == outcome.rules.budget_rule else ""
    )
