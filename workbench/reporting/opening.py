"""From a session folder to the report of one district: one list, or every pool by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from workbench.errors import InvalidInput, Problem
from workbench.present.i18n import Translator, translator
from workbench.prioritisation import pool_sessions, prioritise, prioritise_pools
from workbench.reporting.pooled_report import PooledReport
from workbench.reporting.report import DistrictReport
from workbench.store.project_files import located
from workbench.store.session_folder import OpenedSession, open_session
from workbench.store.solver_output import QUIET


def open_report(folder: str, district: str, language: str = "id") -> DistrictReport | PooledReport:
    """Open a session folder and compute the report of one district.

    Parameters
    ----------
    folder : str
        A session folder; it may hold more than this district.
    district : str
        Code of the district; empty for a session without districts.
    language : {"id", "en"}

    Returns
    -------
    DistrictReport or PooledReport
        Both show the same sections; where the rules rank pools apart, each section once for every pool.

    Raises
    ------
    InvalidInput
        Everything that is wrong with the folder, or ``district_without_proposals``.
    """
    place = located(folder)
    opened = open_session(place)
    session = opened.session
    if district:
        if district not in session.regions and district not in session.proposals.districts:
            raise InvalidInput([Problem("district_without_proposals", value=district)])
        session = session.within(district)
    opened, t = replace(opened, session=session), translator(language, facts=session.facts)
    if opened.rules.pools == "apart":
        return _pooled(place, district, opened, t)
    return DistrictReport(place, district, opened, prioritise(session, opened.rules, QUIET), t)


def _pooled(place: Path, district: str, opened: OpenedSession, t: Translator) -> PooledReport:
    pooled = prioritise_pools(opened.session, opened.rules, QUIET)
    sessions = pool_sessions(opened.session, opened.rules)
    parts = {
        pool: DistrictReport(place, district, replace(opened, session=sessions[pool]), outcome, t)
        for pool, outcome in pooled.outcomes.items()
    }
    return PooledReport(opened, parts, pooled, t)
