"""Where the data that ships with the workbench lies."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import WorkbenchError

PACKAGE = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """Return the folder with ``wilayah/`` and ``peta/``.

    Installed from a wheel the data lies inside the package, in a working copy beside it.

    Raises
    ------
    WorkbenchError
        ``shipped_data_missing`` where neither is there: the installation is incomplete.

    Examples
    --------
    >>> (data_folder() / "wilayah").is_dir()
    True
    """
    for folder in (PACKAGE / "_data", PACKAGE.parent / "data"):
        if (folder / "wilayah").is_dir():
            return folder
    raise WorkbenchError("shipped_data_missing", package=PACKAGE.name)


def notebook_folder() -> Path:
    """Return the folder with the notebooks.

    Raises
    ------
    WorkbenchError
        ``shipped_data_missing`` where the installation is incomplete.
    """
    for folder in (PACKAGE.parent / "notebooks", PACKAGE / "_data" / "notebooks"):
        if folder.is_dir():
            return folder
    raise WorkbenchError("shipped_data_missing", package=PACKAGE.name)


def sample_folder() -> Path:
    """Return the session folder of the sample kabupaten, whether it exists already or not."""
    return data_folder() / "contoh"


def located(path: str | Path) -> Path:
    """Return a path as it stands, or from the project's root where only that exists.

    Notebooks run in their own folder and commands in the caller's; both may say ``data/contoh``.
    """
    given = Path(path)
    beside = PACKAGE.parent / given
    return beside if not given.exists() and beside.exists() else given
