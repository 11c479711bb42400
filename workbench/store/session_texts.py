"""A session as the tables that people open: texts under the headers of the files."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workbench.domain.criteria import Measure
from workbench.domain.facts import Facts
from workbench.domain.resolution import Resolution
from workbench.domain.session import Session
from workbench.engine.measures import MISSING
from workbench.room.tables import frames_of
from workbench.store.conditions_table import conditions_table
from workbench.store.facts_table import facts_to_table
from workbench.store.headers import load_headers
from workbench.store.resolution_files import resolution_frames
from workbench.store.session_notes import notes_table
from workbench.store.session_tables import BLANK_WORD, FLAG_WORDS, TABLES, flag_criteria
from workbench.store.writing import as_texts


def session_texts(session: Session, resolution: Resolution | None = None) -> dict[str, pd.DataFrame]:
    """Return the tables of a session as texts under the headers of the files; empty ones are left out."""
    headers = load_headers()
    own_regions = _used_regions(session)
    frames: Mapping[str, pd.DataFrame] = {
        **frames_of(session),
        "criteria": _criteria_table(session),
        "points": _points_table(session),
        "conditions": conditions_table(session.conditions),
        **resolution_frames(resolution),
        "regions": own_regions,
        "notes": notes_table(session.notes),
        "facts": facts_to_table(session.facts) if session.facts != Facts() else pd.DataFrame(),
    }
    texts = {
        name: as_texts(frame, TABLES[name], headers, name)
        for name, frame in frames.items()
        if len(frame) or name in ("proposals", "criteria")
    }
    weight = headers.tables["criteria"].fields["weight"]
    texts["criteria"] = _with_written_weights(texts["criteria"], session, weight)
    return texts


def _used_regions(session: Session) -> pd.DataFrame:
    """Return the names of all regions in use and those that hold them, so that the folder stands alone."""
    used: set[str] = {session.facts.region}
    for frame in (session.proposals.frame, session.participants.frame, session.budget.frame):
        used |= set(frame["region"])
    parts = [code.split(".") for code in used if code]
    wanted = {".".join(groups[:depth]) for groups in parts for depth in range(1, len(groups) + 1)}
    # Every sibling village is kept too: a village without any proposal must be seen to have none.
    districts = {".".join(groups[:3]) for groups in parts if len(groups) >= 3}
    names = session.regions.names
    listed = names[names.index.isin(wanted) | names.index.str.rsplit(".", n=1).str[0].isin(districts)]
    return pd.DataFrame({"region": listed.index, "name": listed.to_numpy()})


def _criteria_table(session: Session) -> pd.DataFrame:
    table = session.criteria.members.reset_index()
    fields_of = load_headers().tables["proposals"].fields
    judged = table["measure"].isin([Measure.JUDGED, ""])
    return table.assign(
        column=table["column"].map(lambda name: fields_of.get(name, name)).where(~judged, table["column"])
    )


def _with_written_weights(texts: pd.DataFrame, session: Session, header: str) -> pd.DataFrame:
    """Keep the forum's own notation (3/10, 30 %, 5): its meaning is the same, and people recognise it."""
    written = session.criteria.members["weight_text"].reset_index(drop=True)
    return texts.assign(**{header: written.where(written != "", texts.get(header, ""))})


def _points_table(session: Session) -> pd.DataFrame:
    """Return the points with the words of the file: ya and tidak for the flags of the list, blank as such."""
    words = {word: flag for flag, word in FLAG_WORDS.items()}
    points = session.criteria.points
    of_flags = points["criterion"].isin(flag_criteria(session.criteria.frame.reset_index()))
    texts = points["text"].where(~of_flags, points["text"].replace(words))
    return points.assign(text=texts.replace({MISSING: BLANK_WORD}))
