"""What was made from what: the keys of reports and the record that lets an unchanged report be skipped."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version_tuple
from typing import Any

import workbench
from workbench.reporting.jobs import Job
from workbench.reporting.template import template_cells

STATE_FILE = ".batch.jsonl"
LIBRARIES = ("matplotlib", "numpy", "openpyxl", "pandas", "papermill", "scipy", "typst")
SOURCES = {".css", ".html", ".j2", ".jinja", ".js", ".json", ".py", ".svg", ".toml", ".typ"}
MISSING = "missing"
"""Digest of an input that is not there: the report itself then says what is wrong with it."""


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, default=list)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Digests:
    """Content digests, each file read once in a batch even when all reports share it."""

    _known: dict[Path, str] = field(default_factory=dict)

    def key(self, job: Job) -> str:
        """Return the key of a report: equal keys mean equal reports.

        It covers the template's cells, this package's sources, the versions of Python and of the libraries
        that compute and draw, the parameters, the finish step and the content of the inputs. What lies below
        the reports is named from there, so that a folder moved as a whole stands as it is.
        """
        return _digest(
            {
                "template": self._of_template(job.notebook),
                "package": self.package,
                "versions": self._versions,
                "parameters": {name: _from_reports(name, job) for name in job.parameters},
                "finish": job.finish,
                "inputs": [item if isinstance(item, str) else self._of_path(item) for item in job.inputs],
            }
        )

    @cached_property
    def package(self) -> str:
        """Digest of this package's sources."""
        root = Path(workbench.__file__).parent
        return _digest([(name, file_digest(root / name)) for name in _files(root) if _is_source(name)])

    @cached_property
    def _versions(self) -> dict[str, str]:
        return {"python": ".".join(python_version_tuple()[:2])} | {name: _version(name) for name in LIBRARIES}

    def _of_template(self, notebook: Path) -> str:
        if notebook not in self._known:
            cells = [
                (cell.get("cell_type"), "".join(cell.get("source", "")), cell.get("metadata", {}).get("tags"))
                for cell in template_cells(notebook)
            ]
            self._known[notebook] = _digest(cells)
        return self._known[notebook]

    def _of_path(self, path: Path) -> str:
        if path not in self._known:
            self._known[path] = content_digest(path)
        return self._known[path]


def _from_reports(name: str, job: Job) -> object:
    """Return a parameter; a path below the folder of the report as it stands from there."""
    value, base = job.parameters[name], job.target_notebook.parent
    if name not in job.paths or not Path(str(value)).is_relative_to(base):
        return value
    return Path(str(value)).relative_to(base).as_posix()


def _is_source(name: str) -> bool:
    return os.path.splitext(name)[1] in SOURCES  # noqa: PTH122 - thousands of times faster than a Path each


def _files(folder: Path) -> list[str]:
    found: list[str] = []
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        relative = os.path.relpath(base, folder)
        found.extend(os.path.normpath(os.path.join(relative, name)) for name in names)  # noqa: PTH118
    return sorted(name.replace(os.sep, "/") for name in found)


def content_digest(path: Path) -> str:
    """Return the digest of a file, or of all files of a folder with their names."""
    try:
        if path.is_dir():
            return _digest([(name, file_digest(path / name)) for name in _files(path)])
        return file_digest(path)
    except OSError:
        return MISSING


def input_size(job: Job) -> int:
    """Return the bytes of what a report is made from, as far as they lie on this disk.

    Examples
    --------
    >>> input_size(Job("32.02.13", Path("a.ipynb"), {"folder": Path("not there")}, Path("b.ipynb")))
    0
    """
    total = 0
    for path in (Path(str(job.parameters[name])) for name in job.paths):
        files = (path / name for name in _files(path)) if path.is_dir() else (path,)
        with suppress(OSError):  # gone meanwhile: the report itself will say so
            total += sum(file.stat().st_size for file in files)
    return total


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return MISSING


@dataclass(frozen=True)
class MadeReport:
    """One line of the record: what was made, from what key, with which content."""

    name: str
    key: str
    files: Mapping[str, str]
    seconds: float

    def stands(self, folder: Path) -> bool:
        """Return whether every file is there with the content that was written."""
        return bool(self.files) and all(
            content_digest(folder / name) == digest for name, digest in self.files.items()
        )


class BatchState:
    """The record of a folder of reports, a line of JSON per report; the last line of a name counts."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / STATE_FILE
        self.made = {report.name: report for report in _read(self._path)}

    def record(self, report: MadeReport) -> None:
        """Append a report; a line cut short by a crash is passed over by the next reader."""
        with self._path.open("a", encoding="ascii", newline="\n") as stream:
            stream.write("\n" + json.dumps(asdict(report)) + "\n")
        self.made[report.name] = report

    def compact(self) -> None:
        """Write the record anew with one line a report."""
        part = self._path.with_suffix(".part")
        lines = [json.dumps(asdict(report)) for report in self.made.values()]
        part.write_text("".join(line + "\n" for line in lines), encoding="ascii", newline="\n")
        part.replace(self._path)

    def unchanged(self, keys: Mapping[str, str], folder: Path) -> Iterator[MadeReport]:
        """Yield the reports whose key is the recorded one and whose files stand untouched."""
        for name, key in keys.items():
            report = self.made.get(name)
            if report is not None and report.key == key and report.stands(folder):
                yield report


def _read(path: Path) -> Iterable[MadeReport]:
    try:
        lines: Sequence[str] = path.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return []
    return [report for line in lines if (report := _report(line)) is not None]


def _report(line: str) -> MadeReport | None:
    try:
        fields: dict[str, Any] = json.loads(line)
        return MadeReport(fields["name"], fields["key"], dict(fields["files"]), float(fields["seconds"]))
    except (ValueError, KeyError, TypeError):
        return None
