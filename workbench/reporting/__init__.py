"""papermill reports: one district, one notebook, one self-contained page; a thin edge around `prioritise`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.reporting.opening import open_report
    from workbench.reporting.report import DistrictReport

__all__ = ["DistrictReport", "open_report"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    # The batch machinery must load without matplotlib and the rest of a report.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("workbench.reporting.opening"), name)
