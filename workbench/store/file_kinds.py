"""What a file really is, whatever its ending says; told from its first bytes and refused with the remedy."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from workbench.errors import InvalidInput, Problem

MAX_FILE_BYTES = 64 * 1024 * 1024
"""The largest file that is opened: the largest real list seen is 1 MB."""
MAX_UNPACKED_BYTES = 256 * 1024 * 1024
"""The most that a packed file may unfold to, so that a hostile one cannot fill the memory."""


class FileKind(StrEnum):
    """What the bytes of a file are."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    HTML = "html"
    XML = "xml"
    PDF = "pdf"
    WORD = "word"
    GZIP = "gzip"
    ZIP = "zip"
    PROTECTED = "protected_workbook"
    BINARY = "binary"


EXPECTED = MappingProxyType(
    {
        ".csv": FileKind.TEXT,
        ".tsv": FileKind.TEXT,
        ".txt": FileKind.TEXT,
        ".csv.gz": FileKind.GZIP,
        ".xlsx": FileKind.XLSX,
        ".xlsm": FileKind.XLSX,
    }
)
"""The endings that can be read, and what a file of that ending must be."""

REMEDIES = MappingProxyType(
    {
        FileKind.TEXT: "rename_to_csv",
        FileKind.XLSX: "rename_to_xlsx",
        FileKind.XLS: "save_as_xlsx",
        FileKind.XLSB: "save_as_xlsx",
        FileKind.ODS: "save_as_xlsx",
        FileKind.HTML: "open_and_save_as_xlsx",
        FileKind.XML: "open_and_save_as_xlsx",
        FileKind.GZIP: "rename_to_csv_gz",
        FileKind.ZIP: "unpack_first",
        FileKind.PROTECTED: "remove_password",
    }
)
"""What a person can do about a file that is not what its ending says; everything else: ask for the table."""

ZIP_MEMBERS = (
    ("xl/workbook.xml", FileKind.XLSX),
    ("xl/workbook.bin", FileKind.XLSB),
    ("word/document.xml", FileKind.WORD),
    ("content.xml", FileKind.ODS),
)
MAGIC = (
    (b"%PDF", FileKind.PDF),
    (b"\x1f\x8b", FileKind.GZIP),
    (b"{\\rtf", FileKind.WORD),
)
TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
HTML_STARTS = (b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<style", b"<div", b"<body")
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")


def ending_of(name: str) -> str:
    """Return the ending of a file name in lower case, ``.csv.gz`` counted as one.

    Examples
    --------
    >>> ending_of("USULAN.CSV.GZ"), ending_of("usulan.xlsx"), ending_of("usulan")
    ('.csv.gz', '.xlsx', '')
    """
    lower = name.lower()
    return ".csv.gz" if lower.endswith(".csv.gz") else Path(lower).suffix


def detect(content: bytes) -> FileKind:
    """Tell what the bytes are, from what they begin with.

    Examples
    --------
    >>> detect(b"kode;nama"), detect(b"%PDF-1.7")
    (<FileKind.TEXT: 'text'>, <FileKind.PDF: 'pdf'>)
    """
    for magic, kind in MAGIC:
        if content.startswith(magic):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _detect_zip(content)
    if content.startswith(OLE_MAGIC):
        protected = "EncryptedPackage".encode("utf-16-le") in content
        return FileKind.PROTECTED if protected else FileKind.XLS
    return _detect_text(content)


def _detect_zip(content: bytes) -> FileKind:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        # A damaged archive has no list of members, but their names stand in the bytes.
        names = {name for name, _ in ZIP_MEMBERS if name.encode() in content}
    return next((kind for name, kind in ZIP_MEMBERS if name in names), FileKind.ZIP)


def _detect_text(content: bytes) -> FileKind:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return FileKind.TEXT
    if b"\x00" in content:
        return FileKind.BINARY
    start = content[:1024].removeprefix(TEXT_MARKS[0]).lstrip().lower()
    if start.startswith(HTML_STARTS):
        return FileKind.HTML
    if start.startswith(b"<?xml"):
        return FileKind.HTML if b"<html" in start else FileKind.XML
    return FileKind.TEXT


def read_bytes(path: Path) -> bytes:
    """Return the content of a file that may be read and is not too large.

    Raises
    ------
    InvalidInput
        ``file_missing``, ``file_is_folder``, ``file_unreadable``, ``file_too_large``, ``file_empty``.
    """
    try:
        if path.is_dir():
            raise _refused(path, "file_is_folder")
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise _refused(path, "file_missing") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise _refused(path, "file_unreadable", reason=reason) from error
    if len(content) > MAX_FILE_BYTES:
        raise _refused(path, "file_too_large", limit_bytes=MAX_FILE_BYTES)
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise _refused(path, "file_empty")
    return content


def check_kind(path: Path, content: bytes) -> FileKind:
    """Return the kind of a file whose ending tells the truth.

    Raises
    ------
    InvalidInput
        ``file_kind_unsupported`` (the ending), ``file_damaged``, ``file_not_what_it_says`` (facts: ending,
        really, remedy).
    """
    ending, really = ending_of(path.name), detect(content)
    expected = EXPECTED.get(ending)
    remedy = REMEDIES.get(really, "export_as_csv_or_xlsx")
    if expected is None:
        raise _refused(
            path,
            "file_kind_unsupported",
            ending=ending,
            really=really.value,
            remedy=remedy,
            readable=tuple(EXPECTED),
        )
    if really is FileKind.ZIP and expected is FileKind.XLSX and not zipfile.is_zipfile(io.BytesIO(content)):
        raise _refused(path, "file_damaged", really=expected.value)  # a workbook that was copied by half
    if really is not expected:
        raise _refused(path, "file_not_what_it_says", ending=ending, really=really.value, remedy=remedy)
    return really


def unpack_gzip(path: Path, content: bytes) -> bytes:
    """Return the text inside a ``.csv.gz``.

    Raises
    ------
    InvalidInput
        ``file_damaged``, ``file_too_large``, ``file_empty``, ``file_not_what_it_says``.
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            inner = stream.read(MAX_UNPACKED_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise _refused(path, "file_damaged", really=FileKind.GZIP.value) from error
    if len(inner) > MAX_UNPACKED_BYTES:
        raise _refused(path, "file_too_large", limit_bytes=MAX_UNPACKED_BYTES)
    if not inner.strip():
        raise _refused(path, "file_empty")
    really = detect(inner)
    if really is not FileKind.TEXT:
        remedy = REMEDIES.get(really, "export_as_csv_or_xlsx")
        raise _refused(path, "file_not_what_it_says", ending=".csv.gz", really=really.value, remedy=remedy)
    return inner


def _refused(path: Path, code: str, **facts: object) -> InvalidInput:
    return InvalidInput([Problem(code, file=path.name, facts=facts)])
