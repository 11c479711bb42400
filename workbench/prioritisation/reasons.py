"""One reason for every proposal, made of facts that the steps already hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from workbench.engine.gates import Screening
from workbench.prioritisation.outcome import Reason, Standing
from workbench.prioritisation.scoring import Scoring


def _ranked(line: Mapping[str, Any]) -> dict[str, Any]:
    facts = {"rank": int(line["rank"]), "score": float(line["score"]), "shared": int(line["shared"])}
    return facts | {"decided_by": line["decided_by"]}


def _funded(line: Mapping[str, Any]) -> dict[str, Any]:
    return _ranked(line) | {"cost": int(line["cost"]), "running_total": int(line["running_total"])}


def _missed(line: Mapping[str, Any]) -> dict[str, Any]:
    return _ranked(line) | {"cost": int(line["cost"]), "shortfall": int(line["shortfall"])}


def _left_out(line: Mapping[str, Any]) -> dict[str, Any]:
    facts = _ranked(line) | {"cost": int(line["cost"])}
    return facts if pd.isna(line["shortfall"]) else facts | {"shortfall": int(line["shortfall"])}


FACTS: Mapping[Standing, Callable[[Mapping[str, Any]], dict[str, Any]]] = MappingProxyType(
    {
        Standing.FUNDED: _funded,
        Standing.OVER_THE_LINE: _missed,
        Standing.DOES_NOT_FIT: _missed,
        Standing.TIED_AT_LINE: _missed,
        Standing.NOT_CHOSEN: _left_out,
        Standing.NO_SUPPORT: _left_out,
        Standing.OVER_QUOTA: _left_out,
        Standing.TIED_AT_QUOTA: _left_out,
        Standing.UNPRICED: _ranked,
        Standing.RANKED: _ranked,
    }
)
"""What the sentence about each standing of a ranked proposal needs."""


def reasons(
    table: pd.DataFrame,
    screening: Screening,
    scoring: Scoring,
    names: pd.Series,
    told: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    withheld: frozenset[str] = frozenset(),
) -> Mapping[str, Reason]:
    """Give every proposal its reason.

    Parameters
    ----------
    table : DataFrame
        The outcome's table.
    screening, scoring
        The steps that name failed gates and missing criteria.
    names : Series
        Name by criterion.
    told : mapping of proposal to mapping
        What the budget rule adds: conditions that block, a quota, a commitment.
    withheld : frozenset of str
        Proposals whose score few people stand behind: neither it nor what cost them most is told; the fact
        ``withheld`` stands in its place, ``room`` where that is so of every ranked proposal, else ``few``.
    """
    missing = scoring.missing_criteria()
    untold = "room" if withheld.issuperset(table.index[table["rank"].notna()]) else "few"
    lost = _largest_loss(scoring)
    result = {}
    records: list[Any] = table.to_dict("records")
    for label, line in zip(table.index, records, strict=True):
        standing = Standing(line["standing"])
        if standing is Standing.GATE_FAILED:
            facts: dict[str, Any] = {"gates": screening.failed[label]}
            if screening.notes[label]:
                facts["notes"] = screening.notes[label]
        elif standing is Standing.NOT_SCORED:
            facts = {"criteria": tuple(str(names[criterion]) for criterion in missing[label])}
        else:
            facts = FACTS[standing](line) | dict(told.get(label, {}))
            if label in withheld:
                facts["withheld"] = untold
                del facts["score"]
            elif label in lost:
                facts["largest_loss"] = str(names[lost[label]])
        result[label] = Reason(standing.value, facts)
    return MappingProxyType(result)


def _largest_loss(scoring: Scoring) -> dict[str, str]:
    """Name for each scored proposal the criterion that cost it most; none where nothing was lost."""
    loss = scoring.losses.sort_index(axis="columns")
    loss = loss[scoring.scores.notna()].round(9)
    loss = loss[(loss > 0).any(axis="columns")]
    return {} if loss.empty else {str(k): str(v) for k, v in loss.idxmax(axis="columns").items()}
