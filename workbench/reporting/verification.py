"""Compute a published report or outcome again from the session folder, and say what differs."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any

from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem
from workbench.prioritisation import prioritise_pools
from workbench.reporting.page import FINISH, OUTCOME_ENDING
from workbench.reporting.papermill_engine import register
from workbench.reporting.report_task import ReportTask, run_report
from workbench.reporting.slices import decided_of, reported_districts, write_slice
from workbench.reporting.template import REPORT_TEMPLATE
from workbench.store.outcome_file import (
    differing_values,
    outcome_digest,
    read_outcome,
    recomputed_bytes,
)
from workbench.store.project_files import notebook_folder
from workbench.store.session_writing import input_digest
from workbench.store.solver_output import QUIET
from workbench.store.sound_part import open_sound_part
from workbench.store.source import Source

TOLD = re.compile(r'<meta name="workbench-(\w+)" content="([^"]*)">')
SECTION = re.compile(r"<section[^>]*>\s*<h2>(.*?)</h2>(.*?)</section>", re.DOTALL)
PAGE_ENDINGS = (".html", ".htm")


@dataclass(frozen=True)
class Difference:
    """One thing that differs.

    Attributes
    ----------
    subject : str
        Code of a proposal; empty for what concerns the whole.
    what : str
        Name of the field, by ``/`` where it lies in another.
    given, computed : object
        As the file has it and as it comes out now.
    """

    subject: str
    what: str
    given: object
    computed: object


@dataclass(frozen=True)
class Verdict:
    """What came of computing again.

    Attributes
    ----------
    given, computed : str
        SHA-256 of the file that was given, and of the one that was made now.
    same_input : bool
        Whether the session folder holds the input and the rules that the file was made from.
    same_outcome : bool
        Whether the outcome is the same to the byte.
    differences : tuple of Difference
        In the outcome; empty where the file holds none that could be compared.
    sections : tuple of str
        Headings of the page's sections that read otherwise now.
    outside : bool
        Whether a page reads otherwise outside of its sections: its head, its style, or something put between.
    """

    given: str
    computed: str
    same_input: bool
    same_outcome: bool
    differences: tuple[Difference, ...] = ()
    sections: tuple[str, ...] = ()
    outside: bool = False

    @property
    def identical(self) -> bool:
        """Whether the file is the same, byte for byte."""
        return self.given == self.computed

    @property
    def only_written(self) -> bool:
        """Whether the file says the same and is only written otherwise: its order, line ends or blanks."""
        said = (*self.differences, *self.sections)
        return not self.identical and not said and not self.outside


def verify(target: Path, source: Path, recipe: Path | None = None) -> Verdict:
    """Compute a file again and compare.

    Parameters
    ----------
    target : Path
        The page of a report (``.html``), or an outcome (``.json``).
    source, recipe : Path
        As for `workbench.store.source.open_source`: the folder that the file is said to come from.

    Raises
    ------
    InvalidInput
        Everything that is wrong with the input, ``page_not_verifiable`` for a page without hashes, or
        ``session_of_another_place`` when the folder knows nothing of the file's district.
    """
    if not target.is_file():
        raise InvalidInput([Problem("file_missing", file=str(target))])
    if target.suffix.lower() in PAGE_ENDINGS:
        return _verify_page(target, source, recipe)
    content = read_outcome(target)
    told = {str(record["proposal"]) for part in content["lists"] for record in part["proposals"]}
    opened = _opened(source, recipe, lambda session: _speaks_of(session, told, content))
    return _verify_outcome(target.read_bytes(), content, _part(content, opened, target))


def _opened(source: Path, recipe: Path | None, holds: Callable[[Session], bool]) -> Source:
    """Open what of an input is sound; what is asked for must be in it, or its faults are told."""
    part = open_sound_part(source, recipe)
    if part.faults and not holds(part.source.session):
        raise InvalidInput(problem for told in part.faults.values() for problem in told)
    return part.source


def _verify_page(target: Path, source: Path, recipe: Path | None) -> Verdict:
    page = target.read_text(encoding="utf-8", errors="replace")
    told = {name: unescape(value) for name, value in TOLD.findall(page)}
    if not {"district", "language", "digest", "outcome"} <= told.keys():
        raise InvalidInput([Problem("page_not_verifiable", file=target.name)])
    opened = _opened(source, recipe, lambda session: told["district"] in reported_districts(session))
    if told["district"] not in reported_districts(opened.session):
        raise InvalidInput([Problem("session_of_another_place", file=target.name, value=told["district"])])
    again, outcome = _made_again(opened, source, told["district"], told["language"])
    digest = outcome_digest(outcome)
    return Verdict(
        given=outcome_digest(target.read_bytes()),
        computed=outcome_digest(again),
        same_input=told["digest"] == json.loads(outcome)["input_digest"],
        same_outcome=told["outcome"] == digest,
        differences=_beside(target, told["outcome"], outcome) if told["outcome"] != digest else (),
        sections=_sections_that_differ(page, again.decode()),
        outside=SECTION.sub("", page) != SECTION.sub("", again.decode())
        or len(SECTION.findall(page)) != len(SECTION.findall(again.decode())),
    )


def _made_again(opened: Source, source: Path, district: str, language: str) -> tuple[bytes, bytes]:
    """Run the template once more and return the page and the outcome."""
    register()
    with tempfile.TemporaryDirectory() as place:
        folder, data = Path(place), Path(place, "data")
        write_slice(opened, source, district, data, "")
        answer = run_report(
            ReportTask(
                name=district,
                notebook=str(notebook_folder() / REPORT_TEMPLATE),
                parameters={"folder": str(data), "district": district, "language": language},
                folder=place,
                target_notebook=str(folder / f"{district}.ipynb"),
                target_html=str(folder / f"{district}.html"),
                finish=FINISH,
            )
        )
        if answer.reason is not None:
            facts = {"reason": f"{answer.reason.error}: {answer.reason.message}"}
            raise InvalidInput([Problem("report_not_made_again", value=district, facts=facts)])
        page, outcome = (folder / f"{district}{ending}" for ending in (".html", OUTCOME_ENDING))
        return page.read_bytes(), outcome.read_bytes()


def _beside(page: Path, digest: str, computed: bytes) -> tuple[Difference, ...]:
    """Compare with the outcome that was published beside the page, where it is still the page's own."""
    path = page.with_suffix(OUTCOME_ENDING)
    if not path.is_file() or outcome_digest(path.read_bytes()) != digest:
        return ()
    return tuple(_differences(json.loads(path.read_bytes()), json.loads(computed)))


def _sections_that_differ(given: str, computed: str) -> tuple[str, ...]:
    one, other = dict(SECTION.findall(given)), dict(SECTION.findall(computed))
    names = [*one, *(name for name in other if name not in one)]
    return tuple(unescape(name) for name in names if one.get(name) != other.get(name))


def _speaks_of(session: Session, told: Collection[str], content: Mapping[str, Any]) -> bool:
    """Tell whether an outcome is of a session: by its proposals, or by its district where it has none."""
    if told:
        return not set(told).isdisjoint(session.proposals.labels)
    return content["forum"].get("region") in {*reported_districts(session), session.facts.region}


def _part(content: Mapping[str, Any], opened: Source, target: Path) -> Source:
    """Return the part of a session that an outcome speaks of: all of it, or one district."""
    told = [str(record["proposal"]) for part in content["lists"] for record in part["proposals"]]
    known = set(opened.session.proposals.labels)
    if not _speaks_of(opened.session, told, content):
        raise InvalidInput([Problem("session_of_another_place", file=target.name, value=", ".join(told[:3]))])
    if input_digest(opened.session, opened.rules) == content["input_digest"]:
        return opened
    if not told:
        return _within(opened, content["forum"]["region"])
    districts = {
        code
        for code in opened.session.proposals.districts
        if not known.intersection(told).isdisjoint(opened.session.within(code).proposals.labels)
    }
    return _within(opened, districts.pop()) if len(districts) == 1 else opened


def _within(opened: Source, district: str) -> Source:
    part = opened.session.within(district)
    return replace(opened, session=part, resolution=decided_of(opened.resolution, part))


def _verify_outcome(given: bytes, content: Mapping[str, Any], part: Source) -> Verdict:
    found = prioritise_pools(part.session, part.rules, QUIET)
    computed = recomputed_bytes(content, part.session, found, part.resolution)
    same = given == computed
    return Verdict(
        given=outcome_digest(given),
        computed=outcome_digest(computed),
        same_input=content["input_digest"] == input_digest(part.session, part.rules),
        same_outcome=same,
        differences=() if same else tuple(_differences(content, json.loads(computed))),
    )


def _differences(given: Mapping[str, Any], computed: Mapping[str, Any]) -> Iterator[Difference]:
    """Compare proposal with proposal, wherever each stands in its list, then what is said of the whole."""
    one, other = _by_proposal(given), _by_proposal(computed)
    for label in sorted({*one, *other}):
        for path, before, now in differing_values(one.get(label), other.get(label)):
            yield Difference(label, "/".join(path), before, now)
    for path, before, now in differing_values(_without_proposals(given), _without_proposals(computed)):
        yield Difference("", "/".join(path), before, now)


def _by_proposal(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        str(record["proposal"]): {**record, "pool": part["pool"]}
        for part in content["lists"]
        for record in part["proposals"]
    }


def _without_proposals(content: Mapping[str, Any]) -> dict[str, Any]:
    lists = {
        str(part["pool"]): {k: v for k, v in part.items() if k != "proposals"} for part in content["lists"]
    }
    return {**content, "lists": lists}
