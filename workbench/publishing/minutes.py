"""Write the berita acara of a session folder as Word file and PDF."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from workbench.deliberation import round_changes
from workbench.domain.group_sessions import group_sessions
from workbench.domain.minutes_text import MinutesText
from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem
from workbench.present.i18n import translator
from workbench.present.minutes.material import Layout, Material, MinutesList, no_names
from workbench.present.minutes.paper import minutes_paper
from workbench.present.paper.document import Paper
from workbench.present.paper.pdf import can_write_pdf, pdf_bytes
from workbench.publishing.forums import Forum, forums_of
from workbench.room.counted_rounds import CountedRounds, counted_rounds
from workbench.room.replay import replay
from workbench.store.group_sessions import read_group_sessions
from workbench.store.identities import read_identities
from workbench.store.journal_format import has_journal
from workbench.store.journal_opening import reading
from workbench.store.minutes_texts import KINDS, find_minutes_text
from workbench.store.solver_output import QUIET
from workbench.store.source import open_source

FORMATS = ("docx", "pdf")
NAME = "berita-acara"
LEVELS = {
    "desa": "desa",
    "kelurahan": "desa",
    "nagari": "desa",
    "gampong": "desa",
    "kampung": "desa",
    "pekon": "desa",
    "kecamatan": "kecamatan",
    "distrik": "kecamatan",
    "perangkat_daerah": "perangkat_daerah",
    "perangkat daerah": "perangkat_daerah",
    "forum perangkat daerah": "perangkat_daerah",
    "opd": "perangkat_daerah",
    "skpd": "perangkat_daerah",
}
"""Which text a forum of each level has."""


@dataclass(frozen=True)
class Asked:
    """What a person asked for.

    Attributes
    ----------
    kind : str
        A name of `KINDS`; empty: by the level of the session.
    district : str
        One kecamatan; empty for all.
    formats : tuple of str
        Of `FORMATS`.
    names : bool
        Whether the identity file may be read and names printed.
    layout : Layout
    """

    kind: str = ""
    district: str = ""
    formats: tuple[str, ...] = FORMATS
    names: bool = False
    layout: Layout = field(default_factory=Layout)


def kind_of(level: str) -> str:
    """Return the kind of berita acara of a forum's level.

    Raises
    ------
    InvalidInput
        ``minutes_kind_unknown`` names the kinds there are.
    """
    word = level.strip().casefold() or "kecamatan"
    if word not in LEVELS:
        raise InvalidInput(
            [Problem("minutes_kind_unknown", column="--jenis", value=level, facts={"allowed": KINDS})]
        )
    return LEVELS[word]


def minutes_of(folder: Path, asked: Asked) -> dict[str, Paper]:
    """Return the berita acara of every forum of a folder by the name of its file, without ending.

    Raises
    ------
    InvalidInput
        Whatever keeps the folder, the text or the identity file from being read.
    """
    opened = open_source(folder)
    kind = asked.kind or kind_of(opened.session.facts.level)
    text = find_minutes_text(folder, kind)
    names = read_identities(folder) if asked.names else no_names()
    closing = _closing_hash(folder)
    counted = _counted(folder)
    held = read_group_sessions(folder)
    t = translator("id", facts=opened.session.facts)
    return {
        f"{NAME}-{forum.code}": minutes_paper(
            replace(
                _material(forum, text, opened.session, names, closing),
                orders=opened.orders,
                counted=counted,
                group_sessions=group_sessions(held, forum.session.facts.region),
            ),
            asked.layout,
            t,
        )
        for forum in forums_of(opened, asked.district, kind)
    }


def minutes_files(papers: dict[str, Paper], formats: Iterable[str]) -> dict[str, bytes]:
    """Return the files of papers by name.

    Raises
    ------
    WorkbenchError
        ``pdf_extra_missing``.
    """
    from workbench.present.paper.word import word_bytes

    writers = {"docx": word_bytes, "pdf": pdf_bytes}
    return {
        f"{name}.{ending}": writers[ending](paper) for name, paper in papers.items() for ending in formats
    }


def possible(formats: Iterable[str]) -> tuple[str, ...]:
    """Return the formats that this machine can write."""
    return tuple(ending for ending in formats if ending != "pdf" or can_write_pdf())


def _closing_hash(folder: Path) -> str:
    """Return the hash of the last entry of a room's journal; empty where no room was opened."""
    if not has_journal(folder):
        return ""
    with reading(folder) as journal:
        return journal.tip().hash


def _counted(folder: Path) -> CountedRounds | None:
    """Return what a further counting round counted anew; the tables keep only the last count."""
    if not has_journal(folder):
        return None
    with reading(folder) as journal:
        state = replay(held.entry for held in journal.entries())
    return counted_rounds(state) if state.opened else None


def _material(forum: Forum, text: MinutesText, whole: Session, names: pd.DataFrame, closing: str) -> Material:
    """Return what a forum's paper says; delegates of the other forums of the folder are not its own."""
    elsewhere = set(whole.participants.labels) - set(forum.session.participants.labels)
    delegates = tuple(card for card in forum.session.facts.delegates if card not in elsewhere)
    locked = forum.resolution is not None and forum.resolution.locked
    return Material(forum.session, _lists(forum), text, locked, forum.digest, closing, delegates, names)


def _lists(forum: Forum) -> dict[str, MinutesList]:
    return {
        pool: MinutesList(
            one.session, one.outcome, one.decided, round_changes(one.session, one.outcome.rules, QUIET)
        )
        for pool, one in forum.lists.items()
    }
