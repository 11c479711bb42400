"""The lists that are ranked on their own, one for each district and pool, with the heading a person knows."""

from __future__ import annotations

from workbench.cli.calculation import forums
from workbench.domain.session import Session
from workbench.present.i18n import Translator
from workbench.present.pools import pool_name
from workbench.prioritisation import pool_sessions
from workbench.store.source import Source


def lists_of(opened: Source, district: str, t: Translator) -> dict[str, Session]:
    """Return the session of every list by its heading; one district's where one is asked for.

    Raises
    ------
    InvalidInput
        ``district_without_proposals``.
    """
    return {
        _heading(region, pool, opened, t): part
        for region, session in forums(opened, district).items()
        for pool, part in pool_sessions(session, opened.rules).items()
    }


def _heading(region: str, pool: str, opened: Source, t: Translator) -> str:
    name = opened.session.regions.name(region)
    heading = t("cli.district_heading", name=name, code=region)
    return f"{heading} \u00b7 {pool_name(pool, t)}" if opened.rules.pools == "apart" else heading
