"""The data of each district as a session folder of its own, prepared once and reused while nothing changed.

A report then reads a few hundred rows instead of the whole list, and any analyst can run one report alone.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from workbench.domain.region_codes import Level, ancestor
from workbench.domain.resolution import Resolution
from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem
from workbench.reporting.batch_state import Digests
from workbench.store.manifest import Manifest, read_manifest, write_files
from workbench.store.order_file import orders_bytes, orders_path
from workbench.store.session_writing import session_files
from workbench.store.sound_part import open_sound_part
from workbench.store.source import Source, source_digest

STATE = "siapan.json"
GEOMETRY = ("peta_desa.geojson", "peta_kecamatan.geojson")
"""Files of schematic boundaries that a session folder may bring along."""


@dataclass(frozen=True)
class Slices:
    """The prepared folders.

    Attributes
    ----------
    folders : mapping of district code to folder
        Sorted by code.
    names : mapping of district code to name
    digests : mapping of district code to digest of its input and rules
    overview : Path
        A folder with the whole session's facts and the proposals that name no district.
    faulty : mapping of district code to FaultyDistrict
        Districts of the input that have no folder, because rows of theirs cannot be used.
    """

    folders: Mapping[str, Path]
    names: Mapping[str, str]
    digests: Mapping[str, str]
    overview: Path
    faulty: Mapping[str, FaultyDistrict] = field(default_factory=dict)


@dataclass(frozen=True)
class FaultyDistrict:
    """A district with rows that cannot be used: its name, and every problem that stands in them."""

    name: str
    problems: tuple[Problem, ...]


def prepare_slices(source: Path, recipe: Path | None, place: Path) -> Slices:
    """Split an input into one session folder a district, unless that was done from the very same files.

    A district with faulty rows is left out. An input that has one is read anew each time, so that its faults
    are told each time.

    Parameters
    ----------
    source, recipe : Path
        As for `workbench.store.source.open_source`.
    place : Path
        Working folder; nothing else may live there.

    Raises
    ------
    InvalidInput
        All problems of the input at once, where not one district can be used without guessing.
    """
    digest = f"{Digests().package} {source_digest(source, recipe)}"
    state = _read_state(place / STATE)
    faulty: dict[str, FaultyDistrict] = {}
    if state is None or state.source != digest or not _intact(place, state):
        part = open_sound_part(source, recipe)
        regions = part.source.session.regions
        faulty = {code: FaultyDistrict(regions.name(code), told) for code, told in part.faults.items()}
        state = _write(part.source, source, place, digest)
        if not faulty:
            _note_state(place, state)
    return Slices(
        folders={code: place / code for code in state.names},
        names=state.names,
        digests=state.digests,
        overview=place / "semua",
        faulty=faulty,
    )


def prepared_districts(place: Path) -> Mapping[str, str]:
    """Return the districts that a working folder holds from an earlier time, name by code."""
    state = _read_state(place / STATE)
    return {} if state is None else state.names


@dataclass(frozen=True)
class _State:
    """What the working folder holds: the digest of its source, and names and digests by district."""

    source: str
    names: dict[str, str]
    digests: dict[str, str]


def _read_state(path: Path) -> _State | None:
    try:
        return _State(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None  # never prepared, or an older format: it is prepared anew


def _note_state(place: Path, state: _State) -> None:
    content = json.dumps(asdict(state), indent=1, ensure_ascii=False)
    (place / STATE).write_text(content, encoding="utf-8")


def _intact(place: Path, state: _State) -> bool:
    """Return whether every prepared district still stands as it was written."""
    try:
        manifests = {code: read_manifest(place / code) for code in state.names}
    except InvalidInput:
        return False
    return all(
        manifest.digest == state.digests[code] and not manifest.edited(place / code)
        for code, manifest in manifests.items()
    )


def _write(opened: Source, source: Path, place: Path, whole: str) -> _State:
    shutil.rmtree(place, ignore_errors=True)
    session = opened.session
    names: dict[str, str] = {}
    digests: dict[str, str] = {}
    for code in reported_districts(session):
        digests[code] = write_slice(opened, source, code, place / code, whole).digest
        names[code] = session.regions.name(code)
    apart = session.of_proposals(session.proposals.without_district())
    kept = set(apart.proposals.labels)
    general = tuple(n for n in session.notes if n.facts.get("proposal") in {None, *kept})
    write_files(
        place / "semua",
        session_files(replace(apart, notes=general), opened.rules, decided_of(opened.resolution, apart))
        | _geometry(source),
        session.regions.edition,
        part_of=whole,
    )
    return _State(whole, names, digests)


def reported_districts(session: Session) -> list[str]:
    """Return the districts that asked for something, and those that have a ceiling and asked for nothing."""
    funded = {ancestor(str(code), Level.DISTRICT) for code in session.budget.frame["region"]}
    return sorted({*session.proposals.districts, *funded} - {""})


def write_slice(opened: Source, source: Path, code: str, folder: Path, whole: str) -> Manifest:
    """Write one district as a session folder of its own.

    Parameters
    ----------
    opened : Source
    source : Path
        Where it was opened from; boundaries of its own come along.
    code : str
        The district.
    folder : Path
    whole : str
        Digest of all that the district is a part of.
    """
    part = opened.session.within(code)
    decided = decided_of(opened.resolution, part)
    files = session_files(part, opened.rules, decided) | _geometry(source) | _orders(opened, part)
    return write_files(folder, files, opened.session.regions.edition, part_of=whole)


def decided_of(resolution: Resolution | None, part: Session) -> Resolution | None:
    """Return the forum's decisions about the proposals of a part; None where there is nothing to say."""
    if resolution is None:
        return None
    own = resolution.of(part.proposals.labels)
    return own if len(own) or own.steps else None


def _orders(opened: Source, part: Session) -> dict[str, bytes]:
    """Return the orders of the proposals of a part as a file; nothing where nobody put them in order."""
    own = None if opened.orders is None else opened.orders.among(part.proposals.labels)
    return {} if own is None else {orders_path(Path()).name: orders_bytes(own)}


def _geometry(source: Path) -> dict[str, bytes]:
    folder = source if source.is_dir() else source.parent
    return {name: (folder / name).read_bytes() for name in GEOMETRY if (folder / name).is_file()}
