"""What a cell of a report's notebook shows, and the figures that the index page collects from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

RECORD_TYPE = "application/vnd.workbench.report+json"
"""Media type of the figures that the index page collects from a report's notebook."""
OUTCOME_TYPE = "application/vnd.workbench.outcome+json"
"""Media type of the outcome that is published beside a report, as text: its bytes are what counts."""
WORKBOOK_TYPE = "application/vnd.workbench.xlsx+json"
"""Media type of the workbooks beside a report: their bytes as base64, by the ending of their name."""
HEADING = "workbench_heading"
"""Key of an output's metadata: the heading on the page."""


@dataclass(frozen=True)
class Shown:
    """Something a notebook cell shows: blocks of HTML, and the heading they stand under on the page.

    A part without a heading is shown in the notebook alone.
    """

    heading: str
    blocks: tuple[str, ...]

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"text/html": "".join(self.blocks)}, {HEADING: self.heading}


@dataclass(frozen=True)
class Record:
    """The figures of a report for the index page; the notebook shows them as plain text."""

    content: Mapping[str, Any]

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {RECORD_TYPE: dict(self.content), "text/plain": json.dumps(dict(self.content))}
