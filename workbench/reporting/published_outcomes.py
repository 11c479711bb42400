"""The outcomes of all districts, of this year's reports, and of last year's folder of whatever kind."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from workbench.domain.regions import Regions
from workbench.errors import InvalidInput, Problem
from workbench.present.recapitulation import Recapitulation, recapitulate
from workbench.prioritisation import prioritise_pools
from workbench.reporting.page import OUTCOME_ENDING
from workbench.reporting.slices import decided_of
from workbench.store.outcome_file import public_outcome_bytes, read_outcome
from workbench.store.solver_output import QUIET
from workbench.store.source import open_source

Outcomes = Mapping[str, Mapping[str, Any]]


def read_outcomes(folder: Path, codes: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Read the outcomes that lie in a folder of reports, by district code; a missing report has none."""
    paths = {code: folder / f"{code}{OUTCOME_ENDING}" for code in codes}
    return {code: read_outcome(path) for code, path in paths.items() if path.is_file()}


def last_year(folder: Path, regions: Regions) -> Recapitulation:
    """Return the districts of the year before.

    Parameters
    ----------
    folder : Path
        A folder of reports, or a session folder.
    regions : Regions
        For the names of villages.

    Raises
    ------
    InvalidInput
        Everything that is wrong with a session folder, or ``no_reports_of_last_year``.
    """
    if not folder.is_dir():
        raise InvalidInput([Problem("no_reports_of_last_year", file=str(folder))])
    codes = [path.name.removesuffix(OUTCOME_ENDING) for path in folder.glob(f"*{OUTCOME_ENDING}")]
    if codes:
        outcomes = read_outcomes(folder, codes)
        return recapitulate(outcomes, {code: _name(folder, code) for code in outcomes}, regions)
    opened = open_source(folder)
    session, names, computed = opened.session, {}, {}
    for code in session.proposals.districts:
        part = session.within(code)
        decided = decided_of(opened.resolution, part)
        found = public_outcome_bytes(part, prioritise_pools(part, opened.rules, QUIET), decided)
        computed[code], names[code] = json.loads(found), session.regions.name(code)
    if not computed:
        raise InvalidInput([Problem("no_reports_of_last_year", file=str(folder))])
    return recapitulate(computed, names, session.regions)


def _name(folder: Path, code: str) -> str:
    try:
        return str(json.loads((folder / f"{code}.json").read_text(encoding="utf-8"))["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return code  # the record was not copied along; the comparison needs the outcome alone
