"""The inputs of a batch: one folder or list, or a folder of many.

A damaged input of many fails alone, and so does a district with damaged rows in an input of several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from workbench.domain.facts import Facts
from workbench.domain.proposals import Proposals
from workbench.domain.region_codes import Level, ancestor
from workbench.domain.regions import Regions
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem, WorkbenchError
from workbench.present.i18n import Translator
from workbench.present.problems import error_sentence, problem_lines
from workbench.reporting.batch_state import STATE_FILE
from workbench.reporting.index_page import Failure
from workbench.reporting.report_task import safe_file_name
from workbench.reporting.slices import Slices, prepare_slices, prepared_districts
from workbench.store.folder_tables import TABLE_ENDINGS, table_files
from workbench.store.journal_format import has_journal
from workbench.store.manifest import MANIFEST, write_files
from workbench.store.session_folder import open_session
from workbench.store.session_writing import session_files

PARTS, OVERVIEW = "masukan", "semua"
MOST_PROBLEMS = 5
"""Problems of a damaged input that the index names; `check` names them all."""


@dataclass(frozen=True)
class Gathered:
    """What can be reported, and the inputs that cannot.

    Attributes
    ----------
    slices : Slices
    failures : tuple of Failure
        By the name of the input, or the code of the district.
    damaged : mapping of district code to name
        Districts whose input cannot be read now, and could when they were last prepared.
    """

    slices: Slices
    failures: tuple[Failure, ...] = ()
    damaged: Mapping[str, str] = field(default_factory=dict)


def gather(source: Path, recipe: Path | None, place: Path, t: Translator) -> Gathered:
    """Prepare every district of an input.

    Parameters
    ----------
    source : Path
        A session folder, a list, or a folder that holds several: one folder (with a recipe also one list)
        for each kecamatan or desa.
    recipe : Path, optional
        Of lists.
    place : Path
        Working folder; nothing else may live there.
    t : Translator
        For the reasons of what cannot be read.

    Raises
    ------
    InvalidInput
        All problems where there is one input, or where not one of several can be read.
    """
    inputs = several(source, recipe)
    if not inputs:
        slices = prepare_slices(source, recipe, place)
        return Gathered(slices, tuple(_faulty(slices, t)), _names(slices))
    found: dict[str, Slices] = {}
    errors: dict[str, WorkbenchError] = {}
    damaged: dict[str, str] = {}
    for one in inputs:
        part = place / PARTS / safe_file_name(one.name)
        before = prepared_districts(part)
        try:
            found[one.name] = prepare_slices(one, recipe, part)
        except WorkbenchError as error:
            errors[one.name] = error
            damaged |= before
    if not found:
        raise InvalidInput(_problems(errors))
    together, twice = _together(found, place / OVERVIEW)
    failures = [Failure(name, name, _reason(error, t)) for name, error in errors.items()]
    for name, slices in found.items():
        failures += _faulty(slices, t, name)
        damaged |= _names(slices)
    failures += [Failure(name, name, t("gather.twice", district=d, first=first)) for name, d, first in twice]
    return Gathered(
        together,
        tuple(failures),
        {code: name for code, name in damaged.items() if code not in together.names},
    )


def _faulty(slices: Slices, t: Translator, inside: str = "") -> Iterator[Failure]:
    """Name the districts with damaged rows, each with all that stands in them."""
    for code, district in slices.faulty.items():
        told = tuple(_inside(problem, inside) for problem in district.problems)
        yield Failure(code, district.name, t("gather.rows", count=len(told)), told)


def _names(slices: Slices) -> dict[str, str]:
    return {code: district.name for code, district in slices.faulty.items()}


def _inside(problem: Problem, name: str) -> Problem:
    """Return a problem with the input that its file stands in."""
    return replace(problem, file=f"{name}/{problem.file}") if name not in ("", problem.file) else problem


def _problems(errors: Mapping[str, WorkbenchError]) -> Iterator[Problem]:
    """Name the problems of inputs of which not one can be read, each with its place."""
    for name, error in errors.items():
        if isinstance(error, InvalidInput):
            for problem in error.problems:
                yield _inside(problem, name)
        else:
            yield Problem(error.code, file=name, facts=dict(error.facts))


def several(source: Path, recipe: Path | None) -> Sequence[Path]:
    """Return the inputs that a folder holds, sorted by name; none where it is an input itself.

    Nothing in it is passed over: a folder without a list is an input that cannot be read, and is named so.
    Only hidden folders and folders of reports are left out.
    """
    if not source.is_dir() or has_journal(source) or (source / MANIFEST).is_file():
        return ()
    if recipe is None and table_files(source):
        return ()
    lists = [] if recipe is None else [path for path in source.iterdir() if _is_list(path)]
    folders = [
        path
        for path in source.iterdir()
        if path.is_dir() and not path.name.startswith((".", "~")) and not (path / STATE_FILE).is_file()
    ]
    return sorted([*folders, *lists], key=lambda path: path.name)


def _is_list(path: Path) -> bool:
    return path.is_file() and path.suffix.casefold() in TABLE_ENDINGS and not path.name.startswith((".", "~"))


def _reason(error: WorkbenchError, t: Translator) -> str:
    if not isinstance(error, InvalidInput):
        return error_sentence(error, t)
    head = t("error.invalid_input", count=len(error.problems))
    return " ".join([head, *problem_lines(error.problems[:MOST_PROBLEMS], t)])


def _together(found: Mapping[str, Slices], overview: Path) -> tuple[Slices, list[tuple[str, str, str]]]:
    """Join the inputs; a district that a second one brings again is left out and told."""
    owner: dict[str, str] = {}
    twice = []
    for name, slices in found.items():
        for code in slices.folders:
            if code in owner:
                twice.append((name, slices.names[code], owner[code]))
            else:
                owner[code] = name
    codes = sorted(owner)
    _write_overview(found, overview)
    together = Slices(
        {code: found[owner[code]].folders[code] for code in codes},
        {code: found[owner[code]].names[code] for code in codes},
        {code: found[owner[code]].digests[code] for code in codes},
        overview,
    )
    return together, twice


def _write_overview(found: Mapping[str, Slices], place: Path) -> None:
    """Write the facts of all inputs together, with the proposals of each that name no district."""
    sessions = {name: open_session(slices.overview).session for name, slices in found.items()}
    first = next(iter(sessions.values()))
    regions = first.regions
    for session in sessions.values():
        regions = regions.joined(session.regions)
    codes = [code for slices in found.values() for code in slices.folders]
    apart = [_renamed(session, name) for name, session in sessions.items() if len(session.proposals)]
    whole = replace(
        first.of_proposals(Proposals(first.proposals.frame.iloc[:0])),
        facts=_facts(first, codes, regions),
        regions=regions,
        proposals=Proposals(pd.concat(apart)) if apart else Proposals(first.proposals.frame.iloc[:0]),
        notes=(),
    )
    write_files(place, session_files(whole, Rules()), regions.edition)


def _renamed(session: Session, name: str) -> pd.DataFrame:
    """Return the proposals with the input's name before their codes: two lists may use the same ones."""
    frame = session.proposals.frame
    return frame.set_axis(pd.Index([f"{name}/{label}" for label in frame.index], name=frame.index.name))


def _facts(first: Session, codes: Sequence[str], regions: Regions) -> Facts:
    regencies = {ancestor(code, Level.REGENCY) for code in codes}
    region = regencies.pop() if len(regencies) == 1 else ""
    return replace(first.facts, region=region, region_name=regions.name(region) if region else "")
