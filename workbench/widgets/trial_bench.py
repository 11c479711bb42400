"""Trials from inputs of a page: another ceiling or other weights in place of the declared ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.prioritisation.listed import Listed
from workbench.prioritisation.trials import Trials


class TrialBench:
    """The trials of one calculation; the ceiling tried last stays prepared.

    Parameters
    ----------
    declared : Trials
        What is declared.
    region : str
        Whose ceiling is tried; empty for that of the whole list.
    """

    def __init__(self, declared: Trials, region: str = "") -> None:
        self.declared = declared
        self._region = region
        self._trials = declared
        self._ceiling: int | None = None

    def listed(self, details: Mapping[str, Any]) -> Listed:
        """Return the list of a trial.

        Parameters
        ----------
        details : mapping
            ``ceiling`` in whole rupiah and ``weights`` in points by criterion; what is absent stays as
            declared.

        Raises
        ------
        WorkbenchError
            As `prioritise`.
        """
        return self._at(details.get("ceiling")).listed(details.get("weights") or None)

    def _at(self, ceiling: int | None) -> Trials:
        if ceiling != self._ceiling:
            declared = self.declared
            self._trials = declared if ceiling is None else declared.at_ceiling(ceiling, self._region)
            self._ceiling = ceiling
        return self._trials
