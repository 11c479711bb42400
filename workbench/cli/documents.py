"""Write documents that people may have edited since, without writing over their work."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from workbench.present.i18n import Translator


def write_documents(
    folder: Path, files: Mapping[str, bytes], t: Translator, *, overwrite: bool
) -> tuple[str, ...]:
    """Write files that people may have edited since: one that differs is kept unless that is asked for.

    Returns
    -------
    tuple of str
        Names of the files that were kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = []
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not overwrite and path.read_bytes() != content:
            kept.append(name)
            continue
        part = path.with_name(path.name + ".part")
        part.write_bytes(content)
        part.replace(path)
        click.echo(t("cli.written", path=path))
    if kept:
        click.echo(t("cli.minutes.kept", files=kept), err=True)
    return tuple(kept)
