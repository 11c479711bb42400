"""``workbench years``: one plan over several years, later years discounted, leftovers as ruled."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import click
import pandas as pd

from workbench.budgeting import Contest, contest_of
from workbench.cli.calculation import PATH, forums
from workbench.cli.exits import emit_json, refusals
from workbench.domain.conditions import Demand
from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.allocation.years import LEFTOVERS, YearsPlan, plan_over_years
from workbench.errors import InvalidInput, Problem
from workbench.present.i18n import Translator, worded
from workbench.present.why_not_sentences import proposal_name
from workbench.prioritisation import pool_sessions, prioritise
from workbench.store.solver_output import QUIET
from workbench.store.source import open_source

DISCOUNT = 95
GAP = 0.001
SECONDS = 10


def years_command(t: Translator) -> click.Command:
    """Return ``workbench years``."""

    @click.command("years", help=t("cli.years"))
    @click.argument("source", metavar="SUMBER", type=PATH)
    @click.option("--district", "--kecamatan", "district", default="", help=t("cli.option.district"))
    @click.option(
        "--worth",
        "--nilai",
        "worth",
        type=click.IntRange(1, 100),
        default=DISCOUNT,
        help=t("cli.years.worth"),
    )
    @click.option(
        "--leftovers",
        "--sisa",
        type=click.Choice(tuple(LEFTOVERS)),
        default="lapses",
        help=t("cli.years.left"),
    )
    @click.option("--gap", "--celah", type=click.FloatRange(0, 1), default=GAP, help=t("cli.years.gap"))
    @click.option(
        "--seconds", "--detik", type=click.IntRange(min=1), default=SECONDS, help=t("cli.years.seconds")
    )
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(
        source: Path, district: str, worth: int, leftovers: str, gap: float, seconds: int, as_json: bool
    ) -> None:
        with refusals(t, as_json=as_json):
            session, contest = _one_list(source, district)
            ceilings = _ceilings(session, contest)
            limits = SolverSettings(gap, float(seconds), QUIET.most_cuts, QUIET.around)
            held = contest.needs()
            plan = plan_over_years(
                held.scores,
                held.costs,
                ceilings,
                Fraction(worth, 100),
                leftovers,
                held.groups,
                held.conditions,
                limits,
            )
        if as_json:
            emit_json(_document(plan))
        else:
            _say(plan, session, contest, worded(t, session.facts))

    return command


def _one_list(source: Path, district: str) -> tuple[Session, Contest]:
    opened = open_source(source, None)
    found = forums(opened, district)
    session = next(iter(found.values()))
    parts = pool_sessions(session, opened.rules)
    if len(found) > 1 or len(parts) > 1:
        facts = {"known": tuple(found)}
        raise InvalidInput([Problem("years_one_list", column="--kecamatan", facts=facts)])
    outcome = prioritise(session, opened.rules, QUIET)
    if outcome.room is None:
        raise InvalidInput([Problem("years_no_ceiling")])
    return session, contest_of(session, outcome).without_committed()


def _ceilings(session: Session, contest: Contest) -> pd.Series:
    """Return the ceiling of every year: the room of the planned year, and the lines of the others."""
    lines = session.conditions.frame
    lines = lines[lines["demand"] == Demand.YEAR_CEILING]
    planned = session.facts.plan_year
    if planned is None or lines.empty:
        raise InvalidInput([Problem("years_missing", value=str(planned or ""))])
    amounts = {planned: contest.room}
    for year, limit in zip(lines["year"], lines["limit"], strict=True):
        if int(year) != planned:
            amounts[int(year)] = amounts.get(int(year), 0) + int(limit)
    earlier = [year for year in amounts if year < planned]
    if earlier:
        raise InvalidInput(
            Problem("years_before", value=str(year), facts={"planned": planned}) for year in sorted(earlier)
        )
    return pd.Series(dict(sorted(amounts.items())), dtype="int64")


def _document(plan: YearsPlan) -> dict[str, Any]:
    return {
        "years": {
            str(year): {
                **{name: int(line[name]) for name in ("ceiling", "spent", "available", "left")},
                "funded": [str(label) for label in plan.year_of.index[plan.year_of == year]],
            }
            for year, line in plan.table.iterrows()
        },
        "waiting": [str(label) for label in plan.year_of.index[plan.year_of.isna()]],
        "total_score": plan.total_score,
        "discount": float(plan.discount),
        "leftovers": plan.leftovers,
        "proven": plan.proven,
        "gap": plan.gap,
        "seconds": plan.settings.seconds,
    }


def _say(plan: YearsPlan, session: Session, contest: Contest, t: Translator) -> None:
    click.echo(t("years.head", worth=float(plan.discount), leftovers=t(f"years.{plan.leftovers}")))
    for year, line in plan.table.iterrows():
        click.echo()
        facts = {name: int(line[name]) for name in ("available", "spent", "left", "funded")}
        click.secho(t("years.year", year=str(year), **facts), bold=True)
        for label in contest.ranks.index:
            if plan.year_of[label] == year:
                click.echo(f"  {proposal_name(label, session, t)}")
    click.echo()
    click.echo(t("years.waiting", count=int(plan.year_of.isna().sum())))
    known = "proven" if plan.proven else "unproven"
    click.echo(t(f"years.{known}", total=plan.total_score, gap=plan.gap, seconds=plan.settings.seconds))
    click.echo(t("word.caveat"))
