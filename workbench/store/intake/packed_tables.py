"""The tables inside a ZIP: an export whose repeats are files of their own, or the lists of several desa."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath

from workbench.errors import InvalidInput, Problem
from workbench.store.file_kinds import MAX_UNPACKED_BYTES

TABLE_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
MOST_TABLES = 200
"""Tables that one archive may hold: a kecamatan has at most some dozens of desa."""
ENCRYPTED = 0x1
Packed = dict[str, tuple[Path, bytes]]


def packed_tables(path: Path, content: bytes) -> tuple[Packed, list[str]]:
    """Return the tables of an archive by a name that tells them apart, and the names of its other files.

    Raises
    ------
    InvalidInput
        ``archive_without_tables``, ``archive_with_password``, ``file_damaged``, ``file_too_large``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not _hidden(member)]
            tables = [m for m in members if m.filename.lower().endswith(TABLE_ENDINGS)]
            _check(path, tables)
            names = _names([member.filename for member in tables])
            others = [member.filename for member in members if member not in tables]
            packed = {
                name: (Path(PurePosixPath(member.filename).name), archive.read(member))
                for name, member in zip(names, tables, strict=True)
            }
            return packed, others
    except InvalidInput:
        raise
    except Exception as error:  # a broken archive fails in many ways: zlib, struct, checksum
        raise InvalidInput([Problem("file_damaged", file=path.name, facts={"really": "zip"})]) from error


def _hidden(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    return member.is_dir() or any(part.startswith((".", "__MACOSX", "~$")) for part in parts)


def _check(path: Path, tables: list[zipfile.ZipInfo]) -> None:
    if not tables:
        raise InvalidInput([Problem("archive_without_tables", file=path.name)])
    if any(member.flag_bits & ENCRYPTED for member in tables):
        raise InvalidInput([Problem("archive_with_password", file=path.name)])
    size = sum(member.file_size for member in tables)
    if size > MAX_UNPACKED_BYTES or len(tables) > MOST_TABLES:
        facts = {"limit_bytes": MAX_UNPACKED_BYTES}
        raise InvalidInput([Problem("file_too_large", file=path.name, facts=facts)])


def _names(files: list[str]) -> list[str]:
    """Return names without endings; with their folders, then with their endings, where two are alike.

    Examples
    --------
    >>> _names(["bira/usulan.xlsx", "ara/usulan.xlsx", "ara/pagu.csv"])
    ['bira/usulan', 'ara/usulan', 'ara/pagu']
    """
    short = [PurePosixPath(file).stem for file in files]
    whole = [str(PurePosixPath(file).with_suffix("")) for file in files]
    return next((names for names in (short, whole) if len(set(names)) == len(names)), files)
