"""A file under its final name is whole, or it is the one of before."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    r"""Write beside the file and rename; a full disk or a power cut leaves the earlier one.

    Parameters
    ----------
    path : Path
    content : str or bytes
        Text is written as UTF-8 with ``\n``.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
