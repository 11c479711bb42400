"""What files were made from, noted beside them: what would come out the same is not made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.reporting.batch_state import MISSING, Digests, content_digest
from workbench.reporting.whole_files import write_whole


@dataclass(frozen=True)
class MadeFrom:
    """A note about some files.

    Attributes
    ----------
    note_file : Path
    targets : sequence of Path
        The files that stand for everything that was made.
    """

    note_file: Path
    targets: Sequence[Path]

    def key(self, language: str, words: object, inputs: Iterable[Path]) -> str:
        """Return the hash of this package's sources, of words and of the content of files and folders."""
        parts = [Digests().package, language, repr(words)]
        parts += [f"{path.name} {content_digest(path)}" for path in inputs]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def stand(self, key: str) -> bool:
        """Return whether the files were made from exactly this and stand untouched."""
        noted = self.note_file.read_text(encoding="utf-8") if self.note_file.is_file() else ""
        return noted == self._note(key) and MISSING not in noted

    def note(self, key: str) -> None:
        """Note what the files were made from."""
        write_whole(self.note_file, self._note(key))

    def _note(self, key: str) -> str:
        return "\n".join([key, *map(content_digest, self.targets)])
