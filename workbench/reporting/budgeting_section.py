"""The parts of a report that explain the ceiling: price of every rule, robust proposals, why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from workbench.budgeting import (
    Comparison,
    Contest,
    Point,
    below_the_line,
    compare_rules,
    contest_of,
    curve_of_money,
    most_explained,
    why_not,
)
from workbench.domain.session import Session
from workbench.present.documents import html_figure, html_paragraph, html_sentences, html_table
from workbench.present.i18n import Translator
from workbench.present.money_curve import can_be_drawn, money_curve, money_sentences
from workbench.present.price_of_rules_table import (
    comparison_sentences,
    contested_table,
    price_of_rules_table,
    rules_read_aloud,
    surviving_table,
)
from workbench.present.why_not_sentences import why_not_table
from workbench.prioritisation import Outcome
from workbench.prioritisation.contest import solver_settings
from workbench.reporting.annex import screen_tables
from workbench.store.solver_output import QUIET

MOST_WHY = 10
"""Proposals below the line that a report explains; under an exact plan as many as their effort allows."""
SECONDS = 2.0
"""Limit of one solve of the exact plan in a report; the gap is printed when it is reached."""

Blocks = tuple[Markup, ...]


@dataclass(frozen=True)
class BudgetingSection:
    """What a report says about the ceiling, computed once for all its parts.

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

    def prices(self) -> Blocks:
        """Return the rules side by side, and what the next money buys; nothing without a ceiling."""
        if self.outcome.room is None:
            return ()
        rule = self.outcome.rules.budget_rule
        points = curve_of_money(self._contest, rule)
        return (
            html_table(price_of_rules_table(self._compared, self.t)),
            html_sentences(comparison_sentences(self._compared, self.t)),
            html_sentences(rules_read_aloud(self._compared, self.t)),
            *self._curve(points, rule),
            html_sentences(money_sentences(points, self.session, self.t)),
        )

    def _curve(self, points: Sequence[Point], rule: str) -> Blocks:
        """Return the picture of what the next money buys; none where it buys nothing."""
        if not any(point.enters or point.leaves for point in points):
            return ()
        if not can_be_drawn(points):
            return (html_paragraph(self.t("budgeting.curve.untold")),)
        return (html_figure(money_curve(points, rule, self.t), self.t("budgeting.curve.caption")),)

    def surviving(self) -> Blocks:
        """Return what every rule funds, and what only some do; nothing without a ceiling."""
        if self.outcome.room is None:
            return ()
        found = self._compared
        robust = surviving_table(found, self.outcome, self.session, self.t)
        none = html_paragraph(self.t("budgeting.compare.none_survive", rules=len(found.prices)))
        some = contested_table(found, self.outcome, self.session, self.t)
        return (html_table(robust) if robust.rows else none, screen_tables(self.t, some))

    def why_not(self) -> Blocks:
        """Return what would have funded the first proposals below the line; nothing without a ceiling."""
        if self.outcome.room is None:
            return ()
        rule = self.outcome.rules.budget_rule
        most = MOST_WHY if self.outcome.proof is None else most_explained(self._contest, rule)
        below = below_the_line(self._contest, rule, len(self._contest.ranks))
        answers = why_not(self._contest, rule, below[:most])
        if not answers:
            nothing = self.outcome.table.empty
            return (html_paragraph(self.t("wall.list.empty" if nothing else "budgeting.why.none_below")),)
        table = html_table(why_not_table(answers, self.outcome, self.session, self.t))
        left = len(below) - len(answers)
        return (table, *([html_paragraph(self.t("budgeting.why.left", count=left))] if left else []))

    @cached_property
    def _contest(self) -> Contest:
        exact = self.outcome.proof is not None  # the rule in force keeps its own limits
        limits = solver_settings(self.outcome.rules, QUIET) if exact else replace(QUIET, seconds=SECONDS)
        return contest_of(self.session, self.outcome, limits)

    @cached_property
    def _compared(self) -> Comparison:
        return compare_rules(self.session, self.outcome, self._contest)
