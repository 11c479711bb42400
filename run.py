#!/usr/bin/env python3
"""Set up the workbench and run it, with nothing but Python 3.11 or newer.

    python run.py reports     laporan semua kecamatan contoh  / reports of the sample kabupaten
    python run.py test        pasang dan jalankan semua uji    / set up and run all tests
    python run.py lab         buka JupyterLab                  / open JupyterLab
    python run.py check       format, lint, tipe, kontrak      / format, lint, types, import contracts
    python run.py bench       ukur kecepatan                   / measure speed
    python run.py ...         perintah workbench lainnya       / any other command of workbench

Standard library only: this file makes ``.venv``, installs the hashed lock (with uv where it can be had, else
with pip), and hands over to the ``workbench`` command inside.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "workbench-installed.txt"
RUNTIME, TESTING = "requirements.lock", "requirements-test.lock"
NEEDS_TESTING = {"test", "check", "bench"}
OLDEST = (3, 11)

CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
)


def say(text: str) -> None:
    """Print one line at once, so that nobody waits in front of a silent screen."""
    print(text, flush=True)


def call(*command: str, quiet: bool = False) -> int:
    """Run a program of the environment and return its exit code."""
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=ROOT, stdout=output, stderr=output, check=False).returncode


def make_environment() -> None:
    """Make ``.venv``, or say what is missing for it."""
    if PYTHON.exists():
        return
    say("Menyiapkan lingkungan Python di .venv ... / Making the Python environment in .venv ...")
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        say(made.stdout + made.stderr)
        say(
            "Python di komputer ini belum dapat membuat lingkungan (venv).\n"
            "  Debian/Ubuntu: sudo apt install python3-venv\n"
            "  Windows/macOS: pasang Python 3.11+ dari python.org, lalu ulangi perintah ini.\n"
            "This Python cannot make an environment: install python3-venv or Python 3.11+, then try again."
        )
        sys.exit(1)


def install(lock: str) -> None:
    """Install a hashed lock and the project, unless this very lock is installed already."""
    wanted = hashlib.sha256((ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    installed = STAMP.read_text(encoding="utf-8").split() if STAMP.exists() else []
    if wanted in installed:
        return
    say(f"Memasang paket dari {lock} (sekali saja) ... / Installing packages (once) ...")
    python = str(PYTHON)
    pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "-q", "--require-hashes", "-r")
    has_uv = call(*pip, "requirements-uv.lock", quiet=True) == 0
    if has_uv:
        uv = (python, "-m", "uv", "pip", "install", "-q", "--python", python)
        failed = call(*uv, "--compile-bytecode", "--require-hashes", "-r", lock)
    if not has_uv or failed:
        failed = call(*pip, lock)
    own = ("install", "-q", "--no-deps", "--no-build-isolation", "-e", ".")
    failed = failed or call(python, "-m", "pip", "--disable-pip-version-check", *own)
    # pip compiles packages, but not what it links to: the first start would do it while a hall waits.
    failed = failed or call(python, "-m", "compileall", "-q", "workbench")
    if failed:
        say(
            "Pemasangan gagal. Periksa sambungan internet (hanya perlu sekali), lalu ulangi perintah ini.\n"
            "The installation failed. Check the internet connection (needed only once) and try again."
        )
        sys.exit(1)
    kept = installed if lock == TESTING else []
    STAMP.write_text("\n".join([*kept, wanted]) + "\n", encoding="utf-8")


def tool(*command: str) -> int:
    """Run a console program of the environment."""
    folder = PYTHON.parent
    name = command[0] + (".exe" if os.name == "nt" else "")
    return call(str(folder / name), *command[1:])


def run_tests(arguments: list[str]) -> int:
    """Run the tests; ``--deep`` gives hypothesis many more examples."""
    if "--deep" in arguments:
        arguments = [argument for argument in arguments if argument != "--deep"]
        os.environ["HYPOTHESIS_PROFILE"] = "deep"
    return tool("pytest", *arguments)


def run_checks() -> int:
    """Run every check, even after one failed, so that all faults are seen at once."""
    codes = []
    for command in CHECKS:
        say("$ " + " ".join(command))
        codes.append(tool(*command))
    return max(codes)


def run_benchmarks(arguments: list[str]) -> int:
    """Run the named benchmarks, or all of them."""
    files = sorted(path.stem for path in (ROOT / "benchmarks").glob("[a-z]*.py"))
    chosen = arguments or files
    return max((call(str(PYTHON), f"benchmarks/{name}.py") for name in chosen), default=0)


def main(arguments: list[str]) -> int:
    """Do what the command line asks for."""
    if sys.version_info < OLDEST:
        say("Perlu Python 3.11 atau lebih baru. / Python 3.11 or newer is needed.")
        return 1
    if not arguments or arguments[0] in {"-h", "--help"}:
        say(__doc__ or "")
        return 0
    command, rest = arguments[0], arguments[1:]
    make_environment()
    install(TESTING if command in NEEDS_TESTING else RUNTIME)
    own = {"test": run_tests, "bench": run_benchmarks, "check": lambda _: run_checks()}
    if command in own:
        return own[command](rest)
    return call(str(PYTHON), "-m", "workbench", command, *rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
