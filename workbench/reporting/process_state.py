"""What a report may change in the process that runs it, put back afterwards."""

from __future__ import annotations

import os
import random
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

Restore = Callable[[], None]


def _working_folder() -> Restore:
    folder = os.getcwd()  # noqa: PTH109 - the text is what chdir must get back
    return lambda: os.chdir(folder)


def _replaced(live: Any) -> Restore:  # noqa: ANN401 - a dict or a list, changed in place
    kept = live.copy()

    def restore() -> None:
        if live != kept:
            live.clear()
            (live.update if isinstance(live, dict) else live.extend)(kept)

    return restore


def _environment() -> Restore:
    kept = dict(os.environ)

    def restore() -> None:
        if dict(os.environ) != kept:
            os.environ.clear()
            os.environ.update(kept)

    return restore


def _modules() -> Restore:
    kept = dict(sys.modules)

    def restore() -> None:
        for name in set(sys.modules) - set(kept):
            # A module that was truly imported stays: compiled ones cannot be loaded twice in a process.
            if getattr(sys.modules[name], "__spec__", None) is None:
                del sys.modules[name]
        sys.modules.update(kept)

    return restore


def _streams() -> Restore:
    kept = sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook

    def restore() -> None:
        sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook = kept

    return restore


def _warning_filters() -> Restore:
    catcher = warnings.catch_warnings()
    catcher.__enter__()
    return lambda: catcher.__exit__(None, None, None)


def _generator() -> Restore:
    state = random.getstate()
    return lambda: random.setstate(state)


def _numpy() -> Restore:
    import numpy as np

    printing, errors, state = np.get_printoptions(), np.geterr(), np.random.get_state()

    def restore() -> None:
        np.set_printoptions(**printing)
        np.seterr(**errors)
        np.random.set_state(state)

    return restore


def _leaves(options: Any, prefix: str = "") -> Iterator[str]:  # noqa: ANN401 - pandas gives it no public type
    for name in dir(options):
        value = getattr(options, name)
        if type(value) is type(options):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield prefix + name


def _pandas() -> Restore:
    import pandas as pd

    def options() -> dict[str, object]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return {name: pd.get_option(name) for name in _leaves(pd.options)}

    kept = options()

    def restore() -> None:
        for name, value in options().items():
            if value != kept[name]:
                pd.set_option(name, kept[name])

    return restore


def _matplotlib() -> Restore:
    import matplotlib as mpl

    kept = dict(mpl.rcParams.copy())

    def restore() -> None:
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dict.update(mpl.rcParams, kept)

    return restore


ALWAYS: tuple[Callable[[], Restore], ...] = (
    _working_folder,
    _environment,
    _modules,
    _streams,
    _warning_filters,
    _generator,
    lambda: _replaced(sys.path),
    lambda: _replaced(sys.argv),
)

WHEN_LOADED: Mapping[str, Callable[[], Restore]] = {
    "matplotlib": _matplotlib,
    "numpy": _numpy,
    "pandas": _pandas,
}


@contextmanager
def restored_process_state() -> Iterator[None]:
    """Put back what the block changes for the whole process.

    Working folder, environment, module table (also ``__main__``), import path, streams, warning filters, the
    states of the random generators, and the settings of numpy, pandas and matplotlib. Settings of a library
    that only the block loads are not known beforehand and stay.

    Examples
    --------
    >>> with restored_process_state():
    ...     os.environ["ONLY_INSIDE"] = "1"
    >>> "ONLY_INSIDE" in os.environ
    False
    """
    with ExitStack() as stack:
        for capture in ALWAYS:
            stack.callback(capture())
        for library, capture in WHEN_LOADED.items():
            if library in sys.modules:
                stack.callback(capture())
        yield
