"""Icons that open the room by a double click, for Windows and Linux, written by the product itself."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from workbench.present.i18n import Translator

NAME = "Ruang musyawarah"
OWNER_RUNS = 0o755


def write_shortcuts(place: Path, folder: Path | None, t: Translator) -> tuple[Path, ...]:
    """Write the starters of both systems into a folder, for example the desktop.

    Parameters
    ----------
    place : Path
        Made where it does not exist.
    folder : Path or None
        The session folder that they open; None leaves the choice to the page.
    t : Translator

    Returns
    -------
    tuple of Path
        A ``.bat`` for Windows, a ``.desktop`` and a ``.sh`` for Linux.
    """
    place.mkdir(parents=True, exist_ok=True)
    python = Path(sys.executable)
    arguments = ("-m", "workbench", "start", *(("--folder", str(folder.resolve())) if folder else ()))
    script = place / f"{NAME}.sh"
    files = {
        place / f"{NAME}.bat": windows_starter(str(python), arguments, t),
        script: linux_script(str(python), arguments, t),
        place / f"{NAME}.desktop": linux_icon(str(script.resolve()), t),
    }
    for path, text in files.items():
        ends = "\r\n" if path.suffix == ".bat" else "\n"
        path.write_bytes(ends.join(text.splitlines()).encode() + ends.encode())
        path.chmod(OWNER_RUNS)
    return tuple(files)


def windows_starter(python: str, arguments: tuple[str, ...], t: Translator) -> str:
    """Return a batch file that shows one small window, which says how to stop."""
    call = " ".join(_for_windows(part) for part in (python, *arguments))
    return "\n".join(
        [
            "@echo off",
            "chcp 65001 >nul",
            f"title {NAME}",
            'if not "%1"=="kecil" (start "" /min "%~f0" kecil & exit /b)',
            f"echo {t('cli.shortcut.keep_open')}",
            call,
            "if errorlevel 1 pause",
        ]
    )


def _for_windows(part: str) -> str:
    """Quote a word for a batch file, in which a percent sign begins a variable."""
    return '"' + part.replace("%", "%%") + '"'


def linux_script(python: str, arguments: tuple[str, ...], t: Translator) -> str:
    """Return a shell script; what it says goes to a file beside the user's other logs."""
    return "\n".join(
        [
            "#!/bin/sh",
            f"# {t('cli.shortcut.comment')}",
            f"exec {shlex.join((python, *arguments))}",
        ]
    )


def linux_icon(script: str, t: Translator) -> str:
    """Return a desktop entry that opens no terminal; the page itself has a button to stop."""
    quoted = script.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`").replace("$", "\\$")
    quoted = quoted.replace("%", "%%").replace("\\", "\\\\")
    return "\n".join(
        [
            "[Desktop Entry]",
            "Type=Application",
            f"Name={NAME}",
            f"Comment={t('cli.shortcut.comment')}",
            f'Exec="{quoted}"',
            "Terminal=false",
            "Categories=Office;",
        ]
    )
