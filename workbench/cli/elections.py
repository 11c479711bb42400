"""``workbench pb``: Pabulib elections, allocated under a rule and set beside their official result."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from workbench.budgeting import contest_of
from workbench.budgeting.election_result import (
    OFFICIAL_RULE,
    RULES,
    ElectionResult,
    elect,
    official_rule,
    rule_of,
)
from workbench.budgeting.session_election import election_of
from workbench.cli.calculation import PATH, forums
from workbench.cli.exits import emit_json, problem_record, refusals
from workbench.domain.election import Election
from workbench.domain.rules import CHOICES
from workbench.errors import InvalidInput, Problem
from workbench.present.i18n import Translator
from workbench.present.problems import problem_lines
from workbench.prioritisation import pool_sessions, prioritise
from workbench.store.pabulib import pb_text, read_pb
from workbench.store.pabulib_limits import THRESHOLD
from workbench.store.solver_output import QUIET
from workbench.store.source import open_source


def pb_command(t: Translator) -> click.Command:
    """Return ``workbench pb``."""

    @click.command("pb", help=t("cli.pb"))
    @click.argument("source", metavar="SUMBER", type=PATH)
    @click.option(
        "--rule", "--aturan", "rule", type=click.Choice((OFFICIAL_RULE, *RULES)), help=t("cli.pb.rule")
    )
    @click.option("--utility", "--arti", type=click.Choice(CHOICES["utility"]), help=t("cli.pb.utility"))
    @click.option(
        "--completion", "--sisa", type=click.Choice(CHOICES["completion"]), help=t("cli.pb.completion")
    )
    @click.option("--step", "--langkah", type=click.IntRange(min=1), help=t("cli.pb.step"))
    @click.option("--district", "--kecamatan", "district", default="", help=t("cli.option.district"))
    @click.option("--out", type=PATH, help=t("cli.pb.out"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(
        source: Path,
        rule: str | None,
        utility: str | None,
        completion: str | None,
        step: int | None,
        district: str,
        out: Path | None,
        as_json: bool,
    ) -> None:
        with refusals(t, as_json=as_json):
            if source.is_dir():
                election, found = _of_session(source, district), None
            else:
                election = read_pb(source)
                found = _elected(election, rule, {"utility": utility, "completion": completion, "step": step})
            if out is not None:
                out.write_text(pb_text(_with_result(election, found)), encoding="utf-8")
        if as_json:
            emit_json(_document(election, found, t))
        else:
            _say(election, found, rule, t)
            if out is not None:
                click.echo(t("cli.written", path=out))

    return command


def _elected(election: Election, rule: str | None, given: dict[str, Any]) -> ElectionResult:
    rule, choices = rule_of(election, rule)
    stated = {name: value for name, value in given.items() if value is not None}
    if "step" in stated:
        stated["step"] *= 10**election.decimals
    return elect(election, rule, replace(choices, **stated))


def _of_session(folder: Path, district: str) -> Election:
    opened = open_source(folder, None)
    found = forums(opened, district)
    if len(found) > 1:
        facts = {"known": tuple(found)}
        raise InvalidInput([Problem("pb_one_district", column="--kecamatan", facts=facts)])
    session = next(iter(found.values()))
    parts = pool_sessions(session, opened.rules)
    if len(parts) > 1:
        raise InvalidInput([Problem("pb_pools_apart", column="pool")])
    outcome = prioritise(session, opened.rules, QUIET)
    return election_of(session, outcome, contest_of(session, outcome))


def _with_result(election: Election, found: ElectionResult | None) -> Election:
    if found is None:
        return election
    chosen = ["1" if label in found.elected else "0" for label in election.projects.index]
    return replace(election, projects=election.projects.assign(selected=chosen))


def _money(amount: int, election: Election) -> str:
    return f"{Decimal(amount).scaleb(-election.decimals):f}"


def _document(election: Election, found: ElectionResult | None, t: Translator) -> dict[str, Any]:
    record: dict[str, Any] = {
        "title": election.title,
        "vote_type": election.vote_type.value,
        "official_rule": election.rule,
        "meta": dict(election.meta),
        "projects": len(election.projects),
        "voters": len(election.votes),
        "budget": _money(election.budget, election),
        "selected": None if election.selected is None else sorted(election.selected),
        "notes": [problem_record(note, t) for note in election.notes],
    }
    if found is None:
        return record
    return record | {
        "rule": found.rule,
        "elected": list(found.elected),
        "spent": _money(found.spent, election),
        "left": _money(found.left, election),
        "below_threshold": list(found.below),
        "voters_without": found.without_any,
        "missing": list(found.missing),
        "extra": list(found.extra),
    }


def _say(election: Election, found: ElectionResult | None, asked: str | None, t: Translator) -> None:
    if election.title:
        click.secho(election.title, bold=True)
    facts = {"projects": len(election.projects), "voters": len(election.votes)}
    click.echo(
        t(
            "pb.head",
            **facts,
            budget=_money(election.budget, election),
            rule=election.rule or t("word.unknown"),
        )
    )
    _say_notes(election, t)
    if found is None:
        return
    if asked is None and election.rule and official_rule(election) is None:
        click.echo(t("pb.rule_unknown", rule=election.rule))
    money = {"spent": _money(found.spent, election), "left": _money(found.left, election)}
    click.echo(t("pb.elected", rule=t(f"pb.rule.{found.rule}"), count=len(found.elected), **money))
    if found.below:
        least = election.meta[THRESHOLD].strip()
        click.echo(t("pb.below", count=len(found.below), least=least, projects=found.below))
    click.echo(t("pb.without", count=found.without_any, voters=len(election.votes)))
    names = election.projects.get("name")
    for label in found.elected:
        click.echo(f"  {label}  {'' if names is None else names[label]}".rstrip())
    click.echo(_official(election, found, t))


def _say_notes(election: Election, t: Translator) -> None:
    if election.notes:
        click.echo(t("pb.notes"))
        for line in problem_lines(election.notes, t):
            click.echo(f"  {line}")


def _official(election: Election, found: ElectionResult, t: Translator) -> str:
    if election.selected is None:
        return t("pb.no_official")
    if not found.missing and not found.extra:
        return t("pb.same", count=len(election.selected))
    return t("pb.differs", missing=found.missing or ("-",), extra=found.extra or ("-",))
