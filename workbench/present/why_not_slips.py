"""Slips to hand out, "Mengapa usulan ini belum lolos?": one A6 for each proposal, four to an A4 page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from markupsafe import Markup

from workbench.budgeting import WhyNot
from workbench.domain.region_codes import Level, ancestor
from workbench.domain.session import Session
from workbench.present.i18n import Translator
from workbench.present.paper.document import A4, Block, Cards, Heading, Items, Paper, Paragraph, Part
from workbench.present.places import village_names
from workbench.present.price_of_rules_table import rule_said
from workbench.present.reasons import reason_body, reason_sentence
from workbench.present.why_not_sentences import not_enough_sentences, why_not_sentences
from workbench.prioritisation import Outcome

PER_PAGE = 4
LISTS_PER_NOTE = 8

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
<p class="place">{origin}</p>
{place}<p>{reason}</p>
{would}{sentences}{not_enough}<footer>{rule}<p>{caveat}</p></footer>
</article>
""")

_NOTE = Markup("""<article class="slip note">
<header><h1>{title}</h1></header>
<h2>{head}</h2>
<ul>{lists}</ul>
<p>{why}</p>
<h3>{ask}</h3>
<p><code>{command}</code></p>
</article>
""")


@dataclass(frozen=True)
class LeftOut:
    """A list some of whose proposals are neither funded nor explained on the slips.

    Attributes
    ----------
    name : str
        What a person calls the list.
    count : int
    """

    name: str
    count: int


@dataclass(frozen=True)
class Slip:
    """What one slip says, whatever it is printed on."""

    title: str
    subtitle: str
    mark: str
    activity: str
    code: str
    village: str
    place: str
    reason: str
    would: str
    sentences: tuple[str, ...]
    not_enough: str
    rule: str
    caveat: str


def why_not_slips(
    answers: Sequence[WhyNot], outcome: Outcome, session: Session, t: Translator
) -> tuple[Slip, ...]:
    """Return one slip for each answer, for `slips_page` or `slips_paper`.

    Parameters
    ----------
    answers : sequence of WhyNot
        In the order of the slips.
    outcome, session
        What they were found for.
    t : Translator
    """
    return tuple(_slip(answer, outcome, session, t) for answer in answers)


def not_competing_slips(
    labels: Sequence[str], outcome: Outcome, session: Session, t: Translator
) -> tuple[Slip, ...]:
    """Return one slip for each proposal that does not compete for the ceiling, with the reason why.

    Parameters
    ----------
    labels : sequence of str
        Proposals without a price, or that could not be ranked.
    outcome, session
        What they stand in.
    t : Translator
    """
    return tuple(
        Slip(
            **_headed(label, session, t),
            place="",
            reason=f"{t('budgeting.why.not_competing', code=label)} "
            f"{reason_sentence(outcome.reasons[label], t)}",
            would="",
            sentences=(),
            not_enough="",
            rule="",
            caveat=t("word.caveat"),
        )
        for label in labels
    )


def slips_paper(slips: Sequence[Slip], t: Translator, left: Sequence[LeftOut] = ()) -> Paper:
    """Return the slips as cards, four to a sheet of A4, for a PDF.

    Parameters
    ----------
    slips : sequence of Slip
    t : Translator
    left : sequence of LeftOut
        Said on the first card; nothing to say, no card.
    """
    cards = (*(_note_card(part, t) for part in _notes(left)), *(_card(slip) for slip in slips))
    part = Part((Cards(cards),), A4, margin=0, numbered=False)
    return Paper(t("budgeting.slips.title"), (part,), t.language)


def _card(slip: Slip) -> tuple[Block, ...]:
    said: tuple[Block, ...] = (
        Heading(slip.title, 2),
        Paragraph("\n".join(line for line in (slip.subtitle, slip.mark) if line), size="small"),
        Paragraph(slip.activity, bold=True),
        Paragraph("\n".join(line for line in (_from(slip), slip.place) if line), size="small"),
        Paragraph(slip.reason),
        Paragraph(slip.would, bold=True),
        *([Items(slip.sentences, numbered=False)] if slip.sentences else []),
        Paragraph(slip.not_enough, size="small"),
        Paragraph("\n".join(line for line in (slip.rule, slip.caveat) if line), size="small"),
    )
    return tuple(block for block in said if not isinstance(block, Paragraph) or block.text)


def _from(slip: Slip) -> str:
    return f"{slip.code} \u00b7 {slip.village}"


def _notes(left: Sequence[LeftOut]) -> tuple[Sequence[LeftOut], ...]:
    """Return the lists that are told of on one card, card by card."""
    told = [held for held in left if held.count]
    return tuple(told[start : start + LISTS_PER_NOTE] for start in range(0, len(told), LISTS_PER_NOTE))


def _note_card(left: Sequence[LeftOut], t: Translator) -> tuple[Block, ...]:
    return (
        Heading(t("budgeting.slips.title"), 2),
        Paragraph(t("budgeting.slips.left"), bold=True),
        Items(tuple(_left_said(left, t)), numbered=False),
        Paragraph(t("budgeting.slips.left_why")),
        Paragraph(t("budgeting.slips.left_ask"), bold=True),
        Paragraph(t("budgeting.slips.left_command")),
    )


def _left_said(left: Sequence[LeftOut], t: Translator) -> list[str]:
    return [t("budgeting.slips.left_of", name=held.name, count=held.count) for held in left]


def slips_page(slips: Sequence[Slip], t: Translator, left: Sequence[LeftOut] = ()) -> str:
    """Return one self-contained page of slips; the same input gives the same bytes.

    Parameters
    ----------
    slips : sequence of Slip
        From `why_not_slips`, of one list or of several.
    t : Translator
    left : sequence of LeftOut
        Said on the first card; nothing to say, no card.

    Returns
    -------
    str
        HTML without scripts, fonts, pictures or styles of another host; it prints on A4 and is cut in four.
    """
    cards = [*(_note(part, t) for part in _notes(left)), *(_article(slip) for slip in slips)]
    pages = [
        _PAGE.format(slips=Markup("").join(cards[start : start + PER_PAGE]))
        for start in range(0, len(cards), PER_PAGE)
    ]
    style = resources.files("workbench.present").joinpath("templates/slips.css").read_text(encoding="utf-8")
    page = _DOCUMENT.format(
        language=t.language,
        title=t("budgeting.slips.title"),
        style=Markup(style),  # noqa: S704 - the product's own file; everything else is escaped by format
        pages=Markup("").join(pages),
    )
    return str(page)


def _note(left: Sequence[LeftOut], t: Translator) -> Markup:
    return _NOTE.format(
        title=t("budgeting.slips.title"),
        head=t("budgeting.slips.left"),
        lists=Markup("").join(Markup("<li>{}</li>").format(said) for said in _left_said(left, t)),
        why=t("budgeting.slips.left_why"),
        ask=t("budgeting.slips.left_ask"),
        command=t("budgeting.slips.left_command"),
    )


def _article(slip: Slip) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(sentence) for sentence in slip.sentences)
    said = vars(slip) | {
        "mark": _filled('<p class="mark">{}</p>', slip.mark),
        "origin": _from(slip),
        "place": _filled('<p class="place">{}</p>\n', slip.place),
        "would": _filled("<h3>{}</h3>\n", slip.would),
        "sentences": _filled("<ul>{}</ul>\n", items),
        "not_enough": _filled('<p class="not-enough">{}</p>\n', slip.not_enough),
        "rule": _filled("<p>{}</p>", slip.rule),
    }
    return _SLIP.format(**said)


def _filled(pattern: str, said: str) -> Markup:
    """Return a piece of markup with something in it, and nothing for nothing."""
    return Markup(pattern).format(said) if said else Markup("")  # noqa: S704 - patterns of this module


def _slip(answer: WhyNot, outcome: Outcome, session: Session, t: Translator) -> Slip:
    label = answer.proposal
    place = {
        "rank": outcome.ranking_of(label),
        "score": outcome.score_shown(label),
        "cost": outcome.cost_of(label),
    }
    said = why_not_sentences(answer, outcome, session, t)
    return Slip(
        **_headed(label, session, t),
        place=t(f"budgeting.slips.place{'.few' if place['score'] is None else ''}", **place),
        reason=_reason(answer, outcome, t),
        would=t("budgeting.slips.would" if said else "budgeting.slips.would_none"),
        sentences=tuple(said),
        not_enough=" ".join(not_enough_sentences(answer, t)),
        rule=t("budgeting.slips.rule", rule=rule_said(answer.rule, t)),
        caveat=f"{t('budgeting.slips.each')} {t('word.caveat')}",
    )


def _headed(label: str, session: Session, t: Translator) -> dict[str, str]:
    """Return what every slip of a proposal says first."""
    facts = session.facts
    district = ancestor(str(session.proposals.frame["region"][label]), Level.DISTRICT)
    name = session.regions.name(district) if district in session.regions else facts.region_name
    year = facts.plan_year or t("word.unknown")
    return {
        "title": t("budgeting.slips.title"),
        "subtitle": t("budgeting.slips.subtitle", name=name, year=year),
        "mark": facts.data_mark,
        "activity": str(session.proposals.frame["activity"][label]),
        "code": label,
        "village": str(village_names(session, t)[label]),
    }


def _reason(answer: WhyNot, outcome: Outcome, t: Translator) -> str:
    """Return the outcome's own reason; under another rule than its own it would say the wrong thing."""
    return (
        reason_body(outcome.reasons[answer.proposal], t) if answer.rule == outcome.rules.budget_rule else ""
    )
