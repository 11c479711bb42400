"""The parts of a report about doubt: how sure the order is, and whether other methods agree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from workbench.domain.session import Session
from workbench.present.documents import html_figure, html_paragraph, html_sentences, html_table
from workbench.present.doubt_figures import rank_brackets
from workbench.present.doubt_sentences import certificate_sentences, doubt_sentences, stability_sentences
from workbench.present.doubt_tables import near_line_table, weight_intervals_table
from workbench.present.i18n import Translator
from workbench.present.opinion_tables import cost_sentences, opinion_sentences, opinions_table, value_table
from workbench.prioritisation import Outcome
from workbench.reporting.annex import screen_tables
from workbench.robustness import Robustness, examine
from workbench.store.solver_output import QUIET

DRAWS = 300
"""Recalculations of each source in a report: a share is then good to three of a hundred either way."""
SEED = 1
"""Printed with every share, so that anybody can draw again."""

Blocks = tuple[Markup, ...]


@dataclass(frozen=True)
class DoubtSection:
    """What a report says about doubt, computed once for its parts.

    Attributes
    ----------
    session : Session
    outcome : Outcome
        Computed from it.
    t : Translator
    """

    session: Session
    outcome: Outcome
    t: Translator

    def order(self) -> Blocks:
        """Return how sure the order is."""
        found, session, outcome, t = self.found, self.session, self.outcome, self.t
        blocks = [html_sentences(doubt_sentences(found, outcome, session, t))]
        if not found.repeated or found.moves is None:
            return tuple(blocks)
        picture = rank_brackets(found, outcome, session, t)
        if picture:
            blocks.append(html_figure(picture, t("report.doubt_caption")))
        blocks.append(html_table(near_line_table(found, outcome, session, t)))
        if found.stability is not None:
            blocks.append(html_sentences(stability_sentences(found.stability, session, t)))
            blocks.append(html_table(weight_intervals_table(found.stability, session, t)))
        changes = certificate_sentences(found, session, t)
        if changes:
            blocks += [html_paragraph(t("doubt.smallest")), html_sentences(changes)]
        return tuple(blocks)

    def opinions(self) -> Blocks:
        """Return whether other methods agree, and the list by points per rupiah."""
        found, session, outcome, t = self.found, self.session, self.outcome, self.t
        if found.opinions is None:
            return (html_paragraph(t("opinion.none")),)
        blocks = [
            html_paragraph(t("plain.opinions")),
            html_sentences(opinion_sentences(found.opinions, session, t)),
            html_table(opinions_table(found.opinions, outcome, session, t)),
        ]
        if len(found.value.value.per_rupiah):
            blocks.append(screen_tables(t, value_table(found.value, outcome, session, t)))
        warned = cost_sentences(found.value, session, t)
        return (*blocks, html_sentences(warned)) if warned else tuple(blocks)

    @cached_property
    def found(self) -> Robustness:
        """The examination, drawn once."""
        return examine(self.session, self.outcome.rules, self.outcome, draws=DRAWS, seed=SEED, solving=QUIET)
