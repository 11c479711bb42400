"""One district's report: what each cell of the notebook shows, made from one outcome."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partialmethod
from pathlib import Path

from markupsafe import Markup

from workbench.domain.quality import observe
from workbench.domain.region_codes import Level, ancestor
from workbench.errors import Problem
from workbench.present import tables
from workbench.present.bands_table import bands_table
from workbench.present.ceiling_line import ceiling_line
from workbench.present.contributions import contribution_bars
from workbench.present.documents import html_figure, html_paragraph, html_sentences, html_table
from workbench.present.figure_style import figure_svg
from workbench.present.gates_table import gates_tables
from workbench.present.i18n import Translator
from workbench.present.paper.unprintable import unprintable
from workbench.present.rules import rules_sentences
from workbench.present.summary import summary_sentences
from workbench.present.village_figure import village_figure, village_figure_alt
from workbench.prioritisation import Outcome, PooledOutcome, Standing
from workbench.prioritisation.outcome import NOT_FUNDED, NOT_RANKABLE
from workbench.prioritisation.pools import WHOLE
from workbench.reporting.annex import quoted, screen_tables
from workbench.reporting.budgeting_section import BudgetingSection
from workbench.reporting.deliberation_section import DeliberationSection
from workbench.reporting.doubt_section import DoubtSection
from workbench.reporting.map_section import map_blocks
from workbench.reporting.report_workbook import Workbooks, report_workbook
from workbench.reporting.result_section import Result, card_table, digests_of
from workbench.reporting.shown import Record, Shown
from workbench.reporting.weights_section import hierarchy_blocks, weights_blocks, weights_heading
from workbench.store.session_folder import OpenedSession

HANGING_ON_CEILING = ("why_not", "price_of_rules", "surviving")
"""Parts that say nothing of a forum without a ceiling."""


def notes_of(opened: OpenedSession) -> tuple[Problem, ...]:
    """Return what was noted when the tables were read, and what stands out in the ranked proposals."""
    ranked = opened.session.proposals.at_stage(opened.rules.stage)
    return (*opened.session.notes, *observe(ranked), *unprintable(ranked))


@dataclass(frozen=True)
class DistrictReport:
    """The report of one district.

    Attributes
    ----------
    folder : Path
        Its session folder.
    district : str
        Its code; empty for a session that names none.
    opened : OpenedSession
    outcome : Outcome
    t : Translator
    """

    folder: Path
    district: str
    opened: OpenedSession
    outcome: Outcome
    t: Translator

    @property
    def name(self) -> str:
        """The district's name."""
        return self.opened.session.regions.name(self.district)

    def heading(self) -> Shown:
        """Show which district this is, in the notebook; the page makes its own header of `record`."""
        return Shown("", (html_paragraph(self._subtitle),))

    @property
    def _subtitle(self) -> str:
        session = self.opened.session
        regency = session.regions.name(ancestor(self.district, Level.REGENCY)) if self.district else ""
        year = session.facts.plan_year or self.t("word.unknown")
        return self.t("report.subtitle", name=self.name, regency=regency, year=year)

    def summary(self) -> Shown:
        """Show the result in words."""
        sentences = summary_sentences(self.outcome, self.opened.session, self.t)
        return Shown(self.t("report.summary"), (html_sentences(sentences, lead=True),))

    def line(self) -> Shown:
        """Show the ceiling line, the picture people learn to read once."""
        svg = ceiling_line(self.outcome, self.opened.session, self.t, surface="paper")
        caption = "" if self.outcome.room is None else self.t("report.line_caption")
        return Shown(self.t("report.line"), (html_figure(svg, caption),))

    def funded(self) -> Shown:
        """Show form T-D.4 of the funded proposals; without a ceiling, the plain ranking."""
        if self.outcome.room is None:
            return self._table(
                "report.ranked", tables.ranked_table(self.outcome, self.opened.session, self.t)
            )
        return self._table("report.funded", tables.funded_table(self.outcome, self.opened.session, self.t))

    def not_funded(self) -> Shown:
        """Show the proposals that are not accommodated, each with its reason."""
        if self.outcome.room is None:
            apart = [quoted(self.t(f"report.{part}")) for part in HANGING_ON_CEILING]
            said = (self.t("report.no_ceiling"), self.t("report.left_out", names=apart))
            return Shown(self.t("report.not_funded"), tuple(html_paragraph(one) for one in said))
        return self._table(
            "report.not_funded", tables.not_funded_table(self.outcome, self.opened.session, self.t)
        )

    def price_of_rules(self) -> Shown:
        """Show what every rule of the ceiling buys, whom it leaves out, and what more money buys."""
        return self._unless_empty("report.price_of_rules", self._budgeting.prices())

    def surviving(self) -> Shown:
        """Show the proposals that every rule accommodates, and those that only some do."""
        return self._unless_empty("report.surviving", self._budgeting.surviving())

    def why_not(self) -> Shown:
        """Show what would have funded the first proposals below the line."""
        return self._unless_empty("report.why_not", self._budgeting.why_not())

    @cached_property
    def _budgeting(self) -> BudgetingSection:
        return BudgetingSection(self.opened.session, self.outcome, self.t)

    def doubt(self) -> Shown:
        """Show how sure the order is."""
        return Shown(self.t("report.doubt"), self._doubt.order())

    def opinions(self) -> Shown:
        """Show whether other methods agree."""
        return Shown(self.t("report.opinions"), self._doubt.opinions())

    @cached_property
    def _doubt(self) -> DoubtSection:
        return DoubtSection(self.opened.session, self.outcome, self.t)

    def _together(self, part: str) -> Shown:
        return self._unless_empty(f"report.{part}", self._deliberation.blocks(part))

    agreement = partialmethod(_together, "agreement")
    two_readings = partialmethod(_together, "two_readings")
    methods = partialmethod(_together, "methods")
    group_orders = partialmethod(_together, "group_orders")
    strong_unfunded = partialmethod(_together, "strong_unfunded")
    attendance = partialmethod(_together, "attendance")
    resolution = partialmethod(_together, "resolution")

    @cached_property
    def _deliberation(self) -> DeliberationSection:
        opened = self.opened
        return DeliberationSection(opened.session, self.outcome, opened.resolution, self.t, opened.orders)

    def apart(self) -> Shown:
        """Show the unpriced and the not rankable proposals; where there are none, say so."""
        session = self.opened.session
        unpriced = tables.unpriced_table(self.outcome, session, self.t)
        apart = tables.not_rankable_table(self.outcome, session, self.t)
        found = [table for table in (unpriced, apart) if table.rows]
        if not found:
            return Shown(self.t("report.apart"), (html_paragraph(self.t("report.none_apart")),))
        return self._table("report.apart", *found)

    def criteria(self) -> Shown:
        """Show weights, the contributions of the top proposals, and the plain sums beside the scores."""
        session, t = self.opened.session, self.t
        blocks = (
            html_table(tables.weights_table(self.outcome, session, t)),
            *hierarchy_blocks(self.outcome, session, t),
            *self._contributions(),
            screen_tables(
                t,
                tables.contributions_table(self.outcome, session, t),
                tables.points_sums_table(self.outcome, session, t, top=10),
            ),
        )
        return Shown(t("report.criteria"), blocks)

    def _contributions(self) -> tuple[Markup, ...]:
        """Return the picture of what each criterion gives; none where nothing is ranked."""
        if self.outcome.table["rank"].isna().all():
            return ()
        bars = contribution_bars(self.outcome, self.opened.session, self.t, surface="paper")
        return (html_figure(bars, self.t("report.contributions_caption")),)

    def weighting(self) -> Shown:
        """Show what stands behind weights that come from people's answers; nothing for declared ones."""
        heading = weights_heading(self.outcome, self.t)
        return Shown(heading, weights_blocks(self.outcome, self.opened.session, self.t))

    def villages(self) -> Shown:
        """Show the picture and the table by village."""
        session, t = self.opened.session, self.t
        table = html_table(tables.village_totals_table(self.outcome, session, t))
        if self.outcome.table.empty:
            return Shown(t("report.villages"), (table,))
        alt = village_figure_alt(self.outcome, session, t)
        svg = figure_svg(village_figure(self.outcome, session, t), alt)
        return Shown(t("report.villages"), (html_figure(svg, t("report.villages_caption")), table))

    def map(self) -> Shown:
        """Show the schematic map; where no boundaries ship, say so."""
        blocks = map_blocks(self.folder, self.district, self.opened.session, self.outcome, self.t)
        return Shown(self.t("report.map"), blocks)

    def gates(self) -> Shown:
        """Show the conditions of the proposals that fail one or wait for one, as + and -."""
        counts, *others = gates_tables(self.outcome, self.opened.session, self.t)
        if not counts.rows:
            return Shown(self.t("report.gates"), (html_paragraph(self.t("report.no_gates")),))
        blocks = (html_table(counts), screen_tables(self.t, *others))
        return Shown(self.t("report.gates"), blocks)

    def bands(self) -> Shown:
        """Show how many proposals fall into each declared band; nothing where none is declared."""
        declared = len(self.opened.session.bands) > 0
        counts = bands_table(self.outcome, self.opened.session, self.t)
        return self._table("report.bands", counts) if declared else Shown("", ())

    def funnel(self) -> Shown:
        """Show how many proposals went on from stage to stage; where there is one stage, say so."""
        if self.outcome.funnel.steps.empty and len(self.outcome.funnel.totals) < 2:
            return Shown(self.t("report.funnel"), (html_paragraph(self.t("report.one_stage")),))
        return self._table("report.funnel", tables.funnel_table(self.outcome, self.t))

    def data_quality(self) -> Shown:
        """Show what a person should know about the data."""
        notes = notes_of(self.opened)
        if not notes:
            return Shown(self.t("report.data_quality"), (html_paragraph(self.t("report.data_clean")),))
        counts = tables.data_quality_counts_table(notes, self.t)
        each = screen_tables(self.t, tables.data_quality_table(notes, self.t))
        return Shown(self.t("report.data_quality"), (html_table(counts), each))

    def rules(self) -> Shown:
        """Show the rules as they were read aloud."""
        return Shown(self.t("report.rules"), (html_sentences(rules_sentences(self.opened.rules, self.t)),))

    def card(self) -> Shown:
        """Show what an analyst needs to recompute this report."""
        return self._table("report.card", card_table(self.result(), self.t))

    def result(self) -> Result:
        """Give the outcome that is published beside the page, so that it can be computed again."""
        return self._result

    @cached_property
    def _result(self) -> Result:
        return Result(self.opened, PooledOutcome(self.opened.rules, {WHOLE: self.outcome}))

    def workbook(self) -> Workbooks:
        """Give the workbook that lies beside the page; a district without proposals has none."""
        opened = self.opened
        if not len(opened.session.proposals):
            return Workbooks({})
        return Workbooks({".xlsx": report_workbook(opened.session, self.outcome, opened.resolution, self.t)})

    def record(self) -> Record:
        """Give the index page its figures."""
        outcome = self.outcome
        ranked = int(outcome.table["rank"].notna().sum())
        return Record(
            {
                "district": self.district,
                "subtitle": self._subtitle,
                "mark": self.opened.session.facts.data_mark,
                "source": self.opened.session.facts.data_source,
                "name": self.name,
                "title": self.t("report.title"),
                "proposals": len(outcome.table),
                "ranked": ranked,
                "funded": len(outcome.standing(Standing.FUNDED)),
                "not_funded": len(outcome.standing(*NOT_FUNDED)),
                "unpriced": len(outcome.standing(Standing.UNPRICED)),
                "not_rankable": len(outcome.standing(*NOT_RANKABLE)),
                "history": len(outcome.history),
                "ceiling": outcome.ceiling,
                "room": outcome.room,
                "spent": None if outcome.room is None else outcome.spent,
                "left": outcome.left,
                "notes": len(notes_of(self.opened)),
                "language": self.t.language,
                "date": self.opened.session.facts.date,
                **digests_of(self.result()),
            }
        )

    def _unless_empty(self, key: str, blocks: tuple[Markup, ...]) -> Shown:
        return Shown(self.t(key) if blocks else "", blocks)

    def _table(self, heading: str, *shown: tables.Table) -> Shown:
        return Shown(self.t(heading), tuple(html_table(table) for table in shown))
