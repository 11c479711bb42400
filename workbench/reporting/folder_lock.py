"""One batch at a time in a folder of reports."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from workbench.errors import InvalidValue

LOCK_FILE = ".batch.lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for the block; the system lets go of it even when the process is killed.

    Raises
    ------
    InvalidValue
        ``folder_in_use``: another batch writes there.
    """
    with (folder / LOCK_FILE).open("ab") as stream:
        try:
            _lock(stream)
        except (BlockingIOError, PermissionError) as error:
            raise InvalidValue("folder_in_use", folder=str(folder)) from error
        yield


def _lock(stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import errno
        import fcntl

        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # Some network disks know no locks; then nothing guards against two batches, and nothing breaks.
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                raise
