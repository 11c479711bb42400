"""Write documents again and keep what a person may have edited since the last time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

EARLIER = "sebelumnya"
"""What the name of a kept file ends in."""


def write_keeping(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write files; one that stands there with other content is kept under a name of its own.

    Parameters
    ----------
    folder : Path
        Made where it does not exist.
    files : mapping of name to content

    Returns
    -------
    tuple of str
        Names of the files that were kept beside the new ones.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = []
    for name, content in files.items():
        path = folder / name
        part = path.with_name(path.name + ".part")
        try:
            part.write_bytes(content)
        except OSError:
            part.unlink(missing_ok=True)  # a full disk needs its room back
            raise
        if path.exists() and path.read_bytes() != content:
            aside = _free_name(path)
            path.replace(aside)
            kept.append(aside.name)
        part.replace(path)
    return tuple(kept)


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.stem}-{EARLIER}-{number}{path.suffix}")).exists():
        number += 1
    return aside
