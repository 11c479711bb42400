"""``workbench years``: a plan over several years for every list, later years discounted."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
import pandas as pd

from workbench.budgeting import Contest
from workbench.budgeting.years import YearsTerms, plan_years, years_contest
from workbench.cli.calculation import PATH
from workbench.cli.exits import Exit, emit_json, refusals
from workbench.cli.lists import ListName, lists_of
from workbench.domain.conditions import Demand
from workbench.domain.session import Session
from workbench.engine.allocation.program import SolverSettings
from workbench.engine.allocation.years import LEFTOVERS, YearsPlan
from workbench.errors import InvalidInput, NoFeasiblePlan
from workbench.present.i18n import Translator, worded
from workbench.present.problems import error_sentence, problem_sentence
from workbench.present.why_not_sentences import proposal_name
from workbench.prioritisation import prioritise
from workbench.store.solver_output import QUIET
from workbench.store.source import Source, open_source

DISCOUNT = 95
GAP = 0.001
SECONDS = 10


@dataclass(frozen=True)
class _Planned:
    """One list with its plan, or with what kept it from one."""

    session: Session
    contest: Contest | None = None
    plan: YearsPlan | None = None
    refused: InvalidInput | NoFeasiblePlan | None = None


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
            opened = open_source(source, None)
            lists, common = _with_own_years(opened, district, t)
            limits = SolverSettings(gap, float(seconds), QUIET.most_cuts, QUIET.around)
            terms = YearsTerms(Fraction(worth, 100), leftovers, limits)
            planned = {name: _planned(session, opened, terms) for name, session in lists.items()}
            _refuse_if_none(planned)
        said = worded(t, opened.session.facts)
        if as_json:
            emit_json(_document(planned, common, said))
        else:
            _say(planned, common, terms, said)
        if any(isinstance(held.refused, NoFeasiblePlan) for held in planned.values()):
            sys.exit(Exit.FAILED)

    return command


def _with_own_years(
    opened: Source, district: str, t: Translator
) -> tuple[dict[ListName, Session], tuple[str, ...]]:
    """Return the lists without the ceilings of years that are no list's own, and the names of those."""
    lists = lists_of(opened, district, t)
    regions, pools = {name.region for name in lists}, {name.pool for name in lists}
    telling = [column for column, held in (("village", regions), ("pool", pools)) if len(held) > 1]
    if not telling:
        return lists, ()
    stated = opened.session.conditions
    own = stated.without_common_years(*telling)
    kept = own.named(Demand.YEAR_CEILING)
    common = tuple(name for name in stated.named(Demand.YEAR_CEILING) if name not in kept)
    held = replace(opened, session=replace(opened.session, conditions=own))
    return lists_of(held, district, t), common


def _planned(session: Session, opened: Source, terms: YearsTerms) -> _Planned:
    try:
        contest = years_contest(session, prioritise(session, opened.rules, QUIET))
        plan = plan_years(session, contest, terms)
    except (InvalidInput, NoFeasiblePlan) as error:
        return _Planned(session, refused=error)
    return _Planned(session, contest, plan)


def _refuse_if_none(planned: Mapping[ListName, _Planned]) -> None:
    """Refuse as a whole what no list can be planned with, or what is wrong with more than a missing line."""
    refused = [held.refused for held in planned.values() if held.refused is not None]
    faults = [error for error in refused if isinstance(error, InvalidInput)]
    wrong = [problem for error in faults for problem in error.problems if problem.code not in LACKING]
    if wrong:
        raise InvalidInput({(problem.code, problem.value): problem for problem in wrong}.values())
    if len(refused) < len(planned):
        return
    for error in refused:
        if isinstance(error, NoFeasiblePlan):
            raise error
    lacking = {problem.code: problem for error in faults for problem in error.problems}
    raise InvalidInput(lacking.values())


LACKING = ("years_missing", "years_no_ceiling", "years_nothing")
"""What a list may lack while the others are planned."""


def _document(planned: Mapping[ListName, _Planned], common: tuple[str, ...], t: Translator) -> dict[str, Any]:
    """Return the record of every list; where there is one list it stands at the top as well."""
    records = [_record(name, held, t) for name, held in planned.items()]
    alone = records[0] if len(records) == 1 else {}
    return {**alone, "lists": records, "of_no_list": list(common)}


def _record(name: ListName, held: _Planned, t: Translator) -> dict[str, Any]:
    record = {"district": name.region, "pool": name.pool}
    if held.plan is None or held.contest is None:
        return record | {"years": {}, "not_planned": list(_lacking(held, t))}
    plan, contest = held.plan, held.contest
    total = contest.total_shown(_in_years(plan), plan.total_score)
    whole = ("ceiling", "carried", "available", "spent", "left")
    return record | {
        "years": {
            str(year): {
                **{column: int(line[column]) for column in whole},
                "worth": float(line["worth"]),
                **_counted_record(line, untold=_is_untold(contest, plan, int(str(year)))),
                "funded": [str(label) for label in plan.year_of.index[plan.year_of == year]],
            }
            for year, line in plan.table.iterrows()
        },
        "waiting": [str(label) for label in plan.year_of.index[plan.year_of.isna()]],
        "total_score": total,
        "withheld": ["total_score"] if total is None else [],
        "discount": float(plan.discount),
        "leftovers": plan.leftovers,
        "proven": plan.proven,
        "gap": contest.gap_shown(plan.gap),
        "seconds": plan.settings.seconds,
        "interrupted": plan.interrupted,
    }


def _counted_record(line: pd.Series, *, untold: bool) -> dict[str, Any]:
    """Return the sums of a year; null and named as withheld where few people scored one of its proposals."""
    sums = {column: None if untold else float(line[column]) for column in ("score", "counted")}
    return sums | {"withheld": list(sums) if untold else []}


def _lacking(held: _Planned, t: Translator) -> tuple[str, ...]:
    if isinstance(held.refused, InvalidInput):
        return tuple(problem_sentence(problem, t) for problem in held.refused.problems)
    return () if held.refused is None else (error_sentence(held.refused, t),)


def _say(
    planned: Mapping[ListName, _Planned], common: tuple[str, ...], terms: YearsTerms, t: Translator
) -> None:
    ruled = t(f"years.{terms.leftovers}")
    click.echo(t("years.head", worth=float(terms.discount), leftovers=ruled))
    if common:
        click.echo(t("years.common", names=list(common)))
    for name, held in planned.items():
        click.echo()
        click.secho(name.heading, bold=True)
        if held.plan is None or held.contest is None:
            for sentence in _lacking(held, t):
                click.echo(f"  {t('years.not_planned', reason=sentence)}")
            continue
        _say_plan(held.plan, held.contest, held.session, t)
    click.echo()
    click.echo(t("word.caveat"))


def _say_plan(plan: YearsPlan, contest: Contest, session: Session, t: Translator) -> None:
    first, last = plan.table.index[0], plan.table.index[-1]
    for year, line in plan.table.iterrows():
        click.echo()
        facts = {column: int(line[column]) for column in ("available", "spent", "funded")}
        click.secho(t("years.year", year=str(year), **facts), bold=True)
        for label in contest.ranks.index:
            if plan.year_of[label] == year:
                click.echo(f"  {proposal_name(label, session, t)}")
        carried = plan.leftovers == "carries_over" and year != first
        left = "last" if year == last else plan.leftovers
        untold = _is_untold(contest, plan, int(str(year)))
        for sentence in (*_money_said(line, left, t, carried=carried), _counted(line, t, untold=untold)):
            click.echo(f"  {sentence}")
    click.echo()
    click.echo(t("years.waiting", count=int(plan.year_of.isna().sum())))
    total = contest.total_shown(_in_years(plan), plan.total_score)
    known = f"{'proven' if plan.proven else 'unproven'}{'' if total is not None else '_untold'}"
    click.echo(t(f"years.{known}", total=total, gap=plan.gap, steps=plan.settings.steps))
    if plan.interrupted:
        click.echo(t("plan.interrupted", seconds=plan.settings.patience))


def _money_said(line: pd.Series, left: str, t: Translator, *, carried: bool) -> tuple[str, ...]:
    """Return where the money of a year came from and went."""
    amounts = {column: int(line[column]) for column in ("ceiling", "carried", "available")}
    brought = (t("years.carried", **amounts),) if carried else ()
    return (*brought, t(f"years.left.{left}", left=int(line["left"])))


def _counted(line: pd.Series, t: Translator, *, untold: bool) -> str:
    """Return what the scores of a year are counted at; no sum with a score that is withheld."""
    if untold:
        return t("years.counted_untold", worth=float(line["worth"]))
    return t("years.counted", **{column: float(line[column]) for column in ("score", "worth", "counted")})


def _is_untold(contest: Contest, plan: YearsPlan, year: int) -> bool:
    return not contest.withheld.isdisjoint(plan.year_of.index[plan.year_of == year])


def _in_years(plan: YearsPlan) -> tuple[str, ...]:
    return tuple(map(str, plan.year_of.index[plan.year_of.notna()]))
