"""The part of a report about weights that come from people's answers, and about groups of criteria."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from workbench.domain.hierarchy import GOAL
from workbench.domain.session import Session
from workbench.present.documents import html_paragraph, html_sentences, html_table
from workbench.present.i18n import Translator
from workbench.present.weight_tables import hierarchy_table, ways_table
from workbench.present.weights import sibling_sentences, weights_sentences
from workbench.prioritisation import Outcome
from workbench.prioritisation.criterion_weights import SiblingWeights


def weights_heading(outcome: Outcome, t: Translator) -> str:
    """Return the heading of the section; empty where the forum declared its weights and nothing is to say."""
    weights = outcome.weights
    if not weights.turnout.answered:
        return ""
    compared = any(group.comparisons is not None for group in weights.groups)
    return t("report.weighting_compared" if compared else "report.weighting_answered")


def weights_blocks(outcome: Outcome, session: Session, t: Translator) -> tuple[Markup, ...]:
    """Return who answered, how far the answers contradict each other, and what to look at again."""
    weights = outcome.weights
    if not weights.turnout.answered:
        return ()
    blocks = [html_sentences(weights_sentences(weights, t))]
    for group in weights.groups:
        blocks += _of_group(group, outcome, session, t)
    return tuple(blocks)


def _of_group(group: SiblingWeights, outcome: Outcome, session: Session, t: Translator) -> Iterator[Markup]:
    minimum = outcome.rules.minimum_group
    said = sibling_sentences(group, session, minimum, t)
    if said and len(outcome.weights.groups) > 1:
        name = str(session.criteria.members["name"].get(group.parent, ""))
        yield html_paragraph(
            t("weights.of_top") if group.parent == GOAL else t("weights.of_group", group=name)
        )
    if said:
        yield html_sentences(said)
    if group.ways is not None:
        yield html_table(ways_table(group, session, minimum, t))


def hierarchy_blocks(outcome: Outcome, session: Session, t: Translator) -> tuple[Markup, ...]:
    """Return the table of local and global weights; nothing where the criteria stand in no groups."""
    if not len(session.criteria.groups) or outcome.weights.table.empty:
        return ()
    return (html_table(hierarchy_table(outcome.weights, session, t)),)
