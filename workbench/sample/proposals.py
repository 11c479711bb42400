"""The table of proposals: drafts written down with codes, missing cells and spelling faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbench.domain import proposals as domain
from workbench.domain.columns import conform
from workbench.sample.drafts import Draft, draft_district, problem_of, reworded
from workbench.sample.kinds import TRAITS, Kind, kinds
from workbench.sample.places import District
from workbench.sample.streams import Stream, stream
from workbench.sample.wording import as_typed, pick
from workbench.sample.wordlists import read

UNPRICED_SHARE = 0.06
NO_REACH_SHARE, NO_POOR_SHARE = 0.035, 0.012
NO_TARGET_SHARE, NO_PROBLEM_SHARE = 0.04, 0.05
SELF_HELP_SHARE = 0.27
UNKNOWN_WOMENS_SHARE = 0.01
CAME_UP_SHARE = 0.25
"""Share of the district's proposals whose first version in the village is on the list too."""
STAYED_SHARE = 0.04
"""Proposals of villages that did not go on, as a share of the district's."""


@dataclass(frozen=True)
class Drawn:
    """The proposals and what only the generator knows about them.

    Attributes
    ----------
    table : DataFrame
        English columns of a proposal, both stages.
    traits : DataFrame
        Index proposal (district stage only): district, village, group, urgency, benefit, readiness,
        unready_land, no_authority, twin (code of the proposal it repeats, or empty).
    """

    table: pd.DataFrame
    traits: pd.DataFrame


def draw_proposals(seed: int, places: Sequence[District]) -> Drawn:
    """Draw the proposals of all districts."""
    catalogue, words = kinds(), read("words")
    district_rows: list[dict[str, Any]] = []
    village_rows: list[dict[str, Any]] = []
    traits: list[dict[str, Any]] = []
    for district in places:
        rows, history, known = _district(seed, district, catalogue, words)
        district_rows += rows
        village_rows += history
        traits += known
    table = conform(pd.DataFrame(district_rows + village_rows), domain.COLUMNS)
    return Drawn(table, pd.DataFrame(traits).set_index("proposal"))


def _district(
    seed: int, district: District, catalogue: Sequence[Kind], words: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    rng = stream(seed, Stream.PROPOSALS, district.number)
    past = stream(seed, Stream.HISTORY, district.number)
    drafts = draft_district(district, catalogue, rng)
    order = _list_order(drafts, rng)
    codes = {position: f"K{district.number:02d}-{line:04d}" for line, position in enumerate(order, 1)}
    rows: list[dict[str, Any]] = []
    history: list[dict[str, Any]] = []
    known: list[dict[str, Any]] = []
    for position in order:
        draft = drafts[position]
        row = _row(codes[position], district, draft, words, rng)
        if draft.village is not None and past.random() < CAME_UP_SHARE:
            row["parent"] = f"D{district.number:02d}-{len(history) + 1:04d}"
            history.append(_village_row(row["parent"], district, reworded(draft, past), words, past))
        rows.append(row)
        known.append(_known(codes, position, draft, district))
    for draft in _stayed(district, catalogue, past):
        code = f"D{district.number:02d}-{len(history) + 1:04d}"
        history.append(_village_row(code, district, draft, words, past))
    return rows, history, known


def _stayed(district: District, catalogue: Sequence[Kind], rng: np.random.Generator) -> list[Draft]:
    wanted = round(STAYED_SHARE * district.proposals)
    return [draft for draft in draft_district(district, catalogue, rng) if draft.village is not None][:wanted]


def _list_order(drafts: Sequence[Draft], rng: np.random.Generator) -> list[int]:
    """Put the drafts in the order of a list: village by village, inside a village as they came."""
    chance = rng.random(len(drafts)).tolist()
    homes = [draft.village.code if draft.village else "~" for draft in drafts]
    return sorted(range(len(drafts)), key=lambda position: (homes[position], chance[position]))


def _village_row(
    code: str, district: District, draft: Draft, words: Mapping[str, Any], rng: np.random.Generator
) -> dict[str, Any]:
    row = _row(code, district, draft, words, rng)
    sources = words["sources"]
    source = sources["women"] if row["womens_proposal"] is True else sources["names"][2]
    return row | {"stage": words["stages"]["village"], "source": source}


def _row(
    code: str, district: District, draft: Draft, words: Mapping[str, Any], rng: np.random.Generator
) -> dict[str, Any]:
    kind = draft.kind
    priority, objective = words["priorities"][kind.priority]
    return {
        "proposal": code,
        "year": words["facts"]["plan_year"],
        "region": draft.village.code if draft.village else district.code,
        "village": draft.village.name if draft.village else "",
        "district": district.name,
        "hamlet": draft.hamlet,
        "field": kind.field,
        "activity": as_typed(draft.text, words["faults"], rng),
        "problem": "" if rng.random() < NO_PROBLEM_SHARE else problem_of(draft, rng),
        "location": draft.village.name if draft.village else draft.place,
        "volume": draft.volume.text,
        "unit": draft.volume.unit,
        "cost": pd.NA if rng.random() < UNPRICED_SHARE else draft.cost,
        "funding_source": str(rng.choice(words["funding"]["names"], p=words["funding"]["shares"])),
        "agency": kind.agency,
        "pool": _pool(kind, words["pools"]),
        "stage": words["stages"]["district"],
        "regional_priority": priority,
        "regional_objective": objective,
        "program": kind.program,
        "activity_target": "" if rng.random() < NO_TARGET_SHARE else kind.target,
        **_people_columns(draft, rng),
        **_origin_columns(district, draft, words, rng),
    }


def _pool(kind: Kind, words: Mapping[str, Any]) -> str:
    people = kind.unit in words["units_of_other"]
    return str(words["other"] if people else words["physical"])


def _people_columns(draft: Draft, rng: np.random.Generator) -> dict[str, Any]:
    unknown, no_poor = rng.random() < NO_REACH_SHARE, rng.random() < NO_POOR_SHARE
    reach = draft.reach
    return {
        "beneficiaries": pd.NA if unknown else reach.male + reach.female,
        "beneficiaries_male": pd.NA if unknown else reach.male,
        "beneficiaries_female": pd.NA if unknown else reach.female,
        "poor_households": pd.NA if no_poor else reach.poor,
    }


def _origin_columns(
    district: District, draft: Draft, words: Mapping[str, Any], rng: np.random.Generator
) -> dict[str, Any]:
    womens = bool(rng.random() < draft.kind.womens) and draft.village is not None
    sources = words["sources"]
    source = sources["women"] if womens else str(rng.choice(sources["names"], p=sources["shares"]))
    helped = rng.random() < SELF_HELP_SHARE
    step = 500_000 if draft.cost >= 25_000_000 else 50_000
    self_help = round(draft.cost * float(rng.uniform(0.02, 0.09)) / step) * step
    again = draft.times > 1 and rng.random() < 0.9
    return {
        "proposer": _proposer(district, draft, words, rng, womens=womens),
        "source": source,
        "womens_proposal": pd.NA if rng.random() < UNKNOWN_WOMENS_SHARE else womens,
        "self_help": max(self_help, step) if helped else pd.NA,
        "times_proposed": draft.times,
        "last_reason": pick(words["reasons"]["last"], rng) if again else "",
    }


def _proposer(
    district: District, draft: Draft, words: Mapping[str, Any], rng: np.random.Generator, *, womens: bool
) -> str:
    if draft.village is None:
        label = words["places"]["district"].format(name=district.name)
        return str(words["proposers"]["others"][0].format(village=label))
    label = draft.village.label
    form = pick(words["proposers"]["women" if womens else "others"], rng)
    return form.format(village=label, hamlet=draft.hamlet or label)


def _known(codes: Mapping[int, str], position: int, draft: Draft, district: District) -> dict[str, Any]:
    return {
        "proposal": codes[position],
        "district": district.code,
        "village": draft.village.code if draft.village else "",
        "group": draft.kind.group,
        **dict(zip(TRAITS, draft.traits, strict=True)),
        "unready_land": draft.unready_land,
        "no_authority": draft.no_authority,
        "twin": "" if draft.twin is None else codes[draft.twin],
    }
