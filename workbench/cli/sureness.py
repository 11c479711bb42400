"""``sure``: how sure the order is, whether other methods agree, and what would move a proposal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pandas as pd

from workbench.cli.calculation import PATH, forums
from workbench.cli.exits import emit_json, refusals
from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem
from workbench.present.doubt_sentences import certificate_sentences, doubt_sentences, stability_sentences
from workbench.present.doubt_words import proposal_name
from workbench.present.explanations import proposal_sentences
from workbench.present.i18n import Translator, worded
from workbench.present.opinion_tables import cost_sentences, opinion_sentences
from workbench.present.pools import pool_name
from workbench.prioritisation import Outcome, pool_sessions, prioritise
from workbench.robustness import Robustness, examine
from workbench.robustness.recalculated import Recalculation
from workbench.store.solver_output import QUIET
from workbench.store.source import open_source

SOURCES = ("joint", "people", "weights", "rounding")


@dataclass(frozen=True)
class _Examined:
    """One ranked list with its examination."""

    region: str
    pool: str
    session: Session
    outcome: Outcome
    found: Robustness


def sure_command(t: Translator) -> click.Command:
    """Return ``workbench sure``."""

    @click.command("sure", help=t("cli.sure"))
    @click.argument("source", metavar="SUMBER", type=PATH)
    @click.argument("proposals", metavar="[USULAN]...", nargs=-1)
    @click.option("--mapping", type=PATH, help=t("cli.option.mapping"))
    @click.option("--district", "--kecamatan", "district", default="", help=t("cli.option.district"))
    @click.option("--draws", type=click.IntRange(1, 100_000), default=1000, help=t("cli.option.draws"))
    @click.option("--seed", type=click.IntRange(min=0), default=1, help=t("cli.option.draw_seed"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(
        source: Path,
        proposals: tuple[str, ...],
        mapping: Path | None,
        district: str,
        draws: int,
        seed: int,
        as_json: bool,
    ) -> None:
        with refusals(t, as_json=as_json):
            opened = open_source(source, mapping)
            lists = [
                _examined(region, pool, part, prioritise(part, opened.rules, QUIET), (draws, seed))
                for region, session in forums(opened, district).items()
                for pool, part in pool_sessions(session, opened.rules).items()
            ]
            _refuse_unknown(proposals, lists)
        if as_json:
            emit_json({"lists": [_record(held, proposals, worded(t, held.session.facts)) for held in lists]})
            return
        for held in lists:
            for line in _said(held, proposals, worded(t, held.session.facts)):
                click.echo(line)

    return command


def _examined(
    region: str, pool: str, session: Session, outcome: Outcome, drawn: tuple[int, int]
) -> _Examined:
    draws, seed = drawn
    found = examine(session, outcome.rules, outcome, draws=draws, seed=seed, solving=QUIET)
    return _Examined(region, pool, session, outcome, found)


def _refuse_unknown(proposals: tuple[str, ...], lists: list[_Examined]) -> None:
    known = {str(label) for held in lists for label in held.outcome.table.index}
    unknown = [label for label in proposals if label not in known]
    if unknown:
        raise InvalidInput(Problem("unknown_proposal", column="USULAN", value=label) for label in unknown)


def _said(held: _Examined, proposals: tuple[str, ...], t: Translator) -> Iterator[str]:
    asked = [label for label in proposals if label in held.outcome.table.index]
    if proposals and not asked:
        return
    name = held.session.regions.name(held.region)
    heading = t("cli.district_heading", name=name, code=held.region)
    yield f"{heading} \u00b7 {pool_name(held.pool, t)}" if held.outcome.rules.pools == "apart" else heading
    for label in asked:
        yield f"  {proposal_name(label, held.session)}"
        yield from (f"    {sentence}" for sentence in _of_proposal(held, label, t))
    if not proposals:
        yield from (f"  {sentence}" for sentence in _of_list(held, t))


def _of_proposal(held: _Examined, label: str, t: Translator) -> tuple[str, ...]:
    return proposal_sentences(label, held.found, held.outcome, held.session, t)


def _of_list(held: _Examined, t: Translator) -> Iterator[str]:
    found, session = held.found, held.session
    yield from doubt_sentences(found, held.outcome, session, t)
    if found.stability is not None:
        yield from stability_sentences(found.stability, session, t)
    yield from certificate_sentences(found, session, t)
    if found.opinions is not None:
        yield from opinion_sentences(found.opinions, session, t)
    yield from cost_sentences(found.value, session, t)


def _record(held: _Examined, proposals: tuple[str, ...], t: Translator) -> dict[str, Any]:
    ranked = [str(label) for label in held.outcome.table.index[held.outcome.table["rank"].notna()]]
    shown = [label for label in ranked if label in proposals] if proposals else ranked
    sources = {name: source for name in SOURCES if (source := getattr(held.found, name)) is not None}
    return {
        "region": held.region,
        "pool": held.pool,
        "draws": held.found.draws,
        "seeds": {name: dict(source.seeds) for name, source in sources.items()},
        "apart": {reason: list(labels) for reason, labels in held.found.apart.items()},
        "said": list(_of_list(held, t)),
        "proposals": {
            label: {
                "rank": held.outcome.ranking_of(label),
                "said": list(_of_proposal(held, label, t)),
                **{name: _shares(source, label) for name, source in sources.items()},
            }
            for label in shown
        },
    }


def _shares(source: Recalculation, label: str) -> dict[str, Any]:
    funded = None if source.funded is None else float(source.funded[label])
    place: Any = source.places.loc[label]
    return {
        "best": int(place["best"]),
        "worst": int(place["worst"]),
        "first": float(source.band(1, 1)[label]),
        "funded": None if funded is None or pd.isna(funded) else funded,
        "tied_with": [other for other in source.group_of(label) if other != label],
    }
