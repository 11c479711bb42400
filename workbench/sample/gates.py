"""Conditions that are examined before scoring: authority, land, and whether a proposal repeats another."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from workbench.domain import ballots as domain
from workbench.domain.columns import conform
from workbench.sample.streams import Stream, stream
from workbench.sample.wording import pick
from workbench.sample.wordlists import read

NOTICED_SHARE = 0.55
"""Share of the near-duplicates that somebody noticed."""
UNEXAMINED_SHARE, UNLISTED_SHARE = 0.01, 0.02


def gate_table(seed: int, traits: pd.DataFrame) -> pd.DataFrame:
    """Return plus or minus per proposal and condition; a few proposals are not listed or not examined."""
    words = read("words")["gates"]
    rng = stream(seed, Stream.GATES)
    rows: list[dict[str, Any]] = []
    for code, trait in zip(traits.index, traits.to_dict("records"), strict=True):
        if rng.random() < UNLISTED_SHARE:
            continue
        noticed = trait["twin"] != "" and rng.random() < NOTICED_SHARE
        failed = {"authority": trait["no_authority"], "land": trait["unready_land"], "single": noticed}
        rows += [_line(str(code), words[key], trait, rng, failed=bool(failed[key])) for key in words]
    return conform(pd.DataFrame(rows), domain.GATE_COLUMNS)


def _line(
    code: str,
    gate: Mapping[str, Any],
    trait: Mapping[Hashable, Any],
    rng: np.random.Generator,
    *,
    failed: bool,
) -> dict[str, Any]:
    unexamined = not failed and rng.random() < UNEXAMINED_SHARE
    note = pick(gate["fails"], rng).format(other=trait["twin"]) if failed else ""
    return {
        "proposal": code,
        "gate": gate["name"],
        "passed": pd.NA if unexamined else not failed,
        "note": note,
    }
