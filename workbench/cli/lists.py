"""The lists that are ranked on their own, one for each district and pool, with the heading a person knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.cli.calculation import forums
from workbench.domain.session import Session
from workbench.present.i18n import Translator
from workbench.present.pools import pool_name
from workbench.prioritisation import pool_sessions
from workbench.store.source import Source


@dataclass(frozen=True)
class ListName:
    """Which list it is.

    Attributes
    ----------
    region, pool : str
    heading : str
        What a person calls it.
    apart : bool
        Whether pools are ranked apart.
    """

    region: str
    pool: str
    heading: str
    apart: bool


def lists_of(opened: Source, district: str, t: Translator) -> dict[ListName, Session]:
    """Return the session of every list by its name; one district's where one is asked for.

    Raises
    ------
    InvalidInput
        ``district_without_proposals``.
    """
    return {
        _name(region, pool, opened, t): part
        for region, session in forums(opened, district).items()
        for pool, part in pool_sessions(session, opened.rules).items()
    }


def _name(region: str, pool: str, opened: Source, t: Translator) -> ListName:
    apart = opened.rules.pools == "apart"
    heading = t("cli.district_heading", name=opened.session.regions.name(region), code=region)
    return ListName(region, pool, f"{heading} \u00b7 {pool_name(pool, t)}" if apart else heading, apart)


def by_district(records: Mapping[ListName, dict[str, Any]]) -> dict[str, Any]:
    """Return the records of lists by the code of their district, and by pool where pools are apart.

    Examples
    --------
    >>> by_district({ListName("99.01.01", "Fisik", "", True): {"spent": 5}})
    {'99.01.01': {'pools': {'Fisik': {'spent': 5}}}}
    """
    districts: dict[str, Any] = {}
    for name, record in records.items():
        if name.apart:
            districts.setdefault(name.region, {"pools": {}})["pools"][name.pool] = record
        else:
            districts[name.region] = record
    return districts
