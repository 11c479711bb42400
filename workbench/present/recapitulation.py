"""All districts of a kabupaten side by side, from their published outcomes: what each asked for and got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.domain.region_codes import Level, ancestor
from workbench.domain.regions import Regions
from workbench.prioritisation import Standing
from workbench.prioritisation.outcome import NOT_FUNDED, NOT_RANKABLE

AMOUNTS = ("room", "spent", "left")
COLUMNS = ("district", "name", "proposals", "ranked", "funded", "not_funded", "not_rankable", "asked",
    *AMOUNTS, "villages", "villages_without", "silent")  # fmt: skip
KEPT = ("proposal", "region", "village", "field", "activity", "volume", "unit", "agency", "womens_proposal",
    "poor_households", "rank", "shared", "cost", "shortfall", "standing", "reason")  # fmt: skip


@dataclass(frozen=True)
class Recapitulation:
    """The districts of one plan year.

    Attributes
    ----------
    proposals : DataFrame
        One line a proposal, in the order of districts and ranks; columns district, pool, village_key,
        village_name, the words of the list, rank, cost (None where unpriced), standing, reason, funded.
    districts : DataFrame
        Index ``district``; columns name, proposals, ranked, funded, not_funded, not_rankable, asked, room,
        spent, left (whole rupiah; None without a ceiling), villages, villages_without (that asked and have
        nothing accommodated), silent (villages that asked for nothing).
    """

    proposals: pd.DataFrame
    districts: pd.DataFrame

    @property
    def has_ceiling(self) -> bool:
        """Whether any district has a ceiling."""
        return bool(self.districts["room"].notna().any())

    def total(self, column: str) -> int | None:
        """Return the sum of what is known of a column; None where nothing is."""
        known = [int(value) for value in self.districts[column] if value is not None]
        return sum(known) if known else None

    def by(self, column: str) -> pd.DataFrame:
        """Return what was asked for and accommodated by the words of a column, the largest amount first.

        Returns
        -------
        DataFrame
            Index the word (empty where none is given); columns proposals, funded, priced (of them with a
            cost), asked, spent.
        """
        lines = self.proposals.assign(
            asked=[int(cost or 0) for cost in self.proposals["cost"]],
            spent=[
                int(cost or 0) if funded else 0
                for cost, funded in zip(self.proposals["cost"], self.proposals["funded"], strict=True)
            ],
            priced=[cost is not None for cost in self.proposals["cost"]],
            number=1,
        )
        table = lines.groupby(column, sort=True).agg(
            proposals=("number", "sum"),
            funded=("funded", "sum"),
            priced=("priced", "sum"),
            asked=("asked", "sum"),
            spent=("spent", "sum"),
        )
        return table.sort_values(["spent", "asked", "proposals"], ascending=False, kind="stable")

    def villages_without(self) -> dict[str, list[str]]:
        """Name by district the villages that asked and have nothing accommodated."""
        if not self.has_ceiling:
            return {}
        totals = self.proposals[self.proposals["village_key"] != ""].groupby(
            ["district", "village_key"], sort=True
        )
        found: dict[str, list[str]] = {}
        for key, lines in totals:
            if not lines["funded"].any():
                district, _ = key if isinstance(key, tuple) else (key, "")
                found.setdefault(str(district), []).append(str(lines["village_name"].iloc[0]))
        return found


def recapitulate(
    outcomes: Mapping[str, Mapping[str, Any]], names: Mapping[str, str], regions: Regions
) -> Recapitulation:
    """Put the published outcomes of districts side by side.

    Parameters
    ----------
    outcomes : mapping of district code to outcome
        As `workbench.store.outcome_file` reads them.
    names : mapping of district code to name
    regions : Regions
        For the names of villages, and those that asked for nothing.
    """
    lines = [
        {"district": code, "pool": part["pool"], **{name: record[name] for name in KEPT}}
        for code, content in sorted(outcomes.items())
        for part in content["lists"]
        for record in part["proposals"]
    ]
    frame = pd.DataFrame(lines, columns=["district", "pool", *KEPT], dtype=object)
    codes = [ancestor(str(region), Level.VILLAGE) for region in frame["region"]]
    pairs = list(zip(codes, map(str, frame["village"]), strict=True))
    frame["village_key"] = [code or text for code, text in pairs]
    frame["village_name"] = [regions.name(code) if code in regions else text or code for code, text in pairs]
    frame["funded"] = (frame["standing"] == Standing.FUNDED.value).astype(bool)
    districts = [_district(code, outcomes[code], frame, names, regions) for code in sorted(outcomes)]
    table = pd.DataFrame(districts, columns=COLUMNS, dtype=object).set_index("district")
    return Recapitulation(frame, table)


def _district(
    code: str, content: Mapping[str, Any], frame: pd.DataFrame, names: Mapping[str, str], regions: Regions
) -> dict[str, Any]:
    own = frame[frame["district"] == code]
    villages = own[own["village_key"] != ""].groupby("village_key")["funded"].any()
    amounts = {
        name: _sum(part[name] for part in content["lists"] if part["room"] is not None) for name in AMOUNTS
    }
    return {
        "district": code,
        "name": names.get(code, code),
        "proposals": len(own),
        "ranked": int(own["rank"].notna().sum()),
        "funded": int(own["funded"].sum()),
        "not_funded": int(own["standing"].isin([standing.value for standing in NOT_FUNDED]).sum()),
        "not_rankable": int(own["standing"].isin([standing.value for standing in NOT_RANKABLE]).sum()),
        "asked": sum(int(cost or 0) for cost in own["cost"]),
        **amounts,
        "villages": len(villages),
        "villages_without": int((~villages.astype(bool)).sum()) if amounts["room"] is not None else None,
        "silent": sum(village not in villages.index for village in regions.children(code).index),
    }


def _sum(values: Any) -> int | None:  # noqa: ANN401 - amounts, or None for unknown
    known = [int(value) for value in values if value is not None]
    return sum(known) if known else None
