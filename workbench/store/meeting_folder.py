"""The folder of one meeting, cut out of a list of many districts: one forum, one room."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from workbench.domain.ballots import Ballots
from workbench.errors import InvalidInput, Problem
from workbench.store.journal_format import has_journal
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session


def districts_to_choose(folder: Path) -> dict[str, str]:
    """Return code and name of the districts of a list that holds several and has no room yet.

    Raises
    ------
    InvalidInput
        Whatever keeps the folder from being read.
    """
    if has_journal(folder):
        return {}
    session = open_session(folder).session
    districts = session.proposals.districts
    return {code: session.regions.name(code) for code in districts} if len(districts) > 1 else {}


def meeting_folder(folder: Path, region: str) -> Path:
    """Write the folder of one district's meeting beside the list, once, and return it.

    Points that the list holds already stay behind: the meeting begins anew, and the list is not changed.

    Raises
    ------
    InvalidInput
        ``folder_not_empty``: something else stands at its place already.
    """
    place = folder.parent / f"{folder.name}-{region}"
    if has_journal(place) or (place / "manifest.json").is_file():
        return place
    if place.exists() and any(place.iterdir()):
        raise InvalidInput([Problem("folder_not_empty", file=str(place))])
    opened = open_session(folder)
    part = opened.session.within(region)
    ranked = part.of_proposals(part.proposals.at_stage(opened.rules.stage))
    write_session(place, replace(ranked, ballots=Ballots.empty()), opened.rules)
    return place
