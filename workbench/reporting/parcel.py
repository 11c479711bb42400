"""A report on its way to a machine that shares no disk: what it needs goes there, its files come back."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.reporting.batch_state import file_digest
from workbench.reporting.jobs import FailureCode, FailureReason
from workbench.reporting.report_task import (
    FAILED_FOLDER,
    PART_FOLDER,
    ReportAnswer,
    ReportTask,
    failed,
    safe_file_name,
)

TEMPLATE_FOLDER = "templat"
INPUT_FOLDER = "masukan"
OUTPUT_FOLDER = "hasil"


@dataclass(frozen=True)
class Parcel:
    """What a machine needs to make one report.

    Attributes
    ----------
    task : ReportTask
        With the paths of the machine that asks.
    files : mapping of str to bytes
        The template and the inputs, by path inside the parcel.
    places : mapping of str to str
        Path parameter to its place inside the parcel.
    edition : str
        Digest of the sources of this package where the parcel was packed.
    """

    task: ReportTask
    files: Mapping[str, bytes]
    places: Mapping[str, str]
    edition: str


@dataclass(frozen=True)
class Delivery:
    """What comes back: the answer, and the content of every file by path relative to the batch's folder."""

    answer: ReportAnswer
    files: Mapping[str, bytes]


def pack(task: ReportTask, edition: str) -> Parcel:
    """Put the template and every input of a task into a parcel."""
    files = {f"{TEMPLATE_FOLDER}/{Path(task.notebook).name}": Path(task.notebook).read_bytes()}
    places = {}
    for name in task.shown_paths:
        source = Path(str(task.parameters[name]))
        places[name] = f"{INPUT_FOLDER}/{safe_file_name(name)}/{source.name}"
        files |= {f"{places[name]}{inside}": content for inside, content in _contents(source).items()}
    return Parcel(task, files, places, edition)


def _contents(source: Path) -> dict[str, bytes]:
    """Return the files of a path by what stands behind its name; a path that is not there has none."""
    if source.is_dir():
        files = [path for path in sorted(source.rglob("*")) if path.is_file()]
        return {"/" + path.relative_to(source).as_posix(): path.read_bytes() for path in files}
    return {"": source.read_bytes()} if source.is_file() else {}


def make_from(parcel: Parcel, make: Callable[[ReportTask], ReportAnswer], scratch: Path) -> Delivery:
    """Unpack a parcel, make its report and return the files; nothing of it stays on the machine.

    Parameters
    ----------
    parcel : Parcel
    make : callable
        Makes a report whose paths are of this machine.
    scratch : Path
        Where the parcel is unpacked for the time of the report.
    """
    with tempfile.TemporaryDirectory(prefix="musrenbang-", dir=scratch) as place:
        root = Path(place)
        for name, content in parcel.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        answer = make(_local(parcel, root))
        out = root / OUTPUT_FOLDER
        kept = out / FAILED_FOLDER
        names = [*answer.files, *(path.relative_to(out).as_posix() for path in sorted(kept.glob("*")))]
        return Delivery(answer, {name: (out / name).read_bytes() for name in names})


def _local(parcel: Parcel, root: Path) -> ReportTask:
    """Return the task with the paths of this machine."""
    task, out = parcel.task, root / OUTPUT_FOLDER
    out.mkdir()
    inputs = {name: str(root / place) for name, place in parcel.places.items()}
    return replace(
        task,
        notebook=str(root / TEMPLATE_FOLDER / Path(task.notebook).name),
        parameters={**task.parameters, **inputs},
        folder=str(out),
        target_notebook=str(out / Path(task.target_notebook).relative_to(task.folder)),
        target_html=str(out / Path(task.target_html).relative_to(task.folder)),
    )


def unpack(delivery: Delivery, folder: Path) -> ReportAnswer:
    """Give every file that came back its final name, each whole; a file that changed on its way fails.

    Parameters
    ----------
    delivery : Delivery
    folder : Path
        The batch's folder.
    """
    answer = delivery.answer
    part = folder / PART_FOLDER / f"{safe_file_name(answer.name)}-{os.getpid()}"
    try:
        for name, content in delivery.files.items():
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        changed = [name for name, digest in answer.files.items() if file_digest(part / name) != digest]
        if changed:
            return failed(answer.name, FailureReason(FailureCode.NOT_WRITTEN, "Changed", ", ".join(changed)))
        for name in delivery.files:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (part / name).replace(target)
    except OSError as error:
        return failed(answer.name, FailureReason(FailureCode.NOT_WRITTEN, type(error).__name__, str(error)))
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return answer
