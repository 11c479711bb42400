"""``prioritise``, ``validate``, ``repair``: from an input to its outcome on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pandas as pd

from workbench.cli.amounts import rupiah_given
from workbench.cli.exits import Exit, emit_json, plain, problem_record, refusals
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem
from workbench.present.bands_table import band_word, bands_by_proposal
from workbench.present.i18n import Translator, worded
from workbench.present.pools import pool_name, pool_sentences
from workbench.present.problems import problem_place, problem_sentence
from workbench.present.reasons import reason_sentence
from workbench.present.score_words import room_note, score_word
from workbench.prioritisation import Outcome, PooledOutcome, Standing, prioritise_pools
from workbench.prioritisation.outcome import NOT_RANKABLE
from workbench.store.manifest import interrupted, repair
from workbench.store.solver_output import QUIET
from workbench.store.source import Source, open_source

PATH = click.Path(path_type=Path)
UNAPPLIED = ("condition_of_other_year",)
"""Notes that say why a line of the folder has no say in what is printed."""


def prioritise_command(t: Translator) -> click.Command:
    """Return ``workbench prioritise``."""

    @click.command("prioritise", help=t("cli.prioritise"))
    @click.argument("source", metavar="SUMBER", type=PATH)
    @click.option("--mapping", type=PATH, help=t("cli.option.mapping"))
    @click.option("--district", "--kecamatan", "district", default="", help=t("cli.option.district"))
    @click.option("--ceiling", "--pagu", "given", help=t("cli.option.ceiling"))
    @click.option("--out", type=PATH, help=t("cli.option.outfile"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(
        source: Path,
        mapping: Path | None,
        district: str,
        given: str | None,
        out: Path | None,
        as_json: bool,
    ) -> None:
        with refusals(t, as_json=as_json):
            ceiling = None if given is None else rupiah_given(given, "--pagu")
            opened = open_source(source, mapping)
            _refuse_ceiling(ceiling, opened.rules)
            outcomes = {
                code: prioritise_pools(_with_ceiling(session, code, ceiling), opened.rules, QUIET)
                for code, session in forums(opened, district).items()
            }
            if out is not None:
                _table(outcomes, opened.session, worded(t, opened.session.facts)).to_csv(
                    out, sep=";", index=False, encoding="utf-8-sig"
                )
        if as_json:
            emit_json(_document(outcomes, opened, worded(t, opened.session.facts)))
        else:
            _say(outcomes, opened.session, worded(t, opened.session.facts))
            if out is not None:
                click.echo(t("cli.written", path=out))

    return command


def forums(opened: Source, district: str) -> dict[str, Session]:
    """Return the sessions to compute: the district asked for, or every district of the list.

    A list that names no district at all is one forum.
    """
    districts = opened.session.proposals.districts
    if district and district not in districts:
        facts = {"known": districts}
        raise InvalidInput(
            [Problem("district_without_proposals", column="--kecamatan", value=district, facts=facts)]
        )
    if not districts:
        return {opened.session.facts.region: opened.session}
    return {code: opened.session.within(code) for code in ([district] if district else districts)}


def _refuse_ceiling(ceiling: int | None, rules: Rules) -> None:
    if ceiling is not None and rules.pools == "apart":
        raise InvalidInput([Problem("ceiling_without_pool", column="--pagu", value=str(ceiling))])


def _with_ceiling(session: Session, region: str, ceiling: int | None) -> Session:
    return (
        session if ceiling is None else replace(session, budget=session.budget.with_ceiling(region, ceiling))
    )


def _table(outcomes: dict[str, PooledOutcome], session: Session, t: Translator) -> pd.DataFrame:
    lines: list[dict[str, Any]] = []
    for region, pool, outcome in _lists(outcomes):
        bands = bands_by_proposal(outcome, session)
        for label, line in outcome.table.iterrows():
            name = str(label)
            lines.append(
                {
                    t("column.region"): region,
                    **({t("explore.pool"): pool} if outcomes[region].apart else {}),
                    t("column.proposal_code"): name,
                    t("column.activity"): session.proposals.frame.loc[name, "activity"],
                    t("column.rank"): "" if pd.isna(line["rank"]) else int(line["rank"]),
                    t("column.score"): ""
                    if outcome.ranking_of(name) is None
                    else score_word(outcome, name, t),
                    **({t("column.band"): band_word(bands[name], outcome, t)} if len(session.bands) else {}),
                    t("column.cost"): "" if pd.isna(line["cost"]) else int(line["cost"]),
                    t("column.standing"): t(f"standing.{line['standing']}"),
                    t("column.reason"): reason_sentence(outcome.reasons[name], t),
                }
            )
    return pd.DataFrame(lines)


def _lists(outcomes: dict[str, PooledOutcome]) -> Iterator[tuple[str, str, Outcome]]:
    """Yield every list that is ranked on its own, with its district and its pool."""
    for region, pooled in outcomes.items():
        for pool, outcome in pooled.outcomes.items():
            yield region, pool, outcome


def _heading(region: str, pool: str, pooled: PooledOutcome, session: Session, t: Translator) -> str:
    place = t("cli.district_heading", name=session.regions.name(region), code=region)
    return f"{place}, {pool_name(pool, t)}" if pooled.apart else place


def _say(outcomes: dict[str, PooledOutcome], session: Session, t: Translator) -> None:
    for region, pool, outcome in _lists(outcomes):
        click.echo()
        click.secho(_heading(region, pool, outcomes[region], session, t), bold=True)
        click.echo(" ".join(filter(None, (_totals(outcome, t), room_note(outcome, t)))))
        for label, reason in outcome.reasons.items():
            activity = str(session.proposals.frame["activity"][label])
            click.echo(f"  {_rank(outcome, label):>5}  {label}  {activity}")
            click.echo(f"         {reason_sentence(reason, t)}")
    for sentence in dict.fromkeys(said for pooled in outcomes.values() for said in pool_sentences(pooled, t)):
        click.echo(sentence)
    outside = len(session.proposals.without_district())
    if outside:
        click.echo(t("cli.outside", count=outside))
    for note in session.notes:
        if note.code in UNAPPLIED:
            click.echo(f"{problem_place(note, t)}: {problem_sentence(note, t)}")
    click.echo(t("cli.advice"))


def _rank(outcome: Outcome, label: str) -> str:
    rank = outcome.ranking_of(label)
    return "-" if rank is None else str(rank)


def _totals(outcome: Outcome, t: Translator) -> str:
    ranked = int(outcome.table["rank"].notna().sum())
    funded = len(outcome.standing(Standing.FUNDED))
    if outcome.room is None:
        return t("cli.district_totals_no_ceiling", ranked=ranked)
    said = t(
        "cli.district_totals",
        ranked=ranked,
        funded=funded,
        room=outcome.room,
        spent=outcome.spent,
        left=outcome.left,
    )
    unpriced, stuck = len(outcome.standing(Standing.UNPRICED)), len(outcome.standing(*NOT_RANKABLE))
    apart = t("cli.not_ranked", unpriced=unpriced, not_rankable=stuck) if unpriced or stuck else ""
    above = t("summary.earmarked_above", above=-outcome.room) if outcome.room < 0 else ""
    return " ".join(filter(None, (said, apart, above)))


def _document(outcomes: dict[str, PooledOutcome], opened: Source, t: Translator) -> dict[str, Any]:
    return {
        "region_edition": opened.session.regions.edition,
        "data_mark": opened.session.facts.data_mark,
        "without_district": list(opened.session.proposals.without_district().labels),
        "districts": {code: pooled_record(pooled, opened.session, t) for code, pooled in outcomes.items()},
        "notes": [problem_record(note, t) for note in opened.session.notes],
    }


def pooled_record(pooled: PooledOutcome, session: Session, t: Translator) -> dict[str, Any]:
    """Return the outcome of one list, or of every pool by its name where pools are apart."""
    records = {
        pool: outcome_record(outcome, t) | _bands_record(outcome, session)
        for pool, outcome in pooled.outcomes.items()
    }
    if not pooled.apart:
        return next(iter(records.values()))
    return {"pools": records, "common_ceiling": pooled.common_ceiling}


def _bands_record(outcome: Outcome, session: Session) -> dict[str, Any]:
    return {"bands": bands_by_proposal(outcome, session).to_dict()} if len(session.bands) else {}


UNTOLD = ("answers", "points_sum")
"""What is left out of a proposal that few people scored; the score stands there for who computes again."""


def outcome_record(outcome: Outcome, t: Translator) -> dict[str, Any]:
    """Return an outcome as a JSON object; null is an unknown number, or one that ``withheld`` names."""
    lines = {}
    table: dict[str, dict[str, Any]] = outcome.table.astype(object).to_dict("index")  # type: ignore[assignment]
    for label, line in table.items():
        reason = outcome.reasons[label]
        record = {
            str(name): plain(None if value is pd.NA or value != value else value)  # noqa: PLR0124 - NaN
            for name, value in line.items()
        }
        untold = UNTOLD if label in outcome.withheld else ()
        record |= {"score_public": not untold, "withheld": list(untold), **dict.fromkeys(untold)}
        facts = {name: plain(value) for name, value in reason.facts.items()}
        lines[label] = record | {"reason": reason_sentence(reason, t), "facts": facts}
    return {
        "ceiling": outcome.ceiling,
        "earmarked": outcome.earmarked,
        "room": outcome.room,
        "spent": outcome.spent,
        "left": outcome.left,
        "weights": {str(k): float(v) for k, v in outcome.weights.values.items()},  # noqa: PD011 - a value of ours
        "proposals": lines,
    }


def validate_command(t: Translator) -> click.Command:
    """Return ``workbench validate``."""

    @click.command("validate", help=t("cli.validate"))
    @click.argument("source", metavar="SUMBER", type=PATH)
    @click.option("--mapping", type=PATH, help=t("cli.option.mapping"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(source: Path, mapping: Path | None, as_json: bool) -> None:
        with refusals(t, as_json=as_json):
            opened = open_source(source, mapping)
        session = opened.session
        if as_json:
            emit_json({"problems": [], "notes": [problem_record(note, t) for note in session.notes]})
            return
        counts = {
            "proposals": len(session.proposals),
            "criteria": len(session.criteria),
            "participants": len(session.participants),
            "ballots": len(session.ballots),
        }
        click.echo(t("cli.checked", folder=source, **counts))
        if opened.edited:
            click.echo(t("cli.edited", files=opened.edited))
        if session.notes:
            click.echo(t("cli.notes", count=len(session.notes)))
            for note in session.notes:
                click.echo(f"- {problem_place(note, t)}: {problem_sentence(note, t)}")

    return command


def repair_command(t: Translator) -> click.Command:
    """Return ``workbench repair``."""

    @click.command("repair", help=t("cli.repair"))
    @click.argument("folder", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
    def command(folder: Path) -> None:
        cut = interrupted(folder)
        old = "cli.repaired_old" if cut else "cli.repaired_none"
        click.echo(t("cli.repaired_new" if repair(folder) else old))
        sys.exit(Exit.DONE)

    return command
