"""Every import of a folder: the latest reports under their usual names, each earlier one in a folder."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workbench.domain.intake import Intake
from workbench.present.i18n import Translator
from workbench.store.writing import csv_bytes

REPORTS = "impor"
"""Folder inside the session folder that holds the reports of imports; nothing that computes reads it."""
LOG = "daftar-impor.csv"
COLUMNS = ("number", "file", "kind", "read", "used", "aside", "asked", "reports")
NUMBER, FILE, PLACE = COLUMNS.index("number"), COLUMNS.index("file"), COLUMNS.index("reports")
HERE = "."
"""Where the reports of the latest import stand, seen from the list of imports."""


@dataclass(frozen=True)
class Reports:
    """What an import wrote.

    Attributes
    ----------
    files : tuple of Path
    earlier : Path or None
        The folder in which the reports of the import before it are kept now.
    """

    files: tuple[Path, ...]
    earlier: Path | None = None


def put_reports(
    folder: Path, files: Mapping[str, bytes], names: Sequence[str], intake: Intake, t: Translator
) -> Reports:
    """Write the reports of an import; those of the one before it move into a folder of their own.

    Parameters
    ----------
    folder : Path
    files : mapping of name to bytes
        The reports of this import.
    names : sequence of str
        Every name that a report may have.
    intake : Intake
    t : Translator

    Returns
    -------
    Reports
        The same import with the same answer writes the same reports: nothing is kept twice.
    """
    folder.mkdir(parents=True, exist_ok=True)
    held = {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}
    written = tuple(folder / name for name in files)
    if held == dict(files):
        return Reports(written)
    lines = _lines(folder)
    earlier = _kept(folder, list(held), lines) if held else None
    for name, content in files.items():
        (folder / name).write_bytes(content)
    lines.append(_line(len(lines) + 1, intake, t))
    headers = [t(f"intake.csv.log.{name}") for name in COLUMNS]
    (folder / LOG).write_bytes(csv_bytes(pd.DataFrame(lines, columns=headers, dtype="str")))
    return Reports((*written, folder / LOG), earlier)


def _kept(folder: Path, names: Sequence[str], lines: list[list[str]]) -> Path:
    """Move the reports of the import before this one, and say so in its line of the list."""
    number = lines[-1][NUMBER] if lines else "0"
    stem = Path(lines[-1][FILE]).stem if lines else ""
    place = _free(folder, "-".join(filter(None, (number, _slug(stem)))))
    place.mkdir()
    for name in names:
        (folder / name).rename(place / name)
    if lines:
        lines[-1][PLACE] = place.name
    return place


def _free(folder: Path, name: str) -> Path:
    """Return a place that nothing stands at; somebody may have put a folder of that name there."""
    place, turn = folder / name, 1
    while place.exists():
        turn += 1
        place = folder / f"{name}-{turn}"
    return place


def _slug(text: str) -> str:
    """Return a name that every computer takes.

    Examples
    --------
    >>> _slug("Usulan Desa Bira (2026)")
    'usulan-desa-bira-2026'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.casefold())[:40].strip("-")


def _line(number: int, intake: Intake, t: Translator) -> list[str]:
    counts = (intake.rows_read, len(intake.table), len(intake.aside), len(intake.questions))
    return [str(number), intake.file, t(f"intake.kind.{intake.kind.value}"), *map(str, counts), HERE]


def _lines(folder: Path) -> list[list[str]]:
    """Return the lines of the list of imports; none where there is none, or its columns were changed."""
    try:
        text = (folder / LOG).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return []
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
    return lines if all(len(line) == len(COLUMNS) for line in lines) else []
