"""Everything that a view of a room may be made of, by how its parameters are written."""

from __future__ import annotations

from functools import cache

import pandas as pd

from tests.present.minutes.test_minutes_paper import TEXT
from tests.withheld_rooms import STEP
from workbench.budgeting import compare_rules, contest_of, curve_of_money, why_not
from workbench.budgeting.trial import Tried, plan_with, priced
from workbench.deliberation import Status, decided_list, deliberate
from workbench.domain.resolution import Resolution
from workbench.domain.rules import Rules
from workbench.present.i18n import translator
from workbench.present.minutes.material import Layout, Material, MinutesList
from workbench.present.workbook.forms import FormList
from workbench.prioritisation import Outcome
from workbench.prioritisation.listed import listed
from workbench.publishing.forums import forums_of
from workbench.robustness import examine
from workbench.store.source import Source

T = translator("id")


class Shelf:
    """Everything that a view may be made of, for one room; made when it is asked for."""

    def __init__(self, room, outcome: Outcome, rules: Rules) -> None:
        self.session, self.outcome, self.rules = room.session(), outcome, rules
        self.labels = [str(label) for label in outcome.table.index]

    @cache  # noqa: B019 - a shelf lives as long as its test
    def robustness(self):
        return examine(self.session, self.rules, self.outcome, draws=30, seed=1)

    @cache  # noqa: B019
    def contest(self):
        return contest_of(self.session, self.outcome)

    @cache  # noqa: B019
    def answers(self):
        return why_not(self.contest(), self.rules.budget_rule, self.contest().ranks.index)

    def points(self):
        return curve_of_money(self.contest(), self.rules.budget_rule, STEP, 5)

    def trials(self):
        without = plan_with(self.contest(), Tried(), "")
        smaller = plan_with(self.contest(), Tried(ceiling_percent=-30), "")
        return [priced(self.contest(), without, found) for found in (without, smaller)]

    def resolution(self):
        lines = {
            "proposal": self.labels,
            "decided_rank": None,
            "decision": "not_funded",
            "reason": "Disepakati",
        }
        return Resolution.from_table(
            pd.DataFrame(lines, index=range(len(self.labels))), self.session.proposals
        )

    def minutes(self):
        return MinutesList(self.session, self.outcome, decided_list(self.outcome, self.resolution()))

    def material(self):
        (forum,) = forums_of(Source(self.session, self.rules))
        return Material(forum.session, {"": self.minutes()}, TEXT, False, "ab" * 32)

    def form(self):
        return FormList(self.session, self.outcome, decided_list(self.outcome, self.resolution()), T)

    def offered(self, kind: str, name: str) -> list[object] | None:
        """Return the values to try for a parameter, by how it is written; None where there is none."""
        if name in TEXTS:
            return [TEXTS[name]]
        if name in {"label", "proposal"}:
            return list(self.labels)
        make = OFFERED.get(kind.split(" | None", maxsplit=1)[0])
        return None if make is None else list(make(self))


TEXTS = {
    "caption": "Daftar", "name": "Lembar", "rule": "rank_stop", "criterion": "K1", "note": "Catatan.",
    "band": "P1",
}  # fmt: skip
OFFERED = {
    "Outcome": lambda shelf: [shelf.outcome],
    "Session": lambda shelf: [shelf.session],
    "Translator": lambda _: [T, translator("en")],
    "Listed": lambda shelf: [listed(shelf.outcome)],
    "Reason": lambda shelf: shelf.outcome.reasons.values(),
    "Robustness": lambda shelf: [shelf.robustness()],
    "Stability": lambda shelf: [shelf.robustness().stability],
    "Opinions": lambda shelf: [shelf.robustness().opinions],
    "NeedsAgainstCost": lambda shelf: [shelf.robustness().value],
    "Comparison": lambda shelf: [compare_rules(shelf.session, shelf.outcome, shelf.contest())],
    "WhyNot": lambda shelf: shelf.answers(),
    "Sequence[WhyNot]": lambda shelf: [shelf.answers()],
    "Sequence[Point]": lambda shelf: [shelf.points()],
    "Priced": lambda shelf: shelf.trials(),
    "Spreads": lambda shelf: [deliberate(shelf.session, shelf.rules, shelf.outcome).spreads],
    "GroupReading": lambda shelf: deliberate(shelf.session, shelf.rules, shelf.outcome).readings,
    "Resolution": lambda shelf: [shelf.resolution()],
    "Mapping[str, int]": lambda shelf: [{label: at for at, label in enumerate(shelf.labels, start=1)}],
    "MinutesList": lambda shelf: [shelf.minutes()],
    "Material": lambda shelf: [shelf.material()],
    "Layout": lambda _: [Layout(computed_annex=True)],
    "FormList": lambda shelf: [shelf.form()],
    "Sequence[str]": lambda shelf: [shelf.labels],
    "Sequence[Status]": lambda _: [tuple(Status)],
    "Iterable[Hashable]": lambda shelf: [shelf.labels],
    "WallDoubt": lambda _: [None],
    "Hashable": lambda shelf: shelf.labels,
}
"""How to make every kind of value that a view is made of."""
