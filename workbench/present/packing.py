"""Packed office files (DOCX, XLSX) without the hour at which they were written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

MADE = (1980, 1, 1, 0, 0, 0)
"""The first moment that a packed file can carry."""


def unchanged(_: str, content: bytes) -> bytes:
    """Return the content of a member as it is."""
    return content


def repacked(packed: bytes, change: Callable[[str, bytes], bytes] = unchanged) -> bytes:
    """Return a packed file whose members carry no time of writing.

    Parameters
    ----------
    packed : bytes
    change : callable
        From the name and content of a member to what it shall hold.
    """
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as given,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for member in given.infolist():
            plain = zipfile.ZipInfo(member.filename, MADE)
            plain.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(plain, change(member.filename, given.read(member.filename)))
    return stream.getvalue()
