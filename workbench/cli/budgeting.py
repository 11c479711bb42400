"""``compare``: what each rule of the ceiling buys, side by side, list by list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from workbench.budgeting import (
    Comparison,
    Contest,
    PriceOfRule,
    compare_rules,
    contest_of,
)
from workbench.cli.calculation import PATH, forums
from workbench.cli.exits import emit_json, refusals
from workbench.domain.session import Session
from workbench.present.i18n import Translator, worded
from workbench.present.pools import pool_name
from workbench.present.price_of_rules_table import (
    comparison_sentences,
    price_of_rules_table,
)
from workbench.present.why_not_sentences import proposal_name
from workbench.prioritisation import Outcome, pool_sessions, prioritise
from workbench.prioritisation.contest import solver_settings
from workbench.store.solver_output import QUIET
from workbench.store.source import Source, open_source


@dataclass(frozen=True)
class RankedList:
    """One ranked list: a district, or one pool of it where pools are apart."""

    region: str
    pool: str
    session: Session
    outcome: Outcome

    def name(self, t: Translator) -> str:
        """Return what a person calls the list."""
        district = t("cli.district_heading", name=self.session.regions.name(self.region), code=self.region)
        return (
            f"{district} \u00b7 {pool_name(self.pool, t)}"
            if self.outcome.rules.pools == "apart"
            else district
        )

    def contest(self) -> Contest:
        """Return what the rules of the ceiling are asked about."""
        return contest_of(self.session, self.outcome, solver_settings(self.outcome.rules, QUIET))


def compare_command(t: Translator) -> click.Command:
    """Return ``workbench compare``."""

    @click.command("compare", help=t("cli.compare"))
    @click.argument("source", metavar="SUMBER", type=PATH)
    @click.option("--mapping", type=PATH, help=t("cli.option.mapping"))
    @click.option("--district", "--kecamatan", "district", default="", help=t("cli.option.district"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(source: Path, mapping: Path | None, district: str, as_json: bool) -> None:
        with refusals(t, as_json=as_json):
            lists = list(ranked_lists(open_source(source, mapping), district))
            found = [(held, _compared(held)) for held in lists]
        if as_json:
            emit_json({"lists": [_comparison_record(held, compared) for held, compared in found]})
            return
        for held, compared in found:
            _say_comparison(held, compared, worded(t, held.session.facts))

    return command


def ranked_lists(opened: Source, district: str) -> Iterator[RankedList]:
    """Yield every list of a source, or those of one district, calculated under the rules in force."""
    for region, session in forums(opened, district).items():
        for pool, part in pool_sessions(session, opened.rules).items():
            yield RankedList(region, pool, part, prioritise(part, opened.rules, QUIET))


def _compared(held: RankedList) -> Comparison | None:
    if held.outcome.room is None:
        return None
    return compare_rules(held.session, held.outcome, held.contest())


def _say_comparison(held: RankedList, found: Comparison | None, t: Translator) -> None:
    click.echo()
    click.secho(held.name(t), bold=True)
    if found is None:
        click.echo(t("budgeting.compare.no_ceiling"))
        return
    table = price_of_rules_table(found, t)
    for row in table.rows:
        click.echo()
        click.echo(row[0])
        for column, cell in zip(table.columns[1:], row[1:], strict=True):
            click.echo(f"  {column.label}: {cell}")
    click.echo()
    for sentence in comparison_sentences(found, t):
        click.echo(sentence)
    for label in found.surviving:
        click.echo(f"  {proposal_name(label, held.session, t)}")


def _withheld(price: PriceOfRule) -> list[str]:
    """Name the figures of a rule that are null because they would speak of few people."""
    figures = {
        "total_score": price.total_score,
        "share_of_best": price.share_of_best,
        "participants_without": price.voters_without,
    }
    return [name for name, value in figures.items() if value is None]


def _comparison_record(held: RankedList, found: Comparison | None) -> dict[str, Any]:
    record: dict[str, Any] = {"district": held.region, "pool": held.pool, "room": held.outcome.room}
    if found is None:
        return record | {"rules": {}}
    return record | {
        "in_force": found.in_force,
        "rules": {
            rule: {
                "funded": list(price.reading.funded),
                "proven": price.reading.proven,
                "gap": price.reading.gap,
                "total_score": price.total_score,
                "share_of_best": price.share_of_best,
                "spent": price.spent,
                "left": price.left,
                "villages_without": list(price.villages_without),
                "women": price.women,
                "women_known": price.women_known,
                "poor_households": price.poor_households,
                "participants_without": price.voters_without,
                "withheld": _withheld(price),
            }
            for rule, price in found.prices.items()
        },
        "not_computed": dict(found.not_computed),
        "surviving": list(found.surviving),
        "contested": {label: int(found.times[label]) for label in found.contested},
        "villages": found.villages,
        "participants": found.voters,
        "withheld": ["participants"] if found.voters is None else [],
        "unscored": list(found.unscored),
        "unpriced": list(found.unpriced),
    }
