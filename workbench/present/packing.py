"""Packed office files (DOCX, XLSX) without the hour at which they were written."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

MADE = (1980, 1, 1, 0, 0, 0)
"""The first moment that a packed file can carry."""
NEVER = "1980-01-01T00:00:00Z"
"""The same moment as the properties of a document write it."""


def unchanged(_: str, content: bytes) -> bytes:
    """Return the content of a member as it is."""
    return content


def undated(name: str, content: bytes, stamp: str = NEVER) -> bytes:
    """Return a member whose properties state one moment instead of the hour of writing."""
    if name != "docProps/core.xml":
        return content
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp.encode(), content)


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
