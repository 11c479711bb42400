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
    chosen = ("--folder", str(folder.resolve())) if folder else ()
    arguments = ("-X", "utf8", "-P", "-m", "workbench", "start", "--icon", *chosen)
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
    """Return a batch file that starts Python in a small window of its own and goes away.

    Python is started directly and not the file anew: ``start`` runs a batch file by ``cmd /K``, whose window
    stays open and which drops the quotes of a path with ``&`` or ``(``. Everything but paths is plain ASCII,
    and no path is read by a label's jump.
    """
    program = _for_windows(python)
    call = " ".join(_for_windows(part) if _needs_quotes(part) else part for part in arguments)
    return "\n".join(
        [
            "@echo off",
            "chcp 65001 >nul",
            f"if not exist {program} goto hilang",
            f'start "{NAME}" /min {program} {call}',
            "if errorlevel 1 goto gagal",
            "exit /b 0",
            ":hilang",
            f"echo {_echoed(t('cli.shortcut.program_gone'))}",
            "pause",
            "exit /b 1",
            ":gagal",
            f"echo {_echoed(t('cli.shortcut.blocked'))}",
            "pause",
            "exit /b 1",
        ]
    )


def _needs_quotes(part: str) -> bool:
    return not part.replace("-", "").isalnum() or not part.isascii()


def _for_windows(part: str) -> str:
    r"""Quote a word for a batch file, where a percent sign begins a variable, and for the program it starts.

    Examples
    --------
    >>> _for_windows("D:\\"), _for_windows("100%")
    ('"D:\\\\"', '"100%%"')
    """
    tail = len(part) - len(part.rstrip("\\"))
    return '"' + part.replace("%", "%%") + "\\" * tail + '"'


def _echoed(text: str) -> str:
    """Escape what a batch file would act on in a sentence."""
    plain = " ".join(text.split()).replace("%", "%%")
    return "".join(f"^{letter}" if letter in "^&<>|()" else letter for letter in plain)


def linux_script(python: str, arguments: tuple[str, ...], t: Translator) -> str:
    """Return a shell script; where the program is gone it says so in a window, since there is no terminal."""
    gone = shlex.quote(t("cli.shortcut.program_gone"))
    return "\n".join(
        [
            "#!/bin/sh",
            f"# {t('cli.shortcut.comment')}",
            f"program={shlex.quote(python)}",
            'if [ ! -x "$program" ]; then',
            f"  said={gone}",
            '  echo "$said" >&2',
            '  command -v zenity >/dev/null && exec zenity --error --no-markup --text="$said"',
            '  command -v xmessage >/dev/null && exec xmessage "$said"',
            f'  command -v notify-send >/dev/null && notify-send {shlex.quote(NAME)} "$said"',
            "  exit 1",
            "fi",
            f'exec "$program" {shlex.join(arguments)}',
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
