"""Small handmade session folders, and what is told of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pandas.testing import assert_frame_equal

from workbench.domain.session import Session
from workbench.errors import InvalidInput, Problem
from workbench.store.manifest import MANIFEST
from workbench.store.session_folder import open_session


def assert_equal(one: Session, other: Session) -> None:
    for name in ("facts", "notes"):
        assert getattr(one, name) == getattr(other, name), name
    for part in ("proposals", "criteria", "participants", "ballots", "judgements", "gates", "budget"):
        left, right = (getattr(session, part).frame for session in (one, other))
        if part == "criteria":  # a weight that nobody wrote in words is written as the number it is
            left = left.assign(
                weight_text=left["weight_text"].where(left["weight_text"] != "", right["weight_text"])
            )
        assert_frame_equal(left, right, check_index_type=False, obj=part)
    assert_frame_equal(one.criteria.points, other.criteria.points, check_index_type=False)
    assert one.regions.edition == other.regions.edition
    used = {*one.proposals.frame["region"], *one.budget.frame["region"]} - {""}
    assert all(one.regions.name(code) == other.regions.name(code) for code in used)


def forum_of(tmp_path: Path, *, rows: list[dict[str, Any]] | None = None, **files: str | None) -> Path:
    """Write a small handmade folder; a keyword replaces a file's whole text, None leaves the file out."""
    given_files: dict[str, str | None] = {
        "usulan": "kode_usulan;kegiatan;kode_wilayah;prakiraan_biaya\n"
        "U-1;Jembatan;73.02.01.2017;150.000.000\n"
        "U-2;Sumur bor;73.02.01;\n",
        "kriteria": "kode_kriteria;nama;bobot;skala_min;skala_maks\nK1;Mendesak;60 %;1;5\n"
        "K2;Manfaat;40 %;1;5\n",
        "peserta": "no_kartu;jenis_kelamin\n001;P\n002;L\n",
        "nilai": "putaran;no_kartu;kode_usulan;kode_kriteria;nilai\n1;001;U-1;K1;5\n1;002;U-1;K1;\n"
        "1;001;U-1;K2;3\n",
    } | files
    folder = tmp_path / "musyawarah"
    folder.mkdir(exist_ok=True)
    for name, text in given_files.items():
        if text is not None:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8-sig")
    return folder


def problems_of(folder: Path) -> list[Problem]:
    with pytest.raises(InvalidInput) as caught:
        open_session(folder)
    return list(caught.value.problems)


def told(problems) -> list[tuple[str, str, int | None, str, str]]:
    return [(p.code, p.file, p.row, p.column, p.value) for p in problems]


def codes(folder: Path) -> list[str]:
    return [problem.code for problem in problems_of(folder)]


def workbook_of(folder: Path, *, native: bool) -> Path:
    """Put the tables of a folder into one workbook, as text or as a spreadsheet would hold them."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for path in sorted(folder.glob("*.csv")):
        sheet = book.create_sheet(path.stem)
        for number, row in enumerate(
            csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";")
        ):
            sheet.append([_native(cell) if native and number else (cell or None) for cell in row])
        path.unlink()
    (folder / MANIFEST).unlink(missing_ok=True)
    book.save(folder / "musyawarah.xlsx")
    return folder


def _native(cell: str) -> Any:
    if cell in ("ya", "tidak"):
        return cell == "ya"
    if cell.isdecimal() and (cell == "0" or not cell.startswith("0")) and len(cell) < 15:
        return int(cell)
    whole, comma, part = cell.partition(",")
    return float(f"{whole}.{part}") if comma and whole.isdecimal() and part.isdecimal() else (cell or None)
